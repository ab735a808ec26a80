/** The door of this room: consent and the browser decide which rung a profile stands on. */
import { type VitrineErrorCode, toVitrineError } from '../core/errors.ts';
import type { Consent } from '../core/types.ts';
import { deleteDatabase } from './delete-database.ts';
import { DEFAULT_OPEN_MS, IndexedDbStore } from './indexeddb-store.ts';
import type { ProfileStore } from './profile-store.ts';
import { ResilientStore } from './resilient-store.ts';
import { DEFAULT_RETENTION, type Retention } from './retention.ts';

export { promote } from './promote.ts';

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
 * reason. Never rejects and never takes longer than the deadline; a disk that opens after it takes
 * the session over (see {@link ProfileStore} `adoptions`).
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
  if (factory === null) {
    tell(onFallback, 'STORE_BLOCKED');
    return new ResilientStore({ ...rest, disk: null, reason: 'STORE_BLOCKED' });
  }
  const disk = new IndexedDbStore(name, { factory, openMs: deadlineMs, retention, now });
  try {
    await disk.open();
    return new ResilientStore({ ...rest, disk });
  } catch (error) {
    const { code } = toVitrineError(error, 'STORE_BLOCKED');
    tell(onFallback, code);
    return new ResilientStore({ ...rest, disk: null, reason: code, late: disk });
  }
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
