/** Deleting the database, also without a handle on it. */
import { wrap } from 'idb';
import { withDeadline } from '../core/deadline.ts';
import { VitrineError, toVitrineError } from '../core/errors.ts';

/** What Chromium says, as `UnknownError`, where the visitor blocks site data. */
const DENIED = /denied permission/iu;

/**
 * Whether the visitor has told the browser to let nothing be stored.
 *
 * @param error - What opening or deleting a database failed with.
 * @returns True for Chromium's words; other browsers do not tell this from other refusals.
 */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && DENIED.test(error.message);
}

/** Whether this context may not store at all, by the specification or in Chromium's own words. */
function isDenied(error: unknown): boolean {
  return isForbidden(error) || (error instanceof Error && error.name === 'SecurityError');
}

/**
 * Deletes a database; one that does not exist counts as deleted. Past the deadline the browser goes
 * on and deletes it as soon as the last handle closes.
 *
 * @param factory - Where the database is.
 * @param name - Its name.
 * @param ms - Most milliseconds to wait.
 * @throws {@link VitrineError} `STORE_TIMEOUT` past the deadline, `STORE_BLOCKED` in a context that
 *   may not store at all, `STORE_FAILED` when it cannot be deleted.
 */
export async function deleteDatabase(factory: IDBFactory, name: string, ms: number): Promise<void> {
  try {
    const late = () => new VitrineError('STORE_TIMEOUT', `Not deleted within ${ms} ms.`);
    await withDeadline(wrap(factory.deleteDatabase(name)), ms, late);
  } catch (error) {
    throw toVitrineError(error, isDenied(error) ? 'STORE_BLOCKED' : 'STORE_FAILED');
  }
}
