/**
 * Compiles the WASM kernels, which travel inside the JavaScript: no request, no `unsafe-eval`.
 *
 * @packageDocumentation
 */
import { VitrineError, toVitrineError } from '../core/errors.ts';
import { KERNEL_BYTES } from './kernel-bytes.ts';

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * Compiles the kernels; `WebAssembly` alone says whether it can.
 *
 * @param base64 - Default: our own module. For tests of what happens to others.
 * @returns A module for any number of scorers.
 * @throws `DEVICE_UNAVAILABLE` without WebAssembly or its SIMD, or where a Content Security Policy
 *   lacks `'wasm-unsafe-eval'`.
 */
export async function compileKernels(base64: string = KERNEL_BYTES): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') {
    throw new VitrineError('DEVICE_UNAVAILABLE', 'No WebAssembly here.');
  }
  try {
    return await WebAssembly.compile(decode(base64));
  } catch (error) {
    throw toVitrineError(error, 'DEVICE_UNAVAILABLE');
  }
}
