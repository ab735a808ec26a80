/**
 * `npm run learning`: what learning on the device does for simulated visitors, and what it costs
 * beside feeds. `--visitors N` of each kind, `--seed N` other visitors, `--json FILE` (default temp/learning.json), `--docs`
 * rewrites the figures in docs/learning.md, `--skip-browser` leaves the timings out, `--only
 * segments` measures the model of segments alone, `--only ranker` all the rest. Exits 1 when a figure is past its bound.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { generateCatalog } from './demo-catalog/generate.mjs';
import { writeBetween } from './files.mjs';
import { timeFeeds } from './learning/browser.mjs';
import { expectedNdcg, heldOutNdcg, learnFrom } from './learning/measure.mjs';
import { measureSegments, segmentFailures, segmentTable } from './learning/segments.mjs';
import { poison, shop } from './learning/visitors.mjs';
import { loadTools, useWasm } from './load-tools.mjs';
import { ROOT } from './run.mjs';

/** @typedef {typeof import('./learning/tools.mjs')} Tools */
/** @typedef {import('./learning/measure.mjs').Shop} Shop */

const PACK = `${ROOT}packs/default/`;
const DOCS = `${ROOT}docs/learning.md`;
/** Priors were chosen on visitors of seeds 2, 3 and 5, what the gate takes off on those of 7 and 8. */
const DEFAULT_SEED = 4;

/** What the issue asks for. */
const BOUNDS = { gain: 0.05, worst: -0.02, discarded: 0.95, slower: 1.5 };

/**
 * @param {Tools} tools
 * @returns {Promise<Shop>} The demo shop with the default pack.
 */
async function openShop(tools) {
  const { items } = generateCatalog({ seed: 1 });
  const byId = new Map(items.map((item) => [item.id, item]));
  const itemOf = (/** @type {string} */ id) => byId.get(id);
  return { tools, items, itemOf, pack: await tools.decodePack(tools.readPackFolder(PACK)) };
}

/** @param {readonly number[]} values @returns {number} */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * @param {readonly (readonly [number, number])[]} pairs - Before and after, by visitor.
 * @returns {{ before: number, after: number, gain: number, worst: number }} Means, gain of the
 *   means, and the worst visitor's own.
 */
function summary(pairs) {
  const before = mean(pairs.map(([value]) => value));
  const after = mean(pairs.map(([, value]) => value));
  const own = pairs.map(([from, to]) => to / from - 1);
  return { before, after, gain: after / before - 1, worst: Math.min(...own) };
}

/**
 * @param {Shop} where
 * @param {string} world
 * @param {number} visitors
 */
async function measureWorld(where, world, visitors) {
  const { tools, items } = where;
  const shoppers = shop(tools, items, { world, visitors, seed: SEED });
  const encoded = tools.encodeItems(items, tools.createTextCache());
  let kept = 0;
  /** @type {[number, number][]} */
  const heldOut = [];
  /** @type {[number, number][]} */
  const expected = [];
  for (const shopper of shoppers) {
    const { result, tuning } = await learnFrom(where, shopper.log, encoded);
    if (result.verdict === 'kept') kept++;
    heldOut.push(heldOutNdcg(where, shopper, tuning));
    expected.push(expectedNdcg(where, shopper, tuning));
    process.stdout.write(`\r${world}: ${heldOut.length} of ${shoppers.length} `);
  }
  console.log();
  return {
    visitors: shoppers.length,
    kept,
    heldOut: summary(heldOut),
    expected: summary(expected),
    byVisitor: shoppers.map(({ id, kind }, n) => ({
      id,
      kind,
      heldOut: heldOut[n],
      expected: expected[n],
    })),
  };
}

/**
 * @param {Shop} where
 * @param {number} visitors
 */
async function measurePoison(where, visitors) {
  const { tools, items } = where;
  const encoded = tools.encodeItems(items, tools.createTextCache());
  let discarded = 0;
  for (const [n, log] of poison(tools, items, { visitors, seed: SEED }).entries()) {
    const { result } = await learnFrom(where, log, encoded);
    if (result.verdict === 'discarded') discarded++;
    process.stdout.write(`\rpoisoned logs: ${n + 1} of ${visitors}, ${discarded} discarded `);
  }
  console.log();
  return { visitors, discarded };
}

