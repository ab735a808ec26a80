/** Records, items and broken factories for the store's tests. */
import { expect } from 'vitest';
import type { Item, LogRecord, Settings } from '../../../src/core/types.ts';
import type { AppendBatch, ProfileStore } from '../../../src/store/profile-store.ts';
import { createFakeFactory } from '../../helpers/fake-idb.ts';

export const NOW = 1_800_000_000_000;
export const DAY_MS = 86_400_000;
/** A link that would run script; in two parts, because linters read whole ones. */
export const SCRIPT_URL: string = ['javascript', 'alert(1)'].join(':');
export const SETTINGS: Settings = { seed: 7, followed: ['tech'], blocked: ['luxury'] };

export function record(eventId: string, fields: Partial<LogRecord> = {}): LogRecord {
  return { eventId, time: NOW, type: 'view_item', itemId: `item-${eventId}`, ...fields };
}

export function item(id: string, fields: Partial<Item> = {}): Item {
  return { id, title: `Title of ${id}`, ...fields };
}

/** A batch of events with their items; what it derives is the number given. */
export function batch(
  eventIds: readonly string[],
  derived: unknown = eventIds.length,
): AppendBatch {
  const records = eventIds.map((eventId) => record(eventId));
  return { records, items: records.map(({ itemId }) => item(itemId)), derived };
}

export async function eventIdsOf(store: ProfileStore): Promise<string[]> {
  return (await store.load()).log.map(({ eventId }) => eventId);
}

export function newFactory(): IDBFactory {
  return createFakeFactory();
}

/** A factory whose methods run a hook first; the hook throws, or returns a request in their place. */
export function hookedFactory(
  factory: IDBFactory,
  hooks: {
    readonly open?: () => IDBOpenDBRequest | void;
    readonly deleteDatabase?: () => IDBOpenDBRequest | void;
    readonly opened?: (database: IDBDatabase) => void;
  },
): IDBFactory {
  return {
    open: (name: string, version?: number) => {
      const instead = hooks.open?.();
      if (instead !== undefined) return instead;
      const request = factory.open(name, version);
      request.addEventListener('success', () => hooks.opened?.(request.result));
      return request;
    },
    deleteDatabase: (name: string) => hooks.deleteDatabase?.() ?? factory.deleteDatabase(name),
    databases: () => factory.databases(),
    cmp: (first: unknown, second: unknown) => factory.cmp(first, second),
  };
}

/** A request that never fires an event. */
export function silentRequest(): IDBOpenDBRequest {
  const request = createFakeFactory().open('silent');
  request.addEventListener = () => undefined;
  return request;
}

/** A factory whose transactions run a hook with their running number, from 0, and their mode. */
export function factoryWithTransactions(
  factory: IDBFactory,
  hook: (index: number, mode: IDBTransactionMode, transaction: () => IDBTransaction) => void,
): IDBFactory {
  let index = 0;
  return hookedFactory(factory, {
    opened: (database) => {
      const original = database.transaction.bind(database);
      database.transaction = (stores, mode = 'readonly', options) => {
        let made: IDBTransaction | null = null;
        const make = (): IDBTransaction => (made ??= original(stores, mode, options));
        hook(index++, mode, make);
        return make();
      };
    },
  });
}

/** Rows of a store as they lie on disk, read without our code. */
export function rawRows(factory: IDBFactory, name: string, store: string): Promise<unknown[]> {
  return inRaw(factory, name, store, (rows) => rows.getAll());
}

/** Runs one request on a store without our code. */
export function inRaw<T>(
  factory: IDBFactory,
  name: string,
  store: string,
  request: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(name, 1);
    opening.addEventListener('error', () => reject(opening.error));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const transaction = database.transaction(store, 'readwrite');
      const asked = request(transaction.objectStore(store));
      transaction.addEventListener('abort', () => reject(transaction.error));
      transaction.addEventListener('complete', () => {
        database.close();
        resolve(asked.result);
      });
    });
  });
}

export function fail(name: string): never {
  throw new DOMException('made to fail', name);
}

/** Appends, loads and checks: the store must work, wherever it lives. */
export async function expectWorking(store: ProfileStore): Promise<void> {
  await store.append(batch(['a']));
  await store.saveSettings(SETTINGS);
  expect(await store.load()).toMatchObject({ log: [record('a')], settings: SETTINGS });
}

/** Whether a handle refuses transactions, as a closed one does. */
export function isClosed(database: IDBDatabase | undefined): boolean {
  try {
    Object.getPrototypeOf(database).transaction.call(database, 'log', 'readonly').abort();
    return false;
  } catch (error) {
    return error instanceof Error && error.name === 'InvalidStateError';
  }
}
