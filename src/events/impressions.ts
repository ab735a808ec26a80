/**
 * How often each item was shown to the visitor.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';

/**
 * Impressions by item.
 *
 * @param log - Records.
 * @returns Counts above 0 of all `view_item_list` records, however old.
 */
export function impressionsOf(log: readonly LogRecord[]): Map<string, number> {
  const shown = new Map<string, number>();
  for (const { type, itemId } of log) {
    if (type === 'view_item_list') shown.set(itemId, (shown.get(itemId) ?? 0) + 1);
  }
  return shown;
}
