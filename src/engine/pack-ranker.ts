/**
 * A decoded pack as feeds use it: candidates and a log in, scores with their parts and words out.
 *
 * Loaded by the worker only when the shop names a pack.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import type { LogRecord, ScorePart } from '../core/types.ts';
import type { RankerView } from '../feed/ranker-view.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import type { PackSlice } from '../pack/slice-codec.ts';
import { localPack, traitsOf } from '../pack/slice-model.ts';
import {
  contrastsOf,
  explainParts,
  type ExplainedPart,
  familyOf,
  joinFamilies,
} from '../ranker/explain-parts.ts';
import { createListRanker } from '../ranker/list-ranker.ts';
import { toSequence } from '../ranker/to-sequence.ts';
import type { Sequence } from '../ranker/types.ts';

/** What a view is made of. */
export interface ViewInput {
  /** Candidate ids, N, distinct. */
  readonly ids: readonly string[];
  /** The visitor's log. */
  readonly log: readonly LogRecord[];
  /** An item's title; undefined where it has none. */
  readonly titleOf: (itemId: string) => string | undefined;
  /** What was kept of an item that the visitor met, see {@link PackRanker.traitsOf}. */
  readonly traitsOf?: (itemId: string) => string | undefined;
}

/** A trained ranker. */
export interface PackRanker {
  /** @returns What the ranker says; cost O(N × J) and what is looked up of the history. */
  view(input: ViewInput): RankerView;
  /** @returns What is to be kept of an item that the visitor meets; undefined: nothing. */
  traitsOf(itemId: string): string | undefined;
  /** The pack as it came, to learn on; undefined for a slice. */
  readonly pack?: RankerPack;
}

/** Distinct families, and that of each signal. */
function familiesOf(names: readonly string[]): { names: string[]; of: Int32Array } {
  const families = names.map(familyOf);
  const distinct = [...new Set(families)];
  return { names: distinct, of: Int32Array.from(families, (family) => distinct.indexOf(family)) };
}

/** See {@link RankerView}. */
class View implements RankerView {
  readonly knowsVisitor: boolean;
  readonly scores: Float64Array;
  readonly #pack: RankerPack;
  readonly #history: Sequence;
  readonly #titleOf: ViewInput['titleOf'];
  readonly #without: (itemId: string) => RankerView;
  /** Index among the known candidates; -1. */
  readonly #indexOf: Int32Array;
  readonly #rows: Int32Array;
  /** [known × J] */
  readonly #contrasts: Float64Array;
  readonly #families: ReturnType<typeof familiesOf>;

  constructor(input: {
    readonly pack: RankerPack;
    readonly history: Sequence;
    readonly titleOf: ViewInput['titleOf'];
    readonly without: (itemId: string) => RankerView;
    readonly indexOf: Int32Array;
    readonly rows: Int32Array;
    readonly signals: Float32Array;
  }) {
    this.#pack = input.pack;
    this.#history = input.history;
    this.#titleOf = input.titleOf;
    this.#without = input.without;
    this.#indexOf = input.indexOf;
    this.#rows = input.rows;
    this.#families = familiesOf(input.pack.ranker.names);
    this.#contrasts = contrastsOf(input.pack.ranker, input.signals);
    this.knowsVisitor = input.history.items.length > 0;
    this.scores = new Float64Array(input.indexOf.length);
    const sums = new Float64Array(this.#families.names.length);
    for (let row = 0; row < this.scores.length; row++) {
      this.scores[row] = this.#familySums(row, sums).reduce((sum, value) => sum + value, 0);
    }
  }

  /** [F] zeros for an unknown candidate. */
  #familySums(row: number, sums: Float64Array): Float64Array {
    const { of } = this.#families;
    sums.fill(0);
    const index = this.#indexOf[row] as number;
    if (index < 0) return sums;
    for (let j = 0; j < of.length; j++) {
      const family = of[j] as number;
      const value = this.#contrasts[index * of.length + j] as number;
      sums[family] = (sums[family] as number) + value;
    }
    return sums;
  }

