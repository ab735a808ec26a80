/** Random shops, random visitors, and feeds composed of them in one call. */
import {
  createTextCache,
  type EncodedItems,
  encodeItems,
} from '../../../src/catalog/encode-items.ts';
import { createRandom, type Random } from '../../../src/core/rng.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import type {
  InteractionType,
  Item,
  LogRecord,
  SegmentInput,
  Settings,
} from '../../../src/core/types.ts';
import { joinSets } from '../../../src/core/vector-set.ts';
import { buildLibrary, encodeLibrary, type Library } from '../../../src/engine/library.ts';
import { viewProfile } from '../../../src/engine/view-profile.ts';
import { composeFeed, type ComposedFeed } from '../../../src/feed/compose-feed.ts';
import type { FeedInput, FeedOptions } from '../../../src/feed/feed-context.ts';
import { createSimilarities } from '../../../src/feed/similarities.ts';
import predefined from '../../../src/segments/library.json' with { type: 'json' };

export const NOW = 1_800_000_000_000;
export const LIBRARY: Library = buildLibrary(null, true);
export const OPTIONS: FeedOptions = {
  rows: 6,
  rowSize: 12,
  exploration: 0.1,
  influence: 1,
  seed: 7,
};

/** What the shop, the visitor and the page bring. */
export interface Scene {
  readonly items: readonly Item[];
  readonly log: readonly LogRecord[];
  readonly snapshots?: readonly Item[];
  readonly library?: Library;
  readonly settings?: Partial<Settings>;
  readonly options?: Partial<FeedOptions>;
  /** Default {@link NOW}. */
  readonly now?: number;
}

const encodedLists = new WeakMap<readonly Item[], EncodedItems>();

/** Encoding is what costs; the same list is encoded once. */
export function encodedOf(items: readonly Item[]): EncodedItems {
  const before = encodedLists.get(items);
  if (before) return before;
  const encoded = encodeItems(items, createTextCache());
  encodedLists.set(items, encoded);
  return encoded;
}

/** The input of a feed; `distort` stands for what a device does to the numbers. */
export function inputOf(
  scene: Scene,
  distort: (scores: Float32Array) => Float32Array = (scores) => scores,
): FeedInput {
  const { items, log, snapshots = [], library = LIBRARY, settings, options } = scene;
  const encoded = encodedOf(items);
  const segmentVectors = encodeLibrary(library.segments, encoded.model);
  const known = new Map(snapshots.map((item) => [item.id, item]));
  const profile = viewProfile({ log, items: known }, encoded, scene.now ?? NOW);
  const { visitor } = profile;
  const vectors = joinSets([segmentVectors, visitor.segmentVectors, visitor.taste]);
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const scores = referenceScores({
    items: encoded.vectors,
    itemPresence: encoded.presence,
    vectors: vectors.vectors,
    vectorPresence: vectors.presence,
  });
  const { space } = encoded.model;
  return {
    encoded,
    library: library.segments,
    wanted: library.wanted,
    segmentVectors,
    ...profile,
    similarities: createSimilarities({ items: set, vectors, space, scores: distort(scores) }),
    settings: { seed: 7, followed: [], blocked: [], ...settings },
    options: { ...OPTIONS, ...options },
  };
}

/** Composes a feed. */
export function compose(
  scene: Scene,
  distort?: (scores: Float32Array) => Float32Array,
): ComposedFeed {
  return composeFeed(inputOf(scene, distort));
}

let counter = 0;

/** A record, just now. */
export function record(
  type: InteractionType,
  itemId: string,
  fields: Partial<LogRecord> = {},
): LogRecord {
  counter++;
  return { eventId: `e${counter}`, time: NOW, type, itemId, ...fields };
}

export function views(...ids: readonly string[]): LogRecord[] {
  return ids.map((id) => record('view_item', id));
}

