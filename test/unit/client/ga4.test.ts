import { afterEach, describe, expect, it, vi } from 'vitest';
import { itemsById } from '../../../src/client/candidates.ts';
import { armOf } from '../../../src/client/experiment-arm.ts';
import { listParams } from '../../../src/client/ga4-events.ts';
import {
  type AnalyticsOptions,
  isGranted,
  type RowEvent,
  tellAnalytics,
} from '../../../src/client/ga4-tell.ts';
import type { FeedReason, Row } from '../../../src/core/types.ts';

const rowOf = (...ids: readonly string[]): Row => ({
  id: 'sound',
  title: 'Good sound',
  kind: 'inferred',
  segmentId: 'sound',
  why: 'Because.',
  items: ids.map((itemId, n) => ({
    itemId,
    rank: n + 1,
    score: 0.7,
    scoreParts: [{ name: 'longTerm', value: 0.7 }],
    memberships: [{ segmentId: 'sound', weight: 1 }],
    why: 'Like what you looked at.',
  })),
});

const OURS = {
  id: 'a',
  title: 'Dome',
  brand: 'Acme',
  categoryPath: ['audio', 'headphones'],
  price: 99.5,
  currency: 'EUR',
};

describe('listParams', () => {
  it('has exactly GA4’s shape', () => {
    expect(listParams(rowOf('a'), itemsById([OURS]), 'exposed')).toEqual({
      item_list_id: 'sound',
      item_list_name: 'Good sound',
      currency: 'EUR',
      items: [
        {
          item_id: 'a',
          item_name: 'Dome',
          index: 0,
          item_list_id: 'sound',
          item_list_name: 'Good sound',
          item_brand: 'Acme',
          item_category: 'audio',
          item_category2: 'headphones',
          price: 99.5,
        },
      ],
      experiment: 'exposed',
    });
  });

  it.each([
    [
      'GA4’s own items',
      {
        item_id: 'a',
        item_name: 'Dome',
        item_brand: 'Acme',
        item_category: 'audio',
        item_category2: 'headphones',
        price: '99.50',
        currency: 'EUR',
      },
    ],
    [
      'schema.org',
      {
        '@type': 'Product',
        sku: 'a',
        name: 'Dome',
        brand: { '@type': 'Brand', name: 'Acme' },
        category: 'audio',
        offers: [{ price: '99.5', priceCurrency: 'EUR' }],
      },
    ],
    [
      'Shopify’s',
      { id: 'a', title: 'Dome', vendor: 'Acme', category: 'audio', price: 99.5, currency: 'EUR' },
    ],
  ])('reads %s', (_, item) => {
    const { currency, items } = listParams(rowOf('a'), itemsById([item]), 'exposed');
    expect(currency).toBe('EUR');
    expect(items[0]).toMatchObject({
      item_name: 'Dome',
      item_brand: 'Acme',
      item_category: 'audio',
      price: 99.5,
    });
  });

  it('says nothing of the visitor: no scores, segments or reasons', () => {
    const told = JSON.stringify(listParams(rowOf('a'), itemsById([OURS]), 'exposed'));
    for (const word of ['score', 'membership', 'segment', 'looked', '0.7']) {
      expect(told).not.toContain(word);
    }
  });

  it('leaves out what the shop did not send', () => {
    expect(listParams(rowOf('a', 'b'), itemsById([{ id: 'b' }]), 'none')).toEqual({
      item_list_id: 'sound',
      item_list_name: 'Good sound',
      items: ['a', 'b'].map((id, index) => ({
        item_id: id,
        item_name: id,
        index,
        item_list_id: 'sound',
        item_list_name: 'Good sound',
      })),
    });
  });

  it('has at most 200 items and 100 characters', () => {
    const ids = Array.from({ length: 250 }, (_, n) => `item ${n}`);
    const long = { ...rowOf(...ids), title: 'x'.repeat(300) };
    const { item_list_name: name, items } = listParams(long, new Map(), 'none');
    expect(name).toHaveLength(100);
    expect(items).toHaveLength(200);
    expect(items[199]).toMatchObject({ index: 199 });
  });

  it('has at most five categories', () => {
    const deep = { id: 'a', categoryPath: ['1', '2', '3', '4', '5', '6'] };
    const [item] = listParams(rowOf('a'), itemsById([deep]), 'none').items;
    expect(item).toMatchObject({ item_category: '1', item_category5: '5' });
    expect(item).not.toHaveProperty('item_category6');
  });

  it('has prices of one currency', () => {
    const known = itemsById([OURS, { id: 'b', price: 5, currency: 'USD' }, { id: 'c', price: 7 }]);
    const { currency, items } = listParams(rowOf('a', 'b', 'c'), known, 'none');
    expect(currency).toBe('EUR');
    expect(items.map(({ price }) => price)).toEqual([99.5, undefined, undefined]);
  });

  it.each([-1, Number.NaN, Infinity, 'free', '1,299.00', '19,99', null, {}])(
    'takes %s for no price',
    (price) => {
      const known = itemsById([{ id: 'a', price, currency: 'EUR' }]);
      expect(listParams(rowOf('a'), known, 'none').items[0]).not.toHaveProperty('price');
    },
  );
});

