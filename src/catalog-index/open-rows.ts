/**
 * Opens memory for rows, on WebAssembly where it can be.
 *
 * @packageDocumentation
 */
import { compileKernels } from '../kernels/compile-kernels.ts';
import { JsRows } from './js-rows.ts';
import type { RowMemory, RowPlace } from './row-memory.ts';
import { WasmRows } from './wasm-rows.ts';

/**
 * Reserves memory for rows.
 *
 * @param place - How much.
 * @param compile - Default: our kernels. For tests without WebAssembly.
 * @returns Zeros, on WebAssembly where it and its SIMD are there and allowed.
 * @throws `DEVICE_LOST` when there is no memory for them.
 */
export async function openRows(
  place: RowPlace,
  compile: () => Promise<WebAssembly.Module> = compileKernels,
): Promise<RowMemory> {
  const module = await compile().catch(() => null);
  return module === null ? new JsRows(place) : new WasmRows(module, place);
}
