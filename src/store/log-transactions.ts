/**
 * What happens inside a transaction, one function per method of the store. Everything that is read
 * and then written is read in the same transaction: that, not a leader, keeps tabs from losing each
 * other's updates (FAULTS S10). Nothing but requests of the transaction is awaited here.
 *
 * @packageDocumentation
 */
import type { Settings } from '../core/types.ts';
import { reduceCheckpoints, writeCheckpoint } from './checkpoint-transactions.ts';
import {
  type CheckpointPointer,
  type StoredCheckpoint,
  withoutExpired,
  withoutLearnedFrom,
} from './checkpoints.ts';
import type { Transaction } from './connection.ts';
import type { AppendBatch, AppendResult } from './profile-store.ts';
import { type RawProfile, type Waste, schemaOf } from './read-profile.ts';
import { SCHEMA, newGeneration } from './schema.ts';

/** What a handle knows of the database: when either differs, another tab was there. */
export interface Seen {
  /** Newest sequence that its caller was told. */
  readonly sequence: number;
  /** Changes when records leave the log; null before the first look. */
  readonly generation: string | null;
}

type Reading = Transaction<'readonly'>;
type Writing = Transaction<'readwrite'>;

async function lastSequenceOf(transaction: Writing): Promise<number> {
  // Bounded, because keys that are no numbers sort last, and somebody else may have put one there.
  const numbers = IDBKeyRange.upperBound(Number.MAX_SAFE_INTEGER);
  const cursor = await transaction.objectStore('log').openKeyCursor(numbers, 'prev');
  return cursor?.key ?? 0;
}

/**
 * Reads the mark of the log's removals.
 *
 * @param transaction - Over `meta` at least.
 * @returns The mark, empty when it is missing or not a string.
 */
async function generationOf(transaction: Reading | Writing): Promise<string> {
  const row: unknown = await transaction.objectStore('meta').get('generation');
  if (typeof row !== 'object' || row === null) return '';
  const { value } = row as { value?: unknown };
  return typeof value === 'string' ? value : '';
}

/**
 * Marks that records left the log or came back into it: derived state no longer fits, and every
 * tab must learn it.
 *
 * @param transaction - Over derived and meta.
 * @returns The new generation.
 */
export async function markRemoval(transaction: Writing): Promise<string> {
  const generation = newGeneration();
  await transaction.objectStore('derived').clear();
  await transaction.objectStore('meta').put({ schema: SCHEMA, value: generation }, 'generation');
  return generation;
}

/**
 * Reads all rows of a profile.
 *
 * @param transaction - Over log, items, derived and meta.
 * @returns The rows, and the generation that they belong to.
 */
export async function readRows(
  transaction: Reading,
): Promise<{ raw: RawProfile; generation: string }> {
  const log = transaction.objectStore('log');
  const items = transaction.objectStore('items');
  const [sequences, entries, itemKeys, itemRows, derived, settings, generation] = await Promise.all(
    [
      log.getAllKeys(),
      log.getAll(),
      items.getAllKeys(),
      items.getAll(),
      transaction.objectStore('derived').get('derived'),
      transaction.objectStore('meta').get('settings'),
      generationOf(transaction),
    ],
  );
  return { raw: { sequences, entries, itemKeys, items: itemRows, derived, settings }, generation };
}

/**
 * Reads the end of the log.
 *
 * @param transaction - Over log, items and meta.
 * @param sequence - Rows after this one are read.
 * @returns The rows with their keys, the rows of the items they name, and the generation.
 */
export async function readTail(
  transaction: Reading,
  sequence: number,
): Promise<{ sequences: number[]; entries: unknown[]; items: unknown[]; generation: string }> {
  const log = transaction.objectStore('log');
  const range = IDBKeyRange.bound(sequence, Number.MAX_SAFE_INTEGER, true);
  const [sequences, entries, generation] = await Promise.all([
    log.getAllKeys(range),
    log.getAll(range),
    generationOf(transaction),
  ]);
  const ids = new Set<unknown>(entries.map(({ itemId }: { itemId: unknown }) => itemId));
  const named = [...ids].filter((id) => typeof id === 'string');
  const items = await Promise.all(named.map((id) => transaction.objectStore('items').get(id)));
  return { sequences, entries, items, generation };
}

/**
 * Writes a batch. The records are stored in any case; derived state is stored when this handle has
 * seen the whole log, else thrown away, so that the next load rebuilds it.
 *
 * @param transaction - Over log, items, derived and meta.
 * @param batch - What to write.
 * @param seen - What the handle knows.
 * @returns The result for the caller, and the generation found.
 */
export async function appendRows(
  transaction: Writing,
  batch: AppendBatch,
  seen: Seen,
): Promise<AppendResult & { generation: string }> {
  const log = transaction.objectStore('log');
  const before = await lastSequenceOf(transaction);
  const generation = await generationOf(transaction);
  const byEvent = new Map(batch.records.map((record) => [record.eventId, record]));
  const records = [...byEvent.values()];
  const stored = await Promise.all(
    records.map((record) => log.index('eventId').getKey(record.eventId)),
  );
  const fresh = records.filter((_, index) => stored[index] === undefined);
  const sequences = await Promise.all(
    fresh.map((record) => log.add({ ...record, schema: SCHEMA })),
  );
  const items = transaction.objectStore('items');
  const kept: readonly unknown[] = await Promise.all(batch.items.map(({ id }) => items.get(id)));
  const known = batch.items.filter((_, index) => !isLater(kept[index]));
  await Promise.all(known.map((item) => items.put({ ...item, schema: SCHEMA })));
  const lastSequence = sequences.reduce((last, sequence) => Math.max(last, sequence), before);
  const missed = missedBy(seen, before, generation);
  const derived = transaction.objectStore('derived');
  if (missed === 'nothing') {
    await derived.put({ schema: SCHEMA, value: batch.derived, lastSequence }, 'derived');
  } else {
    await derived.clear();
  }
  return { lastSequence, missed, generation };
}

