/**
 * Reads Shopify's events: those of web pixels and of Hydrogen by their name, and the standard
 * storefront events of themes. Shapes as of
 * https://shopify.dev/docs/api/web-pixels-api/standard-events and
 * https://shopify.dev/docs/api/storefront-events-and-actions
 *
 * @packageDocumentation
 */
import { type Heard, type LearnedType, field, listOf } from './heard.ts';

/** Names that are subscribed to. */
export const SHOPIFY_NAMES: ReadonlyMap<string, LearnedType> = new Map([
  ['collection_viewed', 'view_item_list'],
  ['product_viewed', 'view_item'],
  ['product_added_to_cart', 'add_to_cart'],
  ['product_removed_from_cart', 'remove_from_cart'],
  ['checkout_completed', 'purchase'],
]);

type Entry = Heard['entries'][number];

/** A variant with its product, or a product by itself. */
function entryOf(record: unknown, quantity?: unknown): Entry {
  const product = field(record, 'product') ?? record;
  const price = field(record, 'price');
  return {
    record,
    raw: {
      id: field(product, 'id'),
      title: field(product, 'title'),
      brand: field(product, 'vendor'),
      // Hydrogen calls it so.
      categories: [field(product, 'type') ?? field(product, 'productType')],
      price: field(price, 'amount') ?? price,
      currency: field(price, 'currencyCode'),
      quantity: quantity ?? field(record, 'quantity'),
    },
  };
}

/** Lines of a cart or a checkout. */
function linesOf(lines: readonly unknown[]): Entry[] {
  return lines.flatMap((line) => {
    const merchandise = field(line, 'merchandise') ?? field(line, 'variant');
    return merchandise === undefined ? [] : [entryOf(merchandise, field(line, 'quantity'))];
  });
}

/** The one that is there. */
function given(...values: readonly unknown[]): readonly unknown[] {
  return values.filter((value) => typeof value === 'object' && value !== null).slice(0, 1);
}

/**
 * Reads an event of a web pixel, or of Hydrogen.
 *
 * @param name - Of the event.
 * @param event - As the subscriber gets it.
 * @returns What it tells; null when it is nothing to learn from.
 */
export function readPixel(name: string, event: unknown): Heard | null {
  const type = SHOPIFY_NAMES.get(name);
  if (type === undefined) return null;
  const data = field(event, 'data') ?? event;
  const isGone = type === 'remove_from_cart';
  const line = given(
    field(data, 'cartLine'),
    field(data, isGone ? 'prevLine' : 'currentLine'),
    field(data, 'currentLine'),
  );
  const collection = field(data, 'collection');
  const products = [
    ...given(field(data, 'productVariant')),
    ...listOf(field(data, 'products')),
    ...listOf(field(collection, 'productVariants')),
  ];
  const entries = [
    ...products.map((product) => entryOf(product)),
    ...linesOf([...line, ...listOf(field(field(data, 'checkout'), 'lineItems'))]),
  ];
  return { type, entries, listId: field(collection, 'id') };
}

/** Where a product that came into view was not looked at. */
const IN_LISTS: ReadonlySet<unknown> = new Set(['search', 'collection', 'recommendation']);

/**
 * Reads `shopify:product:view`.
 *
 * @param event - The DOM event; a card that came into view is none to learn from.
 * @returns What it tells.
 */
export function readProductView(event: unknown): Heard | null {
  if (IN_LISTS.has(field(event, 'context'))) return null;
  const product = field(event, 'product');
  return { type: 'view_item', entries: given(product).map((record) => entryOf(record)) };
}

/**
 * Reads `shopify:cart:lines-update`, whose lines name variants and lines, not products.
 *
 * @param event - The DOM event.
 * @param productOf - Gives the product of a variant or a line, where it is known.
 * @returns What it tells; null for changes of a quantity.
 */
export function readCartLines(event: unknown, productOf: (id: unknown) => unknown): Heard | null {
  const action = field(event, 'action');
  if (action !== 'add' && action !== 'remove') return null;
  const type = action === 'add' ? 'add_to_cart' : 'remove_from_cart';
  const entries = listOf(field(event, 'lines')).flatMap((line) => {
    const product = productOf(field(line, action === 'add' ? 'merchandiseId' : 'id'));
    // What is left of a removed line is no number of pieces.
    const quantity = action === 'add' ? field(line, 'quantity') : undefined;
    return product === undefined ? [] : [entryOf({ id: product }, quantity)];
  });
  return { type, entries };
}
