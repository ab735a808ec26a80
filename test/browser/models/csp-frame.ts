/** Runs in a frame whose policy forbids WASM: tells its parent what became of each device. */
import { isVitrineError } from '../../../src/core/errors.ts';
import { createDeviceLadder } from '../../../src/models/device-ladder.ts';
import { openSimilarity } from '../../../src/models/open-similarity.ts';
import { OPTIONS, makeJob } from './jobs.ts';

// The test runner rewrites `import()` into a call of its own, which a frame of ours lacks.
Object.assign(globalThis, {
  __vitest_browser_runner__: { wrapDynamicImport: (load: () => Promise<unknown>) => load() },
});

async function report(): Promise<unknown> {
  const code = await openSimilarity('wasm', OPTIONS).then(
    () => 'opened',
    (error: unknown) => (isVitrineError(error) ? error.code : String(error)),
  );
  const ladder = createDeviceLadder({
    wanted: 'wasm',
    open: (device) => openSimilarity(device, OPTIONS),
  });
  const scores = await ladder.scores(makeJob({ items: 70, vectors: 9, blocks: 3, blockDims: 10 }));
  return { code, device: ladder.current(), scores };
}

void report().then((result) => parent.postMessage(result, '*'));
