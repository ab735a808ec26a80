/**
 * A store that turns itself into memory when the disk fails, and takes along everything that it has
 * loaded or written; back to the disk when that was only late. The engine holds this one only.
 *
 * @packageDocumentation
 */
import { VitrineError, type VitrineErrorCode, toVitrineError } from '../core/errors.ts';
import type { Restored, StorageMode } from '../core/stats.ts';
import type { Settings } from '../core/types.ts';
import {
  type CheckpointPointer,
  NO_CHECKPOINTS,
  type StoredCheckpoint,
  type StoredCheckpoints,
} from './checkpoints.ts';
import { type Coming, LateDisk, comingOf } from './late-disk.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import type {
  AppendBatch,
  AppendResult,
  Disk,
  LogTail,
  ProfileStore,
  StoreReason,
  StoredProfile,
} from './profile-store.ts';

/** What a {@link ResilientStore} is made of. */
export interface ResilientStoreOptions extends MemoryStoreOptions {
  /** The disk, or null to start in memory; `reason` says why it is not the first one. */
  readonly disk: Disk | null;
  /** Disks that did not open in time; adopted when they do. Default none. */
  readonly late?: Coming;
  /** Deletes what may lie in places other than `besides`'s; rejects when it cannot. */
  readonly deleteDisk: (besides: StorageMode) => Promise<void>;
  /** Told when the disk is given up. */
  readonly onFallback?: ((code: VitrineErrorCode) => void) | undefined;
}

/** Of a database that was broken all along: what is left is what it held before that. */
const REMNANT =
  'erase: All of this page, its tabs and the other places is gone. A database that the browser can ' +
  'neither open nor delete may still hold earlier visits: it is emptied before it is read again, and ' +
  'clearing the site’s data removes it now.';

/** Disk first, memory after a failure; see {@link ProfileStore} for the methods. */
export class ResilientStore implements ProfileStore {
  readonly #options: ResilientStoreOptions;
  readonly #memory: MemoryStore;
  #disk: Disk | null;
  #late: LateDisk | null = null;
  #reason: StoreReason;
  #hadDatabase: boolean;
  #adoptions = 0;
  #restored: Restored | null = null;
  #isClosed = false;

  /** @param options - Disk, memory and whom to tell. */
  constructor(options: ResilientStoreOptions) {
    this.#options = options;
    this.#memory = new MemoryStore(options);
    this.#disk = options.disk;
    this.#hadDatabase = options.disk?.mode === 'indexeddb';
    this.#reason = options.reason ?? null;
    if (options.late !== undefined) this.#await(options.late);
  }

  /** `memory` while there is no disk, or one that is not open yet. */
  get mode(): StorageMode {
    return this.#disk?.mode ?? 'memory';
  }

  /** Code of the disk's failure, or why the store did not begin on the first one. */
  get reason(): StoreReason {
    return this.#reason;
  }

  /** Grows in the turn in which `mode` is no longer `memory`, or events came back. */
  get adoptions(): number {
    return this.#adoptions + (this.#disk?.adoptions ?? 0);
  }

