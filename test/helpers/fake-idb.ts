/** Databases in memory. */
import {
  IDBCursor,
  IDBDatabase,
  IDBFactory as FakeFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
} from 'fake-indexeddb';

/** idb tells values apart by these; the factory itself is always handed in. */
const CLASSES = {
  IDBCursor,
  IDBDatabase,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
};

/** A disk without databases. */
export function createFakeFactory(): IDBFactory {
  Object.assign(globalThis, CLASSES);
  return new FakeFactory();
}
