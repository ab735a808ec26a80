/** Deleting the database, also without a handle on it. */
import { wrap } from 'idb';
import { withDeadline } from '../core/deadline.ts';
import { VitrineError, toVitrineError } from '../core/errors.ts';

/**
 * Deletes a database; one that does not exist counts as deleted. So does one in a context that may
 * not store at all (`SecurityError`): it cannot hold anything. Past the deadline the browser goes on
 * and deletes it as soon as the last handle closes.
 *
 * @param factory - Where the database is.
 * @param name - Its name.
 * @param ms - Most milliseconds to wait.
 * @throws {@link VitrineError} `STORE_TIMEOUT` past the deadline, `STORE_FAILED` when it cannot.
 */
export async function deleteDatabase(factory: IDBFactory, name: string, ms: number): Promise<void> {
  try {
    const late = () => new VitrineError('STORE_TIMEOUT', `Not deleted within ${ms} ms.`);
    await withDeadline(wrap(factory.deleteDatabase(name)), ms, late);
  } catch (error) {
    if (error instanceof Error && error.name === 'SecurityError') return;
    throw toVitrineError(error, 'STORE_FAILED');
  }
}
