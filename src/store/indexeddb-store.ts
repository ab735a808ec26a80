/** The upper rungs: a profile in IndexedDB, the origin's or a storage bucket's. */
import { VitrineError, isVitrineError } from '../core/errors.ts';
import type { Restored } from '../core/stats.ts';
import type { Settings } from '../core/types.ts';
import { BackupGuard, type BackupGuardOptions, type BackupSource } from './backup-guard.ts';
import { readCheckpoints } from './checkpoint-transactions.ts';
import {
  type CheckpointPointer,
  NO_CHECKPOINTS,
  type StoredCheckpoint,
  type StoredCheckpoints,
} from './checkpoints.ts';
import { Connection, type Database, type Transaction } from './connection.ts';
import { deleteDatabase } from './delete-database.ts';
import type { Faults } from './faults.ts';
import {
  type Seen,
  appendRows,
  checkpointRows,
  deleteWaste,
  dropOldest,
  readRows,
  readTail,
  removeRows,
  writeSettings,
} from './log-transactions.ts';
import type {
  AppendBatch,
  AppendResult,
  Disk,
  LogTail,
  ProfileStore,
  StoredProfile,
} from './profile-store.ts';
import { type Waste, readEntries, readItems, readProfile } from './read-profile.ts';
import { DEFAULT_RETENTION, type Retention } from './retention.ts';
import { STORE_NAMES, type StoreName, clearStores } from './schema.ts';
import { finishErasing } from './unfinished-erasures.ts';

/** Options of {@link openIndexedDbStore}. */
export interface IndexedDbStoreOptions {
  /** The browser's `indexedDB`, or a test's. */
  readonly factory: IDBFactory;
  /** Milliseconds for opening or deleting the database, default 1,500. */
  readonly openMs?: number;
  /** Milliseconds for one transaction, default 10,000: another tab may be writing for long. */
  readonly transactionMs?: number;
  /** What stays in the log, default {@link DEFAULT_RETENTION}. */
  readonly retention?: Retention;
  /** Clock, default `Date.now`. */
  readonly now?: () => number;
  /** Whose `indexedDB` the factory is, default the origin's. */
  readonly mode?: 'indexeddb' | 'bucket';
  /** How the database is copied, default not at all. */
  readonly backup?: BackupGuardOptions | undefined;
  /** Steps that a test lets fail, default none. */
  readonly faults?: Faults | undefined;
}

/** Milliseconds that opening may take when nothing else is said (FAULTS S8). */
export const DEFAULT_OPEN_MS = 1_500;

const PROFILE_STORES: StoreName[] = ['log', 'items', 'derived', 'meta'];
/** What goes with events that leave. */
const REMOVAL_STORES: StoreName[] = [...PROFILE_STORES, 'checkpoints'];
const NOTHING: StoredProfile = {
  log: [],
  items: [],
  derived: null,
  settings: null,
  quarantined: 0,
  lastSequence: 0,
};
const UNSEEN: Seen = { sequence: 0, generation: null };

/**
 * Opens the database, or makes it.
 *
 * @param name - Name of the database.
 * @param options - Where, how long, how much.
 * @returns A store whose methods reject when the disk fails; `openStore` adds the fall to memory.
 * @throws {@link VitrineError} `STORE_BLOCKED` or `STORE_TIMEOUT`.
 */
export async function openIndexedDbStore(
  name: string,
  options: IndexedDbStoreOptions,
): Promise<ProfileStore> {
  const store = new IndexedDbStore(name, options);
  try {
    await store.open();
  } catch (error) {
    store.close();
    throw error;
  }
  return store;
}

/** The origin's database may come back with a profile that was erased while it did not work. */
function preparing({ backup, mode }: IndexedDbStoreOptions) {
  if (backup === undefined || mode === 'bucket') return undefined;
  return (database: Database): Promise<void> =>
    finishErasing(backup, 'database', async () => {
      const transaction = database.transaction([...STORE_NAMES], 'readwrite');
      await Promise.all([clearStores(transaction), transaction.done]);
    });
}

