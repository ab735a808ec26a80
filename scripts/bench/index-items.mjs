/**
 * `node scripts/bench/index-items.mjs N > catalog.ndjson`: a made-up catalog of any size for
 * `vitrine index`. Each item is one of the demo shop's with words and brand of others, another price,
 * and an id of its own; the same N gives the same items.
 */
import { pathToFileURL } from 'node:url';
import { generateCatalog } from '../demo-catalog/generate.mjs';
import { createRng } from '../demo-catalog/rng.mjs';

/** Written at once. */
const PIECE = 2_000;

/**
 * Draws a catalog.
 *
 * @param {number} count - N.
 * @yields {string} NDJSON of up to 2,000 items.
 */
export function* drawItems(count) {
  const { items } = generateCatalog({ seed: 1 });
  const random = createRng(1, 'index items');
  let lines = [];
  for (let n = 0; n < count; n++) {
    const item = random.pick(items);
    const word = random.pick(String(random.pick(items).title).split(' '));
    const title = `${item.title} ${word} ${n % 977}`;
    const price = Math.round(Number(item.price) * (0.5 + random.next()) * 100) / 100;
    const { brand } = random.chance(0.3) ? random.pick(items) : item;
    const id = `item-${n}`;
    lines.push(JSON.stringify({ ...item, id, title, price, brand, url: `/products/${id}` }));
    if (lines.length < PIECE && n < count - 1) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
}

/**
 * Writes a catalog to the output.
 *
 * @param {number} count - N.
 */
async function write(count) {
  if (!Number.isSafeInteger(count) || count < 1) {
    console.error('node scripts/bench/index-items.mjs N: expected a number above 0.');
    process.exitCode = 1;
    return;
  }
  for (const piece of drawItems(count)) {
    if (process.stdout.write(piece)) continue;
    await new Promise((resolve) => process.stdout.once('drain', () => resolve(undefined)));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await write(Number(process.argv[2]));
}
