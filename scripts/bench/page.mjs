/** The bench's figures as Markdown, between the markers of docs/performance.md. */
import { between } from '../files.mjs';
import { barsOf, bestOfOurs } from './bars.mjs';

/** @typedef {import('./bars.mjs').Result} Result */
/** @typedef {import('./worker.mjs').Figure} Figure */

/** The size whose details are told. */
const DETAILED = { n: 10_000, d: 128 };

/** @param {readonly (string | number)[]} cells @returns {string} */
const row = (cells) => `| ${cells.join(' | ')} |`;

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | number)[])[]} rows
 * @returns {string} A table, the first column to the left.
 */
function table(head, rows) {
  const rule = head.map((_, n) => (n === 0 ? '---' : '---:'));
  return [row(head), row(rule), ...rows.map(row)].join('\n');
}

/** @param {number} ms @returns {string} Three significant digits. */
export function timeWords(ms) {
  return ms >= 100 ? ms.toFixed(0) : String(Number(ms.toPrecision(3)));
}

/** @param {number} ratio - At least 1. @returns {string} */
const ratioWords = (ratio) => (ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0));

/**
 * @param {readonly Figure[]} kernels
 * @param {number} d
 * @returns {string} Medians and their ratio to the best of ours, by implementation and size.
 */
function medians(kernels, d) {
  const own = kernels.filter((figure) => figure.d === d);
  const sizes = [...new Set(own.map(({ n }) => n))].toSorted((a, b) => a - b);
  const rows = [...new Set(own.map(({ impl }) => impl))].map((impl) => {
    const cells = sizes.map((n) => {
      const all = own.filter((figure) => figure.n === n);
      const figure = all.find((one) => one.impl === impl);
      const best = bestOfOurs(all);
      if (figure === undefined || best === undefined) return '–';
      return `${timeWords(figure.medianMs)} (× ${ratioWords(figure.medianMs / best.medianMs)})`;
    });
    return [impl, ...cells];
  });
  return table([`${d} dimensions`, ...sizes.map((n) => `${n.toLocaleString('en')} items`)], rows);
}

/**
 * @param {Result} result
 * @returns {string} The other figures at one size.
 */
function details({ bytes, kernels }) {
  const { d, n } = DETAILED;
  const rows = kernels
    .filter((figure) => figure.n === n && figure.d === d)
    .map(({ coldMs, impl, medianMs, p95Ms, recall }) => [
      impl,
      ...[medianMs, p95Ms, coldMs].map(timeWords),
      recall.toFixed(4),
      bytes[impl] === undefined ? '–' : `${(bytes[impl] / 1000).toFixed(0)} kB`,
    ]);
  const head = [
    `${n.toLocaleString('en')} items × ${d}`,
    'median',
    'p95',
    'cold',
    'recall',
    'brotli',
  ];
  return table(head, rows);
}

/**
 * Writes what a run measured.
 *
 * @param {Result} result
 * @param {{ machine: string, failed: readonly { impl: string, reason: string }[],
 *   withoutUsMs: number }} run - See bench.mjs and main-thread.mjs.
 * @returns {string} Markdown.
 */
export function reportOf(result, { failed, machine, withoutUsMs }) {
  const { bandwidthGBs, gigaMacsPerS, kernels, startup } = result;
  const verdicts = barsOf(result).map(({ bar, measured, verdict }) => [bar, measured, verdict]);
  const startupRows = [
    ['an empty module worker that opens a database', startup.emptyMs],
    ['first feed of a new visitor', startup.firstFeedColdMs],
    ['first feed of a known visitor', startup.firstFeedWarmMs],
  ].map(([name, ms]) => [String(name), timeWords(Number(ms))]);
  const missing = [...new Map(failed.map(({ impl, reason }) => [impl, reason]))];
  return [
    `Measured on ${machine}: reads ${bandwidthGBs.toFixed(1)} GB/s, does ${gigaMacsPerS.toFixed(1)} G multiply-adds/s.`,
    ...missing.map(([impl, reason]) => `\nCould not be measured: ${impl} (${reason}).`),
    '\nMilliseconds of a job, medians, and in brackets how many times the best of ours:',
    ...[...new Set(kernels.map(({ d }) => d))].map((d) => `\n${medians(kernels, d)}`),
    '\n![Median time over number of items](performance.svg)',
    `\nMilliseconds, recall at 20 and what is downloaded:\n\n${details(result)}`,
    `\nStart-up:\n\n${table(['', 'milliseconds'], startupRows)}`,
    `\nThe longest task of the demo's page when our script cannot be fetched: ${timeWords(withoutUsMs)} ms (0: none over 50).`,
    `\nThe bars:\n\n${table(['bar', 'measured', 'reached'], verdicts)}`,
  ].join('\n');
}

/**
 * Puts a report into the page.
 *
 * @param {string} page - Markdown with both markers.
 * @param {string} report - From {@link reportOf}.
 * @returns {string} The page with it.
 * @throws {Error} When a marker is missing.
 */
export function withReport(page, report) {
  return between(page, 'bench', `\n\n${report}\n\n`);
}
