/**
 * The instance that the script tag made. It lives on the queue, a global of the page, so that a
 * second copy of the script and `vitrine-feed.js` see the same one.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';

/** A function that waits for the default instance. */
export type Command = (vitrine: Vitrine) => void;

/** The page's global scope, as far as it is ours. */
export interface PageScope {
  /** Filled by the shop before the script has started. */
  vitrine_queue?: Command[] & {
    /** Set once a script tag is starting. */
    isStarted?: boolean;
    /** Set once it has started. */
    instance?: Vitrine;
    /** The instance that this page made last, by the tag or by itself: where tools look. */
    made?: Vitrine;
  };
}

/**
 * The instance that the script tag made.
 *
 * @returns It, or undefined when the tag has no `data-*` options or has not started yet; use
 *   `window.vitrine_queue.push((vitrine) => …)` to wait for it.
 */
export function defaultInstance(): Vitrine | undefined {
  return (globalThis as PageScope).vitrine_queue?.instance;
}
