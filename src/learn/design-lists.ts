/**
 * Choices → lists to learn from: what was chosen among what was shown with it and a seeded draw of
 * other candidates, as rows of a design matrix. Beside them lists of the pack's own, in which
 * nothing shall change much: replay against forgetting (Li & Hoiem 2016, learning without
 * forgetting: the old model's scores are the new one's soft targets).
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import type { Item, LogRecord } from '../core/types.ts';
import { functionValues } from '../ranker/additive-model.ts';
import type { ListScores } from '../ranker/list-ranker.ts';
import type { SignalList } from '../ranker/signals.ts';
import { toSequence } from '../ranker/to-sequence.ts';
import type { AdditiveModel, NeighbourTable } from '../ranker/types.ts';
import { withAffinities } from './affinities.ts';
import { type Choice, shownWith } from './choices.ts';
import type { ItemFeatures } from './item-features.ts';
import type { Yield } from './matrix.ts';

/** An item that the pack knows. */
interface KnownItem {
  /** Row in the pack. */
  readonly row: number;
  /** As the shop sent it. */
  readonly item: Item;
}

/** What lists are made of. */
export interface ListSource {
  /** Ranks by the pack as it came. */
  readonly rank: (list: SignalList) => ListScores;
  /** The pack's functions, in the order of the signals. */
  readonly ranker: AdditiveModel;
  /** Where pseudo-visitors walk. */
  readonly walks: NeighbourTable;
  /** Candidates of the last feed that the pack knows. */
  readonly pool: readonly KnownItem[];
  /** An item by its id, from the pool or the visitor's own; undefined when nothing is known. */
  readonly known: (itemId: string) => KnownItem | undefined;
  /** Row of an item of the log; undefined for one that the pack does not know. */
  readonly rowOf: (itemId: string) => number | undefined;
  /** Of all items. */
  readonly features: ItemFeatures;
  /** Draws candidates and walks. */
  readonly random: Random;
  /** Lets others have the thread. */
  readonly rest: Yield;
}

/** One list. */
export interface LearningList {
  /** Index of the answer; -1 in a list of replay, which has soft targets. */
  readonly target: number;
  /** How much the list counts. */
  readonly weight: number;
  /** [C] scores of the pack. */
  readonly base: Float64Array;
  /** [C × J] value of each function. */
  readonly parts: Float32Array;
  /** C. */
  readonly items: readonly Item[];
  /** Of these, in the light of what was chosen before. */
  readonly features: ItemFeatures;
}

/** Candidates of a list, and of one of replay: enough that the first ten are a choice. */
const CANDIDATES = 100;
const REPLAYED = 50;
/** Of these, what was shown with the answer. The rest must be unlike it, or nothing is learned. */
const SHOWN = 3;
/** Newest choices that are learned from. */
const MAX_CHOICES = 150;
/** Newest records that a history is made of. */
const MAX_HISTORY = 1_000;
/** Fewer candidates tell nothing. */
const MIN_POOL = 20;

const REPLAYS = 24;
const REPLAY_STEPS = 8;
/** What all lists of replay weigh beside the visitor's. */
const REPLAY_WEIGHT = 0.2;

/** Rows of `count` distinct items of the pool, none of them in `taken`. */
function draw(source: ListSource, count: number, taken: Set<number>): KnownItem[] {
  const { pool, random } = source;
  const drawn: KnownItem[] = [];
  for (let tries = 0; drawn.length < count && tries < count * 20; tries++) {
    const found = pool[Math.floor(random() * pool.length)] as KnownItem;
    if (taken.has(found.row)) continue;
    taken.add(found.row);
    drawn.push(found);
  }
  return drawn;
}

function scored(
  source: ListSource,
  history: Pick<SignalList, 'items' | 'step'> & { readonly chosen: readonly Item[] },
  candidates: readonly KnownItem[],
): Pick<LearningList, 'base' | 'parts' | 'items' | 'features'> {
  const rows = Int32Array.from(candidates, ({ row }) => row);
  const { items, step, chosen } = history;
  const { signals, scores } = source.rank({ items, step, candidates: rows });
  return {
    base: scores,
    parts: new Float32Array(functionValues(source.ranker, signals)),
    items: candidates.map(({ item }) => item),
    features: withAffinities(source.features, chosen),
  };
}

