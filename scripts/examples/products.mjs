/**
 * Writes examples/products.json and the list in examples/json-ld from the demo's catalog:
 * `node scripts/examples/products.mjs`, then `npm run format`.
 */
import { writeFileSync } from 'node:fs';
import { generateCatalog } from '../demo-catalog/generate.mjs';
import { ROOT } from '../run.mjs';
import { writeJsonLdPage } from './json-ld-page.mjs';

const KINDS = [
  'Headphones',
  'Kettles',
  'Dog beds',
  'Novels',
  'Earbuds',
  'Coffee makers',
  'Dry food',
  'Cookbooks',
  'Smart bulbs',
];
/** Of each kind. */
const NUM_ITEMS = 10;

const { items } = generateCatalog({ seed: 1 });
const products = Array.from({ length: NUM_ITEMS }, (_, n) =>
  KINDS.flatMap((kind) => {
    const item = items.filter(({ categoryPath }) => categoryPath?.includes(kind))[n];
    if (!item) throw new Error(`No ${n + 1} ${kind}.`);
    const { image: _image, ...rest } = item;
    return { ...rest, url: `product.html#${item.id}` };
  }),
).flat();
const lines = products.map((product) => `  ${JSON.stringify(product)}`).join(',\n');
writeFileSync(`${ROOT}examples/products.json`, `[\n${lines}\n]\n`);
writeJsonLdPage(products.slice(0, 54));
