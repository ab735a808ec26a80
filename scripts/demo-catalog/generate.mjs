/**
 * The demo shop's catalog: items in Vitrine's interchange format and the looks of their pictures.
 */
import { CURRENCY } from './catalog-types.mjs';
import { designItem } from './design.mjs';
import { popularityOf, priceOf, ratingOf } from './numbers.mjs';
import { createRng } from './rng.mjs';
import { describe, tagsOf, writeTitle } from './texts.mjs';
import { PRODUCT_TYPES } from './types.mjs';

/** Items per type vary around this so that departments differ in size. */
const PER_TYPE = { least: 15, most: 18 };

/** Tries for a free title before the type's words are taken as used up. */
const TITLE_TRIES = 200;

/**
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {ReadonlySet<string>} titles those taken
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {{ design: import('./design.mjs').Design, title: string }} an item whose title is free
 */
function newTitle(type, titles, rng) {
  for (let i = 0; i < TITLE_TRIES; i += 1) {
    const design = designItem(type, rng);
    const title = writeTitle(design, rng);
    if (!titles.has(title)) return { design, title };
  }
  throw new Error(`demo-catalog: no free title for ${type.key}; give it more words`);
}

/**
 * @param {import('./catalog-types.mjs').ProductType} type product type
 * @param {number} index within the type
 * @param {Set<string>} titles those taken; the new one is added
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {{ item: import('./catalog-types.mjs').CatalogItem, look: import('./catalog-types.mjs').Look, popularity: number }} one item
 */
function makeItem(type, index, titles, rng) {
  const { design, title } = newTitle(type, titles, rng);
  titles.add(title);
  const price = priceOf(design, rng);
  const popularity = popularityOf(design, price, rng);
  const id = `${type.key}-${String(index + 1).padStart(2, '0')}`;
  const item = {
    id,
    title,
    description: describe(design, rng),
    categoryPath: [type.department, type.aisle, type.leaf],
    ...(design.brand ? { brand: design.brand.name } : {}),
    price,
    currency: CURRENCY,
    ...ratingOf(design, popularity, rng),
    tags: tagsOf(design),
    image: `/images/${id}.svg`,
    url: `/p/${id}`,
  };
  return { item, look: design.look, popularity };
}

/**
 * Generates the catalog. The file order is a merchandised one: shuffled, popular items earlier
 * (weighted sampling without replacement, Efraimidis and Spirakis 2006, key `u^(1/w)`).
 *
 * @param {{ seed?: number }} [options] default seed 1
 * @returns {{ items: import('./catalog-types.mjs').CatalogItem[], looks: Record<string, import('./catalog-types.mjs').Look> }} items in file order, looks by id
 */
export function generateCatalog({ seed = 1 } = {}) {
  /** @type {Set<string>} */
  const titles = new Set();
  const made = PRODUCT_TYPES.flatMap((type) => {
    // A stream per type: a new type does not change the items of the others.
    const rng = createRng(seed, type.key);
    const count = PER_TYPE.least + rng.int(PER_TYPE.most - PER_TYPE.least + 1);
    return Array.from({ length: count }, (_, i) => makeItem(type, i, titles, rng));
  });
  const order = createRng(seed, 'order');
  const placed = made
    .map((entry) => ({ entry, key: Math.log(1 - order.next()) / entry.popularity ** 0.8 }))
    .sort((a, b) => b.key - a.key)
    .map(({ entry }) => entry);
  return {
    items: placed.map(({ item }) => item),
    looks: Object.fromEntries(placed.map(({ item, look }) => [item.id, look])),
  };
}
