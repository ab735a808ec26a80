/**
 * `npm run rerank`: milliseconds of a feed in Node, without storage and messages: 200, 1,526 and
 * 10,000 candidates of the demo shop that are encoded already, with and without the default pack,
 * for a visitor with 60 records and a new one for each feed. `--rounds N` of each, default 200.
 */
import { parseArgs } from 'node:util';
import { generateCatalog } from './demo-catalog/generate.mjs';
import { loadTools } from './load-tools.mjs';
import { ROOT } from './run.mjs';

/** @typedef {typeof import('./rerank/tools.mjs')} Tools */
/** @typedef {import('../src/core/types.ts').Item} Item */
/** @typedef {import('../src/core/types.ts').LogRecord} LogRecord */

const PACK = `${ROOT}packs/default/`;
const SIZES = [200, 1_526, 10_000];
const NOW = 1_767_225_600_000;
const MINUTE_MS = 60_000;
/** Items of the first shop, which the pack knows. */
const KNOWN = 1_500;
const SEED = 5;

/** @type {import('../src/feed/feed-context.ts').FeedOptions} */
const OPTIONS = { rows: 6, rowSize: 12, exploration: 0.1, influence: 1, seed: SEED };

/** @returns {Item[]} Of several demo shops, the first with the ids that the pack knows. */
function manyItems() {
  /** @type {Item[]} */
  const items = [];
  for (let seed = 1; items.length < Math.max(...SIZES); seed++) {
    for (const item of generateCatalog({ seed }).items) {
      items.push(seed === 1 ? item : { ...item, id: `${seed}-${item.id}` });
    }
  }
  return items;
}

/**
 * @param {readonly Item[]} items
 * @param {number} record - From 0.
 * @returns {LogRecord}
 */
function recordOf(items, record) {
  const { id = '' } = items[(record * 37) % Math.min(items.length, KNOWN)] ?? {};
  const type = record % 3 === 0 ? 'view_item' : 'view_item_list';
  return { eventId: `e${record}`, type, itemId: id, time: NOW + record * MINUTE_MS };
}

/**
 * @param {Tools} tools
 * @param {readonly Item[]} items
 * @param {ReturnType<Tools['createPackRanker']> | null} pack
 * @param {number} rounds
 * @returns {Promise<{ ms: number[], device: string }>} Sorted.
 */
async function timeFeeds(tools, items, pack, rounds) {
  const library = tools.buildLibrary(null, true);
  const open = () => tools.openKernelSimilarity();
  const ladder = tools.createDeviceLadder({ wanted: 'auto', open });
  const maker = new tools.FeedMaker(() => library, { ladder, clock: () => performance.now() });
  const encoded = maker.encode(items);
  const log = Array.from({ length: 60 }, (_, record) => recordOf(items, record));
  const settings = { seed: SEED, followed: [], blocked: [] };
  /** @type {number[]} */
  const ms = [];
  for (let round = 0; round < rounds; round++) {
    const newest = recordOf(items, 60 + 3 * round);
    const profile = { log: [...log, newest], items: new Map(), settings };
    const start = performance.now();
    await maker.make({ encoded, profile, options: OPTIONS, now: newest.time, pack });
    ms.push(performance.now() - start);
  }
  return { ms: ms.sort((a, b) => a - b), device: ladder.current() };
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);
/** @type {Tools} */
const tools = await loadTools('rerank');
const pack = tools.createPackRanker(await tools.decodePack(tools.readPackFolder(PACK)));
const items = manyItems();
for (const size of SIZES) {
  for (const [name, ranker] of /** @type {const} */ ([
    ['without a pack', null],
    ['with the default pack', pack],
  ])) {
    const { device, ms } = await timeFeeds(tools, items.slice(0, size), ranker, rounds);
    const median = ms[ms.length >> 1] ?? Number.NaN;
    const late = ms[Math.floor(ms.length * 0.95)] ?? Number.NaN;
    const told = `median ${median.toFixed(1)} ms, p95 ${late.toFixed(1)} ms, on ${device}`;
    console.log(`${String(size).padStart(6)} candidates, ${name}: ${told}`);
  }
}
