/**
 * Leaves out of the worker what TensorFlow.js brings along for others: loading and saving of models,
 * optimisers, the platform Node, WASM in threads, and the CPU's kernels that the WebGPU backend has
 * for small tensors.
 *
 * No code that runs is replaced. Modules that only register themselves are not kept for that; lists
 * of names are written so that a bundler sees which of them are used. tfjs-core leaves its optimisers
 * out of custom bundles the same way (its `dist/index.js` says so).
 */

/** Storages of models, optimisers, another platform: nobody asks for what these register. */
const UNUSED = /\/tfjs-core\/dist\/(?:io\/|optimizers\/|platforms\/platform_node\.js)/u;

const REGISTRATIONS = /^import \{ registerOptimizers \}.*$|^registerOptimizers\(\);$/gmu;
const STORAGES = /^\s*ModelStoreManagerRegistry\.registerManager\(.*\);$/gmu;

/** Lines that register what nobody asks for, by file. */
const WITHOUT_LINES = /** @type {const} */ ([
  [/\/tfjs-core\/dist\/index\.js$/u, REGISTRATIONS],
  [/\/tfjs-core\/dist\/platforms\/platform_browser\.js$/u, STORAGES],
]);

/** `init` of the WASM backend would start it in threads; we start it ourselves, in one. */
const THREADS = /\/tfjs-backend-wasm\/wasm-out\/tfjs-backend-wasm-threaded-simd(?:\.worker)?\.js$/u;
const NO_THREADS = "export default {}; export const wasmWorkerContents = '';";

const SHARED = /\/tfjs-backend-webgpu\/dist\/kernel_utils\/shared\.js$/u;
const UNPACKED =
  /import \* as shared from (?<source>'[^']+');\s*const \{(?<names>[^}]*)\} = shared;\s*export \{[^}]*\};/u;

/**
 * `const { a: b } = everything; export { b }` as `export { a as b } from …`.
 *
 * @param {string} code - Of the WebGPU backend's list of CPU kernels.
 * @returns {string} The same exports.
 * @throws {Error} When the file looks otherwise.
 */
function withNamedExports(code) {
  const { names = '', source = '' } = UNPACKED.exec(code)?.groups ?? {};
  if (names === '') throw new Error('tfjs-backend-webgpu: kernel_utils/shared.js has changed.');
  return `export {${names.replaceAll(':', ' as ')}} from ${source};\n`;
}

/**
 * What a module is read as.
 *
 * @param {string} code - Its text.
 * @param {string} id - Its file.
 * @returns {string | null} Null: as it is.
 * @throws {Error} When a file of TensorFlow.js has changed, as another version's may have.
 */
export function leanCode(code, id) {
  if (SHARED.test(id)) return withNamedExports(code);
  if (THREADS.test(id)) return NO_THREADS;
  const lines = WITHOUT_LINES.find(([file]) => file.test(id))?.[1];
  if (lines === undefined) return null;
  const without = code.replace(lines, '');
  if (without === code) throw new Error(`${id} has changed: nothing to leave out.`);
  return without;
}

/**
 * The plugin for Vite.
 *
 * @returns {import('vite').Plugin} For the build of the worker.
 */
export function leanTensorflow() {
  return {
    name: 'lean-tensorflow',
    transform(code, id) {
      if (UNUSED.test(id)) return { code, map: null, moduleSideEffects: false };
      const lean = leanCode(code, id);
      return lean === null ? null : { code: lean, map: null };
    },
  };
}
