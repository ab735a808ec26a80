/**
 * Signals of a walk along the shop's lists: where a candidate stands beside the last item, and
 * what the visitor's way so far says about it.
 *
 * Each is a code, a pair of classes; its function is a look-up with one value per code. The second
 * class is always the gap: how far along the list the candidate stands from the last item. The
 * first is the last move (`shelf.step`), whether the candidate was met (`shelf.met`), or how often
 * the visitor went past it (`shelf.past`).
 *
 * @packageDocumentation
 */
import type { HistoryState } from './history-state.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { SignalModel } from './types.ts';

/** Lower ends of the classes above the first, in items along one list. */
const GAPS = [-18, -8, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 19];
/** Lower ends for a candidate of another list, by its rank there. */
const RANKS = [6, 18, 36];
const FIRST_RANK_CLASS = GAPS.length + 2;
const NUM_GAPS = FIRST_RANK_CLASS + RANKS.length + 1;

/** Lower ends of the classes of a move within one list. */
const MOVES = [-6, -1, 0, 1, 2, 7];
const OTHER_LIST = 1;
const FIRST_MOVE_CLASS = 2;
const NUM_MOVES = FIRST_MOVE_CLASS + MOVES.length + 1;

/** Lower ends of the steps since a candidate was met. */
const AGES = [1, 2, 3, 6];
const NUM_AGES = AGES.length + 2;

/** Latest moves that are looked at, and the longest that counts as going past. */
const MOST_MOVES = 40;
const LONGEST_PASS = 18;
const MOST_PASSES = 2;
/** Places are whole numbers up to rounding. */
const HALF = 0.5;
const NUM_PASSES = (MOST_PASSES + 1) ** 2;

/** Signals in the order in which they are written. */
export const SHELF_SIGNALS: readonly Signal[] = [
  {
    name: 'shelf.step',
    monotone: 0,
    inWords: 'where people go from {item} along the shop’s list',
    codes: NUM_MOVES * NUM_GAPS,
  },
  {
    name: 'shelf.met',
    monotone: 0,
    inWords: 'near {item} in the shop’s list, beside what you met before',
    codes: NUM_AGES * NUM_GAPS,
  },
  {
    name: 'shelf.past',
    monotone: 0,
    inWords: 'near {item} in the shop’s list, beside what you went past',
    codes: NUM_PASSES * NUM_GAPS,
  },
];

/** Number of lower ends that a value reaches. */
function classOf(ends: readonly number[], value: number): number {
  let number = 0;
  while (number < ends.length && value >= (ends[number] as number)) number++;
  return number;
}

/** The latest moves within one list. */
class Moves {
  readonly section = new Float32Array(MOST_MOVES);
  readonly from = new Float32Array(MOST_MOVES);
  readonly to = new Float32Array(MOST_MOVES);
  /** Class of the last move; 0 where a place is not known or there was none. */
  lastClass = 0;
  #count = 0;
  readonly #section: Float32Array;
  readonly #shelf: Float32Array;

  constructor({ stats }: SignalModel) {
    this.#section = stats.section;
    this.#shelf = stats.shelf;
  }

  load({ items, length }: HistoryState): void {
    this.#count = 0;
    this.lastClass = 0;
    for (let p = Math.max(1, length - MOST_MOVES); p < length; p++) {
      const a = items[p - 1] as number;
      const b = items[p] as number;
      const from = this.#shelf[a] as number;
      const to = this.#shelf[b] as number;
      this.lastClass = 0;
      if (Number.isNaN(from) || Number.isNaN(to)) continue;
      this.lastClass = OTHER_LIST;
      if (this.#section[a] !== this.#section[b]) continue;
      this.lastClass = FIRST_MOVE_CLASS + classOf(MOVES, Math.round(to - from));
      if (Math.abs(to - from) > LONGEST_PASS) continue;
      this.section[this.#count] = this.#section[a] as number;
      this.from[this.#count] = from;
      this.to[this.#count++] = to;
    }
  }

  /** Class of the moves forward and back that went past a place. */
  passes(section: number, shelf: number): number {
    let forward = 0;
    let back = 0;
    for (let k = 0; k < this.#count; k++) {
      if (this.section[k] !== section) continue;
      const from = this.from[k] as number;
      const to = this.to[k] as number;
      if (from + HALF < shelf && shelf < to - HALF) forward++;
      else if (to + HALF < shelf && shelf < from - HALF) back++;
    }
    return Math.min(MOST_PASSES, forward) * (MOST_PASSES + 1) + Math.min(MOST_PASSES, back);
  }
}

/**
 * Cost per candidate: the latest 40 moves.
 *
 * @param model - Its items' places; without them the signals are 0.
 * @returns The family that writes {@link SHELF_SIGNALS}.
 */
export function createShelfSignals(model: SignalModel): SignalFamily {
  const { section, shelf } = model.stats;
  const moves = new Moves(model);
  let history: HistoryState | undefined;
  const gapOf = (candidate: number, last: number): number => {
    const rank = shelf[candidate] as number;
    const gap = rank - (shelf[last] ?? Number.NaN);
    if (Number.isNaN(gap)) return 0;
    // A pack's slices round places: half an item is no gap.
    if (section[candidate] === section[last]) return 1 + classOf(GAPS, Math.round(gap));
    return FIRST_RANK_CLASS + classOf(RANKS, rank);
  };
  const ageOf = (candidate: number, { count, end, lastStep }: HistoryState): number =>
    count[candidate] === 0 ? 0 : 1 + classOf(AGES, end - (lastStep[candidate] as number));
  return {
    begin(state) {
      history = state;
      moves.load(state);
    },
    write(candidate, out, at) {
      if (history === undefined || history.length === 0) return;
      const gap = gapOf(candidate, history.last);
      if (gap === 0) return;
      const passes = moves.passes(section[candidate] as number, shelf[candidate] as number);
      out[at] = moves.lastClass * NUM_GAPS + gap;
      out[at + 1] = ageOf(candidate, history) * NUM_GAPS + gap;
      out[at + 2] = passes * NUM_GAPS + gap;
    },
    end() {
      history = undefined;
    },
  };
}
