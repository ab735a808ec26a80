/** The door of this room: consent and the browser decide which rung a profile stands on. */
import { withDeadline } from '../core/deadline.ts';
import { VitrineError, type VitrineErrorCode, toVitrineError } from '../core/errors.ts';
import type { StorageMode } from '../core/stats.ts';
import type { Consent } from '../core/types.ts';
import type { BackupGuardOptions } from './backup-guard.ts';
import { deleteDatabase, isForbidden } from './delete-database.ts';
import type { Faults } from './faults.ts';
import { type ComingRungs, comingRungs } from './coming-rungs.ts';
import { DEFAULT_OPEN_MS, IndexedDbStore } from './indexeddb-store.ts';
import { type Places, eraseBackup, eraseBucket, findPlaces, underLock } from './places.ts';
import type { ProfileStore } from './profile-store.ts';
import { ResilientStore } from './resilient-store.ts';
import { DEFAULT_RETENTION, type Retention } from './retention.ts';
import { eraseOrNote } from './unfinished-erasures.ts';

export { promote } from './promote.ts';

const NOWHERE = { directory: null, buckets: null } as const;

/** Options of {@link openStore}. */
export interface OpenStoreOptions {
  /** Name of the database. */
  readonly name: string;
  /** Only `granted` touches the disk; `denied` deletes what lies there. */
  readonly consent: Consent;
  /** Milliseconds for opening or deleting, all rungs together, default 1,500. */
  readonly deadlineMs?: number;
  /**
   * Told when the profile has to live elsewhere than in the origin's database for another reason
   * than consent, and, by `STORE_RESTORED`, when events came back that the browser had lost.
   */
  readonly onFallback?: (code: VitrineErrorCode) => void;
  /** Default `globalThis.indexedDB`; null stands for a browser without it. */
  readonly factory?: IDBFactory | null;
  /** Where else a profile and its copy can lie, default what the browser offers. */
  readonly places?: Places;
  /** What stays in the log, default {@link DEFAULT_RETENTION}. */
  readonly retention?: Retention;
  /** Clock for the retention, milliseconds since the epoch, default `Date.now`. */
  readonly now?: () => number;
  /** Milliseconds after which a late database is given up for the next rung, default 10,000. */
  readonly patienceMs?: number;
  /** Steps that a test lets fail, default none. */
  readonly faults?: Faults;
}

/**
 * Opens the profile: in the origin's database with consent and where the browser lets us, else in a
 * storage bucket, else in a file, else in memory, with the reason. Never rejects and never takes
 * longer than the deadline; a disk that opens after it takes the session over (see
 * {@link ProfileStore} `adoptions`).
 *
 * @param options - Name, consent, limits.
 * @returns A store that falls to memory by itself when the disk fails later.
 * @example (await openStore({ name: 'vitrine', consent: 'unknown' })).reason // 'CONSENT'
 */
export async function openStore(options: OpenStoreOptions): Promise<ProfileStore> {
  const { consent, onFallback } = options;
  const deadlineMs = options.deadlineMs ?? DEFAULT_OPEN_MS;
  const factory = options.factory === undefined ? findFactory() : options.factory;
  const copying = copyingOf(options);
  const { now, retention } = copying;
  const deleteDisk = deletionOf(copying, factory, deadlineMs);
  const rest = { deleteDisk, onFallback, retention, now };
  if (consent !== 'granted') {
    // Past the deadline the browser still deletes; there is nothing else to try without a handle.
    if (consent === 'denied') await within(deleteDisk('memory'), deadlineMs);
    return new ResilientStore({ ...rest, disk: null, reason: 'CONSENT' });
  }
  const opened = await openFirst(options, factory, copying);
  if (opened instanceof IndexedDbStore) return new ResilientStore({ ...rest, disk: opened });
  const { late, leftMs, reason } = opened;
  tell(onFallback, reason);
  const below = reason === 'STORE_TIMEOUT' || leftMs < 1 ? null : late.below();
  const disk = below && (await within(below, leftMs));
  if (disk === null) return new ResilientStore({ ...rest, disk, reason, late });
  return new ResilientStore({ ...rest, disk, reason });
}

