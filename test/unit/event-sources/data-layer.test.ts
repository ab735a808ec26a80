import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenToDataLayer } from '../../../src/event-sources/data-layer.ts';
import { type Hearer, FakeElement, clickCard, hearer, stubPage } from './page.ts';

let layer: unknown[];
let page: EventTarget;
let vitrine: Hearer;

/** As Google's snippet does it: the very `arguments`. */
const gtag: (...command: unknown[]) => void = function push() {
  layer.push(arguments);
};

const LAMP = {
  item_id: 'lamp-1',
  item_name: 'Brass lamp',
  item_brand: 'Norda',
  item_category: 'Home',
  item_category2: 'Lamps',
  price: 49,
};

const viewOf = (id: string): object => ({
  event: 'view_item',
  ecommerce: { items: [{ item_id: id }] },
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  layer = [];
  page = stubPage({ dataLayer: layer });
  vitrine = hearer();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a data layer', () => {
  it('is learned from in gtag’s shape, with what it says of the item', () => {
    listenToDataLayer(vitrine);
    gtag('event', 'add_to_cart', {
      currency: 'EUR',
      value: 98,
      user_email: 'who@example.com',
      items: [{ ...LAMP, quantity: 2, customer: 'who' }],
    });
    expect(vitrine.told).toEqual([
      {
        type: 'add_to_cart',
        quantity: 2,
        items: [
          {
            id: 'lamp-1',
            title: 'Brass lamp',
            brand: 'Norda',
            categoryPath: ['Home', 'Lamps'],
            price: 49,
            currency: 'EUR',
          },
        ],
      },
    ]);
  });

  it('is learned from in Tag Manager’s shape', () => {
    listenToDataLayer(vitrine);
    layer.push({ ecommerce: null });
    layer.push({ event: 'view_item', ecommerce: { currency: 'EUR', items: [LAMP] } });
    layer.push({ event: 'add_to_wishlist', items: [{ item_id: 7 }] });
    expect(vitrine.short()).toEqual(['view_item lamp-1', 'add_to_wishlist 7']);
  });

  it('tells of what was pushed before, in its order', () => {
    gtag('js', new Date(0));
    gtag('event', 'view_item', { items: [LAMP] });
    layer.push({ event: 'gtm.js', 'gtm.start': 1 }, viewOf('rug-3'));
    listenToDataLayer(vitrine);
    expect(vitrine.short()).toEqual(['view_item lamp-1', 'view_item rug-3']);
  });

  it('keeps pieces of a purchase apart', () => {
    listenToDataLayer(vitrine);
    const items = [
      { item_id: 'a', quantity: 2 },
      { item_id: 'b', quantity: 1 },
      { item_id: 'c', quantity: 2 },
    ];
    gtag('event', 'purchase', { transaction_id: 'T1', items });
    expect(vitrine.short()).toEqual(['purchase a c ×2', 'purchase b ×1']);
  });

  it('takes e-commerce fields that came ahead of their event, once', () => {
    listenToDataLayer(vitrine);
    layer.push({ ecommerce: { items: [LAMP] } });
    layer.push({ event: 'gtm.dom' });
    layer.push({ event: 'view_item' });
    layer.push({ event: 'add_to_cart' });
    expect(vitrine.short()).toEqual(['view_item lamp-1']);
  });

  it('is found under another name, and made where it is not there yet', () => {
    vi.stubGlobal('shopLayer', undefined);
    listenToDataLayer(vitrine, { dataLayer: 'shopLayer' });
    (globalThis as unknown as { shopLayer: unknown[] }).shopLayer.push(viewOf('a'));
    expect(vitrine.short()).toEqual(['view_item a']);
  });

  it('takes the shop’s word for what an id is', () => {
    listenToDataLayer(vitrine, { itemId: ({ item_id: id }) => String(id).split('_')[2] });
    layer.push(viewOf('shopify_US_7501_1'), viewOf('none'));
    expect(vitrine.short()).toEqual(['view_item 7501']);
  });
});

