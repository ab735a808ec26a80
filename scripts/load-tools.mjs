/**
 * Our modules for scripts that measure: one graph, built for the run, so that TensorFlow.js is there
 * once.
 */
import { readFileSync } from 'node:fs';
import { build } from 'vite';
import { ROOT } from './run.mjs';

const WASM = `${ROOT}node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm`;

/**
 * Builds and loads `scripts/NAME/tools.mjs`.
 *
 * @template T
 * @param {string} name - Of the script's folder; the build lies in `temp/NAME`.
 * @returns {Promise<T>} Its exports.
 */
export async function loadTools(name) {
  const outDir = `${ROOT}temp/${name}`;
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    publicDir: false,
    // Emscripten looks for its file beside itself; it is handed the module instead.
    define: { __dirname: "''" },
    // TensorFlow.js names its files without endings, which Node alone does not find.
    ssr: { noExternal: true },
    build: { ssr: `${ROOT}scripts/${name}/tools.mjs`, outDir, emptyOutDir: true },
  });
  return import(`${outDir}/tools.js`);
}

/**
 * Starts TensorFlow.js' WASM backend from its file.
 *
 * @param {{ startWasm: typeof import('../src/models/open-wasm.ts').startWasm,
 *   registerBackend: typeof import('@tensorflow/tfjs-core').registerBackend }} tools - Of one graph.
 * @returns {Promise<void>} Resolves when it is registered.
 */
export async function useWasm({ startWasm, registerBackend }) {
  const kernels = await startWasm(await WebAssembly.compile(readFileSync(WASM)));
  registerBackend('wasm', () => kernels);
}
