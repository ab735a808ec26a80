/**
 * Two slots for the copy of a database: files of the origin's private file system, or rows of a
 * database in a storage bucket of their own, where that is missing. The older one is written, so
 * that there is a whole one at any moment.
 *
 * @packageDocumentation
 */
import { type IDBPDatabase, wrap } from 'idb';
import type { Faults } from './faults.ts';
import { type Places, eraseBackup, keyOf, openRoot } from './places.ts';

/** Name of a slot. */
export type Slot = 'a' | 'b';

/** Both names. */
export const SLOTS: readonly Slot[] = ['a', 'b'];

/** Where the two slots are. */
export interface Slots {
  /** The first `most` bytes of a slot, or fewer; empty when it is not there. */
  read(slot: Slot, most: number): Promise<Uint8Array>;
  /** Replaces a slot; resolves when it is closed. */
  write(slot: Slot, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Empties a slot. */
  clear(slot: Slot): Promise<void>;
  /** Removes both without leaving anything. */
  remove(): Promise<void>;
}

/** A file that is written in the place where it lies; Safari had only these before release 26. */
interface SyncAccess {
  truncate(size: number): void;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}

type AnyFile = FileSystemFileHandle & {
  createSyncAccessHandle?: () => Promise<SyncAccess>;
  createWritable?: FileSystemFileHandle['createWritable'];
};

async function writeFile(file: AnyFile, bytes: Uint8Array<ArrayBuffer>, faults?: Faults) {
  if (file.createWritable !== undefined) {
    const stream = await file.createWritable();
    await stream.write(bytes);
    faults?.at('backup.close');
    await stream.close();
    return;
  }
  const access = await file.createSyncAccessHandle?.();
  try {
    access?.truncate(0);
    access?.write(bytes, { at: 0 });
    faults?.at('backup.close');
    access?.flush();
  } finally {
    access?.close();
  }
}

async function readFile(folder: FileSystemDirectoryHandle | null, slot: Slot, most: number) {
  try {
    const file = await (await folder?.getFileHandle(slot))?.getFile();
    return new Uint8Array((await file?.slice(0, most).arrayBuffer()) ?? []);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') return new Uint8Array();
    throw error;
  }
}

/** The folder is made by the first write: looking leaves nothing. */
function fileSlots(root: FileSystemDirectoryHandle, name: string, rest: SlotOptions): Slots {
  const folder = async (create: boolean): Promise<FileSystemDirectoryHandle | null> => {
    try {
      return await root.getDirectoryHandle(keyOf(name), { create });
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') return null;
      throw error;
    }
  };
  const write = async (slot: Slot, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const file = await (await folder(true))?.getFileHandle(slot, { create: true });
    rest.faults?.at('backup.write');
    if (file !== undefined) await writeFile(file, bytes, rest.faults);
  };
  return {
    async read(slot, most) {
      rest.faults?.at('backup.read');
      return readFile(await folder(false), slot, most);
    },
    write,
    async clear(slot) {
      const there = await folder(false);
      if (there !== null && (await readFile(there, slot, 1)).length > 0) {
        await there.removeEntry(slot);
      }
    },
    remove: () => eraseBackup(rest.places, name),
  };
}

const ROWS = 'slots';

function rowSlots(
  open: () => Promise<{ readonly indexedDB: IDBFactory }>,
  rest: RowOptions,
): Slots {
  const inRows = async <T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> => {
    const request = (await open()).indexedDB.open(rest.name, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(ROWS));
    // Closed again at once: nothing of ours stands in the way of its deletion.
    const database = (await wrap(request)) as IDBPDatabase;
    try {
      return await work(database);
    } finally {
      database.close();
    }
  };
  return {
    async read(slot, most) {
      rest.faults?.at('backup.read');
      if (!(await rest.isThere())) return new Uint8Array();
      const found: unknown = await inRows((database) => database.get(ROWS, slot));
      return found instanceof Uint8Array ? found.subarray(0, most) : new Uint8Array();
    },
    async write(slot, bytes) {
      rest.faults?.at('backup.write');
      await inRows((database) => database.put(ROWS, bytes, slot));
    },
    async clear(slot) {
      if (await rest.isThere()) await inRows((database) => database.delete(ROWS, slot));
    },
    remove: () => eraseBackup(rest.places, rest.name),
  };
}

interface SlotOptions {
  readonly places: Places;
  readonly faults?: Faults | undefined;
}

interface RowOptions extends SlotOptions {
  readonly name: string;
  /** Whether the bucket exists; looking must not make it. */
  readonly isThere: () => Promise<boolean>;
}

/**
 * Finds a place for the copy of a database.
 *
 * @param places - What the browser offers.
 * @param name - Of the database.
 * @param faults - Steps that a test lets fail, default none.
 * @returns Null where there is no place.
 */
export async function openSlots(
  places: Places,
  name: string,
  faults?: Faults,
): Promise<Slots | null> {
  const root = await openRoot(places);
  if (root !== null) return fileSlots(root, name, { places, faults });
  const { buckets } = places;
  if (buckets === null) return null;
  const key = `${keyOf(name)}-backup`;
  const isThere = async (): Promise<boolean> => (await buckets.keys()).includes(key);
  return rowSlots(() => buckets.open(key), { places, name, faults, isThere });
}
