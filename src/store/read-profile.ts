/**
 * From raw rows to a profile: what is usable, what is past the retention, what must leave the disk.
 * Pure; the transactions are in log-transactions.ts.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { SequencedRecord, StoredProfile } from './profile-store.ts';
import { type Retention, applyRetention, splitOrphans } from './retention.ts';
import { SCHEMA } from './schema.ts';
import { readItem, readLogRecord, readSettings } from './validate-records.ts';

/** Rows as they lie on disk; nothing about their values is known. */
export interface RawProfile {
  /** Keys of `entries`, ascending. */
  readonly sequences: readonly number[];
  /** Values of the log. */
  readonly entries: readonly unknown[];
  /** Keys of `items`. */
  readonly itemKeys: readonly string[];
  /** Values of the items. */
  readonly items: readonly unknown[];
  /** The derived row, undefined when absent. */
  readonly derived: unknown;
  /** The settings row, undefined when absent. */
  readonly settings: unknown;
}

/** Rows that must leave the disk. */
export interface Waste {
  /** Sequences of log rows: past the retention or not usable. */
  readonly sequences: readonly number[];
  /** Keys of item rows: not usable, or named by no record. */
  readonly itemKeys: readonly string[];
  /** Whether all that was recorded is past the retention: then the visitor's choices go as well. */
  readonly isIdle: boolean;
}

/**
 * Schema number of a row.
 *
 * @param row - Anything found on disk.
 * @returns The number, NaN when it has none.
 */
export function schemaOf(row: unknown): number {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, 'schema')) return Number.NaN;
  const { schema } = row as { schema: unknown };
  return typeof schema === 'number' ? schema : Number.NaN;
}

/** Reads rows one by one; those of a later release are left alone, the others can go. */
function siftRows<Key, T>(
  keys: readonly Key[],
  rows: readonly unknown[],
  read: (row: unknown, key: Key) => T | null,
): { usable: (readonly [Key, T])[]; unusable: Key[]; quarantined: number } {
  const usable: (readonly [Key, T])[] = [];
  const unusable: Key[] = [];
  let quarantined = 0;
  for (const [index, key] of keys.entries()) {
    const row = rows[index];
    const schema = schemaOf(row);
    const value = schema === SCHEMA ? read(row, key) : null;
    if (value !== null) {
      usable.push([key, value]);
      continue;
    }
    quarantined += 1;
    if (!(schema > SCHEMA)) unusable.push(key);
  }
  return { usable, unusable, quarantined };
}

/**
 * Reads log rows.
 *
 * @param sequences - Keys, ascending.
 * @param entries - Values found under them.
 * @returns The usable records, the sequences of rows that can go, and how many were not usable.
 */
export function readEntries(
  sequences: readonly number[],
  entries: readonly unknown[],
): { records: readonly SequencedRecord[]; unusable: readonly number[]; quarantined: number } {
  const { usable, unusable, quarantined } = siftRows(sequences, entries, (row, sequence) =>
    Number.isSafeInteger(sequence) ? readLogRecord(row) : null,
  );
  const records = usable.map(([sequence, record]) => ({ sequence, record }));
  return { records, unusable, quarantined };
}

/**
 * Reads item rows.
 *
 * @param rows - Values found among the items.
 * @returns The usable ones.
 */
export function readItems(rows: readonly unknown[]): readonly Item[] {
  return siftRows(rows, rows, readItem).usable.map(([, item]) => item);
}

/** The value of a kept row, null when there is none or another release wrote it. */
function keptValue(row: unknown): unknown {
  return schemaOf(row) === SCHEMA ? (row as { value?: unknown }).value : null;
}

/** Derived state is taken only when it was derived from exactly this log. */
function readDerived(row: unknown, lastSequence: number): unknown {
  if (schemaOf(row) !== SCHEMA) return null;
  const kept = row as { value?: unknown; lastSequence?: unknown };
  return kept.lastSequence === lastSequence ? (kept.value ?? null) : null;
}

/**
 * Makes a profile of raw rows.
 *
 * @param raw - Rows as read in one transaction.
 * @param retention - What stays in the log.
 * @param now - Milliseconds since the epoch.
 * @returns The profile, and the rows that must leave the disk.
 */
export function readProfile(
  raw: RawProfile,
  retention: Retention,
  now: number,
): { profile: StoredProfile; waste: Waste } {
  const { records, unusable, quarantined } = readEntries(raw.sequences, raw.entries);
  const { kept, expired } = applyRetention(records, retention, now);
  const items = siftRows(raw.itemKeys, raw.items, readItem);
  const { named, orphans } = splitOrphans(
    items.usable.map(([, item]) => item),
    kept,
  );
  const sequences = [...unusable, ...expired];
  const gone = new Set(sequences);
  const lastSequence =
    raw.sequences.findLast((sequence) => Number.isSafeInteger(sequence) && !gone.has(sequence)) ??
    0;
  const isIdle = expired.length > 0 && kept.length === 0;
  const settings = readSettings(keptValue(raw.settings));
  const badSettings = raw.settings !== undefined && settings === null ? 1 : 0;
  return {
    profile: {
      log: kept.map(({ record }) => record),
      items: named,
      derived: sequences.length === 0 ? readDerived(raw.derived, lastSequence) : null,
      settings: isIdle ? null : settings,
      quarantined: quarantined + items.quarantined + badSettings,
      lastSequence,
    },
    waste: { sequences, itemKeys: [...items.unusable, ...orphans], isIdle },
  };
}