describe('the page’s own push', () => {
  it('goes where it went, with what it returns', () => {
    const seen: unknown[] = [];
    layer.push = (...entries: unknown[]) => seen.push(...entries);
    listenToDataLayer(vitrine);
    expect(layer.push(viewOf('a'), viewOf('b'))).toBe(2);
    expect(seen).toHaveLength(2);
    expect(vitrine.short()).toEqual(['view_item a', 'view_item b']);
  });

  it('is put back at the end', () => {
    const { push } = layer;
    const stop = listenToDataLayer(vitrine);
    expect(layer.push).not.toBe(push);
    stop();
    expect(layer.push).toBe(push);
    layer.push(viewOf('a'));
    expect(vitrine.told).toEqual([]);
  });

  it('still works below a tag manager that came later', () => {
    const stop = listenToDataLayer(vitrine);
    const ours = layer.push;
    layer.push = (...entries: unknown[]) => ours.apply(layer, entries);
    layer.push(viewOf('a'));
    stop();
    layer.push(viewOf('b'));
    expect(vitrine.short()).toEqual(['view_item a']);
    expect(layer).toHaveLength(2);
  });

  it('hears nothing of an instance that fails, or of a reader of ids that throws', async () => {
    const failing = hearer({ fails: true });
    listenToDataLayer(failing, {
      itemId: ({ item_id: id }) => {
        if (id === 'bad') throw new Error('shop');
        return id;
      },
    });
    expect(layer.push(viewOf('bad'), viewOf('a'))).toBe(2);
    await Promise.resolve();
    expect(failing.short()).toEqual(['view_item a']);
  });

  it.each([
    ['no list', 'text'],
    ['primitives', [null, undefined, 1, 'view_item', true]],
    ['commands without fields', [['event'], ['event', 'view_item'], ['event', null, {}], []]],
    ['items that are none', [['event', 'view_item', { items: { length: 1, 0: LAMP } }]]],
    ['ids that are none', [['event', 'view_item', { items: [{ item_id: {} }, { item_id: '' }] }]]],
    ['ids that are too long', [['event', 'view_item', { items: [{ item_id: 'x'.repeat(201) }] }]]],
    ['other events', [['event', 'begin_checkout', { items: [LAMP] }], { event: 'toString' }]],
    ['Universal Analytics', [{ event: 'detail', ecommerce: { detail: { products: [LAMP] } } }]],
    ['eventModel', [{ event: 'view_item', eventModel: { items: [LAMP] } }]],
    [
      'getters that throw',
      [
        {
          get event() {
            throw new Error('page');
          },
        },
      ],
    ],
    ['a proxy that was revoked', [revoked()]],
  ])('tells of nothing in %s, and throws nothing', (_, dataLayer) => {
    vi.stubGlobal('dataLayer', dataLayer);
    expect(() => listenToDataLayer(vitrine)()).not.toThrow();
    expect(vitrine.told).toEqual([]);
  });

  it('reads 200 items of an event, and short texts', () => {
    listenToDataLayer(vitrine);
    const items = Array.from({ length: 300 }, (_, n) => ({
      item_id: `i${n}`,
      item_name: 'x'.repeat(400),
      price: '1,299.00',
    }));
    gtag('event', 'purchase', { items });
    expect(vitrine.told[0]?.items).toHaveLength(200);
    expect(vitrine.told[0]?.items[0]).toEqual({ id: 'i0', title: 'x'.repeat(300) });
  });
});

describe('nothing is counted twice', () => {
  it('where listening begins again, or twice', () => {
    layer.push(viewOf('a'));
    const stop = listenToDataLayer(vitrine);
    stop();
    layer.push(viewOf('b'));
    listenToDataLayer(vitrine);
    listenToDataLayer(vitrine);
    layer.push(viewOf('c'));
    expect(vitrine.short()).toEqual(['view_item a', 'view_item b', 'view_item c']);
  });

  it('but another instance hears it, too', () => {
    layer.push(viewOf('a'));
    const other = hearer();
    listenToDataLayer(vitrine);
    listenToDataLayer(other);
    expect(other.short()).toEqual(['view_item a']);
  });

  it('where two tags tell of one look, or the page tells again after a return to it', () => {
    listenToDataLayer(vitrine);
    layer.push(viewOf('a'));
    gtag('event', 'view_item', { items: [{ item_id: 'a' }] });
    vi.advanceTimersByTime(29 * 60_000);
    layer.push(viewOf('a'));
    expect(vitrine.short()).toEqual(['view_item a']);
  });

  it('but a look after another one, or half an hour later, is a new one', () => {
    listenToDataLayer(vitrine);
    layer.push(viewOf('a'), viewOf('b'), viewOf('a'));
    vi.advanceTimersByTime(30 * 60_000);
    layer.push(viewOf('a'));
    expect(vitrine.short()).toHaveLength(4);
  });

  it('where an item goes into the cart twice within a second', () => {
    listenToDataLayer(vitrine);
    const add = (): void => gtag('event', 'add_to_cart', { items: [{ item_id: 'a' }] });
    add();
    add();
    vi.advanceTimersByTime(1_000);
    add();
    expect(vitrine.short()).toEqual(['add_to_cart a', 'add_to_cart a']);
  });

  it('where the visitor clicked a card of ours: its element told of that', () => {
    listenToDataLayer(vitrine);
    const select = (id: string): void =>
      gtag('event', 'select_item', { item_list_id: 'x', items: [{ item_id: id }] });
    clickCard(page, new FakeElement('a'));
    select('a');
    clickCard(page, new FakeElement('b', ['[data-vitrine-rows]']));
    select('b');
    clickCard(page, new FakeElement('c', []));
    select('c');
    clickCard(page, new FakeElement('d'));
    vi.advanceTimersByTime(2_000);
    select('d');
    expect(vitrine.short()).toEqual(['select_item c', 'select_item d']);
  });

  it('where lists count: only those that are not our rows', () => {
    const list = (id: string): object => ({
      event: 'view_item_list',
      ecommerce: { item_list_id: id, items: [{ item_id: 'a', item_list_id: id }] },
    });
    listenToDataLayer(vitrine);
    layer.push(list('bestsellers'));
    expect(vitrine.told).toEqual([]);
    const other = hearer();
    const feed = new FakeElement();
    feed.feed = { rows: [{ id: 'home-cooks' }] };
    (page as unknown as { feeds: FakeElement[] }).feeds.push(feed);
    layer.push(list('home-cooks'));
    listenToDataLayer(other, { lists: true });
    expect(other.short()).toEqual(['view_item_list a']);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
