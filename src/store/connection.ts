/**
 * One handle on the database and its recovery: opened by one caller at a time and within a
 * deadline, kept when it comes later than that, closed when another tab wants to delete it, dropped
 * when the browser takes it away, opened again for the next transaction. Knows nothing of what is
 * stored.
 *
 * @packageDocumentation
 */
import { type IDBPDatabase, type IDBPTransaction, wrap } from 'idb';
import { withDeadline } from '../core/deadline.ts';
import { VitrineError, isVitrineError, toVitrineError } from '../core/errors.ts';
import { isKnownAbsent } from './empty-shells.ts';
import type { Faults } from './faults.ts';
import {
  DATABASE_VERSION,
  STORE_NAMES,
  type StoreName,
  type VitrineDatabase,
  createStores,
} from './schema.ts';

/** Dexie's and Firestore's number of tries, too. */
const TRIES = 3;

/** Errors of a handle that went away under us; a new handle may work (FAULTS S3, S7). */
const PASSING_ERRORS: ReadonlySet<string> = new Set([
  'InvalidStateError',
  'UnknownError',
  'AbortError',
]);

/** What a {@link Connection} needs. */
export interface ConnectionOptions {
  /** The browser's `indexedDB`, or a test's. */
  readonly factory: IDBFactory;
  /** Milliseconds for opening, all tries together. */
  readonly openMs: number;
  /** Milliseconds for one transaction, then it is aborted. */
  readonly transactionMs: number;
  /** Done with every new handle before it is used, within `openMs`; default nothing. */
  readonly prepare?: ((database: Database) => Promise<void>) | undefined;
  /** Steps that a test lets fail, default none. */
  readonly faults?: Faults | undefined;
}

/** A handle. */
export type Database = IDBPDatabase<VitrineDatabase>;

/** A transaction over some stores of the database. */
export type Transaction<Mode extends 'readonly' | 'readwrite'> = IDBPTransaction<
  VitrineDatabase,
  StoreName[],
  Mode
>;

/** One handle on one database. */
export class Connection {
  readonly #name: string;
  readonly #options: ConnectionOptions;
  #database: Database | null = null;
  #opening: Promise<Database> | null = null;
  #late: Promise<unknown> | null = null;
  #isClosed = false;
  #releases = 0;

  /**
   * Opens nothing yet.
   *
   * @param name - Name of the database.
   * @param options - Where and how long.
   */
  constructor(name: string, options: ConnectionOptions) {
    this.#name = name;
    this.#options = options;
  }

