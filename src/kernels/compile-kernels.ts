/**
 * Compiles the WASM kernels, which travel inside the JavaScript: no request, no `unsafe-eval`.
 *
 * @packageDocumentation
 */
import { VitrineError, toVitrineError } from '../core/errors.ts';
import { KERNEL_BYTES, RELAXED_BYTES } from './kernel-bytes.ts';

/** 0 to 15 of a digit's code: 48 to 57, or 97 to 102. */
function digitOf(code: number): number {
  return (code & 15) + 9 * (code >> 6);
}

function decode(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 16 * digitOf(digits.charCodeAt(2 * i)) + digitOf(digits.charCodeAt(2 * i + 1));
  }
  return bytes;
}

/**
 * Compiles the kernels.
 *
 * @param digits - Two hexadecimal digits per byte. Default: our own module. For tests of what happens to others.
 * @returns A module for any number of scorers.
 * @throws `DEVICE_UNAVAILABLE` without WebAssembly or its SIMD, or where a Content Security Policy
 *   lacks `'wasm-unsafe-eval'`.
 */
export async function compileKernels(digits: string = KERNEL_BYTES): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === 'undefined') {
    throw new VitrineError('DEVICE_UNAVAILABLE', 'No WebAssembly here.');
  }
  try {
    return await WebAssembly.compile(decode(digits));
  } catch (error) {
    throw toVitrineError(error, 'DEVICE_UNAVAILABLE');
  }
}

let relaxed: WebAssembly.Module | null | undefined;

/**
 * Compiles the kernels that need relaxed SIMD, once: a few kB, of which browsers compile what is called.
 *
 * @returns The same module each time; null without relaxed SIMD.
 */
export function relaxedKernels(): WebAssembly.Module | null {
  if (relaxed === undefined) {
    const bytes = decode(RELAXED_BYTES);
    relaxed = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return relaxed;
}
