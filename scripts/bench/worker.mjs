/** The worker in which one size is measured: opens all implementations and runs them in turns. */
import { createData } from './data.mjs';
import { IMPLEMENTATIONS } from './implementations.mjs';
import { openRates } from './rates.mjs';
import { hasTurn, planTurns, quantile } from './rounds.mjs';
import { recallOf, scoreAll } from './top-rows.mjs';

/** @typedef {import('./implementations.mjs').Opened} Opened */
/** @typedef {import('./implementations.mjs').Size} Size */
/**
 * @typedef {object} Job
 * @property {Size} size
 * @property {readonly string[]} names - Keys of {@link IMPLEMENTATIONS}.
 * @property {import('./rounds.mjs').Limits} limits
 * @property {readonly number[]} rates - Bytes of the module in rates-module.mjs.
 */
/**
 * @typedef {object} Figure
 * @property {number} n
 * @property {number} d
 * @property {number} s - Segments; one vector more was compared, the visitor's own.
 * @property {string} impl
 * @property {number} medianMs - Of one job.
 * @property {number} p95Ms
 * @property {number} coldMs - Code, start, items and the first job.
 * @property {number} recall - At 20, against sums in 64 bits.
 */
/**
 * @typedef {object} Answer
 * @property {Figure[]} figures
 * @property {import('./rates.mjs').Rates} rates
 * @property {{ impl: string, reason: string }[]} failed - Those that could not be opened.
 */

/** Rounds from one measurement of the machine to the next. */
const RATE_EVERY = 4;

/** Whichever is reached first. */
const WARM_UP = { ms: 200, jobs: 200 };

/**
 * Opens an implementation and does its first job.
 *
 * @param {string} impl
 * @param {ReturnType<typeof createData>} data
 * @param {Size} size
 */
async function openOne(impl, { items, vectors }, size) {
  const start = performance.now();
  const open = await /** @type {any} */ (IMPLEMENTATIONS[impl]).load();
  /** @type {Opened} */
  const opened = await open(items, size);
  const rows = await opened.top(vectors);
  const coldMs = performance.now() - start;
  // Compilers settle before it is planned how often it is measured.
  let [jobs, ms] = [0, 0];
  for (; jobs < WARM_UP.jobs && ms < WARM_UP.ms; jobs++) ms += await timeJobs(opened, vectors, 1);
  return { impl, opened, rows, coldMs, jobMs: ms / jobs };
}

/**
 * @param {Opened} opened
 * @param {Float32Array} vectors
 * @param {number} repeats
 * @returns {Promise<number>} Milliseconds of one job.
 */
async function timeJobs(opened, vectors, repeats) {
  const start = performance.now();
  for (let n = 0; n < repeats; n++) await opened.top(vectors);
  return (performance.now() - start) / repeats;
}

/**
 * @param {Job} job
 * @returns {Promise<Answer>} All of one size.
 */
async function measure({ limits, names, rates: bytes, size }) {
  const data = createData(size);
  const machine = await openRates(Uint8Array.from(bytes));
  const all = [];
  /** @type {Answer['failed']} */
  const failed = [];
  for (const impl of names) {
    try {
      const one = await openOne(impl, data, size);
      all.push({ ...one, ...planTurns(one.jobMs, limits), times: /** @type {number[]} */ ([]) });
    } catch (error) {
      failed.push({ impl, reason: String(error) });
    }
  }
  for (let round = 0; round < limits.rounds; round++) {
    if (round % RATE_EVERY === 0) machine.measure();
    for (const { opened, repeats, times, turns } of all) {
      if (!hasTurn(round, turns, limits.rounds)) continue;
      times.push(await timeJobs(opened, data.vectors, repeats));
    }
  }
  const exact = scoreAll(data.items, data.vectors, size, new Float64Array(size.s * size.n));
  const figures = all.map(({ coldMs, impl, opened, rows, times }) => {
    opened.close();
    const [medianMs, p95Ms] = [quantile(times, 0.5), quantile(times, 0.95)];
    const recall = recallOf(rows, exact, size);
    return { n: size.n, d: size.d, s: size.s - 1, impl, medianMs, p95Ms, coldMs, recall };
  });
  return { figures, rates: machine.rates, failed };
}

globalThis.addEventListener('message', (/** @type {MessageEvent<Job>} */ { data }) => {
  measure(data).then(
    (answer) => globalThis.postMessage({ answer }),
    (error) => globalThis.postMessage({ error: String(error) }),
  );
});
