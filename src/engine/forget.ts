/**
 * Which log records a wish to forget speaks of.
 *
 * @packageDocumentation
 */
import type { ForgetQuery } from '../core/privacy.ts';
import type { LogRecord } from '../core/types.ts';

/**
 * Records that a query names; its conditions add up (any of them is enough).
 *
 * @param query - What to forget.
 * @param log - Records.
 * @param mainSegments - Strongest segment by item id.
 * @returns Event ids.
 */
export function forgottenBy(
  query: ForgetQuery,
  log: readonly LogRecord[],
  mainSegments: ReadonlyMap<string, string>,
): string[] {
  const { eventId, itemId, segmentId, since } = query;
  const isNamed = (record: LogRecord): boolean =>
    (eventId !== undefined && record.eventId === eventId) ||
    (itemId !== undefined && record.itemId === itemId) ||
    (since !== undefined && record.time >= since) ||
    (segmentId !== undefined &&
      (record.segmentId === segmentId || mainSegments.get(record.itemId) === segmentId));
  return log.filter(isNamed).map((record) => record.eventId);
}

/**
 * The records of the last call that said something: impressions are passed over.
 *
 * @param log - Records, oldest first.
 * @returns Event ids; none for an empty log.
 */
export function lastCall(log: readonly LogRecord[]): string[] {
  const last = log.findLast(({ type }) => type !== 'view_item_list');
  if (!last) return [];
  const call = callOf(last);
  return log.filter((record) => callOf(record) === call).map(({ eventId }) => eventId);
}

/** Records of one call share their id up to the dot. */
function callOf({ eventId }: LogRecord): string | undefined {
  return eventId.split('.', 1)[0];
}
