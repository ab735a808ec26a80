/**
 * The named signals of a candidate list: all that the additive ranker sees.
 *
 * Pure: the same model and list give the same numbers. A signal whose source is missing (no tags,
 * no price, no place in the shop, no scores, an empty history) is 0 for every candidate, so it moves nothing.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { ATTRIBUTE_SIGNALS, createAttributeSignals } from './attribute-signals.ts';
import { CONTENT_SIGNALS, createContentSignals } from './content-signals.ts';
import { createEmbeddingSignals, EMBEDDING_SIGNALS } from './embedding-signals.ts';
import { createHistoryLoader } from './history-state.ts';
import { createItemSignals, ITEM_SIGNALS } from './item-signals.ts';
import { createListContext, LIST_SIGNALS } from './list-context.ts';
import { createShelfSignals, SHELF_SIGNALS } from './shelf-signals.ts';
import type { Signal, SignalFamily } from './signal.ts';
import { createTableSignals, TABLE_SIGNALS } from './table-signals.ts';
import type { RankList, SignalModel } from './types.ts';

/** All signals in their order; J is their number. */
export const SIGNALS: readonly Signal[] = [
  ...TABLE_SIGNALS,
  ...EMBEDDING_SIGNALS,
  ...ATTRIBUTE_SIGNALS,
  ...ITEM_SIGNALS,
  ...SHELF_SIGNALS,
  ...CONTENT_SIGNALS,
  ...LIST_SIGNALS,
];

/** What the engine reads of a list. */
export type SignalList = Pick<RankList, 'items' | 'step' | 'candidates'>;

/**
 * Computes the signals of a list.
 *
 * @param list - History (may be empty) and C candidates; rows in 0 … I − 1, steps ascending.
 * @param out - [C × J], overwritten; a new array by default.
 * @returns `out`, row c holding candidate c's J signals in the order of {@link SIGNALS}.
 * @throws `SHAPE_MISMATCH` when `out` has another length.
 */
export type SignalEngine = (list: SignalList, out?: Float32Array) => Float32Array;

function checkShape(out: Float32Array, numCandidates: number): void {
  const expected = numCandidates * SIGNALS.length;
  if (out.length === expected) return;
  throw new VitrineError(
    'SHAPE_MISMATCH',
    `signals: ${out.length} floats for ${numCandidates} candidates, expected ${expected}.`,
  );
}

/**
 * Makes an engine with scratch of its own, about 16·I + 56·A + 4·I bytes, reused by every call: a
 * call allocates nothing that grows with the catalog. One engine serves one thread.
 *
 * @param model - What was learned; read, never written.
 * @returns See {@link SignalEngine}.
 * @example createSignalEngine(model)({ items, step, candidates }).length // C · SIGNALS.length
 */
export function createSignalEngine(model: SignalModel): SignalEngine {
  const loader = createHistoryLoader(model.numItems);
  const parts: readonly (readonly [SignalFamily, readonly Signal[]])[] = [
    [createTableSignals(model), TABLE_SIGNALS],
    [createEmbeddingSignals(model), EMBEDDING_SIGNALS],
    [createAttributeSignals(model), ATTRIBUTE_SIGNALS],
    [createItemSignals(model), ITEM_SIGNALS],
    [createShelfSignals(model), SHELF_SIGNALS],
    [createContentSignals(model), CONTENT_SIGNALS],
  ];
  let end = 0;
  const families = parts.map(([family, signals]) => {
    const at = end;
    end += signals.length;
    return { family, at };
  });
  const finishList = createListContext(SIGNALS.map(({ name }) => name));
  return (list, out = new Float32Array(list.candidates.length * SIGNALS.length)) => {
    checkShape(out, list.candidates.length);
    out.fill(0);
    if (list.candidates.length === 0) return out;
    const history = loader.load(list);
    for (const { family } of families) family.begin(history);
    for (const [c, candidate] of list.candidates.entries()) {
      const row = c * SIGNALS.length;
      for (const { family, at } of families) family.write(candidate, out, row + at);
    }
    for (const { family } of families) family.end();
    loader.clear();
    finishList(out);
    return out;
  };
}