/** See {@link ProfileStore} for the methods, which reject when the disk fails. */
export class IndexedDbStore implements Disk, BackupSource {
  readonly mode: 'indexeddb' | 'bucket';
  readonly reason = null;
  readonly #name: string;
  readonly #factory: IDBFactory;
  readonly #openMs: number;
  readonly #retention: Retention;
  readonly #now: () => number;
  readonly #connection: Connection;
  readonly #guard: BackupGuard | null;
  #seen = UNSEEN;
  #isFound = false;
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Opens nothing yet.
   *
   * @param name - Name of the database.
   * @param options - Where, how long, how much.
   */
  constructor(name: string, options: IndexedDbStoreOptions) {
    this.#name = name;
    this.#factory = options.factory;
    this.#openMs = options.openMs ?? DEFAULT_OPEN_MS;
    this.#retention = options.retention ?? DEFAULT_RETENTION;
    this.#now = options.now ?? Date.now;
    this.#connection = new Connection(name, {
      factory: options.factory,
      openMs: this.#openMs,
      transactionMs: options.transactionMs ?? 10_000,
      faults: options.faults,
      prepare: preparing(options),
    });
    this.mode = options.mode ?? 'indexeddb';
    this.#guard = options.backup === undefined ? null : new BackupGuard(options.backup, this);
  }

  get adoptions(): number {
    return this.#guard?.adoptions ?? 0;
  }

  get restored(): Restored | null {
    return this.#guard?.restored ?? null;
  }

  /**
   * Opens the database if there is one; rejects with `STORE_BLOCKED` or `STORE_TIMEOUT`. Calling it
   * is not needed: every other method opens what it finds closed.
   */
  async open(): Promise<void> {
    await this.#isThere();
  }

  takeLate(): Promise<unknown> | null {
    return this.#connection.takeLate();
  }

  async load(): Promise<StoredProfile> {
    const profile = await this.#load();
    // A new visitor, or one whose database was wiped: found out beside the first feed. A part may
    // be lost as well, and what is asked of the network must not tell one visitor from another.
    if (profile.log.length === 0) void this.#guard?.save();
    else void this.#guard?.changed(0);
    return profile;
  }

  #load(): Promise<StoredProfile> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return NOTHING;
      const { raw, generation } = await this.#connection.run('readonly', PROFILE_STORES, readRows);
      const { profile, waste } = readProfile(raw, this.#retention, this.#now());
      const seen = await this.#clean(waste, generation);
      this.#seen = { sequence: profile.lastSequence, generation: seen };
      return profile;
    });
  }

  readLogAfter(sequence: number): Promise<LogTail> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return { records: [], items: [] };
      const tail = await this.#connection.run('readonly', PROFILE_STORES, (transaction) =>
        readTail(transaction, sequence),
      );
      this.#seen = {
        sequence: Math.max(this.#seen.sequence, tail.sequences.at(-1) ?? 0),
        generation: this.#seen.generation ?? tail.generation,
      };
      const { records } = readEntries(tail.sequences, tail.entries);
      return { records, items: readItems(tail.items) };
    });
  }

  async append(batch: AppendBatch): Promise<AppendResult> {
    let result: AppendResult;
    try {
      result = await this.#append(batch);
    } catch (error) {
      if (!isVitrineError(error) || error.code !== 'STORE_FULL') throw error;
      // The copy first: it takes room, and it would bring back what leaves now.
      await (this.#guard?.erasing(() => this.#halve()) ?? this.#halve());
      result = await this.#append(batch);
    }
    await this.#guard?.changed(batch.records.length);
    return result;
  }

  #append(batch: AppendBatch): Promise<AppendResult> {
    return this.#inTurn(async () => {
      this.#isFound = true;
      const { generation, ...result } = await this.#connection.run(
        'readwrite',
        PROFILE_STORES,
        (transaction) => appendRows(transaction, batch, this.#seen),
      );
      if (result.missed === 'nothing') {
        this.#seen = { sequence: result.lastSequence, generation };
      }
      return result;
    });
  }

  async saveSettings(settings: Settings): Promise<void> {
    await this.#inTurn(() => {
      this.#isFound = true;
      return this.#connection.run('readwrite', ['meta'], (transaction) =>
        writeSettings(transaction, settings),
      );
    });
    void this.#guard?.changed(0);
  }

  removeEvents(eventIds: readonly string[]): Promise<number> {
    if (eventIds.length === 0) return Promise.resolve(0);
    const remove = (): Promise<number> => this.#remove(eventIds);
    return this.#guard?.removing(eventIds, remove) ?? remove();
  }

  #remove(eventIds: readonly string[]): Promise<number> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return 0;
      const { removed, seen } = await this.#connection.run(
        'readwrite',
        REMOVAL_STORES,
        (transaction) => removeRows(transaction, eventIds, this.#seen),
      );
      this.#seen = seen;
      return removed;
    });
  }

  loadCheckpoints(): Promise<StoredCheckpoints> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return NO_CHECKPOINTS;
      return this.#connection.run('readonly', ['checkpoints'], readCheckpoints);
    });
  }

  saveCheckpoint(
    checkpoint: StoredCheckpoint | null,
    pointer: CheckpointPointer,
  ): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return false;
      return this.#connection.run('readwrite', ['checkpoints', 'meta'], (transaction) =>
        checkpointRows(transaction, checkpoint, pointer, this.#seen),
      );
    });
  }

  erase(): Promise<void> {
    return this.#guard?.erasing(() => this.#erase(), false) ?? this.#erase();
  }

  #erase(): Promise<void> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return;
      // Emptied first: a frozen tab can hold the deletion up for as long as it lives.
      const emptied = await this.#empty().then(
        () => true,
        () => false,
      );
      this.#connection.release();
      this.#seen = UNSEEN;
      this.#isFound = false;
      try {
        await deleteDatabase(this.#factory, this.#name, this.#openMs);
      } catch (error) {
        if (!emptied) throw error;
        // The content is gone, and the browser deletes the empty shell when it can.
      }
    });
  }

  async estimateBytes(): Promise<number | null> {
    try {
      if (!(await this.#isThere())) return 0;
      const { raw } = await this.#inTurn(() =>
        this.#connection.run('readonly', PROFILE_STORES, readRows),
      );
      const content = [raw.entries, raw.items, raw.derived, raw.settings];
      return new TextEncoder().encode(JSON.stringify(content)).length;
    } catch {
      return null; // a figure for a panel: no reason to give up the disk
    }
  }

  async flush(): Promise<void> {
    await this.#guard?.flush();
  }

  peek(): Promise<StoredProfile | null> {
    return this.#inTurn(async () => {
      if (!(await this.#isThere())) return null;
      const { raw } = await this.#connection.run('readonly', PROFILE_STORES, readRows);
      return readProfile(raw, this.#retention, this.#now()).profile;
    });
  }

  mend<T>(work: (transaction: Transaction<'readwrite'>) => Promise<T>): Promise<T> {
    return this.#inTurn(() => {
      this.#isFound = true;
      return this.#connection.run('readwrite', [...STORE_NAMES], work);
    });
  }

  close(): void {
    this.#guard?.close();
    this.#connection.close();
  }

  /** Makes room: the older half of the history goes. */
  #halve(): Promise<void> {
    return this.mend(dropOldest);
  }

  /**
   * Whether there is a database. Looking does not make one: a visitor who does nothing leaves
   * nothing, and after an erase nothing is left.
   */
  async #isThere(): Promise<boolean> {
    this.#isFound ||= await this.#connection.find();
    return this.#isFound;
  }

  /** A load must not fail because the disk is read-only or full: what it returns is right anyhow. */
  async #clean(waste: Waste, generation: string): Promise<string> {
    if (waste.sequences.length + waste.itemKeys.length === 0) return generation;
    try {
      return await this.#connection.run('readwrite', REMOVAL_STORES, (transaction) =>
        deleteWaste(transaction, waste, generation),
      );
    } catch (error) {
      if (error instanceof VitrineError && error.code === 'DISPOSED') throw error;
      return generation;
    }
  }

  #empty(): Promise<void> {
    return this.#connection.run('readwrite', [...STORE_NAMES], clearStores);
  }

  /** One call after the other, so that what this handle has seen is true when the next one asks. */
  #inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(call);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
