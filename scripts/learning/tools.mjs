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
export { readPackFolder } from '../../src/cli/pack-folder.ts';
export { decodePack } from '../../src/pack/pack-codec.ts';
export { createPopulation } from '../../src/simulate/population.ts';
export { MemoryStore } from '../../src/store/memory-store.ts';
export { registerBackend } from '@tensorflow/tfjs-core';
export { generatedSpace, samplesOf } from '../../src/engine/generated-space.ts';
export { fitOf, tuneSegments } from '../../src/engine/tune-segments.ts';
export { viewProfile } from '../../src/engine/view-profile.ts';
export { choicesOf } from '../../src/learn/choices.ts';
export { startWasm } from '../../src/models/open-wasm.ts';
export { createVaeTrainer } from '../../src/models/segment-vae/train-on-device.ts';
export { generateSegment } from '../../src/segments/generate/generate-segment.ts';
export { learnLinearModel } from '../../src/segments/generate/linear-model.ts';
export { profileCosine, rowOf, unitBlocks } from '../../src/segments/generate/profile-math.ts';
export { tasteWindows } from '../../src/segments/generate/taste-windows.ts';
export { unpackVae } from '../../src/segments/generate/vae-codec.ts';
