/**
 * What `npm run segments` measures, in one module: loaded in one piece, so that TensorFlow.js is
 * there once.
 */
export { registerBackend } from '@tensorflow/tfjs-core';
export { normalizeCandidates } from '../../src/catalog/candidates.ts';
export { createTextCache, encodeItems } from '../../src/catalog/encode-items.ts';
export { blockCosine } from '../../src/core/block-cosine.ts';
export { createRandom } from '../../src/core/rng.ts';
export { generatedSpace, samplesOf } from '../../src/engine/generated-space.ts';
export { buildLibrary } from '../../src/engine/library.ts';
export { startWasm } from '../../src/models/open-wasm.ts';
export { trainInNode } from '../../src/models/segment-vae/train-in-node.ts';
export { generateSegment } from '../../src/segments/generate/generate-segment.ts';
export { learnLinearModel } from '../../src/segments/generate/linear-model.ts';
export { profileCosine, unitBlocks } from '../../src/segments/generate/profile-math.ts';
export { coherenceOf } from '../../src/segments/generate/segment-space.ts';
export { directionOf } from '../../src/segments/generate/toward.ts';
