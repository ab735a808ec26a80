/**
 * Reads the shapes that shops already have: schema.org, GA4, Shopify and ours. Finds the list in
 * a container and maps one record to raw fields; what the fields hold is judged elsewhere.
 * Nothing is spread: every field that is read is named here.
 *
 * @packageDocumentation
 */
import { stripTags } from './clean-text.ts';

/** Fields as found, before any judgement; `undefined` where the record has none. */
export interface RawFields {
  id: unknown;
  title?: unknown;
  description?: unknown;
  categoryPath?: unknown;
  brand?: unknown;
  price?: unknown;
  currency?: unknown;
  rating?: unknown;
  ratingCount?: unknown;
  tags?: unknown;
  image?: unknown;
  url?: unknown;
  available?: unknown;
  generated?: unknown;
  imageVector?: unknown;
}

/** Reads an own field of an object; a getter or Proxy that throws reads as `undefined`. */
export type ReadField = (from: unknown, field: string) => unknown;

/** Length of description that HTML is stripped for. */
const DESCRIPTION_CHARS = 5000;
/** Most nodes of a JSON-LD list that are looked at. */
const MAX_NODES = 1_000_000;
const OUT_OF_STOCK = ['OutOfStock', 'SoldOut', 'Discontinued'];

/**
 * Finds the list of records in whatever the shop handed over.
 *
 * Known: an array; `{ items | products | candidates: [] }`, also one level down in `ecommerce`
 * (GA4's data layer) or `data`; Shopify's `{ product: {} }`; schema.org `Product`, `ItemList` and
 * `@graph`, alone or in an array.
 * The order is the order of the list; `position` of an `ItemList` is ignored.
 *
 * @param input - Anything.
 * @param read - How fields are read.
 * @returns The records, or null when there is no list.
 */
export function findRecords(input: unknown, read: ReadField): readonly unknown[] | null {
  if (isArray(input)) {
    return isLinkedData(read(input, '0'), read) ? flattenNodes(input, read) : input;
  }
  if (typeof input !== 'object' || input === null) return null;
  for (const holder of [input, read(input, 'ecommerce'), read(input, 'data')]) {
    for (const field of ['items', 'products', 'candidates']) {
      const list = read(holder, field);
      if (isArray(list)) return list;
    }
  }
  if (isLinkedData(input, read)) return flattenNodes([input], read);
  const single = read(input, 'product');
  return typeof single === 'object' && !isArray(single) ? [single] : null;
}

/** `Array.isArray` throws on a revoked Proxy. */
function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a revoked Proxy is no list
  }
}

function isLinkedData(node: unknown, read: ReadField): boolean {
  return ['@type', '@graph', 'itemListElement'].some((field) => read(node, field) !== undefined);
}

/** Products of JSON-LD nodes; looks into `@graph`, `ItemList` and `ListItem`, never deeper. */
function flattenNodes(nodes: readonly unknown[], read: ReadField): unknown[] | null {
  try {
    return productsOf(nodes, read);
  } catch {
    return null; // a Proxy that lets no one walk it is no list
  }
}

function productsOf(nodes: readonly unknown[], read: ReadField): unknown[] {
  const records: unknown[] = [];
  for (const node of within(nodes, '@graph', read)) {
    const elements = read(node, 'itemListElement');
    if (elements === undefined) {
      if (isProduct(node, read)) records.push(node);
      continue;
    }
    for (const element of isArray(elements) ? elements : [elements]) {
      if (records.length >= MAX_NODES) return records;
      records.push(read(element, 'item') ?? element);
    }
  }
  return records;
}

function within(nodes: readonly unknown[], field: string, read: ReadField): readonly unknown[] {
  return nodes.flatMap((node) => {
    const inner = read(node, field);
    return isArray(inner) ? inner : [node];
  });
}

function isProduct(node: unknown, read: ReadField): boolean {
  const type = read(node, '@type');
  const types = isArray(type) ? type : [type];
  return types.some((name) => typeof name === 'string' && name.includes('Product'));
}

/**
 * Maps one record to raw fields by the format that its field names give away.
 *
 * @param record - An object.
 * @param read - How fields are read.
 * @returns Raw fields; `id` is undefined when the record has none.
 */
export function readRecord(record: object, read: ReadField): RawFields {
  const field = (name: string): unknown => read(record, name);
  const raw = readFormat(record, field, read);
  // Ours, whatever format they were added to.
  raw.generated = field('generated');
  raw.imageVector = field('imageVector');
  return raw;
}

function readFormat(record: object, field: Field, read: ReadField): RawFields {
  const has = (name: string): boolean => field(name) !== undefined;
  if (has('item_id') || has('item_name')) return fromAnalytics(field);
  if (has('@type') && isProduct(record, read)) return fromSchema(field, read);
  if (has('body_html') || has('product_type') || (has('handle') && has('variants'))) {
    return fromShopify(field, read);
  }
  return fromInterchange(field, read);
}

type Field = (name: string) => unknown;

