/**
 * Where the WASM kernels overtake the plain loop: the source of `LARGE_JOB`; beside TensorFlow.js.
 * `npx vitest bench --run --project browser test/browser/models`
 *
 * Half of the jobs bring new vectors only, as feeds over the same candidates do.
 */
import { afterAll, beforeAll, bench, describe } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityDevice } from '../../../src/core/similarity.ts';
import { openKernelSimilarity } from '../../../src/models/kernel-similarity.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import { OPTIONS, makeJob } from './jobs.ts';

let kernel: SimilarityDevice;
let tensorflow: SimilarityDevice;
beforeAll(async () => {
  kernel = await openKernelSimilarity();
  tensorflow = await openTfSimilarity('wasm', OPTIONS);
});
afterAll(() => {
  kernel.dispose();
  tensorflow.dispose();
});

for (const items of [100, 300, 1_000, 3_000]) {
  const job = makeJob({ items, vectors: 24, blocks: 4, blockDims: 32 });
  describe(`${items} items × 24 vectors × 128 dimensions`, () => {
    bench('js', () => void referenceScores(job));
    for (const [name, device] of [
      ['wasm', () => kernel],
      ['TensorFlow.js on WASM', () => tensorflow],
    ] as const) {
      bench(`${name}, items resident`, async () => void (await device().scores(job)));
      bench(`${name}, new items`, async () => {
        await device().scores({ ...job, items: { ...job.items } });
      });
    }
  });
}
