/**
 * How large a pack's tables may be so that the pack stays under a limit.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { encodePack } from '../pack/pack-codec.ts';
import type { PackFiles, PackTraining } from '../pack/pack-format.ts';
import { buildAttributes, learnLogPrices } from '../ranker/attributes.ts';
import { countTables } from '../ranker/count-tables.ts';
import { SIGNALS } from '../ranker/signals.ts';
import type {
  AdditiveModel,
  Attributes,
  ItemContent,
  NeighbourTable,
  Sequence,
  SignalModel,
  TableName,
} from '../ranker/types.ts';

/** What decides a pack's size beside the catalog. */
export interface Limits {
  /** K, neighbours per item in each table. */
  readonly width: number;
  /** E, dimensions of the embedding. */
  readonly dims: number;
  /** A at most. */
  readonly attributes: number;
}

/** What a pack holds whatever its limits. */
export interface FixedParts {
  /** What models say of the items. */
  readonly content?: ItemContent | undefined;
  /** The attribute model. */
  readonly attributeFile?: Uint8Array<ArrayBuffer> | undefined;
}

/** Limits with the attributes that they leave. */
export interface FittedLimits {
  /** The limits. */
  readonly limits: Limits;
  /** At most `limits.attributes`. */
  readonly attributes: Attributes;
}

type Step = readonly [size: number, loss: number];

/**
 * Sizes that are tried, each with what it costs in thousandths of NDCG@10, about, as measured on the
 * demo shop's simulated visitors (leave-one-out, one size changed at a time); those of the last size
 * of each are estimates.
 */
const STEPS: Readonly<Record<keyof Limits, readonly Step[]>> = {
  width: [
    [32, 0],
    [24, 0.4],
    [16, 1],
    [12, 1.7],
    [10, 2.2],
    [8, 2.8],
    [7, 3.7],
    [6, 5],
    [5, 6.8],
    [4, 9.3],
    [3, 13],
  ],
  dims: [
    [48, 0],
    [32, 0.4],
    [24, 0.8],
    [16, 1.4],
    [12, 2.3],
    [8, 3.6],
    [4, 7],
  ],
  attributes: [
    [2048, 0],
    [1024, 0.3],
    [512, 0.7],
    [256, 1.2],
    [128, 1.8],
    [64, 3.5],
    [32, 5.5],
  ],
};

/** Most knots of one function: more than are ever fitted, and one more than a look-up's codes. */
const MOST_KNOTS = 24;
const mostKnots = (): Float32Array[] =>
  SIGNALS.map(({ codes }) => new Float32Array(codes === undefined ? MOST_KNOTS : codes + 1));

/** Most steps with an age weight of their own. */
const MOST_AGES = 1024;

/** Widest table that is tried. */
const WIDEST = 32;

/** What can be told of a shop's data before training. */
interface DataShape {
  readonly ids: readonly string[];
  /** [I] */
  readonly logPrice: Float32Array;
  /** [I] How often each item is chosen: popularities have as many distinct values at most. */
  readonly chosen: Float32Array;
  /** Most neighbours that any item has, by table. */
  readonly widths: Readonly<Record<TableName, number>>;
  /** Whether interactions say where on the shop's pages they happened. */
  readonly hasPlaces: boolean;
  /** See {@link FixedParts}. */
  readonly fixed: FixedParts;
}

function widthOf({ width, sources }: NeighbourTable): number {
  return sources.reduce(
    (most, source, k) => (source < 0 ? most : Math.max(most, (k % width) + 1)),
    0,
  );
}

/** Counts are quick to make; the regression's table is taken to be full. */
function shapeOf(
  items: readonly Item[],
  sequences: readonly Sequence[],
  fixed: FixedParts,
): DataShape {
  const { together, next, ahead, basket } = countTables(sequences, items.length, { width: WIDEST });
  const chosen = new Float32Array(items.length);
  for (const sequence of sequences) {
    for (const item of new Set(sequence.items)) chosen[item] = (chosen[item] as number) + 1;
  }
  return {
    fixed,
    ids: items.map(({ id }) => id),
    logPrice: learnLogPrices(items),
    chosen,
    widths: {
      ease: WIDEST,
      together: widthOf(together),
      next: widthOf(next),
      ahead: widthOf(ahead),
      basket: widthOf(basket),
    },
    hasPlaces: sequences.some(({ page, position }) =>
      [page, position].some((values) => values.some((value) => !Number.isNaN(value))),
    ),
  };
}

/** From the least lossy to the smallest. */
function allLimits(): Limits[] {
  const choices = STEPS.width.flatMap(([width, a]) =>
    STEPS.dims.flatMap(([dims, b]) =>
      STEPS.attributes.map(([attributes, c]) => ({
        limits: { width, dims, attributes },
        loss: a + b + c,
      })),
    ),
  );
  return choices.toSorted((a, b) => a.loss - b.loss).map(({ limits }) => limits);
}

/** A table with no place left free in its first columns. */
function fullTable(numItems: number, width: number, used: number): NeighbourTable {
  const sources = Int32Array.from({ length: numItems * width }, (_, k) =>
    k % width < used ? 0 : -1,
  );
  return { width, sources, weights: new Float32Array(sources.length).fill(1) };
}

