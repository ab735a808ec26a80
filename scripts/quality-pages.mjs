/** What `npm run quality` measured, as docs/quality.md and as the table of README.md. */
import { between } from './files.mjs';

/**
 * @typedef {Readonly<Record<string, number>>} Figures
 *   Metrics by name.
 * @typedef {Readonly<Record<string, number | string>>} Ablated
 *   Metrics without a family of signals; a note when there was none to leave out.
 * @typedef {Readonly<Record<string, number | null>>} Aucs
 *   By name of a score.
 * @typedef {{ names: readonly string[], bytes: number, heldOut: Aucs, baseline: Aucs, note?: string }} AttributeFigures
 * @typedef {object} MeasuredSet
 *   One data set, as docs/quality.json keeps it.
 * @property {string} set
 * @property {string} protocol
 * @property {number} visitors
 * @property {number} seconds - Of training.
 * @property {number} load - Jobs per core meanwhile, all work on the machine; ours alone is below 1.
 * @property {number} peakMemoryMb - Of training.
 * @property {number} packBytes
 * @property {{ p50: number, p95: number }} msPerVisitor - Of ranking one list.
 * @property {Figures} metrics
 * @property {Readonly<Record<string, Figures>>} baselines - By name.
 * @property {{ withoutGenerated: Ablated, withoutSegments: Ablated }} ablation
 * @property {AttributeFigures} attributes - Of the pack's attribute model.
 */

const COLUMNS = ['HR@1', 'HR@5', 'NDCG@5', 'HR@10', 'NDCG@10', 'MRR'];

/**
 * S³-Rec's table (CIKM 2020) for the two sets that it has, in the order of COLUMNS.
 *
 * @type {Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>>}
 */
const PUBLISHED = {
  beauty: [
    ['SASRec, published', ['.1870', '.3741', '.2848', '.4696', '.3156', '.2852']],
    ['S³-Rec, published', ['.2192', '.4502', '.3407', '.5506', '.3732', '.3340']],
  ],
  lastfm: [
    ['SASRec, published', ['', '', '', '.4706', '.2755', '.2364']],
    ['S³-Rec, published', ['', '', '', '.5835', '.3583', '.3072']],
  ],
};

/**
 * @param {readonly string[]} cells
 * @returns {string} A row of a Markdown table.
 */
const row = (cells) => `| ${cells.join(' | ')} |`;

/**
 * @param {number} names - Columns of names before those of figures.
 * @returns {string} The line under the head.
 */
const rule = (names) =>
  row([...Array.from({ length: names }, () => '---'), ...COLUMNS.map(() => '---:')]);

/**
 * @param {Figures} figures - One method's.
 * @returns {string[]} Its cells, four places.
 */
const cellsOf = (figures) =>
  COLUMNS.map((name) => figures[name]?.toFixed(4).replace('0.', '.') ?? '');

/** A difference below it is no difference. */
const SMALL = 0.001;

/** Above it other work took the machine's time. */
const BUSY = 1.5;

/**
 * @param {number} load - Jobs per core.
 * @returns {string} What to say of it behind a time; nothing of a quiet machine.
 */
const besides = (load) => (load > BUSY ? `, with ${load} jobs per core beside it,` : '');

/**
 * @param {number} bytes
 * @returns {string} `8.74 MB`.
 */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/**
 * @param {Aucs} aucs
 * @returns {string} `comfort .991, giftability .934`.
 */
const aucsOf = (aucs) =>
  Object.entries(aucs)
    .map(([name, auc]) => `${name} ${auc === null ? '–' : auc.toFixed(3).replace('0.', '.')}`)
    .join(', ');

/**
 * @param {AttributeFigures} attributes
 * @returns {string} A sentence or two about the attribute model.
 */
function attributeWords({ baseline, bytes, heldOut, names, note }) {
  if (names.length === 0) return `No attribute model: ${note}.`;
  const size = `Attribute model of ${(bytes / 1000).toFixed(0)} kB`;
  const figures = `area under the curve on items kept back: ${aucsOf(heldOut)}`;
  const rival = `its linear path alone: ${aucsOf(baseline)}`;
  return `${size}, ${figures}; ${rival}.${note === undefined ? '' : ` Note: ${note}.`}`;
}

/**
 * @param {string} name - Of a row.
 * @param {Ablated} ablated
 * @returns {string[][]} The row; none when there was nothing to leave out.
 */
function ablatedRow(name, { note, ...figures }) {
  const numbers = /** @type {Figures} */ (figures);
  return note === undefined ? [[name, ...cellsOf(numbers)]] : [];
}

/**
 * @param {MeasuredSet} measured
 * @returns {string} Its part of docs/quality.md.
 */
