/**
 * The third rung: no database opens, but files can be written. The copy is the store: each call
 * reads what other tabs wrote, changes it in memory and writes it again, all under the lock, and
 * resolves when the file is closed.
 *
 * @packageDocumentation
 */
import { VitrineError, toVitrineError } from '../core/errors.ts';
import type { Settings } from '../core/types.ts';
import type { Snapshot } from './backup-format.ts';
import type { CheckpointPointer, StoredCheckpoint, StoredCheckpoints } from './checkpoints.ts';
import type { Copies } from './copies.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import { type Places, underLock } from './places.ts';
import type { AppendBatch, AppendResult, Disk, LogTail, StoredProfile } from './profile-store.ts';

/** What a {@link SnapshotDisk} needs. */
export interface SnapshotDiskOptions extends MemoryStoreOptions {
  /** Name of the database that it stands for. */
  readonly name: string;
  /** What the browser offers. */
  readonly places: Places;
  /** Where the copies lie. */
  readonly copies: Copies;
}

/** See {@link Disk} for the methods, which reject when the file cannot be written. */
export class SnapshotDisk implements Disk {
  readonly mode = 'opfs';
  readonly reason = null;
  readonly adoptions = 0;
  readonly restored = null;
  readonly #options: SnapshotDiskOptions;
  readonly #memory: MemoryStore;
  #seen = 0;
  #removed: readonly string[] = [];
  #isClosed = false;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param options - Where, how much. */
  constructor(options: SnapshotDiskOptions) {
    this.#options = options;
    this.#memory = new MemoryStore(options);
  }

  /** Never late: what it lies on was found before it was made. */
  takeLate(): null {
    return null;
  }

  load(): Promise<StoredProfile> {
    return this.#inTurn(() => this.#memory.load());
  }

  readLogAfter(sequence: number): Promise<LogTail> {
    return this.#inTurn(() => this.#memory.readLogAfter(sequence));
  }

  append(batch: AppendBatch): Promise<AppendResult> {
    return this.#inTurn(async (isOwn) => {
      const derived = isOwn ? batch.derived : null;
      const { lastSequence } = await this.#memory.append({ ...batch, derived });
      await this.#write();
      // What another tab wrote may have left events out as well as added some: read it all.
      return { lastSequence, missed: isOwn ? 'nothing' : 'removed' };
    });
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.#inTurn(async () => {
      await this.#memory.saveSettings(settings);
      await this.#write();
    });
  }

  removeEvents(eventIds: readonly string[]): Promise<number> {
    return this.#inTurn(async () => {
      const removed = await this.#memory.removeEvents(eventIds);
      // Also those that only the database holds which cannot be opened now.
      this.#removed = [...this.#removed, ...eventIds];
      if (eventIds.length > 0) this.#seen = await this.#options.copies.writeOnly(await this.#all());
      return removed;
    });
  }

  loadCheckpoints(): Promise<StoredCheckpoints> {
    return this.#memory.loadCheckpoints();
  }

  /** What was learned lasts as long as the page: it follows from the log. */
  saveCheckpoint(
    checkpoint: StoredCheckpoint | null,
    pointer: CheckpointPointer,
  ): Promise<boolean> {
    return this.#memory.saveCheckpoint(checkpoint, pointer);
  }

  erase(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#options.copies.remove();
      await this.#memory.erase();
      this.#seen = 0;
      this.#removed = [];
    });
  }

  estimateBytes(): Promise<number | null> {
    return this.#memory.estimateBytes();
  }

  async flush(): Promise<void> {
    await this.#turn; // each call writes before it resolves
  }

  close(): void {
    this.#isClosed = true;
  }

  async #write(): Promise<void> {
    this.#seen = await this.#options.copies.write(await this.#all());
  }

  async #all(): Promise<Snapshot> {
    const { log, items, lastSequence, settings } = await this.#memory.load();
    return { log, items, lastSequence, settings, removed: this.#removed };
  }

  /** Whether the newest copy is the one that this handle has seen; if not, it is taken over. */
  async #look(): Promise<boolean> {
    const { isLater, sequence, snapshot } = await this.#options.copies.look();
    if (isLater) throw new VitrineError('STORE_BLOCKED', 'A later release wrote the copy.');
    if (sequence === this.#seen) return true;
    const { log = [], items = [], lastSequence = 0, settings = null } = snapshot ?? {};
    const last = Math.max(lastSequence, log.length);
    const profile = { log, items, settings, derived: null, quarantined: 0, lastSequence: last };
    this.#memory.adopt(profile);
    this.#removed = snapshot?.removed ?? [];
    this.#seen = sequence;
    return false;
  }

  #inTurn<T>(call: (isOwn: boolean) => Promise<T>): Promise<T> {
    const { name, places } = this.#options;
    const run = async (): Promise<T> => {
      if (this.#isClosed) throw new VitrineError('DISPOSED');
      try {
        return await underLock(places.locks, name, async () => call(await this.#look()));
      } catch (error) {
        // Memory may hold what the file does not: read it again before the next call.
        this.#seen = -1;
        throw toVitrineError(error, 'STORE_FAILED');
      }
    };
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
