/**
 * Everything that the ranker's signals are computed from, learned from sequences.
 *
 * @packageDocumentation
 */
import { attributeLift } from './attribute-lift.ts';
import { countTables } from './count-tables.ts';
import { embeddingNdcg } from './embedding-score.ts';
import { buildItemStats } from './item-stats.ts';
import { localEase } from './local-ease.ts';
import { TABLE_WIDTH } from './neighbour-table.ts';
import type { OnProgress } from './progress.ts';
import { trainEmbedding } from './train-embedding.ts';
import type {
  Attributes,
  ItemContent,
  RankList,
  Sequence,
  SequenceEmbedding,
  SignalModel,
  TableName,
} from './types.ts';

/** E unless said otherwise; chosen on validation answers. */
const DEFAULT_DIMS = 48;

/** Passes of the embedding when neither a number nor held-out lists are given. */
const DEFAULT_EPOCHS = 4;

/** Passes at most when held-out lists choose. */
const MAX_EPOCHS = 20;

/** Passes without a better one after which training stops. */
const PATIENCE = 2;

/** What {@link learnSignalModel} learns from. */
export interface LearnOptions {
  /** One per visitor; only what may be learned from. */
  readonly sequences: readonly Sequence[];
  /** Of the items. */
  readonly attributes: Attributes;
  /** [I] NaN when unknown. */
  readonly logPrice: Float32Array;
  /** What models say of the items; taken as it is. */
  readonly content?: ItemContent | undefined;
  /** I. */
  readonly numItems: number;
  /** Same seed, same model. */
  readonly seed: number;
  /** Passes of the embedding, at least 1. Default: chosen on `heldOut`, else 4. */
  readonly epochs?: number | undefined;
  /**
   * Lists whose answers are not in `sequences`: choose the passes when `epochs` is not given. A
   * few thousand are enough; none is as if it were not given.
   */
  readonly heldOut?: readonly RankList[] | undefined;
  /** K of all tables, default {@link defaultWidth}. */
  readonly width?: number | undefined;
  /** E, default 48. */
  readonly dims?: number | undefined;
  /** Told the share of the time that has passed, about, in thousandths. */
  readonly onProgress?: OnProgress | undefined;
}

/** A learned model and how long its embedding was trained. */
export interface LearnedModel {
  /** For the signals. */
  readonly model: SignalModel;
  /** Passes of the embedding. */
  readonly epochs: number;
}

/** Places of a table that even a small catalog may use, and the most per item. */
const SMALL_TABLE = 64_000;
const WIDEST = 255;

/**
 * Neighbours per item when nothing else is said: 32, more for a catalog so small that it costs
 * little. Rare transitions tell the items of a small catalog apart: with all of 217 instead of 32,
 * clicks gain .002 HR@10 and .001 MRR.
 *
 * @param numItems - I.
 * @returns 32 … 255.
 * @example defaultWidth(1000) // 64
 */
export function defaultWidth(numItems: number): number {
  const fits = Math.floor(SMALL_TABLE / Math.max(1, numItems));
  return Math.max(TABLE_WIDTH, Math.min(WIDEST, numItems, fits));
}

/** The parts of the work, their first and last thousandth as measured on a set of 12,000 items. */
const SHARES = {
  counting: [0, 50],
  regression: [50, 300],
  lift: [300, 350],
  embedding: [350, 1000],
} as const;

/** Progress of one part as progress of the whole. */
function part(
  onProgress: OnProgress | undefined,
  name: keyof typeof SHARES,
): OnProgress | undefined {
  if (onProgress === undefined) return undefined;
  const [from, to] = SHARES[name];
  return (done, total) => {
    const share = total > 0 ? done / total : 1;
    onProgress(from + share * (to - from), SHARES.embedding[1]);
  };
}

/**
 * Learns all but the embedding.
 *
 * @param options - Sequences, catalog and table width; `epochs` and `heldOut` do not matter.
 * @returns Tables, attribute lift and item statistics.
 */
export function learnTables(options: LearnOptions): Omit<SignalModel, 'embedding'> {
  const { sequences, attributes, content, logPrice, numItems, onProgress } = options;
  const { width = defaultWidth(numItems) } = options;
  const counted = countTables(sequences, numItems, {
    width,
    onProgress: part(onProgress, 'counting'),
  });
  const { together, next, ahead, basket } = counted;
  const ease = localEase(sequences, attributes, numItems, {
    width,
    onProgress: part(onProgress, 'regression'),
  });
  const tables: Readonly<Record<TableName, typeof ease>> = { ease, together, next, ahead, basket };
  const lift = attributeLift(sequences, attributes, { onProgress: part(onProgress, 'lift') });
  const stats = buildItemStats(sequences, attributes, counted);
  return { numItems, attributes, content, logPrice, tables, attributeLift: lift, stats };
}

interface Trained {
  readonly embedding: SequenceEmbedding;
  readonly epochs: number;
}

/** Trains until the held-out lists rank no better, and keeps the best pass. */
function trainUntilBest(options: LearnOptions, heldOut: readonly RankList[]): Trained {
  const { sequences, attributes, numItems, seed, onProgress, dims = DEFAULT_DIMS } = options;
  let best = -Infinity;
  let kept: Trained | undefined;
  const last = trainEmbedding(sequences, attributes, numItems, {
    seed,
    dims,
    epochs: MAX_EPOCHS,
    onProgress: part(onProgress, 'embedding'),
    onEpoch: (epoch, _loss, snapshot) => {
      const embedding = snapshot();
      const ndcg = embeddingNdcg(embedding, heldOut);
      if (ndcg > best) {
        best = ndcg;
        kept = { embedding, epochs: epoch + 1 };
      }
      return epoch + 1 - (kept?.epochs ?? 0) >= PATIENCE;
    },
  });
  return kept ?? { embedding: last, epochs: DEFAULT_EPOCHS };
}

function learnEmbedding(options: LearnOptions): Trained {
  const { sequences, attributes, numItems, seed, onProgress, heldOut = [] } = options;
  if (options.epochs === undefined && heldOut.length > 0) return trainUntilBest(options, heldOut);
  const epochs = options.epochs ?? DEFAULT_EPOCHS;
  const embedding = trainEmbedding(sequences, attributes, numItems, {
    seed,
    dims: options.dims ?? DEFAULT_DIMS,
    epochs,
    onProgress: part(onProgress, 'embedding'),
  });
  return { embedding, epochs };
}

/**
 * Learns the tables, statistics and the embedding.
 *
 * Deterministic in its inputs. Works without tags, prices, titles or interactions: what is missing
 * leaves its tables empty.
 *
 * @param options - Sequences, catalog and settings.
 * @returns The model, and the passes to use again when learning from more of the same.
 */
export function learnSignalModel(options: LearnOptions): LearnedModel {
  const rest = learnTables(options);
  const { embedding, epochs } = learnEmbedding(options);
  return { model: { ...rest, embedding }, epochs };
}
