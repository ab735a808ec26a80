/**
 * Work that can be done in one go or in slices, with the same result.
 *
 * @packageDocumentation
 */

/** Work that stops for a moment after each of its steps, each of some milliseconds at most. */
export type Steps<T> = Generator<undefined, T>;

/**
 * Does work in one go.
 *
 * @param steps - Fresh.
 * @returns Its result.
 */
export function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Does work in slices.
 *
 * @param steps - Fresh.
 * @param rest - Lets others have the thread; what it throws ends the work.
 * @returns Its result.
 */
export async function inSlices<T>(steps: Steps<T>, rest: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await rest();
  }
}
