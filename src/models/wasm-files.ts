/**
 * The files of TensorFlow.js' WASM backend that are published with the worker, and their hashes.
 *
 * @packageDocumentation
 */

/** Name and `integrity` of the file with SIMD, then of the one without; both for one thread. */
export const WASM_FILES: readonly [
  readonly [name: string, integrity: string],
  readonly [name: string, integrity: string],
] = [
  ['tfjs-backend-wasm-simd.wasm', 'sha256-d+uyim0083HbvyCGt/LeiZSs2OpaPPH6JNLCbIQMrHs='],
  ['tfjs-backend-wasm.wasm', 'sha256-cKXVFgYEZOUmnwHHS6wXcta4q2y2Eqzxa1za9h942JI='],
];
