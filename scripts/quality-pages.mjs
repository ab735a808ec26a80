/** What `npm run quality` measured, as docs/quality.md and as the table of README.md. */

/**
 * @typedef {Readonly<Record<string, number>>} Figures
 *   Metrics by name.
 * @typedef {object} MeasuredSet
 *   One data set, as docs/quality.json keeps it.
 * @property {string} set
 * @property {string} protocol
 * @property {number} visitors
 * @property {number} seconds - Of training.
 * @property {number} peakMemoryMb - Of training.
 * @property {number} packBytes
 * @property {{ p50: number, p95: number }} msPerVisitor - Of ranking one list.
 * @property {Figures} metrics
 * @property {Readonly<Record<string, Figures>>} baselines - By name.
 */

const COLUMNS = ['HR@1', 'HR@5', 'NDCG@5', 'HR@10', 'NDCG@10', 'MRR'];
const START = '<!-- quality:start -->';
const END = '<!-- quality:end -->';

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

/**
 * @param {number} bytes
 * @returns {string} `8.74 MB`.
 */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/**
 * @param {MeasuredSet} measured
 * @returns {string} Its part of docs/quality.md.
 */
function sectionOf(measured) {
  const { baselines, metrics, msPerVisitor, packBytes, peakMemoryMb, seconds } = measured;
  const { protocol, set, visitors } = measured;
  const rows = [
    ['**vitrine**', ...cellsOf(metrics)],
    ...Object.entries(baselines).map(([name, figures]) => [name, ...cellsOf(figures)]),
    ...(PUBLISHED[set] ?? []).map(([name, figures]) => [name, ...figures]),
  ];
  return [
    `## ${set}, ${protocol}`,
    '',
    `${visitors} lists. Trained in ${Math.round(seconds)} s with ${peakMemoryMb} MB; pack ${megabytes(packBytes)}. Ranking one list: p50 ${msPerVisitor.p50} ms, p95 ${msPerVisitor.p95} ms.`,
    '',
    row(['', ...COLUMNS]),
    rule(1),
    ...rows.map(row),
  ].join('\n');
}

/**
 * The page docs/quality.md.
 *
 * @param {readonly MeasuredSet[]} sets
 * @returns {string}
 */
export function qualityPage(sets) {
  const head =
    '# Ranking quality\n\nWritten by `npm run quality` (seed 1, one setting for all sets). Protocols: everything learned comes from what the protocol allows; ties count against us. Baselines learn from the same split with 128 neighbours per item, or as many as the pack where that has more. Times are of the machine that wrote this page.\n\n';
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
 * README's table between its markers: ours, the best rival of the same run, and what was published.
 *
 * @param {readonly MeasuredSet[]} sets
 * @returns {string}
 */
export function readmeTable(sets) {
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
    `Training took at most ${Math.round(most(({ seconds }) => seconds))} s`,
    `${most(({ peakMemoryMb }) => peakMemoryMb)} MB of memory`,
    `a pack has at most ${megabytes(most(({ packBytes }) => packBytes))}`,
    `ranking one list takes ${most(({ msPerVisitor }) => msPerVisitor.p50)} ms (largest median)`,
  ];
  const text = `${words[0]} and ${words[1]}; ${words[2]}; ${words[3]}.`;
  return [START, row(['', '', ...COLUMNS]), rule(2), ...rows.map(row), '', text, END].join('\n');
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
  const from = readme.indexOf(START);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md has no ${START} … ${END}.`);
  return readme.slice(0, from) + readmeTable(sets) + readme.slice(to + END.length);
}
