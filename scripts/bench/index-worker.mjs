/**
 * The worker in which an index of one size is measured: makes the catalog and its index, then runs
 * jobs by the index and by scoring all items, in turns.
 */
import { chooseReach, drawQueries, recallOf } from '../../src/catalog-index/choose-reach.ts';
import { ListBuilder } from '../../src/catalog-index/list-builder.ts';
import { openRows } from '../../src/catalog-index/open-rows.ts';
import { IndexSearch, placeOf } from '../../src/catalog-index/search-index.ts';
import {
  numListsFor,
  plainSet,
  rowsOf,
  sampleSizeFor,
  trainLists,
} from '../../src/catalog-index/train-lists.ts';
import { createRandom } from '../../src/core/rng.ts';
import { openScorer } from '../../src/kernels/open-scorer.ts';
import { drawCatalog } from './index-data.mjs';
import { hasTurn, planTurns, quantile } from './rounds.mjs';

/** @typedef {import('../../src/core/shapes.ts').Matrix} Matrix */
/** @typedef {import('../../src/catalog-index/list-builder.ts').BuiltLists} BuiltLists */
/**
 * @typedef {object} IndexFigure
 * @property {number} n
 * @property {number} d
 * @property {number} s - Queries of a job.
 * @property {number} lists
 * @property {number} probes - Lists that a query looks at, on average.
 * @property {number} scored - Rows that a query scores, on average, means of lists included.
 * @property {number} medianMs - Of one job by the index.
 * @property {number} exhaustiveMs - Of one job by our quickest kernel over all items.
 * @property {number} recall - At 200, against 32-bit floats, on other queries than the reach was
 *   chosen with.
 * @property {number} megabytes - Of the memory that the index lies in.
 */

const SEED = 1;
/** Of a job, as in the other bench. */
const QUERIES = 17;
/** Queries that recall is measured with. */
const JUDGES = 96;
const TOP = 200;
/** As `vitrine index` does. */
const TARGET = 0.98;
const BATCH = 16_384;

/**
 * @param {Matrix} items
 * @returns {Promise<BuiltLists>}
 */
async function buildLists(items) {
  const { scorer } = await openScorer('wasm');
  const builder = new ListBuilder(items.dims, items.rows);
  for (let start = 0; start < items.rows; start += BATCH) {
    builder.add(rowsOf(items, start, start + BATCH));
  }
  const numLists = numListsFor(items.rows);
  const random = createRandom(SEED, 'lists');
  const sample = builder.sample(sampleSizeFor(numLists));
  const centres = trainLists(sample, numLists, { scorer, random });
  return builder.group(scorer, centres.rows);
}

/**
 * @param {BuiltLists} built
 * @returns {Promise<IndexSearch>} Reaches everywhere unless told otherwise.
 */
async function openIndex(built) {
  const table = { ...built, reach: Infinity };
  const memory = await openRows(placeOf(table));
  let offset = 0;
  for (const bytes of built.rows()) {
    memory.fill(offset, bytes);
    offset += bytes.length;
  }
  return new IndexSearch(table, memory);
}

/**
 * @param {Matrix} items
 * @param {readonly Matrix[]} queries
 * @param {BuiltLists} built
 * @returns {Promise<Set<number>[][]>} The index's rows of the best items of each query.
 */
async function exactRows(items, queries, { order }) {
  const rowOf = new Int32Array(order.length);
  for (const [row, item] of order.entries()) rowOf[item] = row;
  const { scorer } = await openScorer('wasm');
  scorer.load(plainSet(items));
  const found = queries.map((own) => {
    const { count, rows } = scorer.top(plainSet(own), TOP);
    return Array.from(
      { length: own.rows },
      (_, v) =>
        new Set(Array.from(rows.subarray(v * count, (v + 1) * count), (i) => Number(rowOf[i]))),
    );
  });
  scorer.dispose();
  return found;
}

/**
 * @param {() => unknown} job
 * @param {number} repeats
 * @returns {number} Milliseconds of one.
 */
function timeOf(job, repeats) {
  const start = performance.now();
  for (let n = 0; n < repeats; n++) job();
  return (performance.now() - start) / repeats;
}

/**
 * @param {{ readonly n: number, readonly limits: import('./rounds.mjs').Limits }} size
 * @returns {Promise<IndexFigure>}
 */
async function measure({ limits, n }) {
  const items = drawCatalog(n, SEED);
  const built = await buildLists(items);
  const search = await openIndex(built);
  const tried = drawQueries(items, JUDGES, createRandom(SEED, 'tried'));
  const judges = drawQueries(items, JUDGES, createRandom(SEED, 'judges'));
  const [triedRows = [], judgeRows = []] = await exactRows(items, [tried, judges], built);
  const reach = chooseReach(
    (own) => recallOf(search.search(tried, { count: TOP, reach: own }), triedRows),
    TARGET,
  );
  const found = search.search(judges, { count: TOP, reach });
  const vectors = rowsOf(judges, 0, QUERIES);
  const { scorer } = await openScorer('wasm-int8');
  scorer.load(plainSet(items));
  const jobs = [
    () => search.search(vectors, { count: TOP, reach }),
    () => scorer.top(plainSet(vectors), TOP),
  ].map((job) => {
    // Compilers settle before it is planned how often it is measured.
    timeOf(job, 3);
    return { job, times: /** @type {number[]} */ ([]), ...planTurns(timeOf(job, 3), limits) };
  });
  for (let round = 0; round < limits.rounds; round++) {
    for (const { job, repeats, times, turns } of jobs) {
      if (hasTurn(round, turns, limits.rounds)) times.push(timeOf(job, repeats));
    }
  }
  const [medianMs = 0, exhaustiveMs = 0] = jobs.map(({ times }) => quantile(times, 0.5));
  return {
    n,
    d: items.dims,
    s: QUERIES,
    lists: built.sizes.length,
    probes: found.probed / JUDGES,
    scored: found.scored / JUDGES,
    medianMs,
    exhaustiveMs,
    recall: recallOf(found, judgeRows),
    megabytes: search.bytes / 1e6,
  };
}

globalThis.addEventListener('message', (event) => {
  const { data } =
    /** @type {MessageEvent<{ n: number, limits: import('./rounds.mjs').Limits }>} */ (event);
  measure(data).then(
    (answer) => globalThis.postMessage({ answer }),
    (error) => globalThis.postMessage({ error: String(error) }),
  );
});
