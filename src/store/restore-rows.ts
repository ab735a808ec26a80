/** What is in a copy of the profile, and not in the database any more, goes back there. */
import type { LogRecord } from '../core/types.ts';
import type { Snapshot } from './backup-format.ts';
import { reduceCheckpoints } from './checkpoint-transactions.ts';
import { withoutLearnedFrom } from './checkpoints.ts';
import type { Transaction } from './connection.ts';
import { markRemoval } from './log-transactions.ts';
import { mergeSettings } from './promote.ts';
import { schemaOf } from './read-profile.ts';
import { SCHEMA } from './schema.ts';
import { readSettings } from './validate-records.ts';

type Writing = Transaction<'readwrite'>;

function eventIdOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? (row as { eventId?: unknown }).eventId : null;
}

/**
 * Brings events back in their old places, before those that came since, and the items and settings
 * that are missing. A newer item and newer settings stay.
 *
 * @param transaction - Over all stores.
 * @param snapshot - What is to be there; past the retention nothing comes back.
 * @returns How many events came back.
 */
export async function restoreRows(transaction: Writing, snapshot: Snapshot): Promise<number> {
  const log = transaction.objectStore('log');
  const rows: readonly unknown[] = await log.getAll();
  const there = new Set(rows.map(eventIdOf));
  const missing = snapshot.log.filter(({ eventId }) => !there.has(eventId));
  if (missing.length > 0) {
    await rewriteLog(transaction, snapshot.log, rows);
    await addItems(transaction, snapshot);
  }
  await addSettings(transaction, snapshot);
  return missing.length;
}

async function rewriteLog(
  transaction: Writing,
  records: readonly LogRecord[],
  rows: readonly unknown[],
): Promise<void> {
  const log = transaction.objectStore('log');
  const isCopied = new Set<unknown>(records.map(({ eventId }) => eventId));
  const stamped = records.map((record) => ({ ...record, schema: SCHEMA }));
  const later = rows.filter((row) => !isCopied.has(eventIdOf(row))) as typeof stamped;
  await log.clear();
  for (const row of [...stamped, ...later]) await log.add(row);
  await reduceCheckpoints(transaction, (kept) => withoutLearnedFrom(kept, 0));
  await markRemoval(transaction);
}

async function addItems(transaction: Writing, { items }: Snapshot): Promise<void> {
  const store = transaction.objectStore('items');
  for (const item of items) {
    if ((await store.getKey(item.id)) === undefined) await store.put({ ...item, schema: SCHEMA });
  }
}

/** Of settings with the same seed the database's are the newer ones, whole. */
async function addSettings(transaction: Writing, { settings }: Snapshot): Promise<void> {
  if (settings === null) return;
  const meta = transaction.objectStore('meta');
  const row: unknown = await meta.get('settings');
  if (schemaOf(row) > SCHEMA) return;
  const found = readSettings((row as { value?: unknown } | undefined)?.value);
  if (found?.seed === settings.seed) return;
  const value = found === null ? settings : mergeSettings(settings, found);
  await meta.put({ schema: SCHEMA, value }, 'settings');
}
