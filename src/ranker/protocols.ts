/**
 * Who may learn from what. Each protocol splits the visitors' sequences into
 *
 * - `learn`: all that the final tables and embeddings may see;
 * - `early` and `train`: inside `learn`, what lies before some answers, and lists of these answers;
 *   tables of `early` have seen none of them, so the functions of the additive model learn how far
 *   such tables can be trusted (a temporal hold-out, as in stacking);
 * - `valid`: for choosing settings alone, never learned from; empty where a protocol has none;
 * - `test`: the answers, never seen by anything above.
 *
 * Histories are views on the sequences' memory. What a protocol draws, it draws from its own seed.
 *
 * @packageDocumentation
 */
import { createRandom, type Random } from '../core/rng.ts';
import { headOf, sampleList } from './sample-list.ts';
import type { RankList, Sequence } from './types.ts';

/** See the room's header; no sequence is empty. */
export interface Split {
  /** For the final tables and embeddings. */
  readonly learn: readonly Sequence[];
  /** For the tables that the functions are trained with. */
  readonly early: readonly Sequence[];
  /** For the functions. */
  readonly train: readonly RankList[];
  /** For choosing settings. */
  readonly valid: readonly RankList[];
  /** For the figures. */
  readonly test: readonly RankList[];
}

/** A test list that came with the data. */
export interface GivenList {
  /** Index of the visitor's sequence. */
  readonly visitor: number;
  /** Item rows, the answer among them. */
  readonly candidates: Int32Array;
  /** Index of the answer. */
  readonly target: number;
}

/** The catalog, and test lists when the data brings them. */
export interface SplitOptions {
  /** I. */
  readonly numItems: number;
  /** Leave-one-out only; without them each visitor gets 99 uniform negatives. */
  readonly given?: readonly GivenList[];
}

const HELD_SHARE = 0.15;
const MOST_HELD = 10;

function isNotEmpty({ items }: Sequence): boolean {
  return items.length > 0;
}

/**
 * Splits off each sequence's last 15 % (1 to 10 interactions) as training answers; negatives are
 * items that do not occur in the sequence as far as it may be seen.
 */
function holdOut(
  learn: readonly Sequence[],
  numItems: number,
  random: Random,
): Pick<Split, 'early' | 'train'> {
  const early: Sequence[] = [];
  const train: RankList[] = [];
  for (const sequence of learn) {
    const length = sequence.items.length;
    const held = Math.max(1, Math.min(MOST_HELD, Math.round(HELD_SHARE * length)));
    const first = Math.max(1, length - held);
    early.push(headOf(sequence, first));
    for (let p = first; p < length; p++) {
      const answer = sequence.items[p] as number;
      const list = sampleList({ numItems, touched: sequence.items, answer }, random);
      train.push({ ...headOf(sequence, p), ...list });
    }
  }
  return { early, train };
}

function lastItemLists(
  sequences: readonly Sequence[],
  { numItems, given }: SplitOptions,
  random: Random,
): RankList[] {
  if (given === undefined) {
    return sequences
      .filter(({ items }) => items.length > 1)
      .map((sequence) => {
        const input = {
          numItems,
          touched: sequence.items,
          answer: sequence.items.at(-1) as number,
        };
        return { ...headOf(sequence, sequence.items.length - 1), ...sampleList(input, random) };
      });
  }
  return given.map(({ visitor, candidates, target }) => {
    const sequence = sequences[visitor] as Sequence;
    return { ...headOf(sequence, sequence.items.length - 1), candidates, target };
  });
}

/**
 * Leave-one-out: s is a visitor's sequence; the answer is s[-1], given s[:-1].
 *
 * Strict: everything learned sees s[:-2] of every visitor only, also the choice of negatives for
 * training; s[-2] serves `valid` alone. A visitor of one or two interactions teaches nothing.
 *
 * @param sequences - All visitors.
 * @param options - The catalog's size, and the given lists if there are any.
 * @returns The split.
 */
export function leaveOneOut(sequences: readonly Sequence[], options: SplitOptions): Split {
  const { numItems } = options;
  const draw = (stream: string): Random => createRandom(99, `leave-one-out-${stream}`);
  const learn = sequences
    .map((sequence) => headOf(sequence, sequence.items.length - 2))
    .filter(isNotEmpty);
  const random = draw('valid');
  const valid = sequences
    .filter(({ items }) => items.length > 2)
    .map((sequence) => {
      const length = sequence.items.length - 2;
      const history = headOf(sequence, length);
      const answer = sequence.items[length] as number;
      const list = sampleList({ numItems, touched: history.items, answer }, random);
      return { ...history, ...list };
    });
  const test = lastItemLists(sequences, options, draw('test'));
  return { learn, ...holdOut(learn, numItems, draw('train')), valid, test };
}

