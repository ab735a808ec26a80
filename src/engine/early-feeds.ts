/**
 * Feeds of a list that is still on its way: NDJSON is ranked as its lines arrive.
 *
 * @packageDocumentation
 */

/** Nothing is made of what arrives within so many milliseconds: it is soon all there. */
const WAIT_MS = 200;

/** Lines of the first early feed; each further one needs twice as many as the one before. */
const FIRST_LINES = 24;

/** What early feeds need. */
export interface EarlyFeedPorts {
  /** Makes a feed of whole lines, and tells of it. */
  readonly make: (text: string) => Promise<void>;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** Whether a text begins with a line that is a JSON object by itself. */
function isNdjson(text: string): boolean {
  const end = text.indexOf('\n');
  if (end < 0 || !/^\uFEFF?\s*\{/u.test(text)) return false;
  try {
    JSON.parse(text.slice(text.indexOf('{'), end));
    return true;
  } catch {
    // The first line of an object that is written over many.
    return false;
  }
}

/**
 * Watches one text arrive.
 *
 * Early feeds are made one at a time; together they look at no more than twice the lines of the
 * whole list.
 */
export class EarlyFeeds {
  readonly #ports: EarlyFeedPorts;
  /** What arrived, while it may be lines. */
  #pieces: string[] = [];
  #since: number;
  #wanted = FIRST_LINES;
  #lines = 0;
  /** Undefined before the first line is there. */
  #isLines: boolean | undefined;
  #making: Promise<void> | undefined;

  /** @param ports - See {@link EarlyFeedPorts}. */
  constructor(ports: EarlyFeedPorts) {
    this.#ports = ports;
    this.#since = ports.clock();
  }

  /**
   * Takes note of what has arrived; makes a feed when it is time for one. Cost: linear in the piece,
   * and in all of the text for each feed.
   *
   * @param piece - What follows the pieces before.
   */
  readonly arrived = (piece: string): void => {
    if (this.#isLines === false) return;
    this.#pieces.push(piece);
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) this.#lines++;
    if (this.#lines === 0) return;
    this.#isLines ??= isNdjson(this.#pieces.join(''));
    if (!this.#isLines) this.#pieces = [];
    if (!this.#isLines || this.#making || this.#lines < this.#wanted) return;
    if (this.#ports.clock() - this.#since < WAIT_MS) return;
    this.#wanted = 2 * this.#lines;
    const text = this.#pieces.join('');
    this.#making = this.#make(text.slice(0, text.lastIndexOf('\n') + 1));
  };

  /** @returns Resolves once no early feed is under way; none begins any more. */
  async settled(): Promise<void> {
    this.#isLines = false;
    this.#pieces = [];
    await this.#making;
  }

  async #make(text: string): Promise<void> {
    try {
      await this.#ports.make(text);
    } catch {
      // What is wrong with the list is told when all of it is there.
    }
    this.#since = this.#ports.clock();
    this.#making = undefined;
  }
}
