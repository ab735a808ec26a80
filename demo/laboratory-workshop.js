/**
 * Makes rows with the page's instance, one job after the other. A row that was made and not kept is
 * blocked, so that it never stands in the window, and is taken up again when it is asked for again.
 */

/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../src/core/types.ts').Segment} Segment */
/** @typedef {import('../src/core/generated.ts').GenerateRequest} GenerateRequest */
/** @typedef {import('./engine.js').Candidate} Candidate */

/**
 * @typedef {object} Draft - A generated segment beside the one that it was made from.
 * @property {Segment} segment - The new one.
 * @property {Segment} seed - Where it started.
 * @property {readonly string[]} items - Ids of the items of its row.
 * @property {readonly string[]} seedItems - The same of the seed.
 */

/**
 * @typedef {object} MadeSegment - A generated segment that is in force.
 * @property {Segment} segment - The segment.
 * @property {boolean} followed - Whether its row comes first.
 */

const ROW_SIZE = 24;
/** So many items of a row say what its items are like; reading one takes some milliseconds. */
const READ = 8;
const MOST_ROWS = 20;
const LATE_LOOKS = 15;
const LOOK_EVERY = 2000;

/** The workshop of a page. */
export class Workshop {
  /** @type {Vitrine} */
  #instance;
  /** @type {readonly Candidate[]} */
  #candidates;
  /** The job under way, and all before it. @type {Promise<unknown>} */
  #last = Promise.resolve();
  #waiting = 0;
  /** Ids of drafts by what they were asked for with. @type {Map<string, string>} */
  #drafts = new Map();
  /** Scores of items that were asked for. @type {Map<string, Readonly<Record<string, number>>>} */
  #scores = new Map();
  /** Rows by segment; a seed's does not change while the page is open. @type {Map<string, readonly string[]>} */
  #rows = new Map();

  /**
   * @param {Vitrine} instance - The page's instance.
   * @param {readonly Candidate[]} candidates - What is ranked.
   */
  constructor(instance, candidates) {
    this.#instance = instance;
    this.#candidates = candidates;
    /** Whether some candidate came with a picture's numbers. */
    this.hasPictures = candidates.some((item) => Array.isArray(item['imageVector']));
    /** All prices, ascending. */
    this.prices = candidates.flatMap(({ price }) => price ?? []).toSorted((a, b) => a - b);
  }

  /** Whether a job is under way. */
  get isBusy() {
    return this.#waiting > 0;
  }

  /**
   * Waits for the jobs that are under way.
   *
   * @returns {Promise<void>} Settles when none is.
   */
  async idle() {
    await this.#inTurn(() => Promise.resolve());
  }