/** Whether a row was written by a later release, whose fields this one would lose. */
function isLater(row: unknown): boolean {
  return schemaOf(row) > SCHEMA;
}

function missedBy(seen: Seen, sequence: number, generation: string): AppendResult['missed'] {
  if (seen.generation !== null && seen.generation !== generation) return 'removed';
  if (sequence > seen.sequence) return 'appended';
  return sequence < seen.sequence ? 'removed' : 'nothing';
}

/**
 * Removes events with what hangs on them.
 *
 * @param transaction - Over log, items, derived, checkpoints and meta.
 * @param eventIds - Events to remove; unknown ones are skipped.
 * @param seen - What the handle knows.
 * @returns How many were there, and what the handle knows now.
 */
export async function removeRows(
  transaction: Writing,
  eventIds: readonly string[],
  seen: Seen,
): Promise<{ removed: number; seen: Seen }> {
  const log = transaction.objectStore('log');
  const before = await lastSequenceOf(transaction);
  const generation = await generationOf(transaction);
  const itemIds = new Set<string>();
  let removed = 0;
  let oldest = Infinity;
  for (const eventId of new Set(eventIds)) {
    const cursor = await log.index('eventId').openCursor(eventId);
    if (cursor === null) continue;
    const { itemId }: { itemId: unknown } = cursor.value; // a row of anybody's
    if (typeof itemId === 'string') itemIds.add(itemId);
    await cursor.delete();
    removed += 1;
    // A key that is no number was never learned from.
    if (cursor.primaryKey < oldest) oldest = cursor.primaryKey;
  }
  if (removed === 0) return { removed, seen };
  await reduceCheckpoints(transaction, (kept) => withoutLearnedFrom(kept, oldest));
  await deleteOrphans(transaction, [...itemIds]);
  const marked = await markRemoval(transaction);
  if (missedBy(seen, before, generation) === 'removed') return { removed, seen };
  const sequence = before === seen.sequence ? await lastSequenceOf(transaction) : seen.sequence;
  return { removed, seen: { sequence, generation: marked } };
}

/**
 * Deletes rows that a load found wanting. Items are looked up again: another tab may have named
 * one since.
 *
 * @param transaction - Over log, items, derived, checkpoints and meta.
 * @param waste - Rows to delete.
 * @param generation - Generation that the rows were read in.
 * @returns The generation that the handle may take as seen.
 */
export async function deleteWaste(
  transaction: Writing,
  waste: Waste,
  generation: string,
): Promise<string> {
  const found = await generationOf(transaction);
  const log = transaction.objectStore('log');
  await Promise.all(waste.sequences.map((sequence) => log.delete(sequence)));
  await deleteOrphans(transaction, waste.itemKeys);
  if (waste.sequences.length === 0) return generation;
  const first = (await log.openKeyCursor())?.key;
  await reduceCheckpoints(transaction, (before) => withoutExpired(before, first ?? Infinity));
  // Another tab may have recorded something since: then the visitor is back.
  if (waste.isIdle && first === undefined) await transaction.objectStore('meta').delete('settings');
  const marked = await markRemoval(transaction);
  return found === generation ? marked : generation;
}

/**
 * Makes room: deletes the older half of the log with the items that only it names.
 *
 * @param transaction - Over all stores.
 */
export async function dropOldest(transaction: Writing): Promise<void> {
  const log = transaction.objectStore('log');
  const numRows = await log.count();
  const itemIds = new Set<string>();
  let cursor = await log.openCursor();
  for (let left = Math.ceil(numRows / 2); cursor !== null && left > 0; left -= 1) {
    const row = cursor.value as { itemId?: unknown } | null; // a row of anybody's
    if (typeof row?.itemId === 'string') itemIds.add(row.itemId);
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await deleteOrphans(transaction, [...itemIds]);
  const first = (await log.openKeyCursor())?.key ?? Infinity;
  await reduceCheckpoints(transaction, (before) => withoutExpired(before, first));
  await markRemoval(transaction);
}

async function deleteOrphans(transaction: Writing, itemIds: readonly string[]): Promise<void> {
  const byItem = transaction.objectStore('log').index('itemId');
  const items = transaction.objectStore('items');
  for (const itemId of itemIds) {
    if ((await byItem.count(itemId)) === 0) await items.delete(itemId);
  }
}

/**
 * Replaces the settings, unless a later release wrote them: those are left alone.
 *
 * @param transaction - Over `meta`.
 * @param settings - The new ones.
 */
export async function writeSettings(transaction: Writing, settings: Settings): Promise<void> {
  if (isLater(await transaction.objectStore('meta').get('settings'))) return;
  await transaction.objectStore('meta').put({ schema: SCHEMA, value: settings }, 'settings');
}

/**
 * Keeps what was learned, unless events were removed meanwhile that it was learned from.
 *
 * @param transaction - Over checkpoints and meta.
 * @param checkpoint - Null when only the pointer changes.
 * @param pointer - What is in use.
 * @param seen - What the handle knows.
 * @returns Whether it is kept.
 */
export async function checkpointRows(
  transaction: Writing,
  checkpoint: StoredCheckpoint | null,
  pointer: CheckpointPointer,
  seen: Seen,
): Promise<boolean> {
  const generation = await generationOf(transaction);
  if (seen.generation !== null && seen.generation !== generation) return false;
  await writeCheckpoint(transaction, checkpoint, pointer);
  return true;
}
