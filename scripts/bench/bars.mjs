/** What the performance issue asks for, and whether a run shows it. */
import { IMPLEMENTATIONS } from './implementations.mjs';

/** @typedef {import('./worker.mjs').Figure} Figure */
/**
 * What a run measured, as `--json` writes it.
 *
 * @typedef {object} Result
 * @property {Figure[]} kernels
 * @property {import('./browser.mjs').Startup} startup
 * @property {number} bandwidthGBs - 10^9 bytes per second, read only.
 * @property {number} gigaMacsPerS - 10^9 multiply-adds of 32-bit floats per second, SIMD, one thread.
 * @property {Record<string, number>} bytes - After brotli.
 * @property {{ longestTaskMs: number | null, cls: number | null }} mainThread
 * @property {import('./index-worker.mjs').IndexFigure[]} index - By size.
 * @property {number} workerMB - Memory of the worker with 10,000 items, 10^6 bytes.
 */
/** @typedef {{ bar: string, measured: string, verdict: 'yes' | 'no' | 'not measured' }} Bar */

const LEAST_RECALL = 0.98;

/** @param {string} impl @returns {boolean} */
export const isOurs = (impl) => impl.startsWith('vitrine-');

/**
 * @param {readonly Figure[]} figures
 * @returns {Figure | undefined} The quickest by median.
 */
function quickest(figures) {
  return figures.toSorted((a, b) => a.medianMs - b.medianMs)[0];
}

/**
 * @param {readonly Figure[]} figures - Of one size.
 * @returns {Figure | undefined} Ours that took least without a GPU, with recall enough.
 */
export function bestOfOurs(figures) {
  return quickest(
    figures.filter(
      ({ impl, recall }) =>
        isOurs(impl) && recall >= LEAST_RECALL && IMPLEMENTATIONS[impl]?.onlyWithWebgpu !== true,
    ),
  );
}

/**
 * @param {readonly Figure[]} figures - Of one size.
 * @returns {Figure | undefined} The quickest peer that finds all.
 */
export function bestExactPeer(figures) {
  return quickest(
    figures.filter(({ impl }) => !isOurs(impl) && IMPLEMENTATIONS[impl]?.isApproximate !== true),
  );
}

/**
 * The least time that a job can take: reading its items once, or its multiply-adds.
 *
 * @param {Figure} figure - Of ours.
 * @param {{ bandwidthGBs: number, gigaMacsPerS: number }} rates
 * @returns {number} Milliseconds.
 */
export function boundMs({ d, impl, n, s }, { bandwidthGBs, gigaMacsPerS }) {
  const bytes = n * d * (impl.endsWith('int8') ? 1 : 4);
  return Math.max(bytes / bandwidthGBs, (n * d * (s + 1)) / gigaMacsPerS) / 1e6;
}

/**
 * @param {string} bar
 * @param {number | null | undefined} value - Measured; a number is at most `most`.
 * @param {number} most
 * @param {(value: number) => string} words
 * @returns {Bar}
 */
function atMost(bar, value, most, words) {
  if (value === null || value === undefined) {
    return { bar, measured: '–', verdict: 'not measured' };
  }
  return { bar, measured: words(value), verdict: value <= most ? 'yes' : 'no' };
}

/**
 * @param {Figure | undefined} ours
 * @param {Figure | undefined} peer
 * @returns {number | undefined} Their ratio.
 */
function ratio(ours, peer) {
  return ours && peer ? ours.medianMs / peer.medianMs : undefined;
}

/**
 * The bars about kernels of one number of dimensions.
 *
 * @param {Result} result
 * @param {number} d
 * @returns {Bar[]}
 */
function kernelBars({ bandwidthGBs, gigaMacsPerS, kernels }, d) {
  const at = (/** @type {number} */ n) =>
    kernels.filter((figure) => figure.n === n && figure.d === d);
  const beside = (/** @type {number} */ n) => {
    const [ours, peer] = [bestOfOurs(at(n)), bestExactPeer(at(n))];
    const words = (/** @type {number} */ value) =>
      `× ${value.toFixed(2)} (${ours?.impl} beside ${peer?.impl})`;
    return /** @type {const} */ ([ratio(ours, peer), words]);
  };
  const [small, smallWords] = beside(200);
  const [middle, middleWords] = beside(10_000);
  const [large, largeWords] = beside(1_000_000);
  const own = bestOfOurs(at(1_000_000));
  const bound = own && own.medianMs / boundMs(own, { bandwidthGBs, gigaMacsPerS });
  return [
    atMost(`200 items × ${d}: quicker than every exact peer`, small, 1, smallWords),
    atMost(
      `10,000 items × ${d}: at most 0.35 × the quickest exact peer`,
      middle,
      0.35,
      middleWords,
    ),
    atMost(`1,000,000 items × ${d}: at most 0.4 × tfjs-wasm`, large, 0.4, largeWords),
    atMost(
      `1,000,000 items × ${d}: at most 1.5 × what reading and multiplying take`,
      bound,
      1.5,
      (value) => `× ${value.toFixed(2)} (${own?.impl})`,
    ),
  ];
}

/**
 * All bars that this bench can judge.
 *
 * @param {Result} result
 * @returns {Bar[]} In the order.
 */
export function barsOf(result) {
  const { cls, longestTaskMs } = result.mainThread;
  const { emptyMs, firstFeedWarmMs } = result.startup;
  const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
  return [
    ...[64, 128].flatMap((d) => kernelBars(result, d)),
    atMost(
      'First feed of a known visitor: at most 2 × an empty worker with a database',
      firstFeedWarmMs / emptyMs,
      2,
      (value) => `× ${value.toFixed(1)} (${ms(firstFeedWarmMs)} beside ${ms(emptyMs)})`,
    ),
    atMost('No task over 50 ms on the page’s thread, slowed 4 times', longestTaskMs, 50, ms),
    atMost('No layout shift', cls, 0, (value) => value.toFixed(4)),
  ];
}
