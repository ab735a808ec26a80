/**
 * Signals from attributes (tags, brand, category prefixes, title words, price band).
 *
 * `attr.long` and `attr.last`: cosine of the candidate with the recency-weighted history and with
 * its last step; `attr.max`: the largest cosine with a recent item; `lift.long` and `lift.last`:
 * how much more often than by chance the candidate's attributes follow those of the history.
 *
 * @packageDocumentation
 */
import { RECENT_EVENTS, recencyOf, type HistoryState } from './history-state.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { Attributes, SignalModel } from './types.ts';

/** Signals in the order in which they are written. */
export const ATTRIBUTE_SIGNALS: readonly Signal[] = [
  { name: 'attr.long', monotone: 1, inWords: 'like what you usually look at, such as {item}' },
  { name: 'attr.last', monotone: 1, inWords: 'like {item}' },
  { name: 'attr.max', monotone: 1, inWords: 'very much like {item}' },
  {
    name: 'lift.long',
    monotone: 1,
    inWords: 'of a kind that people choose after things like {item}',
  },
  { name: 'lift.last', monotone: 1, inWords: 'of a kind that often follows things like {item}' },
];

/** Sums over the history by attribute, with the list of attributes met; all A long. */
class AttributeHistory {
  readonly long: Float64Array;
  readonly last: Float64Array;
  readonly met: Int32Array;
  numMet = 0;
  longNorm = 1;
  lastNorm = 1;
  readonly #seen: Uint8Array;
  readonly #attributes: Attributes;

  constructor(attributes: Attributes) {
    this.#attributes = attributes;
    this.long = new Float64Array(attributes.count);
    this.last = new Float64Array(attributes.count);
    this.met = new Int32Array(attributes.count);
    this.#seen = new Uint8Array(attributes.count);
  }

  load({ items, step, from, length, end }: HistoryState): void {
    for (let p = from; p < length; p++) this.#add(items[p] as number, end - (step[p] as number));
    let long = 0;
    let last = 0;
    for (let k = 0; k < this.numMet; k++) {
      const a = this.met[k] as number;
      long += (this.long[a] as number) ** 2;
      last += (this.last[a] as number) ** 2;
    }
    this.longNorm = Math.sqrt(long) || 1;
    this.lastNorm = Math.sqrt(last) || 1;
  }

  #add(item: number, age: number): void {
    const { pointers, index, weight } = this.#attributes;
    const recency = recencyOf(age);
    for (let e = pointers[item] as number; e < (pointers[item + 1] as number); e++) {
      const a = index[e] as number;
      const value = weight[e] as number;
      if (this.#seen[a] === 0) {
        this.#seen[a] = 1;
        this.met[this.numMet++] = a;
      }
      this.long[a] = (this.long[a] as number) + recency * value;
      if (age === 0) this.last[a] = (this.last[a] as number) + value;
    }
  }

  clear(): void {
    for (let k = 0; k < this.numMet; k++) {
      const a = this.met[k] as number;
      this.long[a] = 0;
      this.last[a] = 0;
      this.#seen[a] = 0;
    }
    this.numMet = 0;
  }
}

/** Lift of the whole history towards an attribute, computed when a candidate first asks for it. */
class LiftCache {
  readonly long: Float64Array;
  readonly last: Float64Array;
  readonly #lift: Float32Array;
  readonly #count: number;
  readonly #call: Uint32Array;
  #current = 0;

  constructor(lift: Float32Array, count: number) {
    this.#lift = lift;
    this.#count = count;
    this.long = new Float64Array(count);
    this.last = new Float64Array(count);
    this.#call = new Uint32Array(count);
  }

  forget(): void {
    this.#current++;
  }

  prepare(to: number, history: AttributeHistory): void {
    if (this.#call[to] === this.#current || this.#lift.length === 0) return;
    this.#call[to] = this.#current;
    let long = 0;
    let last = 0;
    for (let k = 0; k < history.numMet; k++) {
      const a = history.met[k] as number;
      const lift = this.#lift[a * this.#count + to] as number;
      long += (history.long[a] as number) * lift;
      last += (history.last[a] as number) * lift;
    }
    this.long[to] = long / history.longNorm;
    this.last[to] = last / history.lastNorm;
  }
}

/** Cosine with the recent items; the candidate's weights are spread over A for the look-up. */
class RecentLikeness {
  readonly #own: Float64Array;
  readonly #attributes: Attributes;

  constructor(attributes: Attributes) {
    this.#attributes = attributes;
    this.#own = new Float64Array(attributes.count);
  }

  #spread(item: number, isOn: boolean): void {
    const { pointers, index, weight } = this.#attributes;
    for (let e = pointers[item] as number; e < (pointers[item + 1] as number); e++) {
      this.#own[index[e] as number] = isOn ? (weight[e] as number) : 0;
    }
  }

  max(candidate: number, { items, length }: HistoryState): number {
    const { pointers, index, weight } = this.#attributes;
    this.#spread(candidate, true);
    let best = 0;
    for (let p = Math.max(0, length - RECENT_EVENTS); p < length; p++) {
      const item = items[p] as number;
      let sum = 0;
      for (let e = pointers[item] as number; e < (pointers[item + 1] as number); e++) {
        sum += (weight[e] as number) * (this.#own[index[e] as number] as number);
      }
      if (sum > best) best = sum;
    }
    this.#spread(candidate, false);
    return best;
  }
}

/**
 * Cost per candidate: its attributes × 11, and once per list and attribute of a candidate the
 * number of attributes in the history. Scratch: 7·A numbers, allocated once.
 *
 * @param model - Its attributes and the lift between them; an empty lift leaves its signals at 0.
 * @returns The family that writes {@link ATTRIBUTE_SIGNALS}.
 */
export function createAttributeSignals(model: SignalModel): SignalFamily {
  const { pointers, index, weight, count } = model.attributes;
  const sums = new AttributeHistory(model.attributes);
  const lifts = new LiftCache(model.attributeLift, count);
  const likeness = new RecentLikeness(model.attributes);
  let history: HistoryState | undefined;
  return {
    begin(state) {
      history = state;
      sums.load(state);
      lifts.forget();
    },
    write(candidate, out, at) {
      if (history === undefined || sums.numMet === 0) return;
      let [long, last, liftLong, liftLast] = [0, 0, 0, 0];
      for (let e = pointers[candidate] as number; e < (pointers[candidate + 1] as number); e++) {
        const a = index[e] as number;
        const value = weight[e] as number;
        lifts.prepare(a, sums);
        long += value * (sums.long[a] as number);
        last += value * (sums.last[a] as number);
        liftLong += value * (lifts.long[a] as number);
        liftLast += value * (lifts.last[a] as number);
      }
      out[at] = long / sums.longNorm;
      out[at + 1] = last / sums.lastNorm;
      out[at + 2] = likeness.max(candidate, history);
      out[at + 3] = liftLong;
      out[at + 4] = liftLast;
    },
    end() {
      history = undefined;
      sums.clear();
    },
  };
}
