import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenToShopify } from '../../../src/event-sources/shopify.ts';
import { type Hearer, hearer, send, stubPage } from './page.ts';

let page: EventTarget;
let vitrine: Hearer;

const PRODUCT = { id: '7501', title: 'Brass lamp', vendor: 'Norda', type: 'Lamps' };
const VARIANT = { id: '44', price: { amount: 49, currencyCode: 'EUR' }, product: PRODUCT };
const LAMP = {
  id: '7501',
  title: 'Brass lamp',
  brand: 'Norda',
  categoryPath: ['Lamps'],
  price: 49,
  currency: 'EUR',
};

/** A bus as `Shopify.analytics` is one. */
function bus() {
  const heard = new Map<string, (event: unknown) => void>();
  return {
    subscribe: (name: string, listener: (event: unknown) => void) => {
      heard.set(name, listener);
      return () => heard.delete(name);
    },
    publish: (name: string, event: unknown) => heard.get(name)?.(event),
  };
}

/** A change of the cart; resolves once it was heard. */
async function change(fields: object, result: object | Error = {}): Promise<void> {
  const promise = result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
  send(page, 'shopify:cart:lines-update', { ...fields, promise });
  await promise.catch(() => undefined);
  await Promise.resolve();
}

beforeEach(() => {
  page = stubPage();
  vitrine = hearer();
});
afterEach(() => vi.unstubAllGlobals());

describe('events by the names of web pixels', () => {
  it('are heard on Shopify.analytics, and told what they say of the product', () => {
    const analytics = bus();
    vi.stubGlobal('Shopify', { analytics });
    listenToShopify(vitrine);
    const context = { document: { location: { href: 'https://shop.example/?email=who' } } };
    analytics.publish('product_viewed', { id: 'e1', context, data: { productVariant: VARIANT } });
    const cartLine = { merchandise: VARIANT, quantity: 2 };
    analytics.publish('product_added_to_cart', { id: 'e2', data: { cartLine } });
    analytics.publish('product_removed_from_cart', { id: 'e3', data: { cartLine } });
    const lineItems = [{ variant: VARIANT, quantity: 1 }, { title: 'Gift wrap' }];
    analytics.publish('checkout_completed', { id: 'e4', data: { checkout: { lineItems } } });
    expect(vitrine.told[0]).toEqual({ type: 'view_item', items: [LAMP] });
    expect(vitrine.short()).toEqual([
      'view_item 7501',
      'add_to_cart 7501 ×2',
      'remove_from_cart 7501 ×2',
      'purchase 7501 ×1',
    ]);
  });

  it('are read in Hydrogen’s shape', () => {
    const from = bus();
    listenToShopify(vitrine, { from });
    const product = { id: 'gid://shopify/Product/7501', title: 'Brass lamp', vendor: 'Norda' };
    from.publish('product_viewed', {
      products: [{ ...product, productType: 'Lamps', price: '49.00' }],
    });
    const line = { quantity: 3, merchandise: { id: 'gid://shopify/ProductVariant/44', product } };
    from.publish('product_added_to_cart', { cart: {}, prevLine: null, currentLine: line });
    from.publish('product_removed_from_cart', { cart: {}, prevLine: line });
    const { currency: _, ...item } = LAMP;
    expect(vitrine.told[0]).toEqual({ type: 'view_item', items: [item] });
    expect(vitrine.short().slice(1)).toEqual(['add_to_cart 7501 ×3', 'remove_from_cart 7501 ×3']);
  });

  it('of collections count only where the shop says so', () => {
    const from = bus();
    listenToShopify(vitrine, { from });
    const event = { data: { collection: { id: '1', productVariants: [VARIANT] } } };
    from.publish('collection_viewed', event);
    expect(vitrine.told).toEqual([]);
    listenToShopify(vitrine, { from, lists: true });
    from.publish('collection_viewed', event);
    expect(vitrine.short()).toEqual(['view_item_list 7501']);
  });

  it('are not heard any more at the end', () => {
    const from = bus();
    listenToShopify(vitrine, { from })();
    from.publish('product_viewed', { data: { productVariant: VARIANT } });
    send(page, 'shopify:product:view', { context: 'page', product: PRODUCT });
    expect(vitrine.told).toEqual([]);
  });
});

