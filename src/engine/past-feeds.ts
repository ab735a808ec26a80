/**
 * How the feeds of this page were made, so that they can be made again. A guest on a shop's page
 * keeps the last one only, which it has anyway; more are kept once somebody inspects.
 *
 * @packageDocumentation
 */
import type { Feed, Row, Settings } from '../core/types.ts';
import type { FeedSource } from './feed-maker.ts';
import type { Library } from './library.ts';

/** Most feeds that are kept while somebody inspects: their candidates stay in memory. */
const MOST = 20;

/** What a feed was made of, but for the log: what is forgotten must not stay here. */
export interface FeedRecipe extends Pick<FeedSource, 'encoded' | 'options' | 'now' | 'pack'> {
  /** Segments in force. */
  readonly library: Library;
  /** The visitor's choices. */
  readonly settings: Settings;
  /** How many interactions the log had. */
  readonly events: number;
  /** The last of them; undefined without any. */
  readonly lastEventId: string | undefined;
}

/** A feed and its recipe. */
export interface KeptFeed {
  /** Number of the call. */
  readonly number: number;
  /** What it was made of. */
  readonly recipe: FeedRecipe;
  /** As the page got it. */
  readonly feed: Feed;
  /** Its rows, without what only an index brought. */
  readonly rows: readonly Row[];
}

/** Keeps recipes. */
export class PastFeeds {
  #most = 1;

  /** Oldest first. */
  kept: readonly KeptFeed[] = [];

  /** @param made - A feed; it takes the place of an earlier one of the same call. */
  add(made: KeptFeed): void {
    const others = this.kept.filter(({ number }) => number !== made.number);
    this.kept = [...others, made].slice(-this.#most);
  }

  /** From now on all are kept, up to 20. */
  keepMore(): void {
    this.#most = MOST;
  }

  /** Forgets them. */
  clear(): void {
    this.kept = [];
  }
}

/**
 * What to note of a log.
 *
 * @param log - Records, oldest first.
 * @returns The part of a recipe that tells which of them a feed saw.
 */
export function seenOf(
  log: FeedSource['profile']['log'],
): Pick<FeedRecipe, 'events' | 'lastEventId'> {
  return { events: log.length, lastEventId: log.at(-1)?.eventId };
}
