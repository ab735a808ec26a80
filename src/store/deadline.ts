/** A limit on waiting: an IndexedDB request may never settle (WebKit bug 226547). */
import { VitrineError } from '../core/errors.ts';

/**
 * Waits for a promise, but no longer than a deadline.
 *
 * @param promise - What is waited for.
 * @param ms - Milliseconds, 0 or more.
 * @param onLate - Gets the value when it comes after the deadline, to let go of it.
 * @returns The promise's value.
 * @throws {@link VitrineError} `STORE_TIMEOUT` past the deadline; else what the promise rejects with.
 * @example await withDeadline(Promise.resolve(1), 1_500) // 1
 */
export function withDeadline<T>(
  promise: Promise<T>,
  ms: number,
  onLate: (value: T) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new VitrineError('STORE_TIMEOUT', `Got no answer within ${ms} ms.`));
    }, ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        if (isLate) onLate(value);
        else resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