  /**
   * Opens the database unless it is open; callers at the same time share one request.
   *
   * @returns The handle.
   * @throws {@link VitrineError} `STORE_BLOCKED`, `STORE_TIMEOUT`, or `DISPOSED` after `close`.
   */
  async open(): Promise<Database> {
    if (this.#isClosed) throw new VitrineError('DISPOSED');
    if (this.#database !== null) return this.#database;
    this.#opening ??= (this.#openWithin(true) as Promise<Database>).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /**
   * Opens the database if there is one. Looking does not make it: the upgrade of a new database is
   * aborted, which the specification answers by removing it again; where it stays, it is not tried.
   *
   * @returns Whether there is one.
   * @throws {@link VitrineError} As {@link Connection.open}.
   */
  async find(): Promise<boolean> {
    if (this.#isClosed) throw new VitrineError('DISPOSED');
    return this.#database !== null || (await this.#openWithin(false)) !== null;
  }

  /**
   * Runs work in one transaction and waits until it is complete. A handle that went away is opened
   * again, at most twice, so the work may run up to three times and must not count on anything of
   * an earlier run.
   *
   * @param mode - Whether the work writes.
   * @param stores - Stores that it touches.
   * @param work - Awaits nothing but requests of its transaction: else that commits by itself.
   * @returns What the work returned, once the transaction is complete.
   * @throws {@link VitrineError} `STORE_FULL`, `STORE_FAILED`, or a code of {@link Connection.open}.
   */
  async run<T, Mode extends 'readonly' | 'readwrite'>(
    mode: Mode,
    stores: StoreName[],
    work: (transaction: Transaction<Mode>) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const database = await this.open();
      try {
        this.#options.faults?.at(mode === 'readonly' ? 'store.read' : 'store.write');
        return await this.#attempt(database.transaction(stores, mode), work);
      } catch (error) {
        if (isFull(error)) throw toVitrineError(error, 'STORE_FULL');
        if (attempt === TRIES || !isPassing(error)) throw toVitrineError(error, 'STORE_FAILED');
        this.#drop(database);
      }
    }
  }

  /**
   * Hands over, once, the opening that missed its deadline last and may still come.
   *
   * @returns Null without one. Else it resolves when the database is open, or found to be absent;
   *   rejects when it cannot be opened, or after `close`; or never settles (WebKit bug 226547).
   */
  takeLate(): Promise<unknown> | null {
    const late = this.#late;
    this.#late = null;
    return late;
  }

  /** Lets go of the handle for good; a request under way closes its handle when it comes. */
  close(): void {
    this.#isClosed = true;
    this.#drop(this.#database);
  }

  /**
   * Lets go of the handle; the next transaction opens another. What comes of requests under way is
   * closed, and no database is made by them.
   */
  release(): void {
    this.#releases += 1;
    this.#late = null;
    this.#drop(this.#database);
  }

  async #attempt<T, Mode extends 'readonly' | 'readwrite'>(
    transaction: Transaction<Mode>,
    work: (transaction: Transaction<Mode>) => Promise<T>,
  ): Promise<T> {
    const { done } = transaction;
    done.catch(() => undefined); // awaited below on one path only; the other knows the reason
    try {
      const run = work(transaction).then(async (value) => {
        if (transaction.mode === 'readwrite') this.#options.faults?.at('store.commit');
        await done;
        return value;
      });
      return await this.#within(run, this.#options.transactionMs);
    } catch (error) {
      abort(transaction);
      if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
      // Requests of an aborted transaction say AbortError only; its own error holds the reason.
      await this.#within(done, this.#options.transactionMs);
      throw error;
    }
  }

  #within<T>(work: Promise<T>, ms: number): Promise<T> {
    return withDeadline(
      work,
      ms,
      () => new VitrineError('STORE_TIMEOUT', `Got no answer within ${ms} ms.`),
    );
  }

  /** Null when there is no database and none may be made. */
  async #openWithin(mayCreate: boolean): Promise<Database | null> {
    const releases = this.#releases;
    const isWanted = (): boolean => !this.#isClosed && releases === this.#releases;
    const opening = this.#openRetrying(mayCreate, isWanted);
    try {
      return await this.#within(opening, this.#options.openMs);
    } catch (cause) {
      const error = toVitrineError(cause, 'STORE_BLOCKED');
      if (error.code === 'STORE_TIMEOUT' && isWanted()) this.#late = opening;
      throw error;
    }
  }

  async #openRetrying(mayCreate: boolean, isWanted: () => boolean): Promise<Database | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const database = await this.#request(mayCreate, isWanted);
        return this.#keep(database, isWanted());
      } catch (error) {
        if (attempt === TRIES || !isWanted() || !isPassing(error)) throw error;
      }
    }
  }

  #keep(database: Database | null, isWanted: boolean): Database | null {
    if (!isWanted) {
      database?.close();
      throw new VitrineError('DISPOSED', 'The handle came after it was let go of.');
    }
    if (this.#database === null) this.#database = database;
    else database?.close(); // two were asked for: one came in time, this one after its deadline
    return this.#database;
  }

  /** `wrap` instead of idb's `openDB`, which knows only the global factory. */
  async #request(mayCreate: boolean, isWanted: () => boolean): Promise<Database | null> {
    const { factory, faults } = this.#options;
    faults?.at('store.open');
    if (!mayCreate && (await isKnownAbsent(factory, this.#name))) return null;
    const request = factory.open(this.#name, DATABASE_VERSION);
    let isNew = false;
    request.addEventListener('upgradeneeded', () => {
      isNew = true;
      // After an erasure none must be left behind.
      if (mayCreate && isWanted()) createStores(wrap(request.result) as unknown as Database);
      else request.transaction?.abort();
    });
    let database: Database;
    try {
      database = (await wrap(request)) as unknown as Database;
    } catch (error) {
      if (isNew && !mayCreate) return null;
      throw error;
    }
    const missing = STORE_NAMES.filter((name) => !database.objectStoreNames.contains(name));
    if (missing.length > 0) {
      database.close();
      throw new VitrineError('STORE_BLOCKED', `Database ${this.#name} is not ours.`);
    }
    // Never in the way of a tab that deletes: it would wait for as long as this one lives.
    database.addEventListener('versionchange', () => this.#drop(database));
    database.addEventListener('close', () => this.#drop(database));
    try {
      await this.#options.prepare?.(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  #drop(database: Database | null): void {
    if (this.#database === database) this.#database = null;
    database?.close();
  }
}

function isPassing(error: unknown): boolean {
  return !isVitrineError(error) && error instanceof Error && PASSING_ERRORS.has(error.name);
}

/** Beyond the quota, which has a class of its own in newer browsers, or on a full disk. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'QuotaExceededError' || error.message.includes('NO_SPACE');
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already: there is nothing left to take back.
  }
}
