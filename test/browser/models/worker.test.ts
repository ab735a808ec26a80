import { expect, it } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import { largestDifference, makeJob } from './jobs.ts';
import type { Answer, Question } from './similarity.worker.ts';

async function ask(question: Question): Promise<Answer> {
  const worker = new Worker(new URL('./similarity.worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  worker.addEventListener('message', (event: MessageEvent<Answer>) => resolve(event.data));
  worker.addEventListener('error', (event) => reject(new Error(event.message)));
  worker.postMessage(question);
  try {
    return await promise;
  } finally {
    worker.terminate();
  }
}

it.each(['cpu', 'wasm', 'webgpu'] as const)(
  'equals the reference on %s in a module worker',
  async (device) => {
    const job = makeJob({ items: 300, vectors: 20, blocks: 4, blockDims: 32 });
    const { scores, code } = await ask({ device, job });
    expect(code).toBeNull();
    expect(largestDifference(scores as Float32Array, referenceScores(job))).toBeLessThanOrEqual(
      1e-5,
    );
  },
);
