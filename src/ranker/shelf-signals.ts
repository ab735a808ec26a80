/**
 * Signals of a walk along the shop's lists: where a candidate stands beside the visitor's way.
 *
 * Each is a code, a pair of classes; its function is a look-up with one value per code. For
 * `shelf.front` the second class says how far the candidate stands from the furthest item met in
 * its own list, for the others how far from the last item. The first class is the last move
 * (`shelf.step`, roughly for `shelf.front`), the one before (`shelf.turn`), when the candidate was
 * met (`shelf.met`), or how often the visitor went past it (`shelf.past`).
 *
 * @packageDocumentation
 */
import type { HistoryState } from './history-state.ts';
import {
  classOf,
  Fronts,
  gapClass,
  Moves,
  NUM_FRONTS,
  NUM_GAPS,
  NUM_MOVES,
  NUM_PASSES,
  OTHER_LIST,
} from './shelf-way.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { SignalModel } from './types.ts';

/** Lower ends of the steps since a candidate was met; one class more is for never. */
const AGES = [1, 2, 3, 6];
const NUM_AGES = AGES.length + 2;

/** No move, to another list, within one. */
const NUM_KINDS = OTHER_LIST + 2;

/** Signals in the order in which they are written. */
export const SHELF_SIGNALS: readonly Signal[] = [
  {
    name: 'shelf.step',
    monotone: 0,
    inWords: 'where people go from {item} along the shop’s list',
    codes: NUM_MOVES * NUM_GAPS,
  },
  {
    name: 'shelf.turn',
    monotone: 0,
    inWords: 'where your way along the shop’s list goes on after {item}',
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
  {
    name: 'shelf.front',
    monotone: 0,
    inWords: 'where the part of the shop’s list begins that you have not seen',
    codes: NUM_KINDS * NUM_FRONTS,
  },
];

/**
 * Cost per candidate: the latest 40 moves and the lists met in the history.
 *
 * @param model - Its items' places; where one is not known the signals are 0.
 * @returns The family that writes {@link SHELF_SIGNALS}.
 */
export function createShelfSignals(model: SignalModel): SignalFamily {
  const { stats } = model;
  const { section } = stats;
  const moves = new Moves(stats);
  const fronts = new Fronts(stats);
  let history: HistoryState | undefined;
  const ageOf = (candidate: number, { count, end, lastStep }: HistoryState): number =>
    count[candidate] === 0 ? 0 : 1 + classOf(AGES, end - (lastStep[candidate] as number));
  return {
    begin(state) {
      history = state;
      moves.load(state);
      fronts.load(state);
    },
    write(candidate, out, at) {
      if (history === undefined || history.length === 0) return;
      const gap = gapClass(stats, candidate, history.last);
      if (gap === 0) return;
      const front = fronts.classOf(candidate, section[candidate] === section[history.last]);
      out[at] = moves.last * NUM_GAPS + gap;
      out[at + 1] = moves.before * NUM_GAPS + gap;
      out[at + 2] = ageOf(candidate, history) * NUM_GAPS + gap;
      out[at + 3] = moves.passes(candidate) * NUM_GAPS + gap;
      out[at + 4] = Math.min(NUM_KINDS - 1, moves.last) * NUM_FRONTS + front;
    },
    end() {
      history = undefined;
    },
  };
}
