/**
 * A promise with a deadline: nothing on a device may hang a feed.
 *
 * @packageDocumentation
 */
import type { VitrineError } from '../core/errors.ts';

/**
 * Settles like `work`, or rejects once the deadline has passed.
 *
 * The work itself goes on; what it still yields is dropped, so its owner must free it.
 *
 * @param work - What is waited for.
 * @param deadlineMs - Milliseconds, above 0.
 * @param late - Makes the error when the deadline passes.
 * @returns The value of `work`.
 * @throws What `work` rejects with, or the error of `late`.
 * @example await withDeadline(fetch(url), 2_000, () => new VitrineError('DEVICE_TIMEOUT'))
 */
export async function withDeadline<T>(
  work: Promise<T>,
  deadlineMs: number,
  late: () => VitrineError,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), deadlineMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