/**
 * Next click: sessions in order of their start. The first two thirds are for learning, their last
 * fifth gives the training lists; the last third tests. After each click but the last, all items
 * of the catalog are ranked for the next one, the current included.
 *
 * Strict: a session is on one side only. Sessions that start at one time keep their order.
 *
 * @param sequences - All sessions.
 * @param options - The catalog's size.
 * @returns The split; `valid` is empty. All lists share one array of candidates.
 */
export function nextClick(sequences: readonly Sequence[], options: SplitOptions): Split {
  const sessions = sequences
    .filter(isNotEmpty)
    .toSorted((a, b) => (a.time[0] as number) - (b.time[0] as number));
  const numLearn = Math.floor((sessions.length * 2) / 3);
  const numEarly = Math.floor(numLearn * 0.8);
  const candidates = Int32Array.from({ length: options.numItems }, (_, row) => row);
  const listsOf = (from: readonly Sequence[]): RankList[] =>
    from.flatMap((session) =>
      Array.from(session.items.subarray(1), (target, p) => ({
        ...headOf(session, p + 1),
        candidates,
        target,
      })),
    );
  return {
    learn: sessions.slice(0, numLearn),
    early: sessions.slice(0, numEarly),
    train: listsOf(sessions.slice(numEarly, numLearn)),
    valid: [],
    test: listsOf(sessions.slice(numLearn)),
  };
}

/** Number of interactions before the last step of the first `end`. */
function beforeLastStep({ step }: Sequence, end: number): number {
  let first = end;
  while (first > 0 && step[first - 1] === step[end - 1]) first--;
  return first;
}

/** Distinct items of a basket that were not in the sequence before it. */
function newItems({ items }: Sequence, from: number, end: number): number[] {
  const before = new Set(items.subarray(0, from));
  return [...new Set(items.subarray(from, end))].filter((item) => !before.has(item));
}

const TRAIN_ANSWERS = 5;

function basketLists(sequence: Sequence, numItems: number, random: Random): RankList[] {
  const end = sequence.items.length;
  const first = beforeLastStep(sequence, end);
  if (first === 0) return [];
  const pool = newItems(sequence, first, end);
  const lists: RankList[] = [];
  while (pool.length > 0 && lists.length < TRAIN_ANSWERS) {
    const [answer] = pool.splice(Math.floor(random() * pool.length), 1) as [number];
    const list = sampleList({ numItems, touched: sequence.items, answer }, random);
    lists.push({ ...headOf(sequence, first), ...list });
  }
  return lists;
}

/**
 * Next basket: what happened at one time is a basket. For visitors with at least two, the answer
 * is one random item of the last basket that the visitor never had before, among 99 uniform
 * negatives, given the baskets before it. Everything else may be learned from.
 *
 * Strict: the last basket of such a visitor is seen by nothing that learns; training answers are
 * up to five new items of the last basket but one. A visitor of one basket is nobody's answer.
 *
 * @param sequences - All visitors.
 * @param options - The catalog's size.
 * @returns The split; `valid` is empty.
 */
export function nextBasket(sequences: readonly Sequence[], options: SplitOptions): Split {
  const { numItems } = options;
  const random = createRandom(7, 'next-basket-test');
  const inner = createRandom(7, 'next-basket-train');
  const learn: Sequence[] = [];
  const early: Sequence[] = [];
  const train: RankList[] = [];
  const test: RankList[] = [];
  for (const sequence of sequences.filter(isNotEmpty)) {
    const first = beforeLastStep(sequence, sequence.items.length);
    const known = first === 0 ? sequence : headOf(sequence, first);
    learn.push(known);
    const news = first === 0 ? [] : newItems(sequence, first, sequence.items.length);
    const answer = news[Math.floor(random() * news.length)];
    if (answer !== undefined) {
      const list = sampleList({ numItems, touched: sequence.items, answer }, random);
      test.push({ ...known, ...list });
    }
    const lists = first === 0 ? [] : basketLists(known, numItems, inner);
    train.push(...lists);
    const before = first === 0 ? 0 : beforeLastStep(known, first);
    early.push(before === 0 ? known : headOf(known, before));
  }
  return { learn, early, train, valid: [], test };
}
