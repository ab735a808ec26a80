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

/** What was done since the disk was last there, until it is there again. */
export class LateDisk {
  readonly #disk: Disk;
  readonly #unsaved: MemoryStore;
  readonly #removed = new Set<string>();
  #found: StoredProfile | undefined;
  #changes = 0;
  #isOver = false;

  /**
   * @param disk - Still being opened; closed when that fails.
   * @param options - Retention and clock of the session.
   */
  constructor(disk: Disk, options: MemoryStoreOptions) {
    this.#disk = disk;
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
    this.#disk.close();
  }

  /**
   * Waits for the disk without a limit, and writes what was noted.
   *
   * @param late - The opening that is waited for.
   * @param onMoved - Called in the very turn in which the disk holds everything, with what it holds:
   *   what is done from then on must be done there.
   * @returns Whether that happened; false after `end` or when the disk fails.
   */
  async move(late: Promise<unknown>, onMoved: (profile: StoredProfile) => void): Promise<boolean> {
    for (let opening: Promise<unknown> | null = late; opening !== null && !this.#isOver;) {
      try {
        await opening;
        await this.#writeAll(onMoved);
        return !this.#isOver;
      } catch {
        // A transaction that failed is the end; another opening that is late is waited for.
        opening = this.#disk.takeLate();
      }
    }
    this.end();
    return false;
  }

  /** Visitors go on while it writes: again, until nothing has changed in between. */
  async #writeAll(onMoved: (profile: StoredProfile) => void): Promise<void> {
    let changes: number;
    let profile: StoredProfile;
    do {
      changes = this.#changes;
      profile = await this.#write();
    } while (changes !== this.#changes && !this.#isOver);
    if (!this.#isOver) onMoved(profile);
  }

  async #write(): Promise<StoredProfile> {
    const { log, items, settings } = await this.#unsaved.load();
    // Of the first time: the later ones find this session's own choices there.
    this.#found ??= await this.#disk.load();
    if (log.length > 0) await this.#disk.append({ records: log, items, derived: null });
    if (settings !== null) {
      await this.#disk.saveSettings(mergeSettings(this.#found.settings, settings));
    }
    if (this.#removed.size > 0) await this.#disk.removeEvents([...this.#removed]);
    return this.#disk.load();
  }
}
