/**
 * Learns from Segment's analytics.js, which tells listeners of each `track`:
 * https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/#emitter
 *
 * @packageDocumentation
 */
import { type Heard, type LearnedType, field, listOf } from './heard.ts';
import { type ListenOptions, Teller, type TrackTarget } from './teller.ts';

/** What listens: analytics.js, its snippet before that has loaded, or another emitter. */
export interface SegmentEmitter {
  /** Adds a listener. */
  on(method: 'track', heard: (event: unknown, properties: unknown) => void): unknown;
  /** Removes it. */
  off?(method: 'track', heard: (event: unknown, properties: unknown) => void): unknown;
}

/** How Segment is listened to. */
export interface SegmentOptions extends ListenOptions {
  /** Default: `window.analytics`. */
  readonly analytics?: SegmentEmitter;
}

/**
 * Names of https://segment.com/docs/connections/spec/ecommerce/v2/ and, behind them, of its first
 * version, in lower case.
 */
const TYPES: ReadonlyMap<string, LearnedType> = new Map([
  ['product list viewed', 'view_item_list'],
  ['product clicked', 'select_item'],
  ['product viewed', 'view_item'],
  ['product added to wishlist', 'add_to_wishlist'],
  ['product added', 'add_to_cart'],
  ['product removed', 'remove_from_cart'],
  ['order completed', 'purchase'],
  ['viewed product', 'view_item'],
  ['added product', 'add_to_cart'],
  ['removed product', 'remove_from_cart'],
  ['completed order', 'purchase'],
]);

function heardOf(event: unknown, properties: unknown): Heard | null {
  const type = typeof event === 'string' ? TYPES.get(event.trim().toLowerCase()) : undefined;
  if (type === undefined) return null;
  const products = listOf(field(properties, 'products'));
  const currency = field(properties, 'currency');
  const records = products.length > 0 ? products : [properties];
  return {
    type,
    listId: field(properties, 'list_id'),
    entries: records.map((record) => ({
      record,
      raw: {
        id: field(record, 'product_id') ?? field(record, 'sku') ?? field(record, 'id'),
        title: field(record, 'name'),
        brand: field(record, 'brand'),
        categories: categoriesOf(field(record, 'category')),
        price: field(record, 'price'),
        currency: field(record, 'currency') ?? currency,
        quantity: field(record, 'quantity'),
      },
    })),
  };
}

function categoriesOf(category: unknown): readonly unknown[] {
  return typeof category === 'string' ? category.slice(0, 2_000).split('>') : [];
}

/**
 * Learns from Segment's e-commerce events. May be called before analytics.js has loaded: the queue
 * of its snippet is heard, too. What was tracked before, by a script that had loaded, is past.
 *
 * @param vitrine - The instance.
 * @param options - See {@link SegmentOptions}.
 * @returns Ends it. Nothing is heard where there is no such object.
 * @example const stop = listenToSegment(vitrine);
 */
export function listenToSegment(vitrine: TrackTarget, options: SegmentOptions = {}): () => void {
  const page = globalThis as { analytics?: SegmentEmitter };
  const analytics = options.analytics ?? page.analytics;
  if (typeof analytics?.on !== 'function') return () => undefined;
  const teller = new Teller(vitrine, options);
  const heard = (event: unknown, properties: unknown): void =>
    teller.tell(() => heardOf(event, properties));
  try {
    analytics.on('track', heard);
  } catch {
    // Its fault is not the page's: nothing is heard.
  }
  return () => {
    teller.stop();
    try {
      // The snippet was replaced by the script meanwhile, unless the shop named its own.
      (options.analytics ?? page.analytics)?.off?.('track', heard);
    } catch {
      // The listener stays, and is silent.
    }
  };
}