  /** Stays when the disk that they came back to fails. */
  get restored(): Restored | null {
    return this.#disk?.restored ?? this.#restored;
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
      (memory) => {
        this.#late?.append(batch);
        return memory.append(batch);
      },
    );
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.#first(
      async (disk) => {
        await disk.saveSettings(settings);
        await this.#memory.saveSettings(settings);
      },
      (memory) => {
        this.#late?.saveSettings(settings);
        return memory.saveSettings(settings);
      },
    );
  }

  removeEvents(eventIds: readonly string[]): Promise<number> {
    return this.#first(
      async (disk) => {
        const removed = await disk.removeEvents(eventIds);
        await this.#memory.removeEvents(eventIds);
        return removed;
      },
      (memory) => {
        this.#late?.removeEvents(eventIds);
        return memory.removeEvents(eventIds);
      },
    );
  }

  loadCheckpoints(): Promise<StoredCheckpoints> {
    return this.#first(
      async (disk) => {
        const checkpoints = await disk.loadCheckpoints();
        this.#memory.adoptCheckpoints(checkpoints);
        return checkpoints;
      },
      (memory) => memory.loadCheckpoints(),
    );
  }

  saveCheckpoint(
    checkpoint: StoredCheckpoint | null,
    pointer: CheckpointPointer,
  ): Promise<boolean> {
    return this.#first(
      async (disk) => {
        const isKept = await disk.saveCheckpoint(checkpoint, pointer);
        if (isKept) await this.#memory.saveCheckpoint(checkpoint, pointer);
        return isKept;
      },
      (memory) => memory.saveCheckpoint(checkpoint, pointer),
    );
  }

  async erase(): Promise<void> {
    this.#refuseWhenClosed();
    this.#stopWaiting();
    const disk = this.#disk;
    await this.#memory.erase();
    try {
      await disk?.erase();
    } catch (cause) {
      await this.#eraseFailed(disk as Disk, toVitrineError(cause, 'STORE_FAILED'));
      return;
    }
    await this.#deleteRest(this.mode);
  }

  estimateBytes(): Promise<number | null> {
    return (this.#disk ?? this.#memory).estimateBytes();
  }

  async flush(): Promise<void> {
    await this.#disk?.flush();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWaiting();
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

  /** Calls that failed together give the disk up once; it takes one by one, adoption comes last. */
  #fallBack(disk: Disk, error: unknown): void {
    if (this.#disk === null) return;
    const { code } = toVitrineError(error, 'STORE_FAILED');
    this.#adoptions = this.adoptions;
    this.#restored = this.restored;
    this.#disk = null;
    this.#reason = code;
    this.#await(comingOf(disk));
    try {
      this.#options.onFallback?.(code);
    } catch {
      // The listener's fault is not the store's: the visitor's event must still be kept.
    }
  }

  /** Takes the disk when it was only late, and closes it otherwise. */
  #await(coming: Coming): void {
    const opening = coming.next();
    if (opening === null) {
      coming.close();
      return;
    }
    const late = new LateDisk(coming, this.#options);
    this.#late = late;
    const onMoved = (disk: Disk, profile: StoredProfile): void => {
      this.#memory.adopt(profile);
      // The disk's own are read when they are asked for; the session's speak of other sequences.
      this.#memory.adoptCheckpoints(NO_CHECKPOINTS);
      this.#late = null;
      // Its own count goes on from what it was: this one must grow in any case.
      this.#adoptions += 1;
      this.#disk = disk;
      if (disk.mode !== 'indexeddb') return;
      this.#hadDatabase = true;
      this.#reason = null;
    };
    // Never rejects; when it fails the session stays in memory.
    void late.move(opening, onMoved).then((isMoved) => {
      if (!isMoved && this.#late === late) this.#late = null;
    });
  }

  /** What comes late must find nobody waiting. */
  #stopWaiting(): void {
    this.#late?.end();
    this.#late = null;
  }

  /** Without a handle the deletion can still be asked for; the browser does it when it can. */
  async #eraseFailed(disk: Disk, error: VitrineError): Promise<void> {
    this.#fallBack(disk, error);
    this.#stopWaiting();
    try {
      await this.#deleteRest('memory');
    } catch {
      throw error;
    }
  }

  async #deleteRest(besides: StorageMode): Promise<void> {
    try {
      await this.#options.deleteDisk(besides);
    } catch (cause) {
      const error = toVitrineError(cause, 'STORE_FAILED');
      if (this.#hadDatabase) throw error;
      // Where there never was a database and none may be, nothing is left.
      if (error.code !== 'STORE_BLOCKED') throw new VitrineError(error.code, REMNANT, { cause });
    }
  }
}
