/** Told from time to time how much of a long computation is done; `total` stays the same. */
export type OnProgress = (done: number, total: number) => void;

/** Steps between two reports: a report costs more than a step, and the eye needs few. */
const EVERY = 256;

/**
 * Reports every {@link EVERY} steps and at the end.
 *
 * @param onProgress - Listener, if any.
 * @param total - Steps in all.
 * @returns To be called after each step with the steps done so far.
 */
export function everySteps(
  onProgress: OnProgress | undefined,
  total: number,
): (done: number) => void {
  return (done) => {
    if (onProgress !== undefined && (done % EVERY === 0 || done === total)) onProgress(done, total);
  };
}
