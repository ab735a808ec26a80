/**
 * Signals of an item by itself and beside the history: popularity, repeats, price, place.
 *
 * @packageDocumentation
 */
import { recencyOf, type HistoryState } from './history-state.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { SignalModel } from './types.ts';

/** Signals in the order in which they are written. */
export const ITEM_SIGNALS: readonly Signal[] = [
  { name: 'pop', monotone: 1, inWords: 'popular' },
  { name: 'pop.attr', monotone: 1, inWords: 'of a popular kind' },
  { name: 'pop.late', monotone: 0, inWords: 'its usual time in a visit' },
  { name: 'repeat.count', monotone: 0, inWords: 'you met it before' },
  { name: 'repeat.age', monotone: 0, inWords: 'you met it lately' },
  { name: 'repeat.self', monotone: 0, inWords: 'it is what you looked at last' },
  { name: 'price.gap', monotone: -1, inWords: 'fits your usual price' },
  { name: 'price.diff', monotone: 0, inWords: 'its price beside your usual price' },
  { name: 'price.last', monotone: 0, inWords: 'its price beside that of {item}' },
  { name: 'page.diff', monotone: 0, inWords: 'its page of the shop beside that of {item}' },
  { name: 'place.diff', monotone: 0, inWords: 'its place in the shop beside that of {item}' },
  { name: 'place.back', monotone: 0, inWords: 'near {item} in the shop' },
];

/** Places taken per page when page and place become one distance; only its order matters. */
const PLACES_PER_PAGE = 20;
const REPEAT = 3;
const PRICE = 6;
const PLACE = 9;

/**
 * Recency-weighted mean of the log prices in a history.
 *
 * @param logPrice - [I], NaN where unknown.
 * @param history - Loaded history.
 * @returns Natural log; NaN when no price is known.
 */
export function usualLogPrice(logPrice: Float32Array, history: HistoryState): number {
  let sum = 0;
  let total = 0;
  for (let p = history.from; p < history.length; p++) {
    const price = logPrice[history.items[p] as number] as number;
    if (Number.isNaN(price)) continue;
    const weight = recencyOf(history.end - (history.step[p] as number));
    sum += weight * price;
    total += weight;
  }
  return sum / total;
}

/**
 * Cost per candidate: constant.
 *
 * @param model - Its statistics and prices; what is NaN there leaves its signals at 0.
 * @returns The family that writes {@link ITEM_SIGNALS}.
 */
export function createItemSignals(model: SignalModel): SignalFamily {
  const { stats, logPrice } = model;
  let history: HistoryState | undefined;
  let usual = Number.NaN;
  const writeRepeat = (item: number, out: Float32Array, at: number): void => {
    if (history === undefined) return;
    const count = history.count[item] as number;
    if (count === 0) return;
    out[at] = Math.log(1 + count);
    out[at + 1] = 1 / (1 + history.end - (history.lastStep[item] as number));
    out[at + 2] = item === history.last ? 1 : 0;
  };
  const writePrice = (item: number, out: Float32Array, at: number): void => {
    const gap = (logPrice[item] as number) - usual;
    if (Number.isNaN(gap)) return;
    out[at] = Math.abs(gap);
    out[at + 1] = gap;
    const beside = (logPrice[item] as number) - (logPrice[history?.last ?? -1] ?? Number.NaN);
    if (!Number.isNaN(beside)) out[at + 2] = beside;
  };
  const writePlace = (item: number, out: Float32Array, at: number): void => {
    const last = history?.last ?? -1;
    const pages = (stats.page[item] as number) - (stats.page[last] ?? Number.NaN);
    const places = (stats.place[item] as number) - (stats.place[last] ?? Number.NaN);
    const distance = PLACES_PER_PAGE * pages + places;
    if (Number.isNaN(distance)) return;
    out[at] = pages;
    out[at + 1] = distance;
    out[at + 2] = Math.abs(distance);
  };
  return {
    begin(state) {
      history = state;
      usual = usualLogPrice(logPrice, state);
    },
    write(candidate, out, at) {
      out[at] = stats.popularity[candidate] || 0;
      out[at + 1] = stats.attributePopularity[candidate] || 0;
      out[at + 2] = stats.lateness[candidate] || 0;
      writeRepeat(candidate, out, at + REPEAT);
      writePrice(candidate, out, at + PRICE);
      writePlace(candidate, out, at + PLACE);
    },
    end() {
      history = undefined;
    },
  };
}
