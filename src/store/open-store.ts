/** The door of this room: consent and the browser decide which rung a profile stands on. */
import { type VitrineErrorCode, toVitrineError } from '../core/errors.ts';
import type { Consent, Settings } from '../core/types.ts';
import { deleteDatabase } from './delete-database.ts';
import { DEFAULT_OPEN_MS, openIndexedDbStore } from './indexeddb-store.ts';
import type { ProfileStore, StoredProfile } from './profile-store.ts';
import { ResilientStore } from './resilient-store.ts';
import { DEFAULT_RETENTION, type Retention } from './retention.ts';

/** Options of {@link openStore}. */
export interface OpenStoreOptions {
  /** Name of the database. */
  readonly name: string;
  /** Only `granted` touches the disk; `denied` deletes what lies there. */
  readonly consent: Consent;
  /** Milliseconds for opening or deleting, default 1,500. */
  readonly deadlineMs?: number;
  /** Told once when the profile has to live in memory for another reason than consent. */
  readonly onFallback?: (code: VitrineErrorCode) => void;
  /** Default `globalThis.indexedDB`; null stands for a browser without it. */
  readonly factory?: IDBFactory | null;
  /** What stays in the log, default {@link DEFAULT_RETENTION}. */
  readonly retention?: Retention;
  /** Clock for the retention, milliseconds since the epoch, default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Opens the profile: on disk with consent and where the browser lets us, else in memory with the
 * reason. Never rejects and never takes longer than the deadline.
 *
 * @param options - Name, consent, limits.
 * @returns A store that falls to memory by itself when the disk fails later.
 * @example (await openStore({ name: 'vitrine', consent: 'unknown' })).reason // 'CONSENT'
 */
export async function openStore(options: OpenStoreOptions): Promise<ProfileStore> {
  const { name, consent, onFallback } = options;
  const deadlineMs = options.deadlineMs ?? DEFAULT_OPEN_MS;
  const factory = options.factory === undefined ? findFactory() : options.factory;
  const retention = options.retention ?? DEFAULT_RETENTION;
  const now = options.now ?? Date.now;
  const deleteDisk = async (): Promise<void> => {
    if (factory !== null) await deleteDatabase(factory, name, deadlineMs);
  };
  const rest = { deleteDisk, onFallback, retention, now };
  if (consent !== 'granted') {
    // Past the deadline the browser still deletes; there is nothing else to try without a handle.
    if (consent === 'denied') await deleteDisk().catch(() => undefined);
    return new ResilientStore({ ...rest, disk: null, reason: 'CONSENT' });
  }
  let code: VitrineErrorCode = 'STORE_BLOCKED';
  if (factory !== null) {
    try {
      const limits = { factory, openMs: deadlineMs, retention, now };
      return new ResilientStore({ ...rest, disk: await openIndexedDbStore(name, limits) });
    } catch (error) {
      code = toVitrineError(error, 'STORE_BLOCKED').code;
    }
  }
  tell(onFallback, code);
  return new ResilientStore({ ...rest, disk: null, reason: code });
}

/**
 * Moves a session that began in memory to disk, once the visitor has agreed. Events that are there
 * already are not doubled. On disk the older seed stays; follows and blocks of the session win.
 *
 * @param memory - Where the session was kept; left as it is.
 * @param disk - Where it goes.
 * @returns What the disk holds afterwards; `derived` is null when both sides had events.
 * @throws {@link VitrineError} As the methods of `disk`.
 */
export async function promote(memory: ProfileStore, disk: ProfileStore): Promise<StoredProfile> {
  const session = await memory.load();
  const before = await disk.load();
  const derived = before.log.length === 0 ? session.derived : null;
  if (session.log.length > 0) {
    await disk.append({ records: session.log, items: session.items, derived });
  }
  if (session.settings !== null) {
    await disk.saveSettings(mergeSettings(before.settings, session.settings));
  }
  return disk.load();
}

function mergeSettings(older: Settings | null, newer: Settings): Settings {
  if (older === null) return newer;
  const union = (kept: readonly string[], added: readonly string[], against: readonly string[]) => [
    ...new Set([...kept.filter((id) => !against.includes(id)), ...added]),
  ];
  return {
    seed: older.seed,
    followed: union(older.followed, newer.followed, newer.blocked),
    blocked: union(older.blocked, newer.blocked, newer.followed),
  };
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
