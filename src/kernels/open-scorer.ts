/**
 * Opens a kernel, or the one that works everywhere.
 *
 * @packageDocumentation
 */
import { type VitrineErrorCode, toVitrineError } from '../core/errors.ts';
import { compileKernels } from './compile-kernels.ts';
import { createJsScorer } from './js-scorer.ts';
import type { KernelName, ResidentScorer } from './resident-scorer.ts';
import { createWasmScorer } from './wasm-scorer.ts';

/** A scorer, and why it is not the one that was wanted. */
export interface OpenedScorer {
  /** Ready for items. */
  readonly scorer: ResidentScorer;
  /** Null when it is the one that was wanted. */
  readonly reason: VitrineErrorCode | null;
}

/**
 * Opens a scorer; never rejects, since the loops in JavaScript need nothing.
 *
 * @param wanted - Which kernel.
 * @param compile - Default {@link compileKernels}; a module that was compiled before can be handed in.
 * @returns The scorer and a reason when it is another one: `DEVICE_UNAVAILABLE` without WebAssembly
 *   SIMD or where a Content Security Policy forbids it.
 * @example const { scorer } = await openScorer('wasm'); scorer.load(items); scorer.top(vectors, 20);
 */
export async function openScorer(
  wanted: KernelName,
  compile: () => Promise<WebAssembly.Module> = compileKernels,
): Promise<OpenedScorer> {
  if (wanted === 'js') return { scorer: createJsScorer(), reason: null };
  try {
    return { scorer: createWasmScorer(await compile(), wanted), reason: null };
  } catch (error) {
    return { scorer: createJsScorer(), reason: toVitrineError(error, 'DEVICE_UNAVAILABLE').code };
  }
}
