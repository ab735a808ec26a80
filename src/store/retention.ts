/** What stays in the log: not too old, not too many (FAULTS V7, S6). Pure. */
import type { Item } from '../core/types.ts';
import type { SequencedRecord } from './profile-store.ts';

const DAY_MS = 86_400_000;

/** Limits of the log. */
export interface Retention {
  /** Records older than this are removed on load, default 180. */
  readonly maxAgeDays: number;
  /** The newest this many are kept, default 5,000. */
  readonly maxRecords: number;
}

/** The limits when nothing else is said. */
export const DEFAULT_RETENTION: Retention = { maxAgeDays: 180, maxRecords: 5_000 };

/**
 * Splits a log by the retention; a record dated in the future counts as new.
 *
 * @param records - The log, oldest first.
 * @param limits - How old and how many.
 * @param now - Milliseconds since the epoch.
 * @returns The records that stay, in their order, and the sequences of those that go.
 * @example applyRetention([], DEFAULT_RETENTION, 0) // { kept: [], expired: [] }
 */
export function applyRetention(
  records: readonly SequencedRecord[],
  limits: Retention,
  now: number,
): { kept: readonly SequencedRecord[]; expired: readonly number[] } {
  const oldest = now - limits.maxAgeDays * DAY_MS;
  const surplus = records.length - limits.maxRecords;
  const kept: SequencedRecord[] = [];
  const expired: number[] = [];
  for (const [index, entry] of records.entries()) {
    if (index < surplus || entry.record.time < oldest) expired.push(entry.sequence);
    else kept.push(entry);
  }
  return { kept, expired };
}

/**
 * Splits item snapshots by whether a record of the log names them.
 *
 * @param items - Snapshots.
 * @param records - The log.
 * @returns The snapshots that are named, and the ids of those that are not.
 */
export function splitOrphans(
  items: readonly Item[],
  records: readonly SequencedRecord[],
): { named: readonly Item[]; orphans: readonly string[] } {
  const ids = new Set(records.map(({ record }) => record.itemId));
  return {
    named: items.filter((item) => ids.has(item.id)),
    orphans: items.filter((item) => !ids.has(item.id)).map((item) => item.id),
  };
}
