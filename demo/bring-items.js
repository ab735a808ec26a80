/**
 * Records of a merchant's catalog to candidates, as the library takes them. Pure.
 */
import { readAmount } from './bring-amount.js';
import { plainText } from './bring-plain.js';

/** @typedef {import('./bring-table.js').Found} Found */
/** @typedef {import('./bring-mapping.js').Mapping} Mapping */
/** @typedef {import('./bring-mapping.js').AnyField} AnyField */
/** @typedef {import('./engine.js').Candidate} Candidate */

/**
 * @typedef {object} Problem - A line of which nothing, or not everything, could be used.
 * @property {number} line - From 1.
 * @property {string} problem - In words.
 */

/** Between levels of a category; the first that occurs is taken. */
const LEVELS = ['>', '»', ' / ', '/', '|'];
/** What a shop says of an item that it does not have. */
const GONE = new Set(['false', '0', 'no', 'outofstock', 'soldout', 'discontinued', 'draft']);

/** Makes items of records, one after the other, and counts what could not be used. */
export class ItemMaker {
  #mapping;
  /** @type {Map<string, { -readonly [K in keyof Candidate]: Candidate[K] }>} */
  #items = new Map();
  /** @type {Problem[]} */
  #problems = [];
  #further = 0;
  /** @type {number[]} */
  #priceless = [];

  /** @param {Mapping} mapping - Which column holds what. */
  constructor(mapping) {
    this.#mapping = mapping;
  }

  /**
   * Takes a record, or notes its problem.
   *
   * @param {Found} found - From a reader.
   */
  take({ fields, line, problem }) {
    if (fields === undefined) {
      this.#problems.push({ line, problem: problem ?? 'nothing was found' });
      return;
    }
    const text = (/** @type {AnyField} */ field) => textOf(this.#value(fields, field));
    const hasIds = this.#mapping.has('id');
    const id = hasIds ? text('id') : `line-${line}`;
    const title = text('title');
    const known = this.#items.get(id);
    if (id === '') this.#problems.push({ line, problem: 'no id' });
    else if (known !== undefined) this.#takeFurther(known, fields, { line, title });
    else if (title === '') this.#problems.push({ line, problem: 'no title' });
    else this.#items.set(id, this.#itemOf(fields, { id, line, title }));
  }

  /**
   * @param {ReadonlyMap<string, unknown>} fields - Of a record.
   * @param {AnyField} field - Which.
   * @returns {unknown} What it holds; undefined where the catalog does not have it.
   */
  #value(fields, field) {
    const column = this.#mapping.get(field);
    return column === undefined ? undefined : fields.get(column);
  }

  /**
   * A further line of a product: Shopify writes one for each variant and picture.
   *
   * @param {{ -readonly [K in keyof Candidate]: Candidate[K] }} known - The product.
   * @param {ReadonlyMap<string, unknown>} fields - Of the line.
   * @param {{ line: number, title: string }} found - The line, and the title that it repeats.
   */
  #takeFurther(known, fields, { line, title }) {
    if (title !== '' && title !== known.title) {
      this.#problems.push({ line, problem: `the id “${known.id}” a second time` });
      return;
    }
    this.#further += 1;
    const amount = readAmount(this.#value(fields, 'price'));
    if (amount !== null) known.price ??= amount.price;
  }

  /**
   * @param {ReadonlyMap<string, unknown>} fields - Of a record.
   * @param {{ id: string, line: number, title: string }} known - Found already.
   * @returns {Candidate} Its item.
   */
  #itemOf(fields, { id, line, title }) {
    const value = (/** @type {AnyField} */ field) => this.#value(fields, field);
    const text = (/** @type {AnyField} */ field) => textOf(value(field)) || undefined;
    const amount = readAmount(value('price'));
    const written = textOf(value('price'));
    if (amount === null && written !== '') this.#priceless.push(line);
    return {
      id,
      title: plainText(title),
      ...defined({
        description: plainText(text('description') ?? '') || undefined,
        categoryPath: levelsOf(value('category')),
        brand: text('brand'),
        price: amount?.price,
        currency: text('currency') ?? amount?.currency,
        image: text('image'),
        url: text('url'),
        tags: listOf(value('tags')),
        rating: readAmount(value('rating'))?.price,
        ratingCount: readAmount(value('ratingCount'))?.price,
        available: isAvailable(value('available')),
      }),
    };
  }

  /** The items, in the order of the file. */
  get items() {
    return [...this.#items.values()];
  }

  /** What was left out, from top to bottom. @returns {readonly Problem[]} */
  get problems() {
    return this.#problems;
  }

  /** How many lines added a variant or a picture to an item. */
  get further() {
    return this.#further;
  }

  /** Lines of items with a price that cannot be read. @returns {readonly number[]} */
  get priceless() {
    return this.#priceless;
  }
}

/**
 * @param {object} fields - Perhaps some undefined.
 * @returns {object} Those that are not.
 */
function defined(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * @param {unknown} value - From a record.
 * @returns {string} Its text without blanks at the ends; empty for what is none.
 */
function textOf(value) {
  const first = /** @type {unknown} */ (Array.isArray(value) ? value[0] : value);
  if (typeof first === 'string') return first.trim();
  return typeof first === 'number' ? String(first) : '';
}

/**
 * @param {unknown} value - A list, or a text with `>` or the like between levels.
 * @returns {string[] | undefined} From general to special. A bare number names a level of Google's
 *   list, which says nothing here.
 */
function levelsOf(value) {
  if (Array.isArray(value)) return listOf(value);
  const text = plainText(textOf(value));
  if (text === '' || /^\d+$/u.test(text)) return undefined;
  const mark = LEVELS.find((level) => text.includes(level)) ?? '>';
  return listOf(text.split(mark));
}

/**
 * @param {unknown} value - A list, or a text with commas.
 * @returns {string[] | undefined} Its texts; undefined when there are none.
 */
function listOf(value) {
  const parts = Array.isArray(value) ? value : textOf(value).split(',');
  const names = parts.map(textOf).filter((name) => name !== '');
  return names.length > 0 ? names : undefined;
}

/**
 * @param {unknown} value - A truth or a word.
 * @returns {boolean | undefined} False for what is gone; undefined without a word.
 */
function isAvailable(value) {
  if (typeof value === 'boolean') return value;
  const word = textOf(value).toLowerCase();
  const last = word.slice(word.lastIndexOf('/') + 1).replaceAll(/[\s_-]/gu, '');
  return last === '' ? undefined : !GONE.has(last);
}
