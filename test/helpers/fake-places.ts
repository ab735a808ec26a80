/** Places besides the origin's database, in memory: files, buckets and locks as a browser has them. */
import type { Buckets, Places } from '../../src/store/places.ts';
import { createFakeFactory } from './fake-idb.ts';

/** What {@link createFakePlaces} makes. */
export interface FakePlaces extends Places {
  readonly directory: () => Promise<FileSystemDirectoryHandle>;
  readonly buckets: Buckets;
  /** Contents of the files, by `folder/name`; change them to tear a copy. */
  readonly files: Map<string, Uint8Array>;
  /** What writing waits for before it looks for its folder; null lets it go on at once. */
  gate: (() => Promise<void>) | null;
  /** Names of the buckets that exist. */
  readonly bucketNames: () => string[];
  /** Names of the caches that exist. */
  readonly cacheNames: Set<string>;
}

type Files = Map<string, Uint8Array>;
type Gate = () => Promise<void>;

function missing(): never {
  throw new DOMException('made by a test', 'NotFoundError');
}

/** A file that is replaced when its stream is closed, as in Chromium. */
function fileHandle(files: Files, path: string): FileSystemFileHandle {
  return {
    getFile: async () => new Blob([(files.get(path) ?? new Uint8Array()) as BlobPart]),
    createWritable: async () => {
      let written = new Uint8Array();
      return {
        write: async (bytes: Uint8Array) => {
          written = Uint8Array.from(bytes);
        },
        close: async () => {
          files.set(path, written);
        },
      };
    },
  } as unknown as FileSystemFileHandle;
}

/** The root and its folders, which exist by themselves. */
function directoryOf(files: Files, folders: Set<string>, gate: Gate, at = '') {
  const handle = {
    getDirectoryHandle: async (name: string, { create = false } = {}) => {
      if (create) await gate();
      if (create) folders.add(name);
      return folders.has(name) ? directoryOf(files, folders, gate, `${name}/`) : missing();
    },
    getFileHandle: async (name: string, { create = false } = {}) => {
      const path = `${at}${name}`;
      if (create && !files.has(path)) files.set(path, new Uint8Array());
      return files.has(path) ? fileHandle(files, path) : missing();
    },
    removeEntry: async (name: string) => {
      const isFolder = at === '' && folders.delete(name);
      const gone = [...files.keys()].filter((path) =>
        isFolder ? path.startsWith(`${name}/`) : path === `${at}${name}`,
      );
      for (const path of gone) files.delete(path);
      if (!isFolder && gone.length === 0) missing();
    },
  };
  return handle as unknown as FileSystemDirectoryHandle;
}

/** Buckets with a disk each. */
function createFakeBuckets(): { buckets: Buckets; names: () => string[] } {
  const disks = new Map<string, IDBFactory>();
  const buckets = {
    async open(name: string) {
      const disk = disks.get(name) ?? createFakeFactory();
      disks.set(name, disk);
      return { indexedDB: disk };
    },
    async delete(name: string) {
      disks.delete(name);
    },
    keys: async () => [...disks.keys()],
  };
  return { buckets, names: () => [...disks.keys()] };
}

/** Locks that are given in the order in which they were asked for, unless they are stolen. */
function createFakeLocks(): Pick<LockManager, 'request'> {
  const queues = new Map<string, Promise<unknown>>();
  const thefts = new Map<string, (reason: unknown) => void>();
  const request = (name: string, options: LockOptions, work: () => Promise<unknown>) => {
    if (options.steal === true) thefts.get(name)?.(new DOMException('stolen', 'AbortError'));
    const before = options.steal === true ? undefined : queues.get(name);
    const mayRun = new Promise<void>((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error));
      void Promise.resolve(before).then(() => resolve());
    });
    const stolen = new Promise<never>((_, reject) => {
      void mayRun.then(
        () => thefts.set(name, reject),
        () => undefined,
      );
    });
    const run = Promise.race([mayRun.then(work), stolen]);
    queues.set(name, Promise.allSettled([before, run]));
    return run;
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}

/** Caches that are only made, looked for and deleted. */
function createFakeCaches(names: Set<string>): NonNullable<Places['caches']> {
  return {
    open: async (name) => {
      names.add(name);
      return {} as Cache;
    },
    has: async (name) => names.has(name),
    delete: async (name) => names.delete(name),
  };
}

/** A browser that has all of them, empty. */
export function createFakePlaces(): FakePlaces {
  const files = new Map<string, Uint8Array>();
  const root = directoryOf(files, new Set(), async () => made.gate?.());
  const { buckets, names } = createFakeBuckets();
  const cacheNames = new Set<string>();
  const made: FakePlaces = {
    gate: null,
    directory: async () => root,
    buckets,
    locks: createFakeLocks(),
    files,
    bucketNames: names,
    cacheNames,
    caches: createFakeCaches(cacheNames),
  };
  return made;
}