  /**
   * Names of the synthetic scores.
   *
   * @returns {Promise<readonly string[]>} Sorted, as in the vectors; none while nothing was read.
   */
  scoreNames() {
    return this.#inTurn(async () => {
      const { features } = await this.#instance.explain(this.#candidates[0]?.id ?? '');
      return Object.keys(features.generated?.scores ?? {}).toSorted();
    });
  }

  /**
   * What the first items of a row are like.
   *
   * @param {readonly string[]} ids - Items of a row.
   * @returns {Promise<Map<string, number>>} Mean of each score over the items that were read and are
   *   not guessed at; empty without any.
   */
  async meanScores(ids) {
    /** @type {Map<string, number[]>} */
    const found = new Map();
    for (const id of ids.slice(0, READ)) {
      for (const [name, value] of Object.entries(await this.#scoresOf(id))) {
        found.set(name, [...(found.get(name) ?? []), value]);
      }
    }
    const mean = (/** @type {number[]} */ values) =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    return new Map([...found].map(([name, values]) => [name, mean(values)]));
  }

  /**
   * Makes a row, or takes up the one that was made of the same request.
   *
   * @param {GenerateRequest} request - What is asked for.
   * @returns {Promise<Draft>} The row. Rejects as `Vitrine.segments.generate`.
   */
  make(request) {
    return this.#inTurn(async () => {
      const { segments } = this.#instance;
      const key = JSON.stringify(request);
      const known = (await segments.list()).some(({ id }) => id === this.#drafts.get(key));
      let id = known ? this.#drafts.get(key) : undefined;
      if (id === undefined) {
        id = await this.#generate(request);
        this.#drafts.set(key, id);
        await segments.block(id);
      }
      const seedItems = await this.#rowOf(request.seedId);
      const items = await this.#rowOf(id);
      // Both as the same feed encoded them.
      const list = await segments.list();
      const segment = /** @type {Segment} */ (list.find((entry) => entry.id === id));
      const seed = /** @type {Segment} */ (list.find((entry) => entry.id === request.seedId));
      return { segment, seed, items, seedItems };
    });
  }

  /**
   * Keeps a row: it stands first in the window from the next feed on.
   *
   * @param {string} id - Of its segment.
   * @returns {Promise<void>} Settles when it is kept. Rejects when it has made room for others.
   */
  keep(id) {
    return this.#inTurn(() => this.#instance.segments.follow(id));
  }

  /**
   * Throws a row away: it does not stand in the window, and is made anew when it is asked for again.
   *
   * @param {string} id - Of its segment.
   * @returns {Promise<void>} Settles when it is gone.
   */
  discard(id) {
    return this.#inTurn(async () => {
      for (const [key, draft] of this.#drafts) if (draft === id) this.#drafts.delete(key);
      await this.#instance.segments.block(id);
    });
  }

  /**
   * Segments to start from: those that have items here, by name.
   *
   * @returns {Promise<Segment[]>} Without rows that were thrown away.
   */
  seeds() {
    return this.#inTurn(async () => {
      const { list, blocked } = await this.#choices();
      return list
        .filter(({ id, support }) => support > 0 && !blocked.has(id))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
    });
  }

  /**
   * Generated segments in force.
   *
   * @returns {Promise<MadeSegment[]>} Newest first, without those that were thrown away.
   */
  made() {
    return this.#inTurn(async () => {
      const { list, blocked, followed } = await this.#choices();
      return list
        .filter(({ id, generator }) => generator !== undefined && !blocked.has(id))
        .map((segment) => ({ segment, followed: followed.has(segment.id) }))
        .toReversed();
    });
  }

  /**
   * Ranks without showing it, so that what was read meanwhile counts.
   *
   * @returns {Promise<string>} The feed's reason.
   */
  rank() {
    return this.#inTurn(async () => (await this.#rerank(1, 1)).reason);
  }

  /**
   * Generates a segment. On a slow device the worker may be at it after the call was given up: then
   * what it made is waited for, else it would stand in the window without having been kept.
   *
   * @param {GenerateRequest} request - What is asked for.
   * @returns {Promise<string>} Id of the segment.
   */
  async #generate(request) {
    const { segments } = this.#instance;
    const before = new Set((await segments.list()).map(({ id }) => id));
    try {
      return (await segments.generate(request)).id;
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code !== 'WORKER_TIMEOUT') throw error;
      for (let look = 0; look < LATE_LOOKS; look += 1) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
        const late = (await segments.list()).find(
          ({ id, seedId, isAutomatic }) =>
            seedId === request.seedId && isAutomatic === false && !before.has(id),
        );
        if (late !== undefined) return late.id;
      }
      throw error;
    }
  }

  /**
   * @param {string} id - An item.
   * @returns {Promise<Readonly<Record<string, number>>>} Its scores; none when they do not count.
   */
  async #scoresOf(id) {
    const known = this.#scores.get(id);
    if (known !== undefined) return known;
    const { generated } = (await this.#instance.explain(id)).features;
    if (generated === null) return {};
    const scores = generated.guessing ? {} : generated.scores;
    this.#scores.set(id, scores);
    return scores;
  }

  /** @returns {Promise<{ list: readonly Segment[], followed: Set<string>, blocked: Set<string> }>} */
  async #choices() {
    const { segments, profile } = this.#instance;
    const [list, { segments: mine }] = await Promise.all([segments.list(), profile.get()]);
    /** @type {(entries: typeof mine) => Set<string>} */
    const ids = (entries) => new Set(entries.map(({ segmentId }) => segmentId));
    return {
      list,
      followed: ids(mine.filter(({ followed }) => followed)),
      blocked: ids(mine.filter(({ blocked }) => blocked)),
    };
  }

  /**
   * @param {string} id - A segment.
   * @returns {Promise<readonly string[]>} Ids of the items that its row would hold; the visitor's
   *   choices are afterwards what they were.
   */
  async #rowOf(id) {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const { segments } = this.#instance;
    const { followed, blocked } = await this.#choices();
    try {
      if (!followed.has(id)) await segments.follow(id);
      const { rows } = await this.#rerank(Math.min(MOST_ROWS, followed.size + 1), ROW_SIZE);
      const row = rows.find(({ segmentId }) => segmentId === id);
      const items = row?.items.map(({ itemId }) => itemId) ?? [];
      if (items.length > 0) this.#rows.set(id, items);
      return items;
    } finally {
      if (blocked.has(id)) await segments.block(id);
      else if (!followed.has(id)) await segments.unfollow(id);
    }
  }

  /**
   * @param {number} rows - Most rows.
   * @param {number} rowSize - Most items of a row.
   * @returns {Promise<import('../src/core/types.ts').Feed>} A feed that is not shown.
   */
  #rerank(rows, rowSize) {
    return this.#instance.rerank(this.#candidates, { rows, rowSize });
  }

  /**
   * Does a job after those before it, whatever came of them.
   *
   * @template T
   * @param {() => Promise<T>} job - The job.
   * @returns {Promise<T>} What it gives.
   */
  async #inTurn(job) {
    this.#waiting += 1;
    const turn = this.#last.then(job, job);
    this.#last = turn;
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }
}
