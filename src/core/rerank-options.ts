/**
 * What a page may ask of one feed. Types only.
 *
 * @packageDocumentation
 */
import type { PreviewRequest } from './preview.ts';

/** Options of {@link Vitrine.rerank}. */
export interface RerankOptions {
  /** Most rows, 1 to 20, default 6. */
  readonly rows?: number;
  /** Most items in a row, 1 to 100, default 12. */
  readonly rowSize?: number;
  /**
   * `rows` (default): titled rows with variety and exploration. `list`: all candidates in one row
   * `for-you`, best first, for pages that keep their own layout; `rows` and `rowSize` do not matter.
   */
  readonly layout?: 'rows' | 'list';
  /** Aborts the call; it rejects with `ABORTED`. */
  readonly signal?: AbortSignal;
  /**
   * Shows the page as for a visitor of a segment, or one with a history; see docs/rules.md. The
   * profile is neither read nor written, and `explain` goes on to speak of the feed before.
   */
  readonly preview?: PreviewRequest;
  /** What the page is about; `itemId` leaves that item out of the rows. */
  readonly context?: { readonly itemId?: string };
}
