/**
 * Lets simulated visitors come to a shop whose pages one policy makes.
 *
 * @packageDocumentation
 */
import type { ExplorationPolicy, Item } from '../core/types.ts';
import type { ComposedFeed } from '../feed/compose-feed.ts';
import type { FeedOptions } from '../feed/feed-context.ts';
import { createPopulation } from '../simulate/population.ts';
import { addVisitor, createTally, type Tally, type VisitFigures } from '../simulate/tally.ts';
import type { Population, ShownList, SimulatedVisitor } from '../simulate/types.ts';
import { type Device, SimulatedShop } from './simulated-shop.ts';

/** How pages are made; `server`: the catalog's order for everybody. */
export type SimulatedPolicy = ExplorationPolicy | 'server';

/** All policies, ours first. */
export const POLICIES: readonly SimulatedPolicy[] = ['thompson', 'epsilon', 'greedy', 'server'];

/** Rows and places of a page: the defaults of `rerank`. */
const PAGE = { rows: 6, rowSize: 12 } as const;

/** Share of explored places: the default of `createVitrine`. */
const SHARE = 0.1;

/** Visitors of one policy. */
export interface Slice {
  /** The catalog in the shop's order, which is the candidates of every page. */
  readonly items: readonly Item[];
  /** How pages are made. */
  readonly policy: SimulatedPolicy;
  /** Visitors of the whole simulation. */
  readonly visitors: number;
  /** Visits of each. */
  readonly visits: number;
  /** Of all draws. */
  readonly seed: number;
  /** Every so many visitors … */
  readonly step: number;
  /** … from this one on are played here. */
  readonly first: number;
}

/**
 * What the page asks of the engine.
 *
 * @param policy - Thompson sampling decides by itself how much is explored; all begin to explore
 *   with the first visit.
 * @param seed - Of the visitor's draws.
 * @returns Options of a feed.
 */
export function optionsOf(policy: ExplorationPolicy, seed: number): FeedOptions {
  const adapt = policy === 'thompson';
  return { ...PAGE, exploration: SHARE, influence: 1, policy, whenCold: true, adapt, seed };
}

/** The first places of the catalog, row by row. */
function serverLists(numItems: number): ShownList[] {
  const lists: ShownList[] = [];
  for (let at = 0; at < Math.min(numItems, PAGE.rows * PAGE.rowSize); at += PAGE.rowSize) {
    const length = Math.min(PAGE.rowSize, numItems - at);
    lists.push({
      id: `server-${lists.length + 1}`,
      items: Int32Array.from({ length }, (_, i) => at + i),
    });
  }
  return lists;
}

/** The shop, and who comes. */
interface Play {
  readonly slice: Slice;
  readonly population: Population;
  readonly shop: SimulatedShop;
  readonly tally: Tally;
}

function listsOf({ rows }: ComposedFeed, shop: SimulatedShop): ShownList[] {
  return rows.map(({ id, items }) => ({
    id,
    items: Int32Array.from(items, ({ itemId }) => shop.rowOf(itemId)),
  }));
}

/** One visit; the rows of the items clicked in the lists. */
function playVisit(
  play: Play,
  visitor: SimulatedVisitor,
  device: Device,
): VisitFigures & {
  readonly clicked: readonly number[];
} {
  const { population, shop, slice, tally } = play;
  const { items, policy } = slice;
  const now = population.timeOf(visitor);
  const seed = device.settings.seed;
  const feed = policy === 'server' ? null : shop.feed(device, optionsOf(policy, seed), now);
  const lists = feed ? listsOf(feed, shop) : serverLists(items.length);
  const expected = population.expectedClicks(visitor, lists);
  const best = population.bestClicks(visitor, lists);
  const { clicks, events, seen } = population.visit(visitor, lists);
  if (visitor.kind !== 'bot') {
    for (const list of lists) {
      for (const row of Array.from(list.items)) tally.shown[row] = (tally.shown[row] as number) + 1;
    }
  }
  const idOf = (row: number): string => (items[row] as Item).id;
  if (feed) {
    const time = events[0]?.time ?? now;
    if (seen.length > 0) {
      shop.track(device, feed, { type: 'view_item_list', items: seen.map(idOf), time });
    }
    for (const { item, time: at, type } of events) {
      shop.track(device, feed, { type, itemId: idOf(item), time: at });
    }
  }
  const clicked = events.filter(({ list }) => list !== undefined).map(({ item }) => item);
  return { visit: 0, clicks, expected, best, clicked };
}

function playVisitor(play: Play, visitor: SimulatedVisitor): void {
  const { shop, slice, tally } = play;
  const seed = slice.seed * 1_000_003 + visitor.index + 1;
  const device: Device = { log: [], settings: { seed, followed: [], blocked: [] } };
  const segments = new Set<string>();
  const visits = Array.from({ length: slice.visits }, (_, visit): VisitFigures => {
    const { clicked, ...figures } = playVisit(play, visitor, device);
    for (const row of clicked) {
      const segment = shop.segmentOf(row);
      if (segment !== undefined) segments.add(segment);
    }
    return { ...figures, visit };
  });
  addVisitor(tally, visitor.kind, visits, segments.size);
}

/**
 * Plays all visits of some visitors.
 *
 * @param slice - See {@link Slice}.
 * @param onVisitor - Called after each visitor.
 * @returns What they came to; visitors do not disturb each other, so slices add up to the whole.
 */
export function playSlice(slice: Slice, onVisitor: () => void): Tally {
  const { first, items, seed, step, visitors, visits } = slice;
  const population = createPopulation(items, { visitors, visits, seed });
  const tally = createTally(items.length);
  const play: Play = { slice, population, shop: new SimulatedShop(items), tally };
  for (let index = first; index < visitors; index += step) {
    playVisitor(play, population.visitors[index] as SimulatedVisitor);
    onVisitor();
  }
  return tally;
}
