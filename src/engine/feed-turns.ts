/**
 * Feeds go first: scoring, looking at pictures and learning wait while one is under way.
 *
 * @packageDocumentation
 */

/** Counts feeds under way. */
export class FeedTurns {
  #feeds = 0;
  #waiting: (() => void)[] = [];

  /** @returns Whether a feed is under way. */
  readonly isBusy = (): boolean => this.#feeds > 0;

  /**
   * Makes a feed.
   *
   * @param job - Makes it.
   * @returns What it gives.
   */
  async run<T>(job: () => Promise<T>): Promise<T> {
    this.#feeds++;
    try {
      return await job();
    } finally {
      this.#feeds--;
      if (this.#feeds === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** @returns Resolves once no feed is under way. */
  readonly free = async (): Promise<void> => {
    while (this.#feeds > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  };
}
