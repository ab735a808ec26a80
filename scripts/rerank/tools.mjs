/**
 * What `npm run rerank` needs of our modules, in one graph: loaded by scripts/rerank.mjs.
 */
export { readPackFolder } from '../../src/cli/pack-folder.ts';
export { createPackRanker } from '../../src/engine/pack-ranker.ts';
export { FeedMaker } from '../../src/engine/feed-maker.ts';
export { buildLibrary } from '../../src/engine/library.ts';
export { createDeviceLadder } from '../../src/models/device-ladder.ts';
export { openKernelSimilarity } from '../../src/models/kernel-similarity.ts';
export { decodePack } from '../../src/pack/pack-codec.ts';
