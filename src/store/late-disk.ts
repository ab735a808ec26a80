/**
 * A session in memory whose disk is still being opened (FAULTS S8). It keeps only what the disk has
 * not been given, so that nothing comes back which another tab has erased from there meanwhile.
 *
 * @packageDocumentation
 */
import type { Settings } from '../core/types.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import type { AppendBatch, Disk, StoredProfile } from './profile-store.ts';
import { mergeSettings } from './promote.ts';

/** Disks that may still come. */
export interface Coming {
  /** Hands over, once each, what is being opened; null when nothing is. */
  next(): Promise<Disk> | null;
  /** From now on none is wanted: what is being opened closes when it comes. */
  close(): void;
}

/**
 * A disk that may be late.
 *
 * @param disk - Still being opened, or not.
 * @returns It alone.
 */
export function comingOf(disk: Disk): Coming {
  return {
    next: () => disk.takeLate()?.then(() => disk) ?? null,
    close: () => disk.close(),
  };
}

/** What was done since the disk was last there, until it is there again. */
export class LateDisk {
  readonly #coming: Coming;
  readonly #unsaved: MemoryStore;
  readonly #removed = new Set<string>();
  #disk: Disk | null = null;
  #found: StoredProfile | undefined;
  #changes = 0;
  #isOver = false;

  /**
   * @param coming - Still being opened; closed when that fails.
   * @param options - Retention and clock of the session.
   */
  constructor(coming: Coming, options: MemoryStoreOptions) {
    this.#coming = coming;
    this.#unsaved = new MemoryStore(options);
  }

  /** Notes events; their derived state leaves out what the disk holds, so it is not kept. */
  append(batch: AppendBatch): void {
    this.#changes += 1;
    void this.#unsaved.append({ ...batch, derived: null });
  }

  /** Notes the visitor's choices. */
  saveSettings(settings: Settings): void {
    this.#changes += 1;
    void this.#unsaved.saveSettings(settings);
  }

  /** Notes events to be removed; they may be on disk already. */
  removeEvents(eventIds: readonly string[]): void {
    this.#changes += 1;
    for (const eventId of eventIds) this.#removed.add(eventId);
    void this.#unsaved.removeEvents(eventIds);
  }

  /** From now on nothing is written, also when the disk comes. */
  end(): void {
    this.#isOver = true;
    this.#disk?.close();
    this.#coming.close();
  }

  /**
   * Waits for the disk without a limit, and writes what was noted.
   *
   * @param late - The opening that is waited for.
   * @param onMoved - Called in the very turn in which the disk holds everything, with what it holds:
   *   what is done from then on must be done there.
   * @returns Whether that happened; false after `end` or when the disk fails.
   */
  async move(
    late: Promise<Disk>,
    onMoved: (disk: Disk, profile: StoredProfile) => void,
  ): Promise<boolean> {
    for (let opening: Promise<Disk> | null = late; opening !== null && !this.#isOver;) {
      try {
        const disk = await opening;
        if (disk !== this.#disk) this.#found = undefined;
        this.#disk = disk;
        await this.#writeAll(disk, onMoved);
        return !this.#isOver;
      } catch {
        // A transaction that failed is the end; another opening that is late is waited for.
        opening = this.#coming.next();
      }
    }
    this.end();
    return false;
  }

  /** Visitors go on while it writes: again, until nothing has changed in between. */
  async #writeAll(
    disk: Disk,
    onMoved: (disk: Disk, profile: StoredProfile) => void,
  ): Promise<void> {
    while (!this.#isOver) {
      const changes = this.#changes;
      const profile = await this.#write(disk);
      if (changes !== this.#changes || this.#isOver) continue;
      onMoved(disk, profile);
      return;
    }
    disk.close();
  }

  async #write(disk: Disk): Promise<StoredProfile> {
    const { log, items, settings } = await this.#unsaved.load();
    // Of the first time: the later ones find this session's own choices there.
    this.#found ??= await disk.load();
    if (log.length > 0) await disk.append({ records: log, items, derived: null });
    if (settings !== null) {
      await disk.saveSettings(mergeSettings(this.#found.settings, settings));
    }
    if (this.#removed.size > 0) await disk.removeEvents([...this.#removed]);
    return disk.load();
  }
}
