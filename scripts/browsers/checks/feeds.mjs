/** What a feed is: the shop's order, then rows with reasons, the same on every device and engine. */
import assert from 'node:assert/strict';
import { NOW, OPTIONS, looksOf } from '../stage.mjs';

/** @typedef {import('../runner.mjs').Check} Check */
/** @typedef {import('../stage.mjs').Stage} Stage */
/** @typedef {import('../driver.mjs').Feed} Feed */
/** @typedef {import('../driver.mjs').VitrineOptions} VitrineOptions */

/** Scores are sums of about ten numbers below 10. */
const TOLERANCE = 1e-9;

/** @param {readonly { value: number }[]} parts @returns {number} */
const sumOf = (parts) => parts.reduce((sum, { value }) => sum + value, 0);

/** @param {Stage} stage */
async function stranger(stage) {
  const tab = await stage.page();
  const { feed } = await tab.evaluate((page, options) => page.visit({ options }), OPTIONS);
  assert.equal(feed.reason, 'COLD_START');
  assert.equal(feed.personalized, false);
  assert.deepEqual(
    feed.order,
    stage.site.items.map(({ id }) => id),
  );
}

/** @param {Stage} stage */
async function explained(stage) {
  const tab = await stage.page();
  const work = { options: OPTIONS, looks: looksOf(stage.site) };
  const { explanations, feed } = await tab.evaluate(async (page, { looks, options }) => {
    const vitrine = await page.library.createVitrine(options);
    await page.look(vitrine, looks);
    const made = await vitrine.rerank(page.items);
    const found = [];
    for (const { items } of made.rows) {
      if (items[0]) found.push(await vitrine.explain(items[0].itemId));
    }
    vitrine.dispose();
    return { feed: made, explanations: found };
  }, work);
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.ok(feed.rows.length > 2, `${feed.rows.length} rows`);
  assert.equal(new Set(feed.order).size, stage.site.items.length);
  for (const row of feed.rows) {
    assert.ok(row.title && row.why, `row ${row.id} has no words`);
    for (const { itemId, score, scoreParts, why } of row.items) {
      assert.ok(why, `${itemId} has no reason`);
      assert.ok(Math.abs(sumOf(scoreParts) - score) < TOLERANCE, `the parts of ${itemId}`);
    }
  }
  for (const { itemId, score, scoreParts, similarities } of explanations) {
    assert.ok(Math.abs(sumOf(scoreParts) - score) < TOLERANCE, `the explained parts of ${itemId}`);
    for (const { blocks, value } of similarities) {
      const shares = blocks.reduce((sum, { share }) => sum + share, 0);
      assert.ok(Math.abs(shares - value) < 1e-6, `the blocks of ${itemId}: ${shares}, ${value}`);
    }
  }
  return `${feed.rows.length} rows on \`${feed.device}\``;
}

/**
 * @param {Stage} stage
 * @param {VitrineOptions['device']} device
 * @returns {Promise<Feed>} Of a visitor who is the same everywhere.
 */
async function feedOn(stage, device) {
  const tab = await stage.page();
  /** @type {VitrineOptions} */
  const options = { ...OPTIONS, now: NOW, ...(device !== undefined && { device }) };
  const work = { options, looks: looksOf(stage.site, 'Electronics') };
  const { feed } = await tab.evaluate((page, own) => page.visit(own), work);
  assert.equal(feed.reason, 'PERSONALIZED');
  return feed;
}

/**
 * The feed that all engines are to make.
 *
 * @param {Stage} stage - Of the browser that it comes from.
 * @returns {Promise<Feed>} By plain JavaScript.
 */
export async function referenceFeed(stage) {
  await stage.begin();
  const feed = await feedOn(stage, 'js');
  await stage.end();
  return feed;
}

/** @param {Feed} feed @returns {unknown} All but the numbers behind it, device and timings. */
function words({ order, personalized, reason, rows }) {
  const items = rows.map((row) => ({
    ...row,
    items: row.items.map(({ itemId, memberships, rank, scoreParts, why }) => ({
      itemId,
      rank,
      why,
      parts: scoreParts.map(({ name }) => name),
      segments: memberships.map(({ segmentId }) => segmentId),
    })),
  }));
  return { order, personalized, reason, rows: items };
}

/** @param {Feed} feed @returns {number[]} Every score, part and propensity. */
function numbers({ rows }) {
  return rows.flatMap(({ items }) =>
    items.flatMap(({ explored, memberships, score, scoreParts }) => [
      score,
      ...scoreParts.map(({ value }) => value),
      ...memberships.map(({ weight }) => weight),
      explored?.propensity ?? 0,
    ]),
  );
}

/**
 * @param {Feed} feed
 * @param {Feed} expected
 * @returns {number} The largest difference of two numbers; rejects when words or order differ.
 */
function furthest(feed, expected) {
  assert.deepEqual(words(feed), words(expected));
  const others = numbers(expected);
  return numbers(feed).reduce(
    (most, own, n) => Math.max(most, Math.abs(own - (others[n] ?? 0))),
    0,
  );
}

/** @param {number} difference @returns {string} */
const exactness = (difference) =>
  difference === 0 ? 'to the last bit' : `scores to ${difference.toExponential(0)}`;

/**
 * @param {Feed | null} reference - Chromium's; null where it is not there.
 * @returns {Check[]} One per device that the machine has everywhere.
 */
function sameFeeds(reference) {
  return /** @type {const} */ (['js', 'wasm', 'cpu']).map((device) => ({
    name: `the same feed as Chromium's on \`${device}\``,
    run: async (stage) => {
      const expected = reference ?? (await feedOn(stage, 'js'));
      const feed = await feedOn(stage, device);
      assert.equal(feed.device, device);
      const difference = furthest(feed, expected);
      assert.ok(difference < TOLERANCE, `scores differ by ${difference}`);
      return exactness(difference) + (reference === null ? ', beside its own `js`' : '');
    },
  }));
}

/** @param {Stage} stage */
async function webgpu(stage) {
  const tab = await stage.page();
  /** @type {VitrineOptions} */
  const options = { ...OPTIONS, now: NOW, device: 'webgpu' };
  const work = { options, looks: looksOf(stage.site) };
  const { feed, stats } = await tab.evaluate((page, own) => page.visit(own), work);
  assert.equal(feed.reason, 'PERSONALIZED');
  if (feed.device === 'webgpu') return 'ranks on `webgpu`';
  assert.equal(feed.device, 'wasm');
  assert.deepEqual(stats.devicesLeft, [{ device: 'webgpu', code: 'DEVICE_UNAVAILABLE' }]);
  return 'no adapter: ranks on `wasm`, `DEVICE_UNAVAILABLE`';
}

/**
 * @param {Feed | null} reference - Chromium's.
 * @returns {Check[]}
 */
export function feedChecks(reference) {
  return [
    { name: 'a stranger sees the shop’s order', run: stranger },
    { name: 'rows after looks, with reasons and parts that sum to the score', run: explained },
    ...sameFeeds(reference),
    { name: 'WebGPU, or what stands in for it', run: webgpu },
  ];
}