/** The first rung, or why it did not open, what may come instead, and what is left of the deadline. */
async function openFirst(
  options: OpenStoreOptions,
  factory: IDBFactory | null,
  backup: BackupGuardOptions,
): Promise<IndexedDbStore | { reason: VitrineErrorCode; late: ComingRungs; leftMs: number }> {
  const { deadlineMs: openMs = DEFAULT_OPEN_MS, faults, name } = options;
  const { now, retention } = backup;
  const begun = performance.now();
  let disk: IndexedDbStore | null = null;
  try {
    if (factory === null) throw new VitrineError('STORE_BLOCKED');
    disk = new IndexedDbStore(name, { factory, openMs, retention, now, faults, backup });
    await disk.open();
    return disk;
  } catch (error) {
    const { code: reason } = toVitrineError(error, 'STORE_BLOCKED');
    // A visitor's own wish holds for every place; a bucket's database would not even answer.
    const places = isForbidden(error) ? { ...backup.places, ...NOWHERE } : backup.places;
    const late = comingRungs(disk, { ...backup, places }, options);
    return { reason, late, leftMs: openMs - (performance.now() - begun) };
  }
}

/** How the profile is copied. */
function copyingOf(options: OpenStoreOptions): BackupGuardOptions {
  return {
    name: options.name,
    places: options.places ?? findPlaces(),
    retention: options.retention ?? DEFAULT_RETENTION,
    now: options.now ?? Date.now,
    onRestored: () => tell(options.onFallback, 'STORE_RESTORED'),
    open: async (...args) => (await import('./below.ts')).openBackup(...args),
    faults: options.faults,
  };
}

/** Deletes every place that the disk in use does not see to itself. */
function deletionOf(
  copying: BackupGuardOptions,
  factory: IDBFactory | null,
  ms: number,
): (besides: StorageMode) => Promise<void> {
  const { faults, name, places } = copying;
  const eraseDatabase = async (): Promise<void> => {
    faults?.at('erase.database');
    if (factory === null) throw new VitrineError('STORE_BLOCKED');
    await deleteDatabase(factory, name, ms);
  };
  const eraseCopy = async (): Promise<void> => {
    faults?.at('erase.backup');
    await eraseBackup(places, name);
  };
  const deleteAll = async (besides: StorageMode): Promise<void> => {
    // First, or a crash would leave a copy that brings the database back. What cannot be deleted
    // keeps nothing else from going.
    const deleted = await Promise.allSettled([
      besides === 'memory' && eraseOrNote(copying, 'backup', eraseCopy),
      besides !== 'bucket' && eraseOrNote(copying, 'bucket', () => eraseBucket(places, name)),
    ]);
    if (besides !== 'indexeddb') await eraseOrNote(copying, 'database', eraseDatabase);
    for (const step of deleted) if (step.status === 'rejected') throw step.reason;
  };
  // Half of the time for a tab that copies, half for the deletion.
  return (besides) => underLock(places.locks, name, () => deleteAll(besides), ms / 2);
}

/** What came in time; null for what failed or is late. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const late = (): VitrineError => new VitrineError('STORE_TIMEOUT');
  return withDeadline(work, ms, late).catch(() => null);
}

/** In a sandboxed frame and with cookies blocked, the getter itself throws. */
function findFactory(): IDBFactory | null {
  try {
    return globalThis.indexedDB ?? null;
  } catch {
    return null; // the same as a browser without it
  }
}

function tell(listener: OpenStoreOptions['onFallback'], code: VitrineErrorCode): void {
  try {
    listener?.(code);
  } catch {
    // The listener's fault must not keep the profile from opening.
  }
}
