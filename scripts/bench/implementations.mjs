/** What the bench compares: each opens in its own chunk, which is loaded when it is opened. */

/**
 * One job's size: N items, D dimensions, S vectors, `top` results of each.
 *
 * @typedef {{ n: number, d: number, s: number, top: number }} Size
 */

/**
 * An implementation that holds its items.
 *
 * @typedef {object} Opened
 * @property {(vectors: Float32Array) => Int32Array | Promise<Int32Array>} top - [S, D] → [S, K] rows.
 * @property {() => void} close - Lets its memory go.
 */

/**
 * @typedef {(items: Float32Array, size: Size) => Opened | Promise<Opened>} Open
 *   Takes items [N, D] of unit length, which stay as they are.
 */

/**
 * @typedef {object} Implementation
 * @property {() => Promise<Open>} load - Fetches its code.
 * @property {number} most - Largest N that it is measured with: see docs/performance.md.
 * @property {string} [module] - Its file in scripts/bench/implementations, for its bytes; ours has none.
 * @property {boolean} [isApproximate] - Gives up recall for speed.
 * @property {boolean} [onlyWithWebgpu] - Needs an adapter: left out unless asked for.
 */

/** @type {Readonly<Record<string, Implementation>>} */
export const IMPLEMENTATIONS = {
  'vitrine-js': {
    load: async () => (await import('./implementations/vitrine.mjs')).openJs,
    most: 1_000_000,
  },
  'vitrine-wasm': {
    load: async () => (await import('./implementations/vitrine.mjs')).openWasm,
    most: 1_000_000,
  },
  'vitrine-wasm-int8': {
    load: async () => (await import('./implementations/vitrine.mjs')).openInt8,
    most: 1_000_000,
  },
  // Before the peer on the same device, which finds it open.
  'vitrine-webgpu': {
    load: async () => (await import('./implementations/vitrine-webgpu.mjs')).openWebgpu,
    most: 100_000,
    onlyWithWebgpu: true,
  },
  'plain loops': {
    load: async () => (await import('./implementations/plain.mjs')).openPlain,
    most: 100_000,
  },
  'tfjs-wasm': {
    load: async () => (await import('./implementations/tfjs-wasm.mjs')).openTfjsWasm,
    most: 1_000_000,
    module: 'tfjs-wasm.mjs',
  },
  'tfjs-webgpu': {
    load: async () => (await import('./implementations/tfjs-webgpu.mjs')).openTfjsWebgpu,
    most: 10_000,
    module: 'tfjs-webgpu.mjs',
    onlyWithWebgpu: true,
  },
  'onnxruntime-web': {
    load: async () => (await import('./implementations/onnxruntime.mjs')).openOnnxRuntime,
    most: 100_000,
    module: 'onnxruntime.mjs',
  },
  'transformers.js cos_sim': {
    load: async () => (await import('./implementations/cos-sim.mjs')).openCosSim,
    most: 100_000,
    module: 'cos-sim.mjs',
  },
  orama: {
    load: async () => (await import('./implementations/orama.mjs')).openOrama,
    most: 100_000,
    module: 'orama.mjs',
  },
  'hnswlib-wasm': {
    load: async () => (await import('./implementations/hnswlib.mjs')).openHnswlib,
    most: 10_000,
    module: 'hnswlib.mjs',
    isApproximate: true,
  },
};
