/**
 * A feed for a group of visitors, made as the page makes a visitor's own.
 *
 * @packageDocumentation
 */
import type { Feed, Item, LogRecord } from '../core/types.ts';
import { FeedMaker } from '../engine/feed-maker.ts';
import type { Library } from '../engine/library.ts';
import { createPackRanker } from '../engine/pack-ranker.ts';
import { createDeviceLadder } from '../models/device-ladder.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { groupRanker } from './group-ranker.ts';
import { BY_ITEMS, BY_VISITORS, groupWords } from './group-words.ts';

/** What a group's feed is made from. */
export interface GroupFeedInput {
  /** Candidates, in the shop's order. */
  readonly items: readonly Item[];
  /** Segments. */
  readonly library: Library;
  /** Content hash of the pack. */
  readonly packId: string;
  /** The pack. */
  readonly pack: RankerPack;
  /** Whether the pack's manifest switches personalisation off. */
  readonly isKilled: boolean;
  /** Items that each visitor of the group chose, oldest first; at least one visitor. */
  readonly choices: readonly (readonly Item[])[];
  /** Whether these are visitors, and not a segment's own items. */
  readonly isCrowd: boolean;
  /** Segment whose row comes first. */
  readonly segmentId?: string | undefined;
  /** Of all draws. */
  readonly seed: number;
}

/** As on the page, but that nothing is explored: a page for all cannot learn from one. */
const OPTIONS = { rows: 6, rowSize: 12, exploration: 0, influence: 1 } as const;

/** Any time will do: nothing of it shows. */
const NOW = 1_000 * 86_400_000;

const DAY_MS = 86_400_000;

/** The latest choices of a visitor that count. */
const LATEST = 20;

function logOf(items: readonly Item[], visitor: number): LogRecord[] {
  return items.slice(-LATEST).map(({ id }, i, { length }) => ({
    eventId: `${visitor}.${i}`,
    time: NOW - DAY_MS - 60_000 * (length - i),
    type: 'view_item',
    itemId: id,
  }));
}

/** The group's items are met, but not seen: nobody who gets the feed has been shown them. */
function aliasOf(id: string): string {
  return `group:${id}`;
}

/**
 * Makes a feed of a group.
 *
 * The group is one visitor to the rows, who chose what its visitors chose, and many to a trained
 * ranker, whose mean over them fills the row of its own.
 *
 * @param input - See {@link GroupFeedInput}.
 * @returns A feed in words that speak to nobody in particular.
 */
export async function makeGroupFeed(input: GroupFeedInput): Promise<Feed> {
  const { choices, isCrowd, isKilled, items, library, pack, packId, seed, segmentId } = input;
  const start = performance.now();
  const open = (): Promise<never> => Promise.reject(new Error('js needs no device'));
  const ladder = createDeviceLadder({ wanted: 'js', open });
  const maker = new FeedMaker(() => library, { ladder, clock: () => performance.now() });
  const encoded = maker.encode(items);
  const words = isCrowd ? BY_VISITORS : BY_ITEMS;
  const logs = choices.map(logOf);
  const met = choices.flat().map((item): [string, Item] => [aliasOf(item.id), item]);
  const profile = {
    log: logs.flat().map((record) => ({ ...record, itemId: aliasOf(record.itemId) })),
    items: new Map(met.map(([id, item]) => [id, { ...item, id }])),
    settings: { seed, followed: segmentId === undefined ? [] : [segmentId], blocked: [] },
  };
  const ranker =
    pack.ranker.names.length > 0 ? groupRanker(createPackRanker(pack), logs, words.ranked) : null;
  const held = isKilled ? ('KILL_SWITCH' as const) : undefined;
  const options = { ...OPTIONS, seed, held };
  const { composed, device } = await maker.make({
    encoded,
    profile,
    options,
    now: NOW,
    pack: ranker,
  });
  return {
    rows: groupWords(composed.rows, words, segmentId),
    order: composed.order,
    personalized: composed.personalized,
    reason: composed.reason,
    seed,
    packId,
    device,
    timings: { total: performance.now() - start },
    warnings: [],
  };
}
