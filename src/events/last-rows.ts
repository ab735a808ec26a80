/**
 * The rows that the visitor saw last, in their order.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';

/**
 * Rows of the last page, as they came into view.
 *
 * @param log - Records in the order of their sequence.
 * @returns Row ids, from the first; empty when no row was seen. A page ends where a row comes again.
 */
export function lastRowsOf(log: readonly LogRecord[]): string[] {
  let rows: string[] = [];
  for (const { type, rowId } of log) {
    if (type !== 'view_item_list' || rowId === undefined || rowId === rows.at(-1)) continue;
    if (rows.includes(rowId)) rows = [];
    rows.push(rowId);
  }
  return rows;
}
