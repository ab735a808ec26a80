/**
 * Why an item is not in a row: what it would score there, beside the last one that is.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Chances, RowChance } from '../core/inspection.ts';
import type { Row } from '../core/types.ts';
import type { ComposedFeed } from '../feed/compose-rows.ts';
import type { PlacedRow } from '../feed/place-rows.ts';
import { sumParts } from '../feed/score-item.ts';

/** Rows that are made of the profile, as they were placed. */
function tasteRows({
  places,
  rows,
}: ComposedFeed): { readonly row: Row; readonly placed: PlacedRow }[] {
  const byId = new Map([...places.values()].map((place) => [place.row.id, place.row]));
  return rows.flatMap((row) => {
    const placed = byId.get(row.id);
    return placed && (row.kind === 'followed' || row.kind === 'inferred') ? [{ row, placed }] : [];
  });
}

/**
 * Scores an item in each row of the page that is made of the profile.
 *
 * @param feed - The last feed.
 * @param itemId - A candidate.
 * @returns Scores before variety, by the code that fills rows.
 * @throws {@link VitrineError} `ITEM_UNKNOWN`.
 */
export async function chancesOf(feed: ComposedFeed | undefined, itemId: string): Promise<Chances> {
  const at = feed?.context.encoded.indexOf.get(itemId);
  if (!feed || at === undefined) throw new VitrineError('ITEM_UNKNOWN', `inspect: got ${itemId}.`);
  // As every feed loads it: imported by name it would be taken out into a file that pages wait for.
  const { queryOf, rowParts } = await import('../feed/place-feed.ts');
  const { context } = feed;
  const rows = tasteRows(feed).map(({ row, placed }): RowChance => {
    const query = queryOf(context, placed.vector, new Set());
    const scoreParts = rowParts(context, query, at);
    const own = placed.items.filter(({ explored, pinned }) => !explored && pinned === undefined);
    const scores = own.map((item) => sumParts(rowParts(context, query, item.row)));
    return {
      rowId: row.id,
      title: row.title,
      belongs: query.belongs(at),
      score: sumParts(scoreParts),
      scoreParts,
      needed: Math.min(...scores, Infinity),
    };
  });
  return { itemId, rows };
}
