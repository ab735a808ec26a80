/**
 * TensorFlow.js in Node, for training: WASM from a file instead of from the network.
 *
 * @packageDocumentation
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { RunJob } from '../models/attributes/training-step.ts';
import { isVitrineError, VitrineError } from '../core/errors.ts';

const FILE = 'tfjs-backend-wasm-simd.wasm';

/** Beside the command line in dist/, else where npm put it. */
function findWasm(): string {
  const beside = fileURLToPath(new URL(`wasm/${FILE}`, import.meta.url));
  if (existsSync(beside)) return beside;
  const { resolve } = createRequire(import.meta.url);
  try {
    return resolve(`@tensorflow/tfjs-backend-wasm/dist/${FILE}`);
  } catch (error) {
    throw new VitrineError('DEVICE_UNAVAILABLE', `${FILE} is not there.`, { cause: error });
  }
}

/**
 * Opens a device for training.
 *
 * @returns Runs jobs on WASM.
 * @throws `DEVICE_UNAVAILABLE` when the WASM file is missing or does not start.
 */
export async function openNodeTrainer(): Promise<RunJob> {
  // Emscripten's start for Node is CommonJS and looks for these two, which modules do not have.
  Object.assign(globalThis, { __dirname: '/', require: createRequire(import.meta.url) });
  const { openTrainer } = await import('../models/attributes/training-kernels.ts');
  return openTrainer(Uint8Array.from(readFileSync(findWasm())));
}

/**
 * The same where one can go on without.
 *
 * @returns Null when WASM is missing or does not start.
 */
export async function tryNodeTrainer(): Promise<RunJob | null> {
  try {
    return await openNodeTrainer();
  } catch (error) {
    if (isVitrineError(error) && error.code === 'DEVICE_UNAVAILABLE') return null;
    throw error;
  }
}
