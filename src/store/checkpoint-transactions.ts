/**
 * What happens to checkpoints inside a transaction; see log-transactions.ts for the rules.
 *
 * @packageDocumentation
 */
import {
  type CheckpointPointer,
  readCheckpoint,
  readPointer,
  type StoredCheckpoint,
  type StoredCheckpoints,
  withCheckpoint,
} from './checkpoints.ts';
import type { Transaction } from './connection.ts';
import { SCHEMA } from './schema.ts';

/** Key of the pointer; the others are `v` and the version. */
const POINTER = 'newest';

const keyOf = (version: number): string => `v${version}`;

function valueOf(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return null;
  const { schema, value } = row as { schema?: unknown; value?: unknown };
  return schema === SCHEMA ? value : null;
}

/**
 * Reads all checkpoints.
 *
 * @param transaction - Over `checkpoints` at least.
 * @returns Those that are usable; a row of a later release counts as none.
 */
export async function readCheckpoints(
  transaction: Transaction<'readonly'> | Transaction<'readwrite'>,
): Promise<StoredCheckpoints> {
  const store = transaction.objectStore('checkpoints');
  const [keys, rows]: [readonly unknown[], readonly unknown[]] = await Promise.all([
    store.getAllKeys(),
    store.getAll(),
  ]);
  const checkpoints = rows
    .flatMap((row, k) => {
      const found = readCheckpoint(valueOf(row));
      return found !== null && keys[k] === keyOf(found.version) ? [found] : [];
    })
    .toSorted((a, b) => a.version - b.version);
  return { checkpoints, pointer: readPointer(valueOf(rows[keys.indexOf(POINTER)])) };
}

/**
 * Writes what is left after something was removed.
 *
 * @param transaction - Over `checkpoints` at least.
 * @param keep - Chooses.
 */
export async function reduceCheckpoints(
  transaction: Transaction<'readwrite'>,
  keep: (before: StoredCheckpoints) => StoredCheckpoints,
): Promise<void> {
  const before = await readCheckpoints(transaction);
  const after = keep(before);
  if (after !== before) await replace(transaction, before, after);
}

/**
 * Adds a checkpoint and says what is in use: all or nothing, the pointer last.
 *
 * @param transaction - Over `checkpoints` at least.
 * @param checkpoint - Null adds none.
 * @param pointer - What was decided.
 */
export async function writeCheckpoint(
  transaction: Transaction<'readwrite'>,
  checkpoint: StoredCheckpoint | null,
  pointer: CheckpointPointer,
): Promise<void> {
  const before = await readCheckpoints(transaction);
  await replace(transaction, before, withCheckpoint(before, checkpoint, pointer));
}

async function replace(
  transaction: Transaction<'readwrite'>,
  before: StoredCheckpoints,
  after: StoredCheckpoints,
): Promise<void> {
  const store = transaction.objectStore('checkpoints');
  const known = new Set(before.checkpoints);
  const kept = new Set(after.checkpoints.map(({ version }) => version));
  for (const checkpoint of after.checkpoints) {
    if (known.has(checkpoint)) continue;
    await store.put({ schema: SCHEMA, value: checkpoint }, keyOf(checkpoint.version));
  }
  for (const { version } of before.checkpoints) {
    if (!kept.has(version)) await store.delete(keyOf(version));
  }
  await store.put({ schema: SCHEMA, value: after.pointer }, POINTER);
}
