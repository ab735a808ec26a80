/**
 * A promise with a deadline: nothing on a device or a disk may hang a feed.
 *
 * @packageDocumentation
 */
import type { VitrineError } from './errors.ts';

/** Timers that a deadline consists of, one after the other. */
const SLICES = 8;

/**
 * Settles like `work`, or rejects once the deadline has passed.
 *
 * The deadline counts time in which this thread could have heard the answer. A single timer would
 * fire right after a long computation, or a machine's sleep, before the answer that has been
 * waiting behind it: a healthy disk would be given up. Cut into eight timers, such a block costs an
 * eighth of the deadline, and what waits gets its turn.
 *
 * The work itself goes on; what it still yields is dropped, so its owner must free it.
 *
 * @param work - What is waited for.
 * @param deadlineMs - Milliseconds, above 0; rounded up to a multiple of eight.
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
    let left = SLICES;
    const wait = (): void => {
      left -= 1;
      const next = left === 0 ? (): void => reject(late()) : wait;
      timer = setTimeout(next, Math.ceil(deadlineMs / SLICES));
    };
    wait();
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