function sectionOf(measured) {
  const { baselines, load, metrics, msPerVisitor, packBytes, peakMemoryMb, seconds } = measured;
  const { ablation, attributes, protocol, set, visitors } = measured;
  const rows = [
    ['**vitrine**', ...cellsOf(metrics)],
    ...ablatedRow('without generated signals', ablation.withoutGenerated),
    ...ablatedRow('without segment signals', ablation.withoutSegments),
    ...Object.entries(baselines).map(([name, figures]) => [name, ...cellsOf(figures)]),
    ...(PUBLISHED[set] ?? []).map(([name, figures]) => [name, ...figures]),
  ];
  return [
    `## ${set}, ${protocol}`,
    '',
    `${visitors} lists. Trained in ${Math.round(seconds)} s${besides(load)} with ${peakMemoryMb} MB; pack ${megabytes(packBytes)}. Ranking one list: p50 ${msPerVisitor.p50} ms, p95 ${msPerVisitor.p95} ms.`,
    '',
    attributeWords(attributes),
    '',
    row(['', ...COLUMNS]),
    rule(1),
    ...rows.map(row),
  ].join('\n');
}

/**
 * @param {readonly MeasuredSet[]} sets
 * @returns {string} How much the models about items move the ranking.
 */
function worth(sets) {
  const gains = sets.flatMap(({ ablation, metrics }) =>
    Object.values(ablation).map(
      (ablated) => (metrics['NDCG@10'] ?? 0) - Number(ablated['NDCG@10']),
    ),
  );
  const shown = (/** @type {number} */ gain) => gain.toFixed(4).replace('0.', '.');
  const falls = Math.max(...gains);
  const rises = Math.max(...gains.map((gain) => -gain));
  const words = `NDCG@10 falls by at most ${shown(falls)} and rises by at most ${shown(rises)} without one of them`;
  const isIdle = falls < SMALL && rises < SMALL;
  return isIdle ? `They do not help on these sets: ${words}.` : `On these sets ${words}.`;
}

/**
 * The page docs/quality.md.
 *
 * @param {readonly MeasuredSet[]} sets
 * @returns {string}
 */
export function qualityPage(sets) {
  const head = `# Ranking quality\n\nWritten by \`npm run quality\` (seed 1, one setting for all sets). Protocols: everything learned comes from what the protocol allows; ties count against us. Baselines learn from the same split with 128 neighbours per item, or as many as the pack where that has more. Rows “without” are the same ranker with the terms of a family of signals left out, not trained anew: what a family says that others do not. A set without text has no attribute model; one without categories and words has no item in a segment. ${worth(sets)} Times are of the machine that wrote this page.\n\n`;
  return `${head}${sets.map(sectionOf).join('\n\n')}\n`;
}

/**
 * @param {MeasuredSet} measured
 * @returns {[string, Figures]} The rival with the largest NDCG@10.
 */
function bestBaseline({ baselines }) {
  const [best] = Object.entries(baselines).sort(
    ([, a], [, b]) => (b['NDCG@10'] ?? 0) - (a['NDCG@10'] ?? 0),
  );
  if (best === undefined) throw new Error('A set was measured without baselines.');
  return best;
}

/**
 * README's table: ours, the best rival of the same run, and what was published.
 *
 * @param {readonly MeasuredSet[]} sets
 * @returns {string}
 */
function readmeTable(sets) {
  const rows = sets.flatMap((measured) => {
    const { metrics, protocol, set } = measured;
    const [name, figures] = bestBaseline(measured);
    return [
      [`${set}, ${protocol}`, '**vitrine**', ...cellsOf(metrics)],
      ['', `${name}, best baseline`, ...cellsOf(figures)],
      ...(PUBLISHED[set] ?? []).map(([method, cells]) => ['', method, ...cells]),
    ];
  });
  const most = (/** @type {(measured: MeasuredSet) => number} */ of) => Math.max(...sets.map(of));
  const words = [
    `Training took at most ${Math.round(most(({ seconds }) => seconds))} s${besides(most(({ load }) => load))}`,
    `${most(({ peakMemoryMb }) => peakMemoryMb)} MB of memory`,
    `a pack has at most ${megabytes(most(({ packBytes }) => packBytes))}`,
    `ranking one list takes ${most(({ msPerVisitor }) => msPerVisitor.p50)} ms (largest median)`,
  ];
  const text = `${words[0]} and ${words[1]}; ${words[2]}; ${words[3]}.`;
  return [row(['', '', ...COLUMNS]), rule(2), ...rows.map(row), '', text].join('\n');
}

/**
 * Puts the table in its place.
 *
 * @param {string} readme - README.md.
 * @param {readonly MeasuredSet[]} sets
 * @returns {string} README.md with the table.
 * @throws {Error} When the markers are not there.
 */
export function withTable(readme, sets) {
  return between(readme, 'quality', `\n${readmeTable(sets)}\n`);
}
