/**
 * A store that turns itself into memory when the disk fails for good, and takes along everything
 * that it has loaded or written. The engine holds this one only.
 *
 * @packageDocumentation
 */
import { VitrineError, type VitrineErrorCode, toVitrineError } from '../core/errors.ts';
import type { Settings } from '../core/types.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import type {
  AppendBatch,
  AppendResult,
  LogTail,
  ProfileStore,
  StoreMode,
  StoreReason,
  StoredProfile,
} from './profile-store.ts';

/** What a {@link ResilientStore} is made of. */
export interface ResilientStoreOptions extends MemoryStoreOptions {
  /** The disk, or null to start in memory for `reason`. */
  readonly disk: ProfileStore | null;
  /** Deletes what may lie on disk while the store is in memory; rejects when it cannot. */
  readonly deleteDisk: () => Promise<void>;
  /** Told once, when the disk is given up. */
  readonly onFallback?: ((code: VitrineErrorCode) => void) | undefined;
}

/** Disk first, memory from the first failure on; see {@link ProfileStore} for the methods. */
export class ResilientStore implements ProfileStore {
  readonly #memory: MemoryStore;
  readonly #deleteDisk: () => Promise<void>;
  readonly #onFallback: (code: VitrineErrorCode) => void;
  #disk: ProfileStore | null;
  #reason: StoreReason;
  #isClosed = false;

  /** @param options - Disk, memory and whom to tell. */
  constructor(options: ResilientStoreOptions) {
    this.#memory = new MemoryStore(options);
    this.#deleteDisk = options.deleteDisk;
    this.#onFallback = options.onFallback ?? (() => undefined);
    this.#disk = options.disk;
    this.#reason = options.disk === null ? (options.reason ?? null) : null;
  }

  /** `memory` from the first failure of the disk on. */
  get mode(): StoreMode {
    return this.#disk === null ? 'memory' : 'indexeddb';
  }

  /** Code of that failure, or why the store began in memory. */
  get reason(): StoreReason {
    return this.#reason;
  }

  load(): Promise<StoredProfile> {
    return this.#first(
      async (disk) => {
        const profile = await disk.load();
        this.#memory.adopt(profile);
        return profile;
      },
      (memory) => memory.load(),
    );
  }

  readLogAfter(sequence: number): Promise<LogTail> {
    return this.#first(
      async (disk) => {
        const tail = await disk.readLogAfter(sequence);
        this.#memory.mirrorTail(tail);
        return tail;
      },
      (memory) => memory.readLogAfter(sequence),
    );
  }

  append(batch: AppendBatch): Promise<AppendResult> {
    return this.#first(
      async (disk) => {
        const result = await disk.append(batch);
        const derived = result.missed === 'nothing' ? batch.derived : null;
        this.#memory.mirror({ ...batch, derived }, result.lastSequence);
        return result;
      },
      (memory) => memory.append(batch),
    );
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.#first(
      async (disk) => {
        await disk.saveSettings(settings);
        await this.#memory.saveSettings(settings);
      },
      (memory) => memory.saveSettings(settings),
    );
  }

  removeEvents(eventIds: readonly string[]): Promise<number> {
    return this.#first(
      async (disk) => {
        const removed = await disk.removeEvents(eventIds);
        await this.#memory.removeEvents(eventIds);
        return removed;
      },
      (memory) => memory.removeEvents(eventIds),
    );
  }

  async erase(): Promise<void> {
    this.#refuseWhenClosed();
    await this.#memory.erase();
    const disk = this.#disk;
    try {
      await (disk === null ? this.#deleteDisk() : disk.erase());
    } catch (error) {
      if (disk !== null) this.#fallBack(disk, error);
      throw toVitrineError(error, 'STORE_FAILED');
    }
  }

  estimateBytes(): Promise<number | null> {
    return (this.#disk ?? this.#memory).estimateBytes();
  }

  close(): void {
    this.#isClosed = true;
    this.#disk?.close();
  }

  async #first<T>(
    onDisk: (disk: ProfileStore) => Promise<T>,
    inMemory: (memory: MemoryStore) => Promise<T>,
  ): Promise<T> {
    this.#refuseWhenClosed();
    const disk = this.#disk;
    if (disk !== null) {
      try {
        return await onDisk(disk);
      } catch (error) {
        this.#refuseWhenClosed();
        this.#fallBack(disk, error);
      }
    }
    return inMemory(this.#memory);
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new VitrineError('DISPOSED');
  }

  /** Calls that failed together give the disk up once. */
  #fallBack(disk: ProfileStore, error: unknown): void {
    if (this.#disk === null) return;
    const { code } = toVitrineError(error, 'STORE_FAILED');
    this.#disk = null;
    this.#reason = code;
    disk.close();
    try {
      this.#onFallback(code);
    } catch {
      // The listener's fault is not the store's: the visitor's event must still be kept.
    }
  }
}
