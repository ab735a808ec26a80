/**
 * What the page script hands to `vitrine-feed.js`, which is a file of its own: pages without the
 * element do not pay for it. Types only.
 *
 * @packageDocumentation
 */
import type { Vitrine, VitrineEvents } from '../core/types.ts';

/** The page script, seen from the element. */
export interface FeedHost {
  /** The script tag's instance, if it has made one. */
  instance(): Vitrine | undefined;
  /** The script tag's `data-candidates`. */
  candidates(): string | undefined;
  /** Calls back once the script tag's instance is there. */
  onInstance(wake: () => void): void;
  /** Tells the instance's listeners that a row was seen. */
  expose(vitrine: Vitrine, detail: VitrineEvents['exposure']): void;
}
