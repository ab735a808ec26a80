/**
 * What learning does for simulated visitors, by the very code that runs in the worker.
 */
import { CHOICES, some } from './visitors.mjs';

/** @typedef {import('../../src/core/types.ts').Item} Item */
/** @typedef {import('../../src/core/types.ts').LogRecord} LogRecord */
/** @typedef {import('../../src/core/learn.ts').LearnResult} LearnResult */
/** @typedef {import('../../src/learn/tuning.ts').Tuning} Tuning */
/** @typedef {import('../../src/pack/pack-codec.ts').RankerPack} RankerPack */
/** @typedef {import('./visitors.mjs').Shopper} Shopper */
/** @typedef {typeof import('./tools.mjs')} Tools */
/**
 * @typedef {{ tools: Tools, pack: RankerPack, items: readonly Item[],
 *   itemOf: (itemId: string) => Item | undefined }} Shop
 */

const PACK_ID = 'measured';
const LISTS = { size: 100, expected: 80, perChoice: 3 };

/** @param {number} rank @returns {number} */
const gainOf = (rank) => (rank <= 10 ? 1 / Math.log2(rank + 1) : 0);

/**
 * @param {Float64Array} scores
 * @returns {number} What the place of the first candidate is worth; ties count against it.
 */
const gainOfFirst = (scores) =>
  gainOf(scores.filter((score) => score >= /** @type {number} */ (scores[0])).length);

/**
 * Learns from a log as a page would that has just made a feed of the whole catalog.
 *
 * @param {Shop} shop
 * @param {readonly LogRecord[]} log
 * @param {ReturnType<Tools['encodeItems']>} encoded
 * @returns {Promise<{ result: LearnResult, tuning: Tuning | null }>} Null when nothing was kept.
 */
export async function learnFrom({ tools, pack, items }, log, encoded) {
  const { Learner, MemoryStore, ProfileKeeper, createPackRanker, openCheckpoint } = tools;
  const now = log.at(-1)?.time ?? 0;
  const store = new MemoryStore({ now: () => now });
  const byId = new Map(items.map((item) => [item.id, item]));
  const snapshots = log.flatMap(({ itemId }) => byId.get(itemId) ?? []);
  await store.append({ records: log, items: snapshots, derived: null });
  const keeper = await ProfileKeeper.open(
    {
      openStore: async () => store,
      promote: async () => store.load(),
      channel: null,
      drawSeed: () => 7,
      onError: (code) => {
        throw new Error(code);
      },
    },
    'granted',
  );
  const learner = new Learner(keeper, {
    clock: () => 0,
    pause: async () => undefined,
    tell: () => undefined,
    lock: (job) => job(),
    isHeld: () => false,
    library: () => tools.buildLibrary(null, true),
  });
  await learner.rankerOf(PACK_ID, createPackRanker(pack), items);
  const result = await learner.learn(encoded, now);
  const { checkpoints } = await store.loadCheckpoints();
  const kept = checkpoints[0];
  const body = kept === undefined ? null : openCheckpoint(kept, PACK_ID);
  return { result, tuning: body?.tuning ?? null };
}

/**
 * @param {Shop} shop
 * @param {Tuning | null} tuning
 * @param {readonly number[]} rows
 * @param {readonly LogRecord[]} log
 * @returns {[before: Float64Array, after: Float64Array]} Scores of the same candidates.
 */
function scoresOf({ tools, pack, items, itemOf }, tuning, rows, log) {
  const list = rows.map((row) => /** @type {Item} */ (items[row]));
  const input = { ids: list.map(({ id }) => id), log, titleOf: () => undefined };
  const { createPackRanker, tunedRanker } = tools;
  plain ??= { of: pack, ranker: createPackRanker(pack) };
  const before = plain.ranker.view(input).scores;
  if (tuning === null) return [before, before];
  if (tuned?.of !== tuning) tuned = { of: tuning, make: tunedRanker(pack, tuning) };
  return [before, tuned.make(list, itemOf).view(input).scores];
}

/** @type {{ of: RankerPack, ranker: ReturnType<Tools['createPackRanker']> } | undefined} */
let plain;
/** @type {{ of: Tuning, make: ReturnType<Tools['tunedRanker']> } | undefined} */
let tuned;

/**
 * NDCG@10 of the next choice, in the mean over what it may be: the simulator knows each item's
 * chance, so that no luck of single clicks is in it.
 *
 * @param {Shop} shop
 * @param {Shopper} shopper
 * @param {Tuning | null} tuning
 * @returns {[before: number, after: number]}
 */
export function expectedNdcg(shop, { id, log, attraction }, tuning) {
  const random = shop.tools.createRandom(9, `expected ${id}`);
  const rows = shop.items.map((_, row) => row);
  const sums = [0, 0];
  let total = 0;
  for (let list = 0; list < LISTS.expected; list++) {
    const candidates = some(random, rows, LISTS.size);
    const chances = candidates.map((row) => /** @type {number} */ (attraction[row]));
    total += chances.reduce((sum, chance) => sum + chance, 0);
    for (const [k, scores] of scoresOf(shop, tuning, candidates, log).entries()) {
      const order = [...scores.keys()].sort(
        (a, b) => /** @type {number} */ (scores[b]) - /** @type {number} */ (scores[a]),
      );
      for (const [at, c] of order.slice(0, 10).entries()) {
        sums[k] = (sums[k] ?? 0) + /** @type {number} */ (chances[c]) * gainOf(at + 1);
      }
    }
  }
  return [(sums[0] ?? 0) / total, (sums[1] ?? 0) / total];
}

/**
 * NDCG@10 of the choices that followed, each among 99 others, three times.
 *
 * @param {Shop} shop
 * @param {Shopper} shopper
 * @param {Tuning | null} tuning
 * @returns {[before: number, after: number]}
 */
export function heldOutNdcg(shop, { id, log, later }, tuning) {
  const random = shop.tools.createRandom(9, `held out ${id}`);
  const rowOf = new Map(shop.items.map((item, row) => [item.id, row]));
  const rows = shop.items.map((_, row) => row);
  const known = [...log];
  const sums = [0, 0];
  let [count, choices, last] = [0, 0, ''];
  for (const record of later) {
    const { itemId, type } = record;
    if (type !== 'view_item_list' && itemId !== last) {
      const answer = /** @type {number} */ (rowOf.get(itemId));
      for (let n = 0; n < LISTS.perChoice; n++, count++) {
        const others = some(random, rows, LISTS.size).filter((row) => row !== answer);
        const candidates = [answer, ...others.slice(0, LISTS.size - 1)];
        const [before, after] = scoresOf(shop, tuning, candidates, known).map(gainOfFirst);
        sums[0] = (sums[0] ?? 0) + (before ?? 0);
        sums[1] = (sums[1] ?? 0) + (after ?? 0);
      }
      last = itemId;
      if (++choices >= CHOICES.later) break;
    }
    known.push(record);
  }
  return [(sums[0] ?? 0) / count, (sums[1] ?? 0) / count];
}