/** Ours; also takes `itemId`, `name`, `category`, `thumbnail` and `images`, which many shops use. */
function fromInterchange(field: Field, read: ReadField): RawFields {
  return {
    id: anyOf(field, ['id', 'itemId']),
    title: anyOf(field, ['title', 'name']),
    description: field('description'),
    categoryPath: anyOf(field, ['categoryPath', 'category']),
    brand: field('brand'),
    price: field('price'),
    currency: field('currency'),
    rating: field('rating'),
    ratingCount: field('ratingCount'),
    tags: field('tags'),
    image: anyOf(field, ['image', 'thumbnail']) ?? first(field('images'), read),
    url: field('url'),
    available: field('available'),
  };
}

/** Items of GA4 e-commerce events; up to five category fields from general to special. */
function fromAnalytics(field: Field): RawFields {
  const names = ['item_category', ...[2, 3, 4, 5].map((level) => `item_category${level}`)];
  const categories = names.map(field).filter((name) => name !== undefined && name !== '');
  return {
    id: field('item_id') ?? field('id'),
    title: field('item_name') ?? field('title'),
    description: field('description'),
    categoryPath: categories.length > 0 ? categories : undefined,
    brand: field('item_brand'),
    price: field('price'),
    currency: field('currency'),
    image: field('image'),
    url: field('url'),
  };
}

/** schema.org `Product` and `ProductGroup`; ratings are brought to five stars. */
function fromSchema(field: Field, read: ReadField): RawFields {
  const offer = first(field('offers'), read);
  const terms = first(read(offer, 'priceSpecification'), read);
  const stars = field('aggregateRating');
  return {
    id: anyOf(field, ['sku', 'productID', 'productGroupID', 'id', '@id']),
    title: field('name'),
    description: field('description'),
    categoryPath: named(field('category'), read),
    brand: named(anyOf(field, ['brand', 'manufacturer']), read),
    price: read(offer, 'price') ?? read(offer, 'lowPrice') ?? read(terms, 'price'),
    currency: read(offer, 'priceCurrency') ?? read(terms, 'priceCurrency'),
    rating: inFiveStars(read(stars, 'ratingValue'), read(stars, 'bestRating')),
    ratingCount: read(stars, 'ratingCount') ?? read(stars, 'reviewCount'),
    tags: field('keywords'),
    image: source(first(field('image'), read), read),
    url: field('url'),
    available: isInStock(read(offer, 'availability')),
  };
}

function inFiveStars(rating: unknown, best: unknown): unknown {
  if (!isScalar(rating) || !isScalar(best) || !(Number(best) > 0)) return rating;
  return Number(best) === 5 ? rating : (Number(rating) * 5) / Number(best);
}

function isInStock(availability: unknown): boolean | undefined {
  if (typeof availability !== 'string') return undefined;
  return !OUT_OF_STOCK.some((state) => availability.endsWith(state));
}

/**
 * Shopify's product JSON. `/products.json` (with `body_html`) gives `variants[0].price` in units,
 * `'12.00'`. The Ajax form (`/products/x.js`, recommendations; with `price_varies` or `price_min`)
 * gives `price` in minor units, `1200`, whatever the currency, and is divided by 100.
 * https://shopify.dev/docs/api/ajax/reference/product
 */
function fromShopify(field: Field, read: ReadField): RawFields {
  const variant = first(field('variants'), read);
  const isAjax = anyOf(field, ['price_varies', 'price_min']) !== undefined;
  const price = isAjax ? field('price') : (read(variant, 'price') ?? field('price'));
  const html = anyOf(field, ['body_html', 'description']);
  const picture = first(field('images'), read);
  return {
    id: field('id'),
    title: field('title'),
    description: typeof html === 'string' ? stripTags(html, DESCRIPTION_CHARS) : html,
    categoryPath: anyOf(field, ['product_type', 'type']),
    brand: field('vendor'),
    price: isAjax && isScalar(price) ? Number(price) / 100 : price,
    tags: field('tags'),
    image: source(field('featured_image') ?? picture ?? field('image'), read),
    url: field('url') ?? productPath(field('handle')),
    available: field('available') ?? read(variant, 'available'),
  };
}

/** Page of a handle; handles longer than Shopify's 255 characters are none. */
function productPath(handle: unknown): string | undefined {
  if (typeof handle !== 'string' || handle === '' || handle.length > 255) return undefined;
  return `/products/${encodeURIComponent(handle.toWellFormed())}`;
}

/** The first of the fields that is there. */
function anyOf(field: Field, names: readonly string[]): unknown {
  for (const name of names) {
    const value = field(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}

/** The value itself, or the first element of an array. */
function first(value: unknown, read: ReadField): unknown {
  return isArray(value) ? read(value, '0') : value;
}

/** A name given as text or as an object with `name`. */
function named(value: unknown, read: ReadField): unknown {
  const one = isArray(value) && typeof read(value, '0') === 'object' ? first(value, read) : value;
  return read(one, 'name') ?? one;
}

/** A picture given as text or as an object with `src`, `url` or `contentUrl`. */
function source(value: unknown, read: ReadField): unknown {
  return read(value, 'src') ?? read(value, 'url') ?? read(value, 'contentUrl') ?? value;
}
