/**
 * The one description of the database. Its IndexedDB version is 1 for ever: a blocked upgrade
 * hangs every later `open()` in every tab. What changes is the schema number inside each record;
 * a breaking change takes a new database name and a copy.
 *
 * @packageDocumentation
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { hexOf } from '../core/binary.ts';
import type { Item, LogRecord } from '../core/types.ts';

/** IndexedDB version of the database; never raised. */
export const DATABASE_VERSION = 1;

/** Number written into each record; a reader leaves records with a higher one alone. */
export const SCHEMA = 1;

/** A record with the number of the schema that it was written in. */
type Stamped<T> = T & { readonly schema: number };

/** Anything kept under a fixed key. */
interface Kept {
  /** See {@link SCHEMA}. */
  readonly schema: number;
  /** The thing itself; validated by whoever reads it. */
  readonly value: unknown;
}

/** Derived state with what it was derived from. */
interface KeptDerived extends Kept {
  /** Sequence of the newest record that it covers; another newest record makes it stale. */
  readonly lastSequence: number;
}

/** Keys of the `meta` store. */
type MetaKey = 'settings' | 'generation';

/** Stores, keys, values and indexes. */
export interface VitrineDatabase extends DBSchema {
  log: {
    key: number;
    value: Stamped<LogRecord>;
    indexes: { eventId: string; itemId: string };
  };
  items: { key: string; value: Stamped<Item> };
  derived: { key: string; value: KeptDerived };
  segments: { key: string; value: Kept };
  checkpoints: { key: string; value: Kept };
  meta: { key: MetaKey; value: Kept };
}

/** Name of a store. */
export type StoreName = 'log' | 'items' | 'derived' | 'segments' | 'checkpoints' | 'meta';

/** Every store of the database. */
export const STORE_NAMES: readonly StoreName[] = [
  'log',
  'items',
  'derived',
  'segments',
  'checkpoints',
  'meta',
];

/**
 * Makes the stores in a new database. Segments have no writer yet: they exist from the start
 * because stores can be made in an upgrade only, and there will be no other.
 *
 * @param database - The database inside its `upgradeneeded` event.
 */
export function createStores(database: IDBPDatabase<VitrineDatabase>): void {
  const log = database.createObjectStore('log', { autoIncrement: true });
  log.createIndex('eventId', 'eventId', { unique: true });
  log.createIndex('itemId', 'itemId');
  database.createObjectStore('items', { keyPath: 'id' });
  database.createObjectStore('derived');
  database.createObjectStore('segments');
  database.createObjectStore('checkpoints');
  const meta = database.createObjectStore('meta');
  // A failed write aborts the upgrade, and `open` rejects: nothing to do with it here as well.
  meta.put({ schema: SCHEMA, value: newGeneration() }, 'generation').catch(() => undefined);
}

/**
 * Empties all stores.
 *
 * @param transaction - Writes, over all stores.
 */
export async function clearStores(
  transaction: IDBPTransaction<VitrineDatabase, StoreName[], 'readwrite'>,
): Promise<void> {
  await Promise.all(STORE_NAMES.map((store) => transaction.objectStore(store).clear()));
  const row = { schema: SCHEMA, value: newGeneration() };
  await transaction.objectStore('meta').put(row, 'generation');
}

/**
 * A mark that changes whenever records leave the log, so that a tab which still holds them in its
 * memory cannot bring them back inside derived state.
 *
 * @returns 32 hexadecimal digits, random. `randomUUID` is missing on http pages, this is not.
 */
export function newGeneration(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16)));
}
