/**
 * A composed feed as the page gets it.
 *
 * @packageDocumentation
 */
import type { Device, Feed, Warning } from '../core/types.ts';
import type { ComposedFeed } from '../feed/compose-rows.ts';
import type { SourcedCandidates } from './index-source.ts';

/** What a feed is told with. */
export interface FeedParts {
  /** Rows and their reason. */
  readonly composed: ComposedFeed;
  /** Where similarities were computed. */
  readonly device: Device;
  /** Clock at the end of each stage, and at the start, milliseconds. */
  readonly marks: {
    readonly start: number;
    readonly read: number;
    readonly encodedAt: number;
    readonly scoredAt: number;
    readonly end: number;
  };
  /** Content hash of the pack, or of segments and encoder. */
  readonly packId: string;
  /** Of the feed's draws. */
  readonly seed: number;
  /** The candidates, with their warnings. */
  readonly source: SourcedCandidates;
  /** What else was mended or fell back. */
  readonly warnings: readonly Warning[];
}

/**
 * Puts a feed together.
 *
 * @param parts - See {@link FeedParts}.
 * @returns What `rerank` resolves with.
 */
export function toFeed(parts: FeedParts): Feed {
  const { composed, device, packId, seed, source, warnings } = parts;
  const { encodedAt, end, read, scoredAt, start } = parts.marks;
  return {
    rows: source.show?.(composed.rows) ?? composed.rows,
    order: [...composed.order, ...source.overflow],
    personalized: composed.personalized,
    reason: composed.reason,
    seed,
    packId,
    device,
    timings: {
      read: read - start,
      encode: encodedAt - read,
      similarity: scoredAt - encodedAt,
      compose: end - scoredAt,
      total: end - start,
    },
    warnings: [...warnings, ...source.warnings],
  };
}
