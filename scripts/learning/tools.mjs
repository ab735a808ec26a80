/**
 * What `npm run learning` needs of our modules, in one graph: loaded by scripts/learning.mjs.
 */
export { createRandom } from '../../src/core/rng.ts';
export { createTextCache, encodeItems } from '../../src/catalog/encode-items.ts';
export { Learner } from '../../src/engine/learner.ts';
export { buildLibrary } from '../../src/engine/library.ts';
export { createPackRanker } from '../../src/engine/pack-ranker.ts';
export { ProfileKeeper } from '../../src/engine/profile-keeper.ts';
export { tunedRanker } from '../../src/engine/tuned-ranker.ts';
export { openCheckpoint } from '../../src/learn/checkpoint.ts';
export { decodePack } from '../../src/pack/pack-codec.ts';
export { createPopulation } from '../../src/simulate/population.ts';
export { MemoryStore } from '../../src/store/memory-store.ts';