function listOf(
  source: ListSource,
  log: readonly LogRecord[],
  choices: readonly Choice[],
): LearningList | null {
  const choice = choices.at(-1) as Choice;
  const answer = source.known(choice.itemId);
  if (answer === undefined) return null;
  const from = Math.max(0, choice.at - MAX_HISTORY);
  const history = toSequence(
    log.slice(from, choice.at).flatMap(({ itemId, time, type }) => {
      const row = source.rowOf(itemId);
      return row === undefined ? [] : [{ row, time, type }];
    }),
  );
  if (history.items.length === 0) return null;
  const taken = new Set([answer.row]);
  const shown = shownWith(log, choice)
    .flatMap((id) => source.known(id) ?? [])
    .filter(({ row }) => !taken.has(row))
    .slice(0, SHOWN);
  for (const { row } of shown) taken.add(row);
  const others = draw(source, CANDIDATES - 1 - shown.length, taken);
  const chosen = choices.slice(0, -1).flatMap(({ itemId }) => source.known(itemId)?.item ?? []);
  const list = scored(source, { ...history, chosen }, [answer, ...shown, ...others]);
  return { target: 0, weight: choice.weight, ...list };
}

/**
 * Lists of the visitor's choices.
 *
 * @param source - See {@link ListSource}.
 * @param log - The visitor's, oldest first.
 * @param choices - Its choices.
 * @param onList - Told after each list how many of how many are done.
 * @returns At most 150, oldest first; a choice without a history, or of an item that the pack does
 *   not know, gives none. None at all when there are too few candidates.
 */
export async function visitorLists(
  source: ListSource,
  log: readonly LogRecord[],
  choices: readonly Choice[],
  onList: (done: number, all: number) => void,
): Promise<LearningList[]> {
  if (source.pool.length < MIN_POOL) return [];
  const lists: LearningList[] = [];
  const all = Math.min(MAX_CHOICES, choices.length);
  for (let k = 1; k <= all; k++) {
    const list = listOf(source, log, choices.slice(0, choices.length - all + k));
    if (list !== null) lists.push(list);
    onList(k, all);
    await source.rest();
  }
  return lists;
}

/** A walk along the pack's neighbours, as other visitors go; ends where there are none. */
function walk({ walks, random }: ListSource, start: number): Int32Array {
  const steps = [start];
  while (steps.length < REPLAY_STEPS) {
    const from = (steps.at(-1) as number) * walks.width;
    const row = walks.sources.subarray(from, from + walks.width);
    const count = row.indexOf(-1) < 0 ? row.length : row.indexOf(-1);
    if (count === 0) break;
    // The nearest most often.
    steps.push(row[Math.floor(random() ** 2 * count)] as number);
  }
  return Int32Array.from(steps);
}

/**
 * Lists of pseudo-visitors, for whom the pack is right.
 *
 * @param source - See {@link ListSource}.
 * @param weight - What the visitor's own lists weigh together.
 * @returns Lists with soft targets; none when there are too few candidates.
 */
export async function replayLists(source: ListSource, weight: number): Promise<LearningList[]> {
  const { pool, random } = source;
  if (pool.length < MIN_POOL) return [];
  const lists: LearningList[] = [];
  const itemOf = new Map(pool.map(({ row, item }) => [row, item]));
  for (let k = 0; k < REPLAYS; k++) {
    const { row } = pool[Math.floor(random() * pool.length)] as KnownItem;
    const items = walk(source, row);
    const chosen = [...items].flatMap((at) => itemOf.get(at) ?? []);
    const history = { items, step: Int32Array.from(items.keys()), chosen };
    const list = scored(source, history, draw(source, REPLAYED, new Set()));
    lists.push({ target: -1, weight: (weight * REPLAY_WEIGHT) / REPLAYS, ...list });
    await source.rest();
  }
  return lists;
}