describe('armOf', () => {
  it.each([
    ['PERSONALIZED', 'exposed'],
    ['COLD_START', 'exposed'],
    ['LOW_CONFIDENCE', 'exposed'],
    ['INFLUENCE_ZERO', 'exposed'],
    ['HOLDOUT', 'held-out'],
    ['KILL_SWITCH', 'none'],
    ['CONSENT_DENIED', 'none'],
    ['WORKER_LOST', 'none'],
    ['PACK_INTEGRITY', 'none'],
  ] as const)('%s: %s', (reason: FeedReason, arm) => expect(armOf({ reason })).toBe(arm));
});

describe('isGranted', () => {
  const consent = (command: string, state: object): unknown =>
    (function told(..._words: unknown[]) {
      // gtag pushes its arguments object, which is no array.
      return arguments;
    })('consent', command, state);
  const granted = { analytics_storage: 'granted' };
  const denied = { analytics_storage: 'denied' };

  it.each([
    ['nobody was asked', [], false],
    ['nothing is said of analytics', [consent('default', { ad_storage: 'granted' })], false],
    ['it is denied', [consent('default', denied)], false],
    ['it is granted', [consent('default', granted)], true],
    ['it is granted later', [consent('default', denied), consent('update', granted)], true],
    ['it is taken back', [consent('update', granted), consent('update', denied)], false],
    ['it is granted elsewhere', [consent('default', { ...granted, region: ['US'] })], false],
    ['the list holds other things', [null, 'consent', { event: 'x' }, ['config', 'G-1']], false],
  ])('%s', (_, list, expected) => expect(isGranted(list)).toBe(expected));
});

describe('tellAnalytics', () => {
  afterEach(() => vi.unstubAllGlobals());

  const event: RowEvent = {
    name: 'view_item_list',
    row: rowOf('a', 'b'),
    items: itemsById([OURS]),
    experiment: 'held-out',
    itemId: undefined,
  };
  const list = (name: string): unknown[] => {
    const entries: unknown[] = [];
    vi.stubGlobal(name, entries);
    return entries;
  };

  it('pushes an event for Tag Manager, after clearing the one before', () => {
    const entries = list('dataLayer');
    tellAnalytics({ mayTell: () => true }, event);
    const { experiment, ...ecommerce } = listParams(event.row, event.items, 'held-out');
    expect(entries).toEqual([
      { ecommerce: null },
      { event: 'view_item_list', ecommerce, experiment: 'held-out' },
    ]);
    expect(experiment).toBe('held-out');
  });

  it('makes the list where there is none yet', () => {
    vi.stubGlobal('shopLayer', undefined);
    tellAnalytics({ mayTell: () => true, to: 'shopLayer' }, event);
    expect((globalThis as unknown as { shopLayer: unknown[] }).shopLayer).toHaveLength(2);
  });

  it('calls the shop’s function as gtag wants it', () => {
    const to = vi.fn();
    tellAnalytics({ mayTell: () => true, to }, { ...event, name: 'select_item', itemId: 'b' });
    expect(to).toHaveBeenCalledTimes(1);
    const [name, params] = to.mock.calls[0]!;
    expect(name).toBe('select_item');
    expect(params).toMatchObject({ experiment: 'held-out', items: [{ item_id: 'b', index: 1 }] });
    expect(params.items).toHaveLength(1);
  });

  it.each([
    ['false', () => false],
    ['nothing', () => undefined],
    ['a promise', async () => true],
    ['a word', () => 'yes'],
  ])('tells nothing when the answer is %s', (_, mayTell) => {
    const entries = list('dataLayer');
    const to = vi.fn();
    for (const where of [to, undefined]) {
      tellAnalytics({ mayTell: mayTell as () => boolean, to: where }, event);
    }
    expect(entries).toEqual([]);
    expect(to).not.toHaveBeenCalled();
  });

  it('asks Consent Mode when it is given a name only, each time anew', () => {
    const entries = list('dataLayer');
    tellAnalytics('', event);
    expect(entries).toEqual([]);
    entries.push(['consent', 'update', { analytics_storage: 'granted' }]);
    tellAnalytics('', event);
    tellAnalytics('dataLayer', event);
    expect(entries).toHaveLength(5);
    entries.push(['consent', 'update', { analytics_storage: 'denied' }]);
    tellAnalytics('dataLayer', event);
    expect(entries).toHaveLength(6);
  });

  const fail = (): never => {
    throw new Error('shop');
  };

  it.each<[string, AnalyticsOptions]>([
    ['mayTell', { mayTell: fail }],
    ['to', { mayTell: () => true, to: fail }],
  ])('reports what %s throws, and goes on', (_, options) => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    tellAnalytics(options, event);
    expect(reported).toHaveBeenCalledExactlyOnceWith(new Error('shop'));
  });
});
