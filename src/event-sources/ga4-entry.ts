/**
 * Reads entries of Google's data layer, in gtag's shape and in Tag Manager's. Names and fields as of
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 *
 * @packageDocumentation
 */
import { type Heard, type LearnedType, field, listOf } from './heard.ts';

const TYPES: ReadonlySet<string> = new Set<LearnedType>([
  'view_item_list',
  'select_item',
  'view_item',
  'add_to_wishlist',
  'add_to_cart',
  'remove_from_cart',
  'purchase',
]);

const CATEGORIES = ['', '2', '3', '4', '5'].map((n) => `item_category${n}`);

/** An event by its name, and where its items are. */
interface Named {
  readonly name: unknown;
  readonly params: unknown;
}

/** gtag pushes its `arguments`; some shops push the same as an array. */
function commandIn(entry: object): Named | null {
  if (!Array.isArray(entry) && Object.prototype.toString.call(entry) !== '[object Arguments]') {
    return null;
  }
  const [command, name, params] = Array.prototype.slice.call(entry, 0, 3) as unknown[];
  return { name: command === 'event' ? name : undefined, params };
}

function heardOf({ name, params }: Named): Heard | null {
  if (typeof name !== 'string' || !TYPES.has(name)) return null;
  const currency = field(params, 'currency');
  const entries = listOf(field(params, 'items')).map((record) => ({
    record,
    raw: {
      // `id` is what Google Ads calls it.
      id: field(record, 'item_id') ?? field(record, 'id'),
      title: field(record, 'item_name'),
      brand: field(record, 'item_brand'),
      categories: CATEGORIES.map((category) => field(record, category)),
      price: field(record, 'price'),
      currency: field(record, 'currency') ?? currency,
      quantity: field(record, 'quantity'),
    },
  }));
  // Tag Manager's events may have the list beside each item only.
  const listId = field(params, 'item_list_id') ?? field(entries[0]?.record, 'item_list_id');
  return { type: name as LearnedType, entries, listId };
}

/** Reads the entries of one data layer, in their order. */
export class Ga4Reader {
  /** An `ecommerce` object that was pushed before the event that it belongs to. */
  #ahead: unknown;

  /**
   * Reads the next entry.
   *
   * Tag Manager merges objects: `ecommerce` may come before its event, and counts for the next one
   * that has none of its own. Universal Analytics' objects (`ecommerce.detail`, `.add`) are not read.
   *
   * @param entry - Anything but a primitive.
   * @returns What it tells; null when it is nothing to learn from.
   */
  read(entry: object): Heard | null {
    const command = commandIn(entry);
    if (command) return heardOf(command);
    const ecommerce = field(entry, 'ecommerce');
    const name = field(entry, 'event');
    if (name === undefined) {
      if (ecommerce !== undefined) this.#ahead = ecommerce;
      return null;
    }
    // Tag Manager's own entries (gtm.js, gtm.click) belong to nobody's purchase.
    if (typeof name !== 'string' || name.startsWith('gtm.')) return null;
    const own = ecommerce ?? (field(entry, 'items') === undefined ? this.#ahead : entry);
    this.#ahead = undefined;
    return heardOf({ name, params: own });
  }
}