describe('standard events of a theme', () => {
  const product = { id: 'gid://shopify/Product/7501', title: 'Brass lamp', handle: 'brass-lamp' };
  const add = {
    action: 'add',
    context: 'product',
    lines: [{ merchandiseId: 'gid://shopify/ProductVariant/44', quantity: 2 }],
  };

  it('tell of products that were opened, not of cards that came into view', () => {
    listenToShopify(vitrine);
    for (const context of ['collection', 'search', 'recommendation']) {
      send(page, 'shopify:product:view', { context, product: { ...product, id: 1 } });
    }
    send(page, 'shopify:product:view', { context: 'page', product });
    send(page, 'shopify:product:view', { context: 'dialog', product: { ...product, id: 2 } });
    expect(vitrine.short()).toEqual(['view_item 7501', 'view_item 2']);
  });

  it('and the pixel’s event about the same count once', () => {
    const from = bus();
    listenToShopify(vitrine, { from });
    send(page, 'shopify:product:view', { context: 'page', product });
    from.publish('product_viewed', { data: { productVariant: VARIANT } });
    expect(vitrine.short()).toEqual(['view_item 7501']);
  });

  it('name the product of a variant that was looked at, or that the shop named', async () => {
    listenToShopify(vitrine, { variants: { 45: 7502 } });
    const selectedVariant = { id: 'gid://shopify/ProductVariant/44' };
    send(page, 'shopify:product:view', {
      context: 'page',
      product: { ...product, selectedVariant },
    });
    await change(add);
    await change({ ...add, lines: [{ merchandiseId: '45', quantity: 1 }] });
    expect(vitrine.short()).toEqual([
      'view_item 7501',
      'add_to_cart 7501 ×2',
      'add_to_cart 7502 ×1',
    ]);
  });

  it('name what leaves the cart by what was in it', async () => {
    listenToShopify(vitrine);
    const merchandise = { id: 'gid://shopify/ProductVariant/44', product };
    const cart = { lines: [{ id: 'gid://shopify/CartLine/9', quantity: 2, merchandise }] };
    await change(add, { cart });
    const gone = { id: 'gid://shopify/CartLine/9', quantity: 0 };
    await change({ action: 'remove', lines: [gone] }, { cart: { lines: [] } });
    await change({ action: 'update', lines: [{ ...gone, quantity: 1 }] }, { cart });
    expect(vitrine.short()).toEqual(['add_to_cart 7501 ×2', 'remove_from_cart 7501']);
  });

  it('tell of nothing that the cart refused', async () => {
    listenToShopify(vitrine, { variants: { 44: 7501 } });
    await change(add, { cart: null, userErrors: [{ message: 'sold out' }] });
    await change(add, new Error('offline'));
    expect(vitrine.told).toEqual([]);
  });

  it('throw nothing into the page, whatever they hold', async () => {
    const from = {
      subscribe: (): never => {
        throw new Error('bus');
      },
    };
    const stop = listenToShopify(vitrine, { from });
    for (const name of ['shopify:product:view', 'shopify:cart:lines-update', 'shopify:cart:view']) {
      send(page, name, {});
      const event = new Event(name);
      for (const field of ['product', 'promise', 'cart', 'action']) {
        Object.defineProperty(event, field, {
          get: () => {
            throw new Error('page');
          },
        });
      }
      expect(page.dispatchEvent(event)).toBe(true);
    }
    await change({ action: 'add', lines: 'none' }, { cart: 7 });
    stop();
    expect(vitrine.told).toEqual([]);
  });
});
