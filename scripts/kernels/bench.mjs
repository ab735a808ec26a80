/**
 * `npm run kernels -- --bench`: medians in Node of what the kernels do, cosine with 17 vectors and the
 * top 20 of each. `--sizes 200,1000` names other numbers of items, `--json FILE` writes the figures.
 */
import { writeFileSync } from 'node:fs';
import { loadTools } from '../load-tools.mjs';

const SIZES = [200, 1_000, 10_000, 100_000];
const DIMS = [64, 128];
const VECTORS = 17;
const BLOCKS = 4;
const TOP = 20;

const KERNELS = /** @type {const} */ (['js', 'wasm', 'wasm-int8']);

/** Milliseconds per way of scoring. */
const BUDGET_MS = 1_000;

/** Runs of each way, whatever the time. */
const ROUNDS = { least: 7, most: 500 };

/**
 * @typedef {typeof import('./tools.mjs')} Tools
 * @typedef {{ n: number, d: number, s: number, impl: string, medianMs: number, p95Ms: number,
 *   bestMs: number, coldMs: number, loadMs: number, recall: number }} Figure
 */

/**
 * Random unit vectors in four blocks of equal weight, each missing in one row of ten.
 *
 * @param {() => number} random - In [0, 1).
 * @param {{ rows: number, dims: number, present: number }} size - `present` stands in the mask.
 * @returns {import('../../src/core/block-cosine.ts').VectorSet} A set.
 */
function randomSet(random, { dims, present, rows }) {
  const data = new Float32Array(rows * dims);
  const presence = new Float32Array(rows * BLOCKS);
  const width = dims / BLOCKS;
  for (let block = 0; block < rows * BLOCKS; block++) {
    if (random() < 0.1) continue;
    presence[block] = present;
    const values = Array.from({ length: width }, () => random() + random() - 1);
    const norm = Math.hypot(...values) * Math.sqrt(BLOCKS);
    data.set(
      values.map((value) => value / norm),
      block * width,
    );
  }
  return {
    vectors: { data, rows, dims },
    presence: { data: presence, rows, dims: BLOCKS },
  };
}

/**
 * The top of each vector by sorting all scores, as the peers do.
 *
 * @param {Float32Array} scores - [N, V].
 * @param {number} n - N.
 * @returns {Int32Array[]} Rows by vector.
 */
function sortedTop(scores, n) {
  return Array.from({ length: VECTORS }, (_, v) => {
    const at = (/** @type {number} */ row) => Number(scores[row * VECTORS + v]);
    return Int32Array.from({ length: n }, (__, row) => row)
      .sort((a, b) => at(b) - at(a) || a - b)
      .slice(0, TOP);
  });
}

/**
 * Runs jobs in turns, so that what else the machine does meets all of them alike.
 *
 * @param {readonly (() => unknown)[]} jobs - Measured.
 * @returns {{ medianMs: number, p95Ms: number, bestMs: number, coldMs: number }[]} Milliseconds of
 *   each; `coldMs` is its first run.
 */
function measure(jobs) {
  const times = jobs.map(() => /** @type {number[]} */ ([]));
  const end = performance.now() + BUDGET_MS * jobs.length;
  for (let round = 0; round < ROUNDS.most; round++) {
    if (round >= ROUNDS.least && performance.now() > end) break;
    for (const [j, job] of jobs.entries()) {
      const start = performance.now();
      job();
      times[j]?.push(performance.now() - start);
    }
  }
  return times.map((own) => {
    const coldMs = own[0] ?? 0;
    own.sort((a, b) => a - b);
    const quantile = (/** @type {number} */ q) => own[Math.floor(q * (own.length - 1))] ?? 0;
    return { medianMs: quantile(0.5), p95Ms: quantile(0.95), bestMs: quantile(0), coldMs };
  });
}

/**
 * @param {Tools} tools - Our modules.
 * @param {number} n - Items.
 * @param {number} d - Dimensions.
 * @returns {Promise<Figure[]>} One per way.
 */
async function benchSize(tools, n, d) {
  const random = tools.createRandom(1, `bench ${n} ${d}`);
  const items = randomSet(random, { rows: n, dims: d, present: 1 });
  const vectors = randomSet(random, { rows: VECTORS, dims: d, present: 1 / BLOCKS });
  const input = {
    items: items.vectors,
    itemPresence: items.presence,
    vectors: vectors.vectors,
    vectorPresence: vectors.presence,
  };
  const best = sortedTop(tools.referenceScores(input), n);
  const scorers = await Promise.all(KERNELS.map((kernel) => tools.openScorer(kernel)));
  const loads = scorers.map(({ scorer }) => {
    const start = performance.now();
    scorer.load(items);
    return performance.now() - start;
  });
  const times = measure([
    () => tools.referenceScores(input),
    () => tools.blockedScores(input),
    ...scorers.map(
      ({ scorer }) =>
        () =>
          scorer.top(vectors, TOP),
    ),
  ]);
  const recalls = scorers.map(({ scorer }) => recallOf(scorer.top(vectors, TOP), best));
  for (const { scorer } of scorers) scorer.dispose();
  const names = ['plain, all scores', 'blocked, all scores', ...KERNELS.map((k) => `vitrine-${k}`)];
  return names.map((impl, i) => ({
    n,
    d,
    s: VECTORS,
    impl,
    .../** @type {ReturnType<typeof measure>[0]} */ (times[i]),
    loadMs: loads[i - 2] ?? 0,
    recall: recalls[i - 2] ?? 1,
  }));
}

/**
 * @param {import('../../src/kernels/resident-scorer.ts').TopRows} top - Of a kernel.
 * @param {readonly Int32Array[]} best - By vector.
 * @returns {number} Share of the best that were found.
 */
function recallOf({ count, rows }, best) {
  const hits = best.map((wanted, v) => {
    const got = new Set(rows.subarray(v * count, (v + 1) * count));
    return wanted.filter((row) => got.has(row)).length;
  });
  return hits.reduce((sum, hit) => sum + hit, 0) / (VECTORS * count);
}

/**
 * Measures and prints a table.
 *
 * @param {{ json?: string | undefined, sizes?: string | undefined }} options - Of the command line.
 * @returns {Promise<void>} Settles when all is measured.
 */
export async function benchKernels({ json, sizes }) {
  /** @type {Tools} */
  const tools = await loadTools('kernels');
  /** @type {Figure[]} */
  const all = [];
  for (const n of sizes === undefined ? SIZES : sizes.split(',').map(Number)) {
    for (const d of DIMS) {
      const figures = await benchSize(tools, n, d);
      const plain = figures[0]?.medianMs ?? 0;
      console.log(`\n${n} items × ${d} dimensions × ${VECTORS} vectors, top ${TOP}, milliseconds`);
      console.table(
        figures.map(({ bestMs, coldMs, impl, loadMs, medianMs, p95Ms, recall }) => ({
          impl,
          median: medianMs.toFixed(3),
          p95: p95Ms.toFixed(3),
          best: bestMs.toFixed(3),
          cold: coldMs.toFixed(2),
          load: loadMs.toFixed(2),
          'plain ÷ this': (plain / medianMs).toFixed(1),
          recall: recall.toFixed(4),
        })),
      );
      all.push(...figures);
    }
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ kernels: all }, null, 2)}\n`);
}
