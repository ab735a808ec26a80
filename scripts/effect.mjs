/**
 * `npm run effect`: what the generative models change in what visitors see. The same simulated
 * visitors of the demo's shop meet the shop's own lists, windows without models, and windows with
 * synthetic scores, with generated segments, and with both; printed are the clicks that their hidden
 * tastes make likely, and how much of the window differs. The rivals stand beside them: scores of
 * words alone, segments of a linear model. `--visitors N`, `--visits N`, `--model FILE`, `--json FILE`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { generateCatalog } from './demo-catalog/generate.mjs';
import { loadTools, useWasm } from './load-tools.mjs';
import { ROOT } from './run.mjs';

/** @typedef {typeof import('./effect/tools.mjs')} Tools */
/** @typedef {import('../src/core/types.ts').Item} Item */
/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {{ name: string, scores: 'none' | 'words' | 'encoder', segments: 'none' | 'linear' | 'vae' }} Variant */
/** @typedef {{ clicks: number[], windows: string[][], emerged: number }} Outcome */

const MODEL = `${ROOT}packs/default/attributes.bin`;
const SEED = 1;

/** Visits without a past say nothing of the models. */
const FIRST_VISIT = 1;

/** @type {readonly Variant[]} */
const VARIANTS = [
  { name: 'no models', scores: 'none', segments: 'none' },
  { name: 'scores of words alone', scores: 'words', segments: 'none' },
  { name: 'scores of the Transformer', scores: 'encoder', segments: 'none' },
  { name: 'segments, linear rival', scores: 'none', segments: 'linear' },
  { name: 'segments, autoencoder', scores: 'none', segments: 'vae' },
  { name: 'Transformer, autoencoder', scores: 'encoder', segments: 'vae' },
];

/**
 * @param {Tools} tools - Our modules.
 * @param {readonly Item[]} items - Without scores.
 * @param {string} file - Of the model.
 * @param {boolean} encodes - False: scores of the linear path over words, no latent dimensions.
 * @returns {Promise<readonly Item[]>} With its scores.
 */
async function scoreAll(tools, items, file, encodes) {
  if (!existsSync(file)) throw new Error(`${file} is not there.`);
  let bytes = new Uint8Array(readFileSync(file));
  if (!encodes) {
    const model = tools.readModel(bytes);
    model.scores?.trust.fill(0);
    const weights = new Map([...model.weights].filter(([name]) => !name.startsWith('latent')));
    bytes = tools.writeModel({ ...model, weights });
  }
  const scorer = await tools.openScorer(bytes, { devices: [], wasmBaseUrl: '' });
  const generated = (await scorer?.score(items, 0)) ?? [];
  return items.map((item, i) => ({ ...item, ...(generated[i] && { generated: generated[i] }) }));
}

/**
 * @param {Tools} tools - Our modules.
 * @param {Variant['segments']} segments - What makes segments.
 * @returns {Promise<{ engine: import('../src/engine/create-engine.ts').Engine, settle: () => Promise<void> }>}
 *   An engine in memory, and what lets its idle jobs finish.
 */
async function openEngine(tools, segments) {
  const { createDeviceLadder, Engine, MemoryStore, promote, trainInNode } = tools;
  /** @type {(() => void)[]} */
  const idle = [];
  let ids = 0;
  /** @type {import('../src/engine/segment-maker.ts').SegmentTrainer} */
  const train = (samples, seed) => trainInNode(samples, { seed });
  const never = () => Promise.reject(new Error('not here'));
  /** @returns {Promise<void>} */
  const pause = () => new Promise((done) => void setTimeout(done));
  const engine = await Engine.create(
    {
      keeper: {
        openStore: async () => new MemoryStore({ now: () => Date.now() }),
        promote,
        channel: null,
        drawSeed: () => SEED,
        onError: (code) => console.error(code),
      },
      ladder: createDeviceLadder({ wanted: 'js', open: never }),
      fetchText: never,
      clock: () => performance.now(),
      whenIdle: (job) => void (segments === 'none' || idle.push(job)),
      trainSegments: segments === 'vae' ? train : undefined,
      newId: () => `event-${++ids}`,
      packs: { open: never, openSlice: never, pause },
    },
    { baseUrl: 'http://localhost/', pageUrl: 'http://localhost/', consent: 'granted', seed: SEED },
  );
  const settle = async () => {
    while (idle.length > 0) {
      for (const job of idle.splice(0)) job();
      for (let turn = 0; turn < 20; turn++) await pause();
    }
  };
  return { engine, settle };
}

/**
 * @param {Feed} feed - A window.
 * @param {ReadonlyMap<string, number>} rowOf - By item id.
 * @returns {import('../src/simulate/types.ts').ShownList[]} As visitors see it.
 */
