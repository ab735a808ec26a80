/** What is computed on the device: segments that are generated, learning, capsules. */
import assert from 'node:assert/strict';
import { NOW, OPTIONS, looksOf } from '../stage.mjs';

/** @typedef {import('../runner.mjs').Check} Check */
/** @typedef {import('../stage.mjs').Stage} Stage */
/** @typedef {import('../driver.mjs').VitrineOptions} VitrineOptions */

/** @type {VitrineOptions} */
const GRANTED = { ...OPTIONS, consent: 'granted' };

/** @param {Stage} stage */
async function generated(stage) {
  const tab = await stage.page();
  const made = await tab.evaluate(async (page, options) => {
    const vitrine = await page.library.createVitrine(options);
    await vitrine.rerank(page.items);
    const segment = await vitrine.segments.generate({ seedId: 'fashion-lovers', temperature: 0.5 });
    await vitrine.segments.follow(segment.id);
    const feed = await vitrine.rerank(page.items);
    vitrine.dispose();
    return { segment, row: feed.rows[0]?.segmentId };
  }, GRANTED);
  assert.ok(made.segment.support >= 20, `${made.segment.support} items`);
  assert.equal(made.row, made.segment.id);
  await tab.reload();
  const { feed } = await tab.evaluate((page, options) => page.visit({ options }), GRANTED);
  assert.equal(feed.rows[0]?.segmentId, made.segment.id);
  return `“${made.segment.name}”, by ${made.segment.generator}`;
}

/** Makers that nobody else shops by. */
const NUM_MAKERS = 3;

/** @param {Stage} stage @returns {string[]} Thirty items of the makers that have most. */
function byMaker({ site: { items } }) {
  const makers = /** @type {Map<string, string[]>} */ (new Map());
  for (const { brand = '', id } of items) makers.set(brand, [...(makers.get(brand) ?? []), id]);
  const most = [...makers.values()].toSorted((one, other) => other.length - one.length);
  return most.slice(0, NUM_MAKERS).flatMap((ids) => ids.slice(0, 10));
}

/** @param {Stage} stage */
async function learned(stage) {
  const tab = await stage.page();
  const options = { ...GRANTED, device: 'wasm', now: NOW, pack: '/pack' };
  const { result, status } = await tab.evaluate(
    async (page, { choices, own }) => {
      const vitrine = await page.library.createVitrine(/** @type {VitrineOptions} */ (own));
      await vitrine.rerank(page.items);
      await page.look(vitrine, choices, Number(own.now));
      const found = await vitrine.learn.now();
      const after = await vitrine.learn.status();
      vitrine.dispose();
      return { result: found, status: after };
    },
    { choices: byMaker(stage), own: options },
  );
  assert.ok(['kept', 'discarded'].includes(result.verdict), result.verdict);
  assert.equal(result.device, 'wasm');
  assert.ok(result.loss.length > 1 && result.loss.every((loss) => Number.isFinite(loss)));
  assert.equal(status.version, result.version);
  const { after, before, device, verdict } = result;
  return `${verdict} on \`${device}\`, NDCG@10 ${before.ndcg.toFixed(4)} to ${after.ndcg.toFixed(4)}`;
}

/** @param {Stage} stage */
async function carried(stage) {
  const tab = await stage.page();
  const work = { options: GRANTED, looks: looksOf(stage.site) };
  const { added, code, order, others } = await tab.evaluate(async (page, { looks, options }) => {
    const passphrase = 'correct horse battery';
    const own = await page.library.createVitrine(options);
    await page.look(own, looks);
    const capsule = await own.profile.export({ passphrase });
    const other = await page.library.createVitrine({ ...options, storageName: 'other' });
    const refused = await other.profile.import(capsule, { passphrase: 'another one' }).then(
      () => 'taken',
      (error) => error.code,
    );
    const count = await other.profile.import(capsule, { passphrase });
    const [first, second] = [await own.rerank(page.items), await other.rerank(page.items)];
    for (const vitrine of [own, other]) vitrine.dispose();
    return { added: count, code: refused, order: first.order, others: second.order };
  }, work);
  assert.equal(code, 'CAPSULE_PASSPHRASE');
  assert.equal(added, 5);
  assert.deepEqual(others, order);
}

/** @type {readonly Check[]} */
export const MODEL_CHECKS = [
  { name: 'a generated segment has a row and survives a reload', run: generated },
  { name: '`learn.now` learns from thirty choices', run: learned },
  { name: 'an encrypted capsule carries the profile', run: carried },
];
