/**
 * Sees to it that a copy of the profile lies beside its database, because Chromium wipes a database
 * whose log has a torn end without a word (FAULTS 7). It only counts and waits its turn here; what
 * copies and mends is loaded when there is something to copy.
 *
 * @packageDocumentation
 */
import { withDeadline } from '../core/deadline.ts';
import { VitrineError } from '../core/errors.ts';
import type { Restored, StorageMode } from '../core/stats.ts';
import type { Transaction } from './connection.ts';
import type { Faults } from './faults.ts';
import { type Places, eraseBackup, underLock } from './places.ts';
import type { StoredProfile } from './profile-store.ts';
import type { Retention } from './retention.ts';
import { eraseOrNote } from './unfinished-erasures.ts';

/** Events without a copy at which one is made; some more may come while it is being written. */
const SAVE_AT = 3;
/** Most events that a page leaves without a copy when it goes, but for one call that brings more. */
const LEFT_BEHIND = 4;
/** Most acknowledged events without a copy: those of the page before, and as many of this one. */
const LOST_UP_TO = 8;
/** Milliseconds without events after which a copy is made. */
const QUIET_MS = 200;
/** Milliseconds that an event waits at most for a copy that is due. */
const ROOM_MS = 250;
/** Milliseconds for loading what copies; forgetting waits for it. */
const LOAD_MS = 3_000;
/** Milliseconds that forgetting and erasing wait for another tab's copying. */
const PATIENCE_MS = 1_500;
/** Copies that may fail in a row until none is made any more. */
const FAILURES = 3;

/** The database that is copied, and mended from its copy. */
export interface BackupSource {
  /** Which rung it is. */
  readonly mode: StorageMode;
  /** Reads everything and changes nothing; null without a database. */
  peek(): Promise<StoredProfile | null>;
  /** Runs work in one writing transaction over all stores; makes the database when there is none. */
  mend<T>(work: (transaction: Transaction<'readwrite'>) => Promise<T>): Promise<T>;
}

/** Copies and mends; see backup.ts. Every method runs under the lock. */
export interface Backup {
  /** Brings back what the source has lost, then copies it. Resolves to how many events came back. */
  save(isHeld: () => boolean): Promise<number>;
  /** Rewrites the copy without these events. */
  without(eventIds: readonly string[]): Promise<void>;
}

/** What a guard needs. */
export interface BackupGuardOptions {
  /** Name of the database. */
  readonly name: string;
  /** Where a copy may lie. */
  readonly places: Places;
  /** What stays in the log. */
  readonly retention: Retention;
  /** Clock. */
  readonly now: () => number;
  /** Told when events came back. */
  readonly onRestored: () => void;
  /** Loads what copies; null where no place for a copy can be used. */
  readonly open: (source: BackupSource, options: BackupGuardOptions) => Promise<Backup | null>;
  /** Steps that a test lets fail, default none. */
  readonly faults?: Faults | undefined;
}

/** Keeps one copy of one database. */
export class BackupGuard {
  readonly #options: BackupGuardOptions;
  readonly #source: BackupSource;
  #opening: Promise<Backup | null> | null = null;
  #saving: Promise<void> | null = null;
  #isWanted = false;
  #isOff: boolean;
  /** Those of the page before count: nobody knows how many it left. */
  #unsaved = LEFT_BEHIND;
  /** Most that are without a copy before an event waits; less once this page has made one. */
  #most = LOST_UP_TO;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restored: Restored | null = null;
  #adoptions = 0;

  /**
   * Does nothing yet.
   *
   * @param options - Where, whom to tell.
   * @param source - What is copied.
   */
  constructor(options: BackupGuardOptions, source: BackupSource) {
    this.#options = options;
    this.#source = source;
    const { buckets, directory } = options.places;
    this.#isOff = buckets === null && directory === null;
  }

  /** See `ProfileStore.restored`. */
  get restored(): Restored | null {
    return this.#restored;
  }

  /** How often events came back. */
  get adoptions(): number {
    return this.#adoptions;
  }