const SUBJECTS: readonly SegmentInput[] = predefined as readonly SegmentInput[];

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** An item that speaks of one subject with a little of another. */
function itemOf(id: string, subject: SegmentInput, random: Random): Item {
  const other = pick(SUBJECTS, random);
  const word = (): string =>
    pick((random() < 0.85 ? subject : other).keywords ?? ['thing'], random);
  const features = Object.values(subject.features ?? {}).flat();
  const title = [word(), features.length > 0 ? pick(features, random) : word(), word()].join(' ');
  const category = pick(subject.categories ?? ['various'], random);
  return {
    id,
    title,
    description: Array.from({ length: 8 }, word).join(' '),
    ...(random() < 0.9
      ? { categoryPath: [category, `${category} ${pick(['one', 'two'], random)}`] }
      : {}),
    ...(random() < 0.8 ? { brand: pick(['Aero', 'Berg', 'Cala', 'Dune'], random) } : {}),
    ...(random() < 0.9 ? { price: Math.round(Math.exp(random() * 6) * 100) / 100 } : {}),
    ...(random() < 0.7
      ? { rating: 2 + random() * 3, ratingCount: Math.floor(random() * 900) }
      : {}),
    ...(random() < 0.05 ? { available: false } : {}),
    ...(random() < 0.05 ? { price: 0 } : {}),
  };
}

/** A shop of a few subjects, with doubles and items that are not offered. */
export function randomItems(seed: number, count: number): Item[] {
  const random = createRandom(seed, 'shop');
  const subjects = Array.from({ length: 2 + Math.floor(random() * 6) }, () =>
    pick(SUBJECTS, random),
  );
  const items: Item[] = [];
  for (let i = 0; i < count; i++) {
    const double = random() < 0.15 && items.length > 0 ? pick(items, random) : undefined;
    // Ids in an order of their own, so that ties by id differ from ties by place.
    const id = `p${Math.floor(random() * 1e6)}-${i}`;
    items.push(double ? { ...double, id } : itemOf(id, pick(subjects, random), random));
  }
  return items;
}

const TYPES: readonly InteractionType[] = [
  'view_item',
  'view_item',
  'view_item',
  'select_item',
  'view_item_list',
  'add_to_cart',
  'add_to_wishlist',
  'remove_from_cart',
  'purchase',
];

/** A visitor who is drawn to a few items and looks at others as well. */
export function randomLog(seed: number, items: readonly Item[], count: number): LogRecord[] {
  const random = createRandom(seed, 'visitor');
  const start = Math.floor(random() * items.length);
  const path = items[start]?.categoryPath?.[0];
  const near = items.filter(({ categoryPath }) => categoryPath?.[0] === path);
  return Array.from({ length: count }, () => {
    const { id } = pick(random() < 0.7 ? near : items, random);
    const segmentId = random() < 0.3 ? pick(SUBJECTS, random).id : undefined;
    return record(pick(TYPES, random), id, {
      time: NOW - Math.floor(random() ** 4 * 40 * 86_400_000),
      ...(segmentId === undefined ? {} : { segmentId }),
    });
  });
}

/** A whole scene from one number. */
export function randomScene(seed: number): Scene {
  const random = createRandom(seed, 'scene');
  const items = randomItems(seed, 30 + Math.floor(random() * 70));
  const ids = LIBRARY.segments.map(({ id }) => id);
  const some = (chance: number): string[] => (random() < chance ? [pick(ids, random)] : []);
  const context = random() < 0.3 ? { contextItemId: pick(items, random).id } : {};
  return {
    items,
    log: randomLog(seed, items, 3 + Math.floor(random() * 25)),
    settings: { followed: some(0.2), blocked: some(0.3) },
    options: {
      rows: 1 + Math.floor(random() * 8),
      rowSize: 1 + Math.floor(random() * 14),
      exploration: pick([0, 0.1, 0.1, 0.3, 0.7, 1], random),
      influence: pick([1, 1, 0.5, 0.1], random),
      seed: Math.floor(random() * 2 ** 32),
      ...context,
    },
  };
}
