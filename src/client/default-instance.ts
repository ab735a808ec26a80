/**
 * The instance that the script tag made; elements without one of their own use it.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';

let instance: Vitrine | undefined;
let candidates: string | undefined;
const waiting: (() => void)[] = [];

/**
 * The instance that the script tag made.
 *
 * @returns It, or undefined when the tag has no `data-*` options or has not started yet; use
 *   `window.vitrine_queue.push((vitrine) => …)` to wait for it.
 */
export function defaultInstance(): Vitrine | undefined {
  return instance;
}

/**
 * The `data-candidates` of the script tag.
 *
 * @returns A URL or a selector; undefined without any.
 */
export function defaultCandidates(): string | undefined {
  return candidates;
}

/**
 * Sets the default instance and wakes who waits for it.
 *
 * @param vitrine - The instance.
 * @param source - The tag's `data-candidates`.
 */
export function setDefaultInstance(vitrine: Vitrine, source: string | undefined): void {
  instance = vitrine;
  candidates = source;
  for (const wake of waiting.splice(0)) wake();
}

/**
 * Calls back when the script tag has made its instance.
 *
 * @param wake - Called once; never when no instance is made.
 */
export function onDefaultInstance(wake: () => void): void {
  waiting.push(wake);
}
