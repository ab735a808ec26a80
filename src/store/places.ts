/**
 * Where a profile can lie besides the origin's database, and how that is wiped. Each place is
 * optional: Firefox refuses the file system in private windows, WebKitGTK has none, buckets are
 * Chromium's.
 *
 * In the worker's first file: nothing must be fetched to erase.
 *
 * @packageDocumentation
 */
import { VitrineError, toVitrineError } from '../core/errors.ts';

/** The part of `navigator.storageBuckets` that is used; TypeScript's library lacks it. */
export interface Buckets {
  /** Opens a bucket, or makes it. */
  open(name: string): Promise<{ readonly indexedDB: IDBFactory }>;
  /** Deletes a bucket with all that is in it; one that does not exist counts as deleted. */
  delete(name: string): Promise<void>;
  /** Names of the buckets that exist. */
  keys(): Promise<readonly string[]>;
}

/** What this browser offers; null where it does not. */
export interface Places {
  /** Root of the origin's private file system. */
  readonly directory: (() => Promise<FileSystemDirectoryHandle>) | null;
  /** Storage buckets. */
  readonly buckets: Buckets | null;
  /** Locks that all tabs share. */
  readonly locks: Pick<LockManager, 'request'> | null;
  /** Caches, which do not depend on databases. */
  readonly caches: Pick<CacheStorage, 'delete' | 'has' | 'open'> | null;
}

/** What a place without the thing looked for says, or one that may not be used at all. */
const ABSENT: ReadonlySet<string> = new Set(['NotFoundError', 'SecurityError']);

/**
 * Looks which places there are.
 *
 * @returns Those of this thread; all null on an insecure page, and in Node.
 */
export function findPlaces(): Places {
  const { navigator } = globalThis;
  return {
    directory: offered(() =>
      'getDirectory' in navigator.storage ? () => navigator.storage.getDirectory() : null,
    ),
    buckets: offered(
      () => (navigator as unknown as { storageBuckets?: Buckets }).storageBuckets ?? null,
    ),
    locks: offered(() => navigator.locks ?? null),
    caches: offered(() => globalThis.caches ?? null),
  };
}

/** In a sandboxed frame the getters throw, and on an insecure page what they are of is missing. */
function offered<T>(get: () => T | null): T | null {
  try {
    return get();
  } catch {
    return null;
  }
}

/**
 * Name of a database's bucket and folder: buckets allow a-z, 0-9, `-` and `_`, 64 characters.
 *
 * @param name - Of the database.
 * @returns Different for different names of up to 10 characters at least; each place also says
 *   inside whose it is.
 * @example keyOf('My shop') // 'vitrine-_4dy_20shop'
 */
export function keyOf(name: string): string {
  const plain = name.replace(/[^a-z\d-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}`);
  return `vitrine-${plain.slice(0, 48)}`;
}

/**
 * Opens the folder that all copies of a database lie in.
 *
 * @param places - What the browser offers.
 * @returns The root of the file system; null where there is none or it may not be used.
 */
export async function openRoot(places: Places): Promise<FileSystemDirectoryHandle | null> {
  try {
    return (await places.directory?.()) ?? null;
  } catch {
    return null; // a private window of Firefox: the same as a browser without it
  }
}

/**
 * Removes the copy of a database, wherever it lies.
 *
 * @param places - What the browser offers.
 * @param name - Of the database.
 * @throws {@link VitrineError} `STORE_FAILED` when something may be left, `STORE_BLOCKED` when there are
 *   files that do not even open now.
 */
export async function eraseBackup(places: Places, name: string): Promise<void> {
  const key = keyOf(name);
  const { buckets, directory } = places;
  let isOpen = true;
  const root = await directory?.().catch((error: unknown) => {
    isOpen = isAbsent(error);
    return null;
  });
  await absent(root?.removeEntry(key, { recursive: true }));
  await absent(buckets?.delete(`${key}-backup`));
  if (!isOpen) throw new VitrineError('STORE_BLOCKED');
}

/**
 * Removes the bucket that a database may have moved to.
 *
 * @param places - What the browser offers.
 * @param name - Of the database.
 * @throws {@link VitrineError} `STORE_FAILED` when something may be left.
 */
export async function eraseBucket(places: Places, name: string): Promise<void> {
  await absent(places.buckets?.delete(keyOf(name)));
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && ABSENT.has(error.name);
}

async function absent(removing: Promise<void> | undefined): Promise<void> {
  try {
    await removing;
  } catch (error) {
    if (!isAbsent(error)) throw toVitrineError(error, 'STORE_FAILED');
  }
}

/**
 * Runs work while no other tab touches the copies. A tab that was frozen with the lock in its hand
 * can lose it after a while: erasing must not wait for it.
 *
 * @param locks - Null on insecure pages, where there are no copies either: the work just runs.
 * @param name - Of the database.
 * @param work - Gets a function that says whether the lock is still held.
 * @param patienceMs - After how long the lock is taken by force, default never.
 * @returns What the work returned; rejects as the work.
 */
export async function underLock<T>(
  locks: Places['locks'],
  name: string,
  work: (isHeld: () => boolean) => Promise<T>,
  patienceMs?: number,
): Promise<T> {
  let isHeld = true;
  let running: Promise<T> | undefined;
  const run = (): Promise<T> => (running ??= work(() => isHeld));
  const key = `vitrine:${name}:backup`;
  const waiting = new AbortController();
  const timer = patienceMs && setTimeout(() => waiting.abort(), patienceMs);
  try {
    await locks?.request(key, { signal: waiting.signal }, run);
  } catch {
    // Begun already: it failed, or its lock was stolen. Else it was waited for in vain.
    isHeld = running === undefined;
    if (isHeld) await locks?.request(key, { steal: true }, run).catch(() => undefined);
  } finally {
    clearTimeout(timer);
  }
  return run();
}
