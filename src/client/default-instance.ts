/**
 * The instance that the script tag made; elements without one of their own use it.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';

let instance: Vitrine | undefined;

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
 * Sets the default instance.
 *
 * @param vitrine - Made from the script tag's options.
 */
export function setDefaultInstance(vitrine: Vitrine): void {
  instance = vitrine;
}
