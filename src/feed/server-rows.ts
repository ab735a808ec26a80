/**
 * Rows in the shop's own order.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedRow } from './place-rows.ts';
import { chunk } from './rows.ts';
import { part, serverOrderOf } from './score-item.ts';

/**
 * Fills rows in the server's order.
 *
 * @param context - The feed.
 * @param taken - Rows of items in use. Where nothing but what the shop pinned is in use, the order
 *   is the shop's without the visitor: nothing is held back but by the shop itself.
 * @param most - Most rows.
 * @returns Rows `server`, `server-2` …
 */
export function serverRows(
  context: FeedContext,
  taken: ReadonlySet<number>,
  most: number,
): PlacedRow[] {
  if (most <= 0) return [];
  const { encoded, options, base } = context;
  // In the shop's own order nothing is held back but by the shop itself.
  const isPlain = taken.size === (context.pinned?.length ?? 0);
  const isOut = (row: number): boolean =>
    isContextItem(context, row) || context.rules?.isOut(row) === true;
  const isKept = (row: number): boolean =>
    !taken.has(row) && (isPlain ? !isOut(row) : base[row] !== -Infinity);
  const rows = encoded.items.map((_, row) => row).filter(isKept);
  const items = rows.slice(0, most * options.rowSize).map((row) => ({
    row,
    parts: [part('serverOrder', serverOrderOf(row, encoded.items.length))],
  }));
  return chunk(items, options.rowSize).map((piece, i) => ({
    id: i === 0 ? 'server' : `server-${i + 1}`,
    kind: 'server',
    items: piece,
  }));
}

function isContextItem({ encoded, options }: FeedContext, row: number): boolean {
  return (encoded.items[row] as Item).id === options.contextItemId;
}