  /**
   * Takes note of a change; a copy is made when there were enough of them, or none for a while.
   *
   * @param numEvents - How many events were written; 0 for other changes.
   * @returns Null, or what the event must wait for so that not too many are without a copy.
   */
  changed(numEvents: number): Promise<unknown> | null {
    if (this.#isOff) return null;
    this.#unsaved += numEvents;
    clearTimeout(this.#timer);
    // What is no event can wait: nothing is copied beside the first feed.
    if (numEvents === 0 || this.#unsaved < SAVE_AT) {
      this.#timer = setTimeout(() => void this.save(), QUIET_MS);
      return null;
    }
    const saving = this.save();
    if (this.#unsaved <= this.#most || this.#opening === null) return null;
    return Promise.race([saving, new Promise((resolve) => setTimeout(resolve, ROOM_MS))]);
  }

  /** Copies now, or once more when that is going on. Never rejects. */
  save(): Promise<void> {
    this.#isWanted = true;
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  /** Copies now when something was changed since the last time. Never rejects. */
  async flush(): Promise<void> {
    if (this.#timer !== undefined) await this.save();
    else await this.#saving;
  }

  /**
   * Removes events from the copy, then from the database: they must not come back from there.
   *
   * @param eventIds - Which.
   * @param commit - Removes them from the database.
   * @returns What `commit` returned; rejects as it.
   */
  async removing<T>(eventIds: readonly string[], commit: () => Promise<T>): Promise<T> {
    if (this.#isOff) return commit();
    const backup = await this.#open().catch(() => undefined);
    return this.#underLock(async () => {
      try {
        if (backup === undefined) await this.#removeCopy();
        else await backup?.without(eventIds);
      } catch {
        // Better no copy than one that brings back what the visitor wants forgotten.
        await this.#removeCopy().catch(() => undefined);
      }
      return commit();
    }, PATIENCE_MS);
  }

  /**
   * Removes the copy, then the database. The other way round, a crash between the two would bring
   * back what was erased; this way it leaves the database, and nobody was told that it is gone.
   *
   * @param commit - Erases the database.
   * @param isAll - Whether a copy that cannot be removed keeps the database from going, as it would
   *   bring that back, default true.
   * @returns What `commit` returned; rejects as it, or with `STORE_FAILED` when the copy is still
   *   there, and with `isAll` then the database too.
   */
  async erasing<T>(commit: () => Promise<T>, isAll = true): Promise<T> {
    this.close();
    const { faults } = this.#options;
    return this.#underLock(async () => {
      faults?.at('erase.backup');
      const removing = this.#removeCopy();
      await (isAll ? removing : removing.catch(() => undefined));
      faults?.at('erase.database');
      const done = await commit();
      await removing;
      return done;
    }, PATIENCE_MS);
  }

  /** Copies no more, until something is changed again. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unsaved = 0;
    this.#isWanted = false;
  }

  #removeCopy(): Promise<void> {
    const { name, places } = this.#options;
    return eraseOrNote(this.#options, 'backup', () => eraseBackup(places, name));
  }

  async #saveAll(): Promise<void> {
    while (this.#isWanted && !this.#isOff) {
      this.#isWanted = false;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      const count = this.#unsaved;
      try {
        await this.#saveOnce();
        this.#unsaved = Math.max(0, this.#unsaved - count);
        this.#most = LEFT_BEHIND;
        this.#failures = 0;
      } catch {
        // A profile without a copy is what there was before; it must not keep the shop from going on.
        this.#failures += 1;
        this.#isOff = this.#failures === FAILURES;
      }
    }
  }

  async #saveOnce(): Promise<void> {
    const backup = await this.#open();
    if (backup === null) {
      this.#isOff = true;
      return;
    }
    const events = await this.#underLock((isHeld) => backup.save(isHeld));
    if (events === 0) return;
    this.#adoptions += 1;
    this.#restored = { events: (this.#restored?.events ?? 0) + events, lostUpTo: LOST_UP_TO };
    this.#options.onRestored();
  }

  async #open(): Promise<Backup | null> {
    this.#opening ??= withDeadline(
      this.#options.open(this.#source, this.#options),
      LOAD_MS,
      () => new VitrineError('STORE_TIMEOUT'),
    );
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }

  #underLock<T>(work: (isHeld: () => boolean) => Promise<T>, patienceMs?: number): Promise<T> {
    return underLock(this.#options.places.locks, this.#options.name, work, patienceMs);
  }
}
