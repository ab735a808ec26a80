/**
 * WASM with all that training needs, for Node: kernels, and the gradients that `valueAndGrads`
 * chains. A chunk of its own; no page loads it.
 *
 * @packageDocumentation
 */
import {
  engine,
  enableProdMode,
  registerBackend,
  registerKernel,
  setBackend,
} from '@tensorflow/tfjs-core';
// oxlint-disable-next-line import/no-unassigned-import -- it registers the gradients
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { castConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cast.js';
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat.js';
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js';
import { logConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Log.js';
import { negConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Neg.js';
import { padV2Config } from '@tensorflow/tfjs-backend-wasm/dist/kernels/PadV2.js';
import { powConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Pow.js';
import { realDivConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/RealDiv.js';
import { startWasm } from '../open-wasm.ts';
import { ENCODER_KERNELS } from './encoder-kernels-wasm.ts';
import type { RunJob } from './training-step.ts';

/** What the encoder runs, and what its gradients run besides. */
const KERNELS = [
  ...ENCODER_KERNELS,
  castConfig,
  concatConfig,
  identityConfig,
  logConfig,
  negConfig,
  padV2Config,
  powConfig,
  realDivConfig,
];

/**
 * Opens WASM for training. Registers it once per thread; a second call starts nothing.
 *
 * @param file - Bytes of `tfjs-backend-wasm-simd.wasm`.
 * @returns Runs jobs on it.
 * @throws `DEVICE_UNAVAILABLE` when the module does not start.
 */
export async function openTrainer(file: Uint8Array<ArrayBuffer>): Promise<RunJob> {
  enableProdMode();
  if (engine().findBackendFactory('wasm') === null) {
    const kernels = await startWasm(await WebAssembly.compile(file));
    for (const config of KERNELS) registerKernel(config);
    registerBackend('wasm', () => kernels);
  }
  await setBackend('wasm');
  return async (job) => job();
}
