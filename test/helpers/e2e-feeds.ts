/** Runs the built library in a page of the test's host, without a shop around it. */
import type { Page } from '@playwright/test';
import type {
  Candidates,
  Feed,
  Item,
  RankedItem,
  RerankOptions,
  Stats,
  VitrineOptions,
} from '../../src/core/types.ts';
import type * as library from '../../src/index.ts';

/** A clock that stands still, so that feeds are repeatable. */
export const NOW: number = Date.UTC(2026, 0, 15, 12);

/** Options of every repeatable feed; SwiftShader needs the time. */
export const REPEATABLE: VitrineOptions = {
  seed: 7,
  now: NOW,
  timeoutMs: 30_000,
  logLevel: 'silent',
};

declare global {
  interface Window {
    /** The ES build, put here by test/e2e/blank/page.html. */
    library: typeof library;
  }
}

/** One feed to be made, from start to end. */
export interface Job {
  readonly options?: VitrineOptions;
  /** A path on the test's host, or the candidates themselves. */
  readonly candidates: Candidates;
  readonly rerank?: RerankOptions;
  /** Items looked at before, oldest first, a minute apart. */
  readonly looks?: readonly Item[];
  /** Segments followed before. */
  readonly follow?: readonly string[];
}

/** What came of a {@link Job}. */
export interface Made {
  readonly feed: Feed;
  readonly stats: Stats;
}

/**
 * Opens an empty page that has the ES build as `window.library`.
 *
 * @param page - Any page of the test.
 */
export async function openLibrary(page: Page): Promise<void> {
  await page.goto('/pages/blank/page.html');
  await page.waitForFunction(() => 'library' in window);
}

/**
 * Makes a new instance in the page, tells it of looks and follows, ranks, and disposes of it.
 *
 * @param page - Opened by {@link openLibrary}.
 * @param job - What to do; `options` are added to {@link REPEATABLE}.
 * @returns Feed and figures.
 */
export async function makeFeed(page: Page, job: Job): Promise<Made> {
  const settled = { ...job, options: { ...REPEATABLE, ...job.options } };
  return page.evaluate(async ({ options, candidates, rerank, looks = [], follow = [] }) => {
    const vitrine = await window.library.createVitrine(options);
    for (const [index, item] of looks.entries()) {
      const time = (options.now as number) - (looks.length - index) * 60_000;
      await vitrine.track({ type: 'view_item', items: [{ ...item }], time });
    }
    for (const id of follow) await vitrine.segments.follow(id);
    const feed = await vitrine.rerank(candidates, rerank);
    const stats = await vitrine.stats();
    vitrine.dispose();
    return { feed, stats };
  }, settled);
}

/**
 * Everything of a feed that the shopper sees; the same on every device.
 *
 * @param feed - Any feed.
 * @returns JSON of rows and order, without device and timings.
 */
export function visibleOf({ rows, order, personalized, reason }: Feed): string {
  return JSON.stringify({ rows, order, personalized, reason }, null, 1);
}

/**
 * All items in the rows of a feed, in page order.
 *
 * @param feed - Any feed.
 * @returns Ranked items.
 */
export function rankedOf(feed: Feed): RankedItem[] {
  return feed.rows.flatMap((row) => row.items);
}

/**
 * How many of some items are of a kind.
 *
 * @param ids - Item ids.
 * @param items - The catalog.
 * @param isOfKind - Asked for each item.
 * @returns 0 to 1; 0 without ids.
 */
export function shareOf(
  ids: readonly string[],
  items: readonly Item[],
  isOfKind: (item: Item) => boolean,
): number {
  const byId = new Map(items.map((item) => [item.id, item]));
  const found = ids.filter((id) => {
    const item = byId.get(id);
    return item !== undefined && isOfKind(item);
  });
  return ids.length === 0 ? 0 : found.length / ids.length;
}