/** @typedef {Awaited<ReturnType<typeof measureWorld>>} WorldFigures */
/** @typedef {Awaited<ReturnType<typeof timeFeeds>>} FeedFigures */
/**
 * @typedef {object} Figures
 * @property {WorldFigures} maker
 * @property {WorldFigures} shelf
 * @property {{ visitors: number, discarded: number }} poisoned
 * @property {FeedFigures | null} feeds
 */

/** @param {number} value @returns {string} */
const percent = (value) => `${value >= 0 ? '+' : '−'}${Math.abs(value * 100).toFixed(1)} %`;

/**
 * @param {Figures} figures
 * @returns {string} Markdown.
 */
function table({ maker, shelf, poisoned, feeds }) {
  const rows = [
    ['shop by maker, which the pack’s visitors did not', maker],
    ['like those whom the pack learned from', shelf],
  ].map((/** @type {any} */ [name, { visitors, kept, heldOut, expected }]) => {
    const cells = [heldOut, expected].flatMap((/** @type {ReturnType<typeof summary>} */ one) => [
      `${one.before.toFixed(3)} → ${one.after.toFixed(3)}`,
      percent(one.gain),
      percent(one.worst),
    ]);
    return `| ${[name, visitors, kept, ...cells].join(' | ')} |`;
  });
  const share = `${poisoned.discarded} of ${poisoned.visitors}`;
  const timing =
    feeds === null
      ? []
      : [
          '',
          `Feeds in Chromium, ${feeds.numFeeds} of each, median: ${feeds.alone.toFixed(0)} ms alone, ${feeds.learning.toFixed(0)} ms while learning (× ${feeds.ratio.toFixed(2)}).`,
        ];
  return [
    '| visitors who | number | kept | NDCG@10 of held-out choices | gain | worst visitor | expected NDCG@10 | gain | worst visitor |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    `Logs of 60 random clicks: ${share} discarded.`,
    ...timing,
  ].join('\n');
}

/**
 * @param {string} name - Of the two markers of the page.
 * @param {string} text - Goes between them.
 */
function writeDocs(name, text) {
  writeBetween(DOCS, name, `\n\n${text}\n\n`);
}

/**
 * @param {Figures} figures
 * @returns {string[]} What is past its bound.
 */
function failures({ maker, poisoned, feeds }) {
  const found = [];
  // Beside what single choices say stands what they were likely to be: it holds less luck, but for
  // those whose taste turned at that moment, which nobody could know of.
  if (maker.heldOut.gain < BOUNDS.gain) found.push('the gain');
  if (maker.heldOut.worst < BOUNDS.worst) found.push('the worst visitor’s loss');
  if (poisoned.discarded / poisoned.visitors < BOUNDS.discarded) found.push('poisoned logs');
  if (feeds !== null && feeds.ratio > BOUNDS.slower) found.push('feeds while learning');
  return found;
}

const { values } = parseArgs({
  options: {
    visitors: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
    json: { type: 'string', default: `${ROOT}temp/learning.json` },
    docs: { type: 'boolean', default: false },
    'skip-browser': { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
const numVisitors = Number(values.visitors);
const SEED = Number(values.seed);
/** @type {Tools} */
const tools = await loadTools('learning');
const where = await openShop(tools);
await useWasm(tools);
const segments =
  values.only === 'ranker'
    ? null
    : await measureSegments(tools, where.items, Math.round(numVisitors / 2));
if (segments !== null) {
  console.log(segmentTable(segments));
  if (values.docs) writeDocs('segments', segmentTable(segments));
  if (values.only === 'segments') process.exit(segmentFailures(segments).length > 0 ? 1 : 0);
}
const figures = {
  segments,
  poisoned: await measurePoison(where, Math.max(20, Math.round(numVisitors * 1.5))),
  maker: await measureWorld(where, 'maker', numVisitors),
  shelf: await measureWorld(where, 'shelf', Math.round(numVisitors / 3)),
  feeds: values['skip-browser']
    ? null
    : await timeFeeds(
        where.items,
        shop(where.tools, where.items, { world: 'maker', visitors: 1, seed: SEED }),
      ),
};
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
console.log(table(figures));
if (values.docs) writeDocs('figures', table(figures));
const past = [...failures(figures), ...(segments ? segmentFailures(segments) : [])];
if (past.length > 0) {
  console.error(`Past their bounds: ${past.join(', ')}.`);
  process.exitCode = 1;
}
