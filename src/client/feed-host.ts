/**
 * What the page script hands to `vitrine-feed.js`, which is a file of its own: pages that only call
 * the functions do not pay for it. Types only.
 *
 * @packageDocumentation
 */
import type { VitrineError } from '../core/errors.ts';
import type { Vitrine, VitrineEvents, VitrineOptions } from '../core/types.ts';

/** The page script, seen from `vitrine-feed.js`. */
export interface FeedHost {
  /** The tag that loaded the page script; undefined when that was imported. */
  readonly script: HTMLOrSVGScriptElement | undefined;
  /** As the public function. */
  createVitrine(options: VitrineOptions): Promise<Vitrine>;
  /** Tells the console of a wrong option. */
  readonly warn: (error: VitrineError) => void;
  /** Tells the instance's listeners; nobody when another copy of the script made it. */
  emit(vitrine: Vitrine, event: 'exposure', detail: VitrineEvents['exposure']): void;
}
