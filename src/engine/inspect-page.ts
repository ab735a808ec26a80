/**
 * The page and its visitor as the inspector shows them.
 *
 * @packageDocumentation
 */
import type {
  ExploredPlace,
  HeldItem,
  InspectedOptions,
  InspectedSegment,
  Inspection,
  LoggedEvent,
  PastFeed,
} from '../core/inspection.ts';
import type { Item, LogRecord } from '../core/types.ts';
import type { ComposedFeed } from '../feed/compose-rows.ts';
import type { FeedInput } from '../feed/feed-context.ts';
import { notShown } from '../feed/not-shown.ts';
import { rankVisitor } from '../feed/rank-visitor.ts';
import { rulesOf } from './inspect-rules.ts';
import { tasteOf } from './inspect-taste.ts';
import type { InspectedEngine } from './inspected-engine.ts';
import type { KeptFeed } from './past-feeds.ts';
import { viewProfile } from './view-profile.ts';

/** Most entries of the log. */
const MAX_EVENTS = 500;

/** Most items that are told to be held back. */
const MAX_HELD = 200;

const titled = (title: string | undefined): { readonly title?: string } =>
  title === undefined ? {} : { title };

function pastOf({ feed, number, recipe, rows }: KeptFeed): PastFeed {
  return {
    number,
    at: recipe.now,
    seed: feed.seed,
    packId: feed.packId,
    device: feed.device,
    reason: feed.reason,
    candidates: recipe.encoded.items.length,
    events: recipe.events,
    rows,
  };
}

function titlesOf(feeds: readonly KeptFeed[]): Inspection['titles'] {
  const titles = new Map<string, string>();
  for (const { recipe, rows } of feeds) {
    const { indexOf, items: candidates } = recipe.encoded;
    for (const { itemId } of rows.flatMap(({ items }) => items)) {
      const title = candidates[indexOf.get(itemId) ?? -1]?.title;
      if (title !== undefined) titles.set(itemId, title);
    }
  }
  return Array.from(titles, ([itemId, title]) => ({ itemId, title }));
}

function optionsOf({ options }: ComposedFeed['context']): InspectedOptions {
  const { exploration, held = null, influence, policy = 'thompson', rowSize, rows } = options;
  return { rows, rowSize, exploration, policy, influence, held };
}

/** A segment is told of when there is anything to tell. */
function segmentsOf(
  { keeper, library }: InspectedEngine,
  ranked: ComposedFeed['ranked'],
  { state, visitor }: Pick<FeedInput, 'state' | 'visitor'>,
): InspectedSegment[] {
  const { arms, posteriors } = state;
  const shares = new Map(ranked.map(({ segmentId, ...own }) => [segmentId, own]));
  for (const { id, ...own } of visitor.segments)
    shares.set(id, { ...own, index: -1, score: 0, weight: 0 });
  const { blocked, followed } = keeper.settings;
  return [...library.segments, ...visitor.segments]
    .map(({ id, name }): InspectedSegment => {
      const { longTermShare = 0, sessionShare = 0, weight = 0 } = shares.get(id) ?? {};
      return {
        segmentId: id,
        name,
        weight,
        sessionShare,
        longTermShare,
        engagement: posteriors.get(id) ?? null,
        trial: arms.get(id) ?? null,
        followed: followed.includes(id),
        blocked: blocked.includes(id),
      };
    })
    .filter(
      (segment) =>
        segment.weight > 0 ||
        segment.followed ||
        segment.blocked ||
        segment.engagement !== null ||
        segment.trial !== null,
    )
    .sort((a, b) => b.weight - a.weight || (a.segmentId < b.segmentId ? -1 : 1));
}

function eventOf(record: LogRecord, items: ReadonlyMap<string, Item>): LoggedEvent {
  const { eventId, itemId, propensity, rowId, time, type } = record;
  return {
    eventId,
    time,
    type,
    itemId,
    ...titled(items.get(itemId)?.title),
    ...(rowId === undefined ? {} : { rowId }),
    ...(propensity === undefined ? {} : { propensity }),
  };
}

function exploredOf({ context, places }: ComposedFeed): ExploredPlace[] {
  const { encoded, library } = context;
  return [...places].flatMap(([itemId, { placed, rank, row }]): ExploredPlace[] => {
    const { explored } = placed;
    if (!explored) return [];
    const segmentId = library[explored.segment]?.id ?? null;
    const { propensity } = explored;
    const { title } = encoded.items[placed.row] as Item;
    return [{ itemId, ...titled(title), rowId: row.id, rank, segmentId, propensity }];
  });
}

function heldOf({ context, personalized, places }: ComposedFeed): HeldItem[] {
  if (!personalized) return [];
  const held: HeldItem[] = [];
  for (const [row, { id, title }] of context.encoded.items.entries()) {
    const reason = places.has(id) ? undefined : notShown(context, row);
    if (reason) held.push({ itemId: id, ...titled(title), ...reason });
    if (held.length === MAX_HELD) break;
  }
  return held;
}

/** What needs a feed. */
async function fromFeed(
  engine: InspectedEngine,
  composed: ComposedFeed,
  now: number,
): Promise<
  Pick<Inspection, 'explored' | 'held' | 'options' | 'ruleFaults' | 'rules' | 'segments' | 'taste'>
> {
  const { keeper, options } = engine;
  const { context } = composed;
  const { settings } = keeper;
  const profile = viewProfile(keeper, context.encoded, now);
  const { ranked } = rankVisitor({ ...context, ...profile, settings });
  const { faults, rules } = await rulesOf(options.rules, composed, now);
  return {
    options: optionsOf(context),
    taste: tasteOf(profile.visitor, context.encoded),
    segments: segmentsOf(engine, ranked, profile),
    rules,
    ruleFaults: faults,
    explored: exploredOf(composed),
    held: heldOf(composed),
  };
}

const BEFORE_FEEDS = {
  options: null,
  taste: [],
  segments: [],
  rules: [],
  ruleFaults: [],
  explored: [],
  held: [],
} as const;

/**
 * Describes the page.
 *
 * @param engine - See {@link InspectedEngine}.
 * @param now - Milliseconds.
 * @returns What the last feed was made of, and the visitor as the log is now.
 */
export async function inspectPage(engine: InspectedEngine, now: number): Promise<Inspection> {
  const { keeper, shown } = engine;
  const { items, log } = keeper;
  return {
    at: now,
    feeds: shown.past.kept.map(pastOf),
    titles: titlesOf(shown.past.kept),
    events: log
      .slice(-MAX_EVENTS)
      .reverse()
      .map((record) => eventOf(record, items)),
    ...(shown.composed ? await fromFeed(engine, shown.composed, now) : BEFORE_FEEDS),
  };
}
