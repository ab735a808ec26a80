/**
 * Limits of variety for places that were drawn and not chosen by score.
 *
 * @packageDocumentation
 */
import { blockCosine } from '../core/block-cosine.ts';
import type { FeedContext } from './feed-context.ts';
import { type PlacedItem, weightsOf } from './fill-row.ts';
import { MIN_ROW, type PlacedRow } from './place-rows.ts';
import { Shelf } from './shelf.ts';
import { areVariants } from './variants.ts';

/** Items of a row that may stand together, in their order. */
function keepItems(
  context: FeedContext,
  items: readonly PlacedItem[],
  taken: ReadonlySet<number>,
): PlacedItem[] {
  const { encoded, options } = context;
  const { blocks } = encoded.model.space;
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const weighted = { vectors: encoded.vectors, presence: weightsOf(context) };
  const query = {
    vector: undefined,
    belongs: () => true,
    minCosine: -1,
    size: options.rowSize,
    taken,
  };
  const rows = items.map(({ row }) => row);
  const shelf = new Shelf(context, query, rows);
  const kept: PlacedItem[] = [];
  for (const item of items) {
    const { row } = item;
    const isVariant =
      options.variety?.variants !== true &&
      kept.some((other) => {
        const near = blockCosine({ set, row }, { set: weighted, row: other.row }, blocks);
        return areVariants(encoded, [row, other.row], near);
      });
    const refusal = isVariant ? 'variant' : shelf.refusal(row, false);
    if (refusal !== undefined) {
      context.passed.set(row, refusal);
      continue;
    }
    shelf.add(row);
    kept.push(item);
  }
  return kept;
}

/**
 * Takes out of explore rows what breaks a limit that must hold: a place stays free rather than go to
 * the second variant of a product. What was drawn for the others, and how likely, stays as it is.
 *
 * @param context - The feed.
 * @param rows - Explore rows.
 * @param taken - Rows of items in use; those taken out are free again.
 * @returns The rows; those with fewer than four items left are gone.
 */
export function keepLimits(
  context: FeedContext,
  rows: readonly PlacedRow[],
  taken: Set<number>,
): PlacedRow[] {
  for (const { items } of rows) for (const { row } of items) taken.delete(row);
  const least = Math.min(context.options.rowSize, MIN_ROW);
  const kept: PlacedRow[] = [];
  for (const row of rows) {
    const items = keepItems(context, row.items, taken);
    if (items.length < least) continue;
    for (const item of items) taken.add(item.row);
    kept.push({ ...row, items });
  }
  return kept;
}
