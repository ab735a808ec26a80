/**
 * How large a pack's tables may be so that the pack stays under a limit.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { encodePack } from '../pack/pack-codec.ts';
import type { PackFiles, PackTraining } from '../pack/pack-format.ts';
import { buildAttributes } from '../ranker/attributes.ts';
import { SIGNALS } from '../ranker/signals.ts';
import type {
  AdditiveModel,
  Attributes,
  NeighbourTable,
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

/** Limits with the attributes that they leave. */
export interface FittedLimits {
  /** The limits. */
  readonly limits: Limits;
  /** At most `limits.attributes`. */
  readonly attributes: Attributes;
}

type Step = readonly [size: number, loss: number];

/**
 * Sizes that are tried, each with what it costs in thousandths of NDCG@10, about: the mean of the
 * demo shop's and lastfm's (leave-one-out, `npm run pack -- --sizes DIR`).
 */
const STEPS: Readonly<Record<keyof Limits, readonly Step[]>> = {
  width: [
    [32, 0],
    [24, 1],
    [16, 3],
    [12, 5],
    [8, 9],
    [6, 13],
    [4, 20],
  ],
  dims: [
    [48, 0],
    [32, 2],
    [24, 4],
    [16, 7],
  ],
  attributes: [
    [2048, 0],
    [512, 2],
    [256, 4],
    [128, 7],
  ],
};

/** Most knots of one function: more than are ever fitted. */
const MOST_KNOTS = 24;

/** All tables; the type checker tells when there is a new one. */
const TABLES: Readonly<Record<TableName, true>> = {
  ease: true,
  together: true,
  next: true,
  ahead: true,
  basket: true,
};

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

/** A table with no place left free. */
function fullTable(numItems: number, width: number): NeighbourTable {
  const size = numItems * width;
  return { width, sources: new Int32Array(size), weights: new Float32Array(size).fill(1) };
}

/** A model of the largest size that training within the limits can give. */
function fullModel(attributes: Attributes, numItems: number, limits: Limits): SignalModel {
  const { dims, width } = limits;
  const perItem = new Float32Array(numItems);
  const names = Object.keys(TABLES) as TableName[];
  const tables = Object.fromEntries(names.map((name) => [name, fullTable(numItems, width)]));
  return {
    numItems,
    attributes,
    logPrice: perItem,
    tables: tables as Record<TableName, NeighbourTable>,
    attributeLift: new Float32Array(attributes.count ** 2),
    stats: {
      popularity: perItem,
      lateness: perItem,
      attributePopularity: perItem,
      page: perItem,
      place: perItem,
    },
    embedding: {
      dims,
      source: new Float32Array(numItems * dims),
      target: new Float32Array(numItems * dims),
      bias: perItem,
      ageWeight: new Float32Array(1024),
      alpha: 0,
      history: 0,
    },
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
  items: readonly Item[],
  attributes: Attributes,
  limits: Limits,
): Promise<number> {
  const ranker: AdditiveModel = {
    names: SIGNALS.map(({ name }) => name),
    knots: SIGNALS.map(() => new Float32Array(MOST_KNOTS)),
    values: SIGNALS.map(() => new Float32Array(MOST_KNOTS)),
  };
  const training: PackTraining = {
    protocol: 'leave-one-out',
    seed: Number.MAX_SAFE_INTEGER,
    visitors: Number.MAX_SAFE_INTEGER,
    interactions: Number.MAX_SAFE_INTEGER,
  };
  const model = fullModel(attributes, items.length, limits);
  return totalBytes(await encodePack({ ids: items.map(({ id }) => id), model, ranker }, training));
}

/**
 * Chooses the least lossy sizes whose pack is surely not above a limit, before anything is trained.
 *
 * @param items - The catalog.
 * @param maxBytes - Of all files together, above 0.
 * @returns Sizes and attributes.
 * @throws `OPTION_INVALID` when even the smallest pack is too large; names its size.
 */
export async function fitLimits(items: readonly Item[], maxBytes: number): Promise<FittedLimits> {
  const known = new Map<number, Attributes>();
  const attributesOf = (most: number): Attributes => {
    const attributes = known.get(most) ?? buildAttributes(items, most);
    known.set(most, attributes);
    return attributes;
  };
  const choices = allLimits();
  // The smallest first: a limit that cannot be kept is told at once.
  const smallest = choices.at(-1) as Limits;
  const least = await mostBytes(items, attributesOf(smallest.attributes), smallest);
  if (least > maxBytes) {
    throw new VitrineError(
      'OPTION_INVALID',
      `--max-bytes ${maxBytes}: the smallest pack for these ${items.length} items has up to ${least} bytes.`,
    );
  }
  for (const limits of choices) {
    const attributes = attributesOf(limits.attributes);
    if ((await mostBytes(items, attributes, limits)) <= maxBytes) return { limits, attributes };
  }
  return { limits: smallest, attributes: attributesOf(smallest.attributes) };
}
