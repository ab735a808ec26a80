/** What `npm run effect` needs, in one module: loaded in one piece, so that TensorFlow.js is there once. */
export { registerBackend } from '@tensorflow/tfjs-core';
export { normalizeCandidates } from '../../src/catalog/candidates.ts';
export { Engine } from '../../src/engine/create-engine.ts';
export { createDeviceLadder } from '../../src/models/device-ladder.ts';
export { readModel, writeModel } from '../../src/models/attributes/model-file.ts';
export { openScorer } from '../../src/models/attributes/open-scorer.ts';
export { startWasm } from '../../src/models/open-wasm.ts';
export { trainInNode } from '../../src/models/segment-vae/train-in-node.ts';
export { createPopulation } from '../../src/simulate/population.ts';
export { shopLists } from '../../src/simulate/shop-log.ts';
export { MemoryStore } from '../../src/store/memory-store.ts';
export { promote } from '../../src/store/open-store.ts';
