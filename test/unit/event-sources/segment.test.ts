import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SegmentEmitter, listenToSegment } from '../../../src/event-sources/segment.ts';
import { type Hearer, hearer, stubPage } from './page.ts';

type Listener = Parameters<SegmentEmitter['on']>[1];

let vitrine: Hearer;

/** analytics.js as far as listeners are concerned. */
function emitter(): SegmentEmitter & { track: (event: unknown, properties?: unknown) => void } {
  const listeners = new Set<Listener>();
  return {
    on: (_, heard) => listeners.add(heard),
    off: (_, heard) => listeners.delete(heard),
    track: (event, properties) => listeners.forEach((heard) => heard(event, properties)),
  };
}

beforeEach(() => {
  stubPage();
  vitrine = hearer();
});
afterEach(() => vi.unstubAllGlobals());

describe('Segment', () => {
  it('is heard on window.analytics, and told what it says of the item', () => {
    const analytics = emitter();
    vi.stubGlobal('analytics', analytics);
    listenToSegment(vitrine);
    analytics.track('Product Viewed', {
      product_id: '507f',
      sku: 'G-32',
      name: 'Monopoly',
      brand: 'Hasbro',
      category: 'Games > Board games',
      price: '18.99',
      currency: 'USD',
      email: 'who@example.com',
    });
    expect(vitrine.told).toEqual([
      {
        type: 'view_item',
        items: [
          {
            id: '507f',
            title: 'Monopoly',
            brand: 'Hasbro',
            categoryPath: ['Games', 'Board games'],
            price: 18.99,
            currency: 'USD',
          },
        ],
      },
    ]);
  });

  it.each([
    ['Product Clicked', 'select_item'],
    ['Product Viewed', 'view_item'],
    ['Product Added to Wishlist', 'add_to_wishlist'],
    ['Product Added', 'add_to_cart'],
    ['Product Removed', 'remove_from_cart'],
    ['Viewed Product', 'view_item'],
    ['Added Product', 'add_to_cart'],
    ['Removed Product', 'remove_from_cart'],
    ['product added', 'add_to_cart'],
  ])('%s is %s', (name, type) => {
    const analytics = emitter();
    listenToSegment(vitrine, { analytics });
    analytics.track(name, { sku: 'G-32', quantity: 1 });
    expect(vitrine.short()).toEqual([`${type} G-32 ×1`]);
  });

  it('an order has its products, with the pieces of each', () => {
    const analytics = emitter();
    listenToSegment(vitrine, { analytics });
    const products = [{ product_id: 'a', quantity: 3 }, { product_id: 'b' }];
    analytics.track('Order Completed', { order_id: '1', products });
    expect(vitrine.short()).toEqual(['purchase a ×3', 'purchase b']);
  });

  it('lists count only where the shop says so', () => {
    const analytics = emitter();
    const products = [{ product_id: 'a' }, { product_id: 'b' }];
    listenToSegment(vitrine, { analytics });
    const other = hearer();
    listenToSegment(other, { analytics, lists: true });
    analytics.track('Product List Viewed', { list_id: 'hot', products });
    expect([vitrine.short(), other.short()]).toEqual([[], ['view_item_list a b']]);
  });

  it('is heard through its snippet, and ended on the script that took its place', () => {
    const queue: unknown[][] = [];
    const snippet = { on: (...call: unknown[]) => queue.push(call) };
    vi.stubGlobal('analytics', snippet);
    const stop = listenToSegment(vitrine);
    const analytics = emitter();
    for (const [method, heard] of queue) analytics.on(method as 'track', heard as Listener);
    vi.stubGlobal('analytics', analytics);
    analytics.track('Product Viewed', { product_id: 'a' });
    stop();
    analytics.track('Product Viewed', { product_id: 'b' });
    expect(vitrine.short()).toEqual(['view_item a']);
  });

  it.each([
    ['no analytics', undefined],
    ['an object that is none', { track: () => undefined }],
    [
      'one that throws',
      {
        on: () => {
          throw new Error('segment');
        },
        off: () => {
          throw new Error('segment');
        },
      },
    ],
  ])('throws nothing into a page with %s', (_, analytics) => {
    vi.stubGlobal('analytics', analytics);
    expect(() => listenToSegment(vitrine)()).not.toThrow();
  });

  it.each([
    ['Cart Viewed', { products: [{ product_id: 'a' }] }],
    ['Product Viewed', null],
    ['Product Viewed', { product_id: null }],
    [7, { product_id: 'a' }],
  ])('learns nothing from %j %j', (name, properties) => {
    const analytics = emitter();
    listenToSegment(vitrine, { analytics });
    expect(() => analytics.track(name, properties)).not.toThrow();
    expect(vitrine.told).toEqual([]);
  });
});
