/** Small models and sequences for the tests of the scoring side. */
import { createRandom } from '../../../src/core/rng.ts';
import { createTable } from '../../../src/ranker/neighbour-table.ts';
import { SIGNALS } from '../../../src/ranker/signals.ts';
import { TABLE_NAMES } from '../../../src/ranker/table-signals.ts';
import type {
  Attributes,
  ItemContent,
  NeighbourTable,
  Sequence,
  SignalModel,
  TableName,
} from '../../../src/ranker/types.ts';

/** Column of a signal. */
export function columnOf(name: string): number {
  const column = SIGNALS.findIndex((signal) => signal.name === name);
  if (column < 0) throw new Error(`no signal ${name}`);
  return column;
}

/** A sequence whose times are unique over all visitors, so that an event can be recognised. */
export function sequenceOf(
  items: readonly number[],
  step: readonly number[] = items.map((_, p) => p),
  start = 0,
): Sequence {
  return {
    items: Int32Array.from(items),
    step: Int32Array.from(step),
    page: new Float32Array(items.length).fill(Number.NaN),
    position: new Float32Array(items.length).fill(Number.NaN),
    time: Float64Array.from(items, (_, p) => start + p),
  };
}

/** Attributes of unit length from lists of numbers, all of weight 1 before. */
export function attributesOf(rows: readonly (readonly number[])[], count: number): Attributes {
  const pointers = [0];
  for (const row of rows) pointers.push((pointers.at(-1) as number) + row.length);
  return {
    count,
    pointers: Int32Array.from(pointers),
    index: Int32Array.from(rows.flat()),
    weight: Float32Array.from(rows.flatMap((row) => row.map(() => 1 / Math.sqrt(row.length)))),
    raw: Float32Array.from(rows.flat(), () => 1),
  };
}

/** A table from triples target, source, weight; strongest first per target. */
export function tableOf(
  numItems: number,
  triples: readonly (readonly [number, number, number])[],
): NeighbourTable {
  const width = 4;
  const table = createTable(numItems, width);
  const used = new Int32Array(numItems);
  for (const [target, source, weight] of triples) {
    const at = target * width + (used[target] as number);
    used[target] = (used[target] as number) + 1;
    table.sources[at] = source;
    table.weights[at] = weight;
  }
  return table;
}

/** A model that knows nothing: empty tables, no attributes, prices, places, a zero embedding. */
export function blankModel(numItems: number, changes: Partial<SignalModel> = {}): SignalModel {
  const unknown = (): Float32Array => new Float32Array(numItems).fill(Number.NaN);
  const tables = Object.fromEntries(TABLE_NAMES.map((name) => [name, createTable(numItems, 4)]));
  return {
    numItems,
    attributes: attributesOf(
      Array.from({ length: numItems }, () => []),
      0,
    ),
    logPrice: unknown(),
    tables: tables as Record<TableName, NeighbourTable>,
    attributeLift: new Float32Array(0),
    stats: {
      popularity: unknown(),
      lateness: unknown(),
      attributePopularity: unknown(),
      page: unknown(),
      place: unknown(),
      section: unknown(),
      shelf: unknown(),
    },
    embedding: {
      dims: 2,
      source: new Float32Array(numItems * 2),
      target: new Float32Array(numItems * 2),
      bias: new Float32Array(numItems),
      ageWeight: Float32Array.of(1, 0.5),
      alpha: 0.5,
      history: 30,
    },
    ...changes,
  };
}

/** Scores of unit length; one segment or two per item, every fifth item without any of either. */
function noisyContent(numItems: number, random: () => number): ItemContent {
  const dims = 3;
  const rows = Array.from({ length: numItems }, (_, i) => {
    const row = Array.from({ length: dims }, () => random() * 2 - 1);
    const length = Math.hypot(...row);
    const first = Math.floor(random() * 4);
    return i % 5 === 4
      ? { row: [0, 0, 0], segments: [-1, -1, -1], shares: [0, 0, 0] }
      : {
          row: row.map((value) => value / length),
          segments: i % 2 === 0 ? [first, -1, -1] : [first, (first + 1) % 4, -1],
          shares: i % 2 === 0 ? [1, 0, 0] : [0.75, 0.25, 0],
        };
  });
  return {
    dims,
    generated: Float32Array.from(rows.flatMap(({ row }) => row)),
    numSegments: 4,
    segments: Int32Array.from(rows.flatMap(({ segments }) => segments)),
    shares: Float32Array.from(rows.flatMap(({ shares }) => shares)),
  };
}

/** A model full of seeded noise: every signal has something to say. */
export function noisyModel(numItems: number, seed: number): SignalModel {
  const random = createRandom(seed, 'noisy-model');
  const noise = (length: number): Float32Array =>
    Float32Array.from({ length }, () => random() * 2 - 1);
  const row = (): number => Math.floor(random() * numItems);
  const numAttributes = 6;
  const pick = (): number[] => {
    const chosen = Array.from({ length: numAttributes }, (_, a) => a).filter(() => random() < 0.4);
    return chosen.length > 0 ? chosen : [0];
  };
  const table = (): NeighbourTable => {
    const triples: [number, number, number][] = [];
    for (let target = 0; target < numItems; target++) {
      const sources = [...new Set([row(), row(), row()])].filter((source) => source !== target);
      sources.forEach((source, k) => triples.push([target, source, 1 / (k + 1 + random())]));
    }
    return tableOf(numItems, triples);
  };
  const tables = Object.fromEntries(TABLE_NAMES.map((name) => [name, table()]));
  return {
    numItems,
    attributes: attributesOf(Array.from({ length: numItems }, pick), numAttributes),
    logPrice: noise(numItems),
    tables: tables as Record<TableName, NeighbourTable>,
    attributeLift: noise(numAttributes ** 2),
    stats: {
      popularity: noise(numItems),
      lateness: noise(numItems),
      attributePopularity: noise(numItems),
      page: noise(numItems),
      place: noise(numItems),
      section: Float32Array.from({ length: numItems }, () => Math.floor(random() * 2)),
      shelf: Float32Array.from({ length: numItems }, (_, i) => i),
    },
    embedding: {
      dims: 4,
      source: noise(numItems * 4),
      target: noise(numItems * 4),
      bias: noise(numItems),
      ageWeight: Float32Array.from({ length: 20 }, (_, age) => 1 / Math.sqrt(1 + age)),
      alpha: 0.5,
      history: 30,
    },
    content: noisyContent(numItems, random),
  };
}

/** Random sequences: `most` interactions at most, some sharing a step. */
export function randomSequences(
  seed: number,
  shape: { readonly visitors: number; readonly numItems: number; readonly most: number },
): Sequence[] {
  const random = createRandom(seed, 'random-sequences');
  return Array.from({ length: shape.visitors }, (_, visitor) => {
    const length = Math.floor(random() * (shape.most + 1));
    const items = Array.from({ length }, () => Math.floor(random() * shape.numItems));
    let at = 0;
    const step = items.map((_item, p) => (p > 0 && random() < 0.6 ? ++at : at));
    return sequenceOf(items, step, visitor * 1000);
  });
}
