/**
 * WebAssembly, one thread, SIMD where the browser has it.
 *
 * The module is fetched and compiled here and not by tfjs: a Content Security Policy without
 * `'wasm-unsafe-eval'`, a missing file or a slow server then ends in an error with a code, while
 * tfjs' own start can believe afterwards that it succeeded.
 *
 * @packageDocumentation
 */
import { registerKernel } from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul.js';
import { maximumConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Maximum.js';
import { multiplyConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Multiply.js';
import { realDivConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/RealDiv.js';
import createModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { VitrineError } from '../core/errors.ts';
import type { BackendOptions, OpenedBackend } from './backend.ts';
import { withDeadline } from '../core/deadline.ts';
import { WASM_FILES } from './wasm-files.ts';

// A module with one function that splats and counts bits of a vector: valid only with SIMD.
// From https://github.com/GoogleChromeLabs/wasm-feature-detect
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26,
  11,
]);

async function compile(baseUrl: string): Promise<WebAssembly.Module> {
  const [file, integrity] = WASM_FILES[WebAssembly.validate(SIMD_PROBE) ? 0 : 1];
  const url = baseUrl + file;
  // Bytes of another hash are refused by the browser, whoever sends them.
  const response = await fetch(url, { credentials: 'same-origin', integrity });
  if (!response.ok) throw new VitrineError('DEVICE_UNAVAILABLE', `${url}: ${response.status}.`);
  // Not compileStreaming: many shops' servers send the file without its MIME type.
  return WebAssembly.compile(await response.arrayBuffer());
}

// Emscripten writes to the shop's console otherwise; the types do not know these two.
const SILENT: object = { print: () => undefined, printErr: () => undefined };

async function instantiate(module: WebAssembly.Module): Promise<Emscripten> {
  return new Promise((resolve, reject) => {
    const ready: Promise<unknown> = createModule({
      ...SILENT,
      instantiateWasm: (imports: WebAssembly.Imports, done: (it: WebAssembly.Instance) => void) => {
        WebAssembly.instantiate(module, imports).then(done).catch(reject);
        return {};
      },
      locateFile: (path) => path,
      onAbort: (reason) => reject(new VitrineError('DEVICE_UNAVAILABLE', `wasm: ${reason}`)),
    });
    ready.then((wasm) => resolve(wasm as Emscripten)).catch(reject);
  });
}

/** What tfjs hangs on the Emscripten module; `cwrap` is typed too loosely there. */
interface Emscripten {
  cwrap(
    name: string,
    returns: string | null,
    takes: readonly string[],
  ): (...numbers: number[]) => number;
  tfjs: Record<string, (...numbers: number[]) => number>;
}

/** The same six functions that tfjs' own start-up binds. */
function bind(wasm: Emscripten): ConstructorParameters<typeof BackendWasm>[0] {
  wasm.tfjs = {
    init: wasm.cwrap('init', null, []),
    initWithThreadsCount: wasm.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: wasm.cwrap('get_threads_count', 'number', []),
    registerTensor: wasm.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: wasm.cwrap('dispose_data', null, ['number']),
    dispose: wasm.cwrap('dispose', null, []),
  };
  return wasm as unknown as ConstructorParameters<typeof BackendWasm>[0];
}

/**
 * Starts a compiled module.
 *
 * @param module - Of one of tfjs' single-threaded `.wasm` files.
 * @returns A backend without kernels: who opens it registers those that it needs.
 */
export async function startWasm(module: WebAssembly.Module): Promise<BackendWasm> {
  return new BackendWasm(bind(await instantiate(module)));
}

/**
 * Opens the WASM backend with the kernels of a similarity job.
 *
 * @param options - `probeTimeoutMs` holds for download, compilation and start together, times
 *   four: the file has 425 kB.
 * @returns The backend.
 * @throws `DEVICE_UNAVAILABLE` when WASM is missing, forbidden, broken or not the file of this version; `DEVICE_TIMEOUT`.
 */
export async function openWasm(options: Required<BackendOptions>): Promise<OpenedBackend> {
  const { wasmBaseUrl, probeTimeoutMs } = options;
  if (typeof WebAssembly === 'undefined') {
    throw new VitrineError('DEVICE_UNAVAILABLE', 'No WebAssembly here.');
  }
  const kernels = await withDeadline(
    compile(wasmBaseUrl).then(startWasm),
    4 * probeTimeoutMs,
    () => new VitrineError('DEVICE_TIMEOUT', 'The WASM file did not arrive.'),
  );
  for (const config of [batchMatMulConfig, maximumConfig, multiplyConfig, realDivConfig]) {
    registerKernel(config);
  }
  return {
    kernels,
    guard: async (job) => job(),
    close: () => undefined,
  };
}
