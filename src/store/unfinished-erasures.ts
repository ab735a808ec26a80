/**
 * Erasures that the browser could not carry out. A database that can be neither opened nor deleted
 * may work again on another day, with the profile in it that the visitor had erased. So the erasure
 * is noted in a place that does not depend on databases, and done before anything is read.
 *
 * The note is a cache without an entry, one for each place that was left: it says nothing but that
 * this place is to be emptied.
 *
 * In the worker's first file: nothing must be fetched to erase.
 *
 * @packageDocumentation
 */
import { toVitrineError } from '../core/errors.ts';
import type { Faults } from './faults.ts';
import { type Places, underLock } from './places.ts';

/** What may be left: the origin's database, the bucket that it may have moved to, or its copy. */
export type Remnant = 'database' | 'bucket' | 'backup';

/** Milliseconds to wait for another tab that is emptying the place; one that is frozen may never end. */
const PATIENCE_MS = 500;

/** What notes are made of. */
export interface Notebook {
  /** What the browser offers; without caches nothing is noted. */
  readonly places: Pick<Places, 'caches' | 'locks'>;
  /** Of the database. */
  readonly name: string;
  /** Steps that a test lets fail, default none. */
  readonly faults?: Faults | undefined;
}

function noteOf(name: string, remnant: Remnant): string {
  return `${name}-erased-${remnant}`;
}

/**
 * Deletes a place, or notes that it is still to be deleted.
 *
 * @param notebook - Where it is noted.
 * @param remnant - Which place.
 * @param deleting - Deletes it.
 * @returns Resolves once the place is gone, or when it is a copy that does not open; rejects as
 *   `deleting`, once that is noted if it can be.
 */
export async function eraseOrNote(
  notebook: Notebook,
  remnant: Remnant,
  deleting: () => Promise<void>,
): Promise<void> {
  const { faults, name, places } = notebook;
  const note = noteOf(name, remnant);
  try {
    await deleting();
  } catch (error) {
    try {
      faults?.at('erase.note');
      await places.caches?.open(note);
    } catch {
      // No place works. The caller hears of what is left in any case.
    }
    // Some browsers offer files that never open, as in private windows: there no copy was made.
    if (remnant === 'backup' && toVitrineError(error, 'STORE_FAILED').code === 'STORE_BLOCKED')
      return;
    throw error;
  }
  await places.caches?.delete(note).catch(() => false);
}

/**
 * Empties a place whose erasure was noted. To be called before anything in it is read.
 *
 * @param notebook - Where it was noted.
 * @param remnant - Which place.
 * @param emptying - Empties it; not called when nothing was noted.
 * @returns Resolves once nothing of before the erasure is left; rejects when that cannot be done.
 */
export async function finishErasing(
  notebook: Notebook,
  remnant: Remnant,
  emptying: () => Promise<void>,
): Promise<void> {
  const { name, places } = notebook;
  const { caches, locks } = places;
  const note = noteOf(name, remnant);
  // Where caches may not be looked at, none was made.
  const isNoted = async (): Promise<boolean> =>
    (await caches?.has(note).catch(() => false)) === true;
  if (!(await isNoted())) return;
  const finish = async (): Promise<void> => {
    // Another tab may have done it meanwhile, and written anew.
    if (!(await isNoted())) return;
    await emptying();
    await caches?.delete(note);
  };
  await underLock(locks, `${name}:erased`, finish, PATIENCE_MS);
}
