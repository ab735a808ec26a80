/**
 * Where TensorFlow.js overtakes the plain loop: the source of `LARGE_JOB`.
 * `npx vitest bench --run --project browser test/browser/models`
 *
 * Half of the jobs bring new vectors only, as feeds over the same candidates do.
 */
import { afterAll, beforeAll, bench, describe } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityDevice } from '../../../src/core/similarity.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import { OPTIONS, makeJob } from './jobs.ts';

let wasm: SimilarityDevice;
beforeAll(async () => {
  wasm = await openTfSimilarity('wasm', OPTIONS);
});
afterAll(() => wasm.dispose());

for (const items of [100, 300, 1_000, 3_000]) {
  const job = makeJob({ items, vectors: 24, blocks: 4, blockDims: 32 });
  describe(`${items} items × 24 vectors × 128 dimensions`, () => {
    bench('js', () => void referenceScores(job));
    bench('wasm, items resident', async () => void (await wasm.scores(job)));
    bench('wasm, new items', async () => {
      await wasm.scores({ ...job, items: { ...job.items } });
    });
  });
}
