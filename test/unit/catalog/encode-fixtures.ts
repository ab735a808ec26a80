/** A made-up catalog with four subjects, and comparisons of what is encoded. */
import { blockCosine, type VectorSet } from '../../../src/core/block-cosine.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item, SegmentDescription } from '../../../src/core/types.ts';
import { emptySet } from '../../../src/core/vector-set.ts';
import {
  createTextCache,
  encodeDescription,
  type EncodedItems,
  encodeItems,
} from '../../../src/catalog/encode-items.ts';
import { writeRow } from '../../../src/catalog/encode-vector.ts';

interface Subject {
  readonly path: readonly string[];
  readonly nouns: readonly string[];
  readonly words: readonly string[];
  readonly material: string;
  readonly price: number;
}

const SUBJECTS: readonly Subject[] = [
  {
    path: ['fashion', 'handbags'],
    nouns: ['handbag', 'tote', 'clutch'],
    words: ['stitched', 'strap', 'clasp', 'pocket', 'lining', 'shoulder'],
    material: 'leather',
    price: 180,
  },
  {
    path: ['kitchen', 'pans'],
    nouns: ['pan', 'wok', 'saucepan'],
    words: ['simmer', 'sear', 'oven', 'lid', 'induction', 'searing'],
    material: 'cast iron',
    price: 60,
  },
  {
    path: ['electronics', 'headphones'],
    nouns: ['headphones', 'earbuds', 'headset'],
    words: ['bass', 'playback', 'microphone', 'listening', 'treble', 'volume'],
    material: 'aluminium',
    price: 120,
  },
  {
    path: ['garden', 'seeds'],
    nouns: ['seeds', 'bulbs', 'seedlings'],
    words: ['sow', 'harvest', 'sunlight', 'soil', 'bloom', 'watering'],
    material: 'paper',
    price: 5,
  },
];

const COLOURS = ['red', 'blue', 'green', 'black'];
const BRANDS = ['Aero', 'Berg', 'Cala', 'Dune', 'Eos'];

/** Items that come round the subjects: `i % 4` is the subject of item i. */
export function catalogOf(count: number, seed = 1): Item[] {
  const random = createRandom(seed, 'catalog');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => {
    const subject = SUBJECTS[i % SUBJECTS.length] as Subject;
    const colour = pick(COLOURS);
    const words = Array.from({ length: 6 }, () => pick(subject.words));
    return {
      id: `item-${i}`,
      title: `${colour} ${subject.material} ${pick(subject.nouns)}`,
      description: `${words.join(' ')} made of ${subject.material}.`,
      categoryPath: subject.path,
      brand: pick(BRANDS),
      price: Math.round(subject.price * (0.5 + random()) * 100) / 100,
      rating: 3 + random() * 2,
      ratingCount: Math.floor(random() * 500),
    };
  });
}

export function encode(items: readonly Item[]): EncodedItems {
  return encodeItems(items, createTextCache());
}

/** Cosine of two candidates. */
export function similarity(encoded: EncodedItems, a: number, b: number): number {
  const { blocks } = encoded.model.space;
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const data = encoded.presence.data.map((value, i) => value * blocks[i % blocks.length]!.weight);
  const weighted = { vectors: encoded.vectors, presence: { ...encoded.presence, data } };
  return blockCosine({ set, row: a }, { set: weighted, row: b }, blocks);
}

/** A description as the only row of a set. */
export function describe1(describes: SegmentDescription, encoded: EncodedItems): VectorSet {
  const { space } = encoded.model;
  const out = emptySet(1, space.dims, space.blocks.length);
  const vector = encodeDescription(describes, encoded.model);
  writeRow(vector, out.vectors.data, out.presence.data, { row: 0, weighted: true });
  return out;
}

/** Cosine of each candidate with a description. */
export function scoresFor(describes: SegmentDescription, encoded: EncodedItems): number[] {
  const other = { set: describe1(describes, encoded), row: 0 };
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  return encoded.items.map((_, row) =>
    blockCosine({ set, row }, other, encoded.model.space.blocks),
  );
}

/** Candidates nearest to a description, best first. */
export function nearest(describes: SegmentDescription, encoded: EncodedItems, k: number): Item[] {
  const scores = scoresFor(describes, encoded);
  return encoded.items
    .map((item, row) => ({ item, score: scores[row] as number }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ item }) => item);
}