/** A model of the largest size that training within the limits can give. */
function fullModel(attributes: Attributes, shape: DataShape, limits: Limits): SignalModel {
  const { dims, width } = limits;
  const { length: numItems } = shape.ids;
  // All values distinct: nothing is saved by writing codes.
  const distinct = Float32Array.from({ length: numItems }, (_, row) => row);
  const places = shape.hasPlaces ? distinct : new Float32Array(numItems).fill(NaN);
  const table = (name: TableName): NeighbourTable =>
    fullTable(numItems, width, Math.min(width, shape.widths[name]));
  return {
    numItems,
    attributes,
    logPrice: shape.logPrice,
    tables: {
      ease: table('ease'),
      together: table('together'),
      next: table('next'),
      ahead: table('ahead'),
      basket: table('basket'),
    },
    attributeLift: new Float32Array(attributes.count ** 2),
    stats: {
      popularity: shape.chosen,
      lateness: distinct,
      attributePopularity: distinct,
      page: places,
      place: places,
      section: places,
      shelf: places,
    },
    embedding: {
      dims,
      source: new Float32Array(numItems * dims),
      target: new Float32Array(numItems * dims),
      bias: distinct,
      ageWeight: new Float32Array(MOST_AGES),
      alpha: 0,
      history: 0,
    },
    content: shape.fixed.content,
  };
}

/** Bytes of all files and of the manifest as it is written. */
function totalBytes({ manifest }: PackFiles): number {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  return manifest.files.reduce((sum, { bytes }) => sum + bytes, Buffer.byteLength(text));
}

/**
 * Makes sure that a trained pack is as small as {@link fitLimits} promised.
 *
 * @param pack - Encoded, not yet written.
 * @param maxBytes - Of all files together.
 * @throws `OPTION_INVALID` when it is larger.
 */
export function checkBytes(pack: PackFiles, maxBytes: number): void {
  const bytes = totalBytes(pack);
  if (bytes <= maxBytes) return;
  throw new VitrineError('OPTION_INVALID', `--max-bytes ${maxBytes}: the pack has ${bytes} bytes.`);
}

async function mostBytes(
  shape: DataShape,
  attributes: Attributes,
  limits: Limits,
): Promise<number> {
  const ranker: AdditiveModel = {
    names: SIGNALS.map(({ name }) => name),
    knots: mostKnots(),
    values: mostKnots(),
  };
  const training: PackTraining = {
    protocol: 'leave-one-out',
    seed: Number.MAX_SAFE_INTEGER,
    visitors: Number.MAX_SAFE_INTEGER,
    interactions: Number.MAX_SAFE_INTEGER,
  };
  const model = fullModel(attributes, shape, limits);
  const { attributeFile } = shape.fixed;
  const pack = { ids: shape.ids, model, ranker, attributeFile };
  return totalBytes(await encodePack(pack, training, { isCompact: true }));
}

/**
 * What larger sizes add to the smallest pack. Each size decides over a file of its own, and its line
 * in the manifest, so that what they add can be summed.
 */
async function addedBytes(
  smallest: Limits,
  least: number,
  bytesWith: (limits: Limits) => Promise<number>,
): Promise<(limits: Limits) => number> {
  const added = new Map<string, number>();
  for (const name of ['width', 'dims', 'attributes'] as const) {
    for (const [size] of STEPS[name]) {
      const isLeast = size === smallest[name];
      const bytes = isLeast ? least : await bytesWith({ ...smallest, [name]: size });
      added.set(`${name} ${size}`, bytes - least);
    }
  }
  return (limits) =>
    Object.entries(limits).reduce(
      (sum, [name, size]) => sum + (added.get(`${name} ${size}`) as number),
      0,
    );
}

/**
 * Chooses the least lossy sizes whose pack is surely not above a limit, before anything is trained.
 *
 * @param items - The catalog.
 * @param sequences - All that may be learned from.
 * @param maxBytes - Of all files together, above 0.
 * @param fixed - What the pack holds in any case.
 * @returns Sizes and attributes.
 * @throws `OPTION_INVALID` when even the smallest pack is too large; names its size.
 */
export async function fitLimits(
  items: readonly Item[],
  sequences: readonly Sequence[],
  maxBytes: number,
  fixed: FixedParts = {},
): Promise<FittedLimits> {
  const shape = shapeOf(items, sequences, fixed);
  const known = new Map<number, Attributes>();
  const attributesOf = (most: number): Attributes => {
    const attributes = known.get(most) ?? buildAttributes(items, most);
    known.set(most, attributes);
    return attributes;
  };
  const bytesWith = (limits: Limits): Promise<number> =>
    mostBytes(shape, attributesOf(limits.attributes), limits);
  const choices = allLimits();
  const smallest = choices.at(-1) as Limits;
  // The smallest first: a limit that cannot be kept is told at once.
  const least = await bytesWith(smallest);
  if (least > maxBytes) {
    throw new VitrineError(
      'OPTION_INVALID',
      `--max-bytes ${maxBytes}: the smallest pack for these ${items.length} items has up to ${least} bytes.`,
    );
  }
  const added = await addedBytes(smallest, least, bytesWith);
  const limits = choices.find((choice) => least + added(choice) <= maxBytes) ?? smallest;
  return { limits, attributes: attributesOf(limits.attributes) };
}