function listsOf(feed, rowOf) {
  return feed.rows.map(({ id, items }) => ({
    id,
    items: items.map(({ itemId }) => /** @type {number} */ (rowOf.get(itemId))),
  }));
}

/**
 * Plays all visits of all visitors.
 *
 * @param {Tools} tools - Our modules.
 * @param {readonly Item[]} items - Candidates of every visit.
 * @param {Variant} variant - What makes the window.
 * @param {{ visitors: number, visits: number }} size - How many.
 * @returns {Promise<Outcome>} Expected clicks and windows, visit by visit.
 */
async function play(tools, items, variant, { visitors, visits }) {
  const rowOf = new Map(items.map(({ id }, row) => [id, row]));
  const population = tools.createPopulation(items, { visitors, visits, seed: SEED });
  const { engine, settle } = await openEngine(tools, variant.segments);
  /** @type {Outcome} */
  const outcome = { clicks: [], windows: [], emerged: 0 };
  for (const visitor of population.visitors) {
    if (visitor.kind === 'bot') continue;
    let now = 0;
    for (let visit = 0; visit < visits; visit++) {
      const feed = await engine.rerank(items, {}, now);
      const lists = listsOf(feed, rowOf);
      if (visit >= FIRST_VISIT) {
        outcome.clicks.push(population.expectedClicks(visitor, lists));
        outcome.windows.push(feed.rows.flatMap((row) => row.items.map(({ itemId }) => itemId)));
      }
      const first = visit === 0 ? tools.shopLists(population, visitor) : lists;
      const { events, seen } = population.visit(visitor, first);
      now = events.at(-1)?.time ?? now;
      const shown = seen.map((row) => /** @type {Item} */ (items[row]).id);
      const time = events[0]?.time ?? now;
      if (shown.length > 0)
        await engine.track({ type: 'view_item_list', items: shown, time }, time);
      for (const { item, time: at, type } of events) {
        await engine.track({ type, itemId: /** @type {Item} */ (items[item]).id, time: at }, at);
      }
      await settle();
    }
    const segments = await engine.listSegments(now);
    outcome.emerged += segments.filter(({ isAutomatic }) => isAutomatic === true).length;
    await engine.erase();
  }
  return outcome;
}

/** @param {readonly number[]} values - Some. */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * @param {Outcome} outcome - Of a variant.
 * @param {Outcome} plain - Without models.
 * @returns {{ clicksPerVisit: number, againstPlain: number, error: number, changed: number, emerged: number }}
 *   Paired with the same visits without models; `changed`: share of the window's items that differ.
 */
function compare(outcome, plain) {
  const gains = outcome.clicks.map((clicks, v) => clicks - /** @type {number} */ (plain.clicks[v]));
  const gain = mean(gains);
  const spread = Math.sqrt(mean(gains.map((value) => (value - gain) ** 2)));
  const changed = outcome.windows.map((window, v) => {
    const other = new Set(plain.windows[v]);
    return window.filter((id) => !other.has(id)).length / Math.max(1, window.length);
  });
  return {
    clicksPerVisit: mean(outcome.clicks),
    againstPlain: mean(outcome.clicks) / mean(plain.clicks),
    error: spread / Math.sqrt(gains.length) / mean(plain.clicks),
    changed: mean(changed),
    emerged: outcome.emerged,
  };
}

const { values } = parseArgs({
  options: {
    visitors: { type: 'string', default: '60' },
    visits: { type: 'string', default: '8' },
    model: { type: 'string', default: MODEL },
    json: { type: 'string' },
  },
});
const size = { visitors: Number(values.visitors), visits: Number(values.visits) };
/** @type {Tools} */
const tools = await loadTools('effect');
await useWasm(tools);
const raw = generateCatalog({ seed: SEED }).items;
const plainItems = tools.normalizeCandidates(raw, { maxItems: raw.length }).items;
const candidates = {
  none: plainItems,
  words: await scoreAll(tools, plainItems, values.model, false),
  encoder: await scoreAll(tools, plainItems, values.model, true),
};
/** @type {Record<string, object>} */
const figures = {};
/** @type {Outcome | undefined} */
let plain;
console.log(`${size.visitors} visitors, ${size.visits} visits each, ${raw.length} items`);
for (const variant of VARIANTS) {
  const outcome = await play(tools, candidates[variant.scores], variant, size);
  plain ??= outcome;
  const found = compare(outcome, plain);
  figures[variant.name] = found;
  const ratio = `${found.againstPlain.toFixed(3)} ± ${found.error.toFixed(3)}`;
  console.log(
    `${variant.name.padEnd(26)} ${found.clicksPerVisit.toFixed(3)} clicks per visit, ${ratio} of no models; ${(100 * found.changed).toFixed(0)} % of the window differs; ${found.emerged} segments emerged`,
  );
}
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ ...size, figures }, null, 2)}\n`);
}