  parts(row: number): readonly ScorePart[] {
    const { names } = this.#families;
    const parts = Array.from(this.#familySums(row, new Float64Array(names.length)), (value, f) => ({
      name: names[f] as string,
      value,
    }));
    return parts.filter(({ value }) => value !== 0);
  }

  /** One part per family under the name of its largest signal, largest first. */
  #joined(row: number): readonly ScorePart[] {
    const index = this.#indexOf[row] as number;
    if (index < 0) return [];
    const { names } = this.#pack.ranker;
    const value = (j: number): number => this.#contrasts[index * names.length + j] as number;
    return joinFamilies(names.map((name, j) => ({ name, value: value(j) })));
  }

  #explain(row: number, parts: readonly ScorePart[]): readonly ExplainedPart[] {
    const { ids, model } = this.#pack;
    return explainParts(parts, {
      model,
      history: this.#history,
      candidate: this.#rows[this.#indexOf[row] as number] as number,
      titleOf: (item) => this.#titleOf(ids[item] as string),
    });
  }

  #strongest(row: number): ExplainedPart | undefined {
    const [top] = this.#joined(row);
    return top !== undefined && top.value > 0 ? this.#explain(row, [top])[0] : undefined;
  }

  words(row: number): ReadonlyMap<string, string> {
    const parts = this.#explain(row, this.#joined(row));
    return new Map(parts.map(({ name, words }) => [familyOf(name), words]));
  }

  reason(row: number): string | undefined {
    const words = this.#strongest(row)?.words;
    return words === undefined ? undefined : `${capital(words)}.`;
  }

  sourceOf(row: number): string | undefined {
    return this.#pack.ids[this.#strongest(row)?.source ?? -1];
  }

  without(itemId: string): RankerView {
    return this.#without(itemId);
  }
}

/**
 * Makes a ranker of a pack; it keeps scratch that grows with the pack's catalog, allocated once.
 *
 * @param packed - Decoded.
 * @returns The ranker. Ids that the pack does not know are left out of histories and lists.
 * @throws `PACK_VERSION` for a signal that this release does not know.
 */
export function createPackRanker(packed: RankerPack): PackRanker {
  const rowOf = new Map(packed.ids.map((id, row) => [id, row]));
  const { rank, ranker } = createListRanker(packed.model, packed.ranker);
  const pack = { ...packed, ranker };
  const view = (input: ViewInput): RankerView => {
    const { ids, log, titleOf } = input;
    const history = toSequence(
      log.flatMap(({ itemId, time, type }) => {
        const row = rowOf.get(itemId);
        return row === undefined ? [] : [{ row, time, type }];
      }),
    );
    let known = 0;
    const indexOf = Int32Array.from(ids, (id) => (rowOf.has(id) ? known++ : -1));
    const rows = Int32Array.from(ids.flatMap((id) => rowOf.get(id) ?? []));
    const { signals } = rank({ items: history.items, step: history.step, candidates: rows });
    const without = (itemId: string): RankerView =>
      view({ ...input, log: log.filter((record) => record.itemId !== itemId) });
    return new View({ pack, history, titleOf, without, indexOf, rows, signals });
  };
  return { view, traitsOf: () => undefined, pack: packed };
}

/**
 * Makes a ranker of a slice. Each view is ranked by a small pack of the candidates and the
 * visitor's items, by the code of {@link createPackRanker}.
 *
 * @param slice - Decoded.
 * @returns The ranker.
 * @throws `PACK_VERSION` for a signal that this release does not know.
 */
export function createSliceRanker(slice: PackSlice): PackRanker {
  const alone = localPack(slice, [], []);
  createListRanker(alone.model, alone.ranker);
  let candidates: readonly string[] = [];
  let held: RankerPack | undefined;
  return {
    view(input) {
      const { ids, log, traitsOf: keptOf } = input;
      candidates = ids;
      held = undefined;
      const met = [...new Set(log.map(({ itemId }) => itemId))];
      const items = met.map((id) => ({ id, traits: keptOf?.(id) }));
      return createPackRanker(localPack(slice, ids, items)).view(input);
    },
    traitsOf(itemId) {
      // Once per list, and only when the visitor meets something.
      held ??= localPack(slice, candidates, []);
      return traitsOf(held, slice.packId, itemId);
    },
  };
}
