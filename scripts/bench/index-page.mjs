/** The figures of large catalogs as Markdown, between markers of their own in docs/performance.md. */
import { between } from '../files.mjs';
import { timeWords } from './page.mjs';

/** @typedef {import('./index-worker.mjs').IndexFigure} IndexFigure */

/** What the issue asks for. */
const BARS = { growth: 20, recall: 0.95, workerMB: 60 };

/** @param {readonly (string | number)[]} cells @returns {string} */
const row = (cells) => `| ${cells.join(' | ')} |`;

/**
 * How much longer a job takes on the largest catalog than on the smallest.
 *
 * @param {readonly IndexFigure[]} figures - At least one, by size.
 * @returns {{ items: number, index: number, exhaustive: number }} Factors.
 */
export function growthOf(figures) {
  const [first, last] = [figures[0], figures.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('no figures');
  return {
    items: last.n / first.n,
    index: last.medianMs / first.medianMs,
    exhaustive: last.exhaustiveMs / first.exhaustiveMs,
  };
}

/**
 * Writes what a run measured.
 *
 * @param {readonly IndexFigure[]} figures - By size.
 * @param {{ machine: string, workerMB: number }} run - `workerMB`: of the worker with 10,000 items.
 * @returns {string} Markdown.
 */
export function indexReport(figures, { machine, workerMB }) {
  const head = [
    'items × 64',
    'lists',
    'looked at',
    'rows scored',
    'by the index',
    'all items',
    'recall at 200',
    'memory',
  ];
  const rows = figures.map((figure) => [
    figure.n.toLocaleString('en'),
    figure.lists.toLocaleString('en'),
    figure.probes.toFixed(0),
    Math.round(figure.scored).toLocaleString('en'),
    `${timeWords(figure.medianMs)} ms`,
    `${timeWords(figure.exhaustiveMs)} ms`,
    figure.recall.toFixed(3),
    `${figure.megabytes.toFixed(1)} MB`,
  ]);
  const growth = growthOf(figures);
  const least = Math.min(...figures.map(({ recall }) => recall));
  const isMet = growth.index < BARS.growth && least >= BARS.recall;
  return [
    `Measured on ${machine}. Jobs of ${figures[0]?.s} queries:`,
    '',
    row(head),
    row(head.map(() => '---:')),
    ...rows.map(row),
    '',
    `From ${figures[0]?.n.toLocaleString('en')} to ${figures.at(-1)?.n.toLocaleString('en')} items (× ${growth.items}) the time by the index grows × ${growth.index.toFixed(1)}, scoring all items × ${growth.exhaustive.toFixed(0)}; the least recall is ${least.toFixed(3)} (asked for: less than × ${BARS.growth}, at least ${BARS.recall}: ${isMet ? 'yes' : 'no'}).`,
    '',
    `Memory of the worker after feeds of 10,000 candidates: ${workerMB.toFixed(1)} MB (asked for: at most ${BARS.workerMB}: ${workerMB <= BARS.workerMB ? 'yes' : 'no'}).`,
  ].join('\n');
}

/**
 * Puts a report into the page.
 *
 * @param {string} page - Markdown with both markers.
 * @param {string} report - From {@link indexReport}.
 * @returns {string} The page with it.
 * @throws {Error} When a marker is missing.
 */
export function withIndexReport(page, report) {
  return between(page, 'index', `\n\n${report}\n\n`);
}
