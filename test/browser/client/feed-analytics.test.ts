import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addHost, type VitrineFeedElement } from '../../../src/client/feed-element.ts';
import { defineFeedElement } from '../../../src/client/vitrine-feed.ts';
import type { Feed, Interaction, Row, Vitrine, VitrineEvents } from '../../../src/core/types.ts';

const row = (id: string, ids: string, kind: Row['kind'] = 'inferred'): Row => ({
  id,
  title: `Row ${id}`,
  kind,
  why: `Why ${id}`,
  items: Array.from(ids, (itemId, index) => ({
    itemId,
    rank: index + 1,
    score: 1,
    scoreParts: [{ name: 'x', value: 1 }],
    memberships: [],
    why: `why ${itemId}`,
  })),
});
const feedOf = (rows: readonly Row[], reason: Feed['reason'] = 'PERSONALIZED'): Feed => ({
  rows,
  order: rows.flatMap(({ items }) => items.map(({ itemId }) => itemId)),
  personalized: reason === 'PERSONALIZED',
  reason,
  seed: 1,
  packId: 'p',
  device: 'js',
  timings: { total: 1 },
  warnings: [],
});
const candidates = Array.from('abcd', (id, n) => ({
  id,
  title: `Item ${id}`,
  brand: 'Acme',
  price: 10 + n,
  currency: 'EUR',
}));
const CARD = '<template><a data-vitrine-text="title"></a></template>';
const LIST = `<ul class="shop">${Array.from(
  'abc',
  (id) => `<li><a href="#${id}" data-vitrine-item="${id}">${id}</a></li>`,
).join('')}</ul>`;

interface Shown {
  readonly element: VitrineFeedElement;
  readonly told: Interaction[];
}

/** Shows a feed; `analytics` is set before it. */
async function show(
  inner: string,
  feed: Feed,
  analytics?: VitrineFeedElement['analytics'],
): Promise<Shown> {
  const holder = document.createElement('div');
  holder.innerHTML = `<vitrine-feed>${inner}</vitrine-feed>`;
  document.body.append(holder);
  const element = holder.querySelector('vitrine-feed') as VitrineFeedElement;
  const told: Interaction[] = [];
  const shown = new Promise((resolve) => element.addEventListener('vitrine:feed', resolve));
  element.analytics = analytics;
  element.vitrine = {
    rerank: async () => feed,
    track: async (interaction: Interaction) => void told.push(interaction),
  } as unknown as Vitrine;
  element.candidates = candidates;
  await shown;
  return { element, told };
}

/** A data layer, and a function in the shape of gtag's. */
const spy = () => vi.fn<(name: string, params: unknown) => void>();

const exposures: VitrineEvents['exposure'][] = [];
const page = globalThis as unknown as { shopLayer?: unknown[] };

beforeAll(() => {
  addHost({
    script: undefined,
    createVitrine: () => Promise.reject(new Error('not here')),
    warn: () => undefined,
    emit: (_vitrine, _event, detail) => void exposures.push(detail),
  });
  defineFeedElement();
});
afterEach(() => {
  document.body.replaceChildren();
  exposures.length = 0;
  delete page.shopLayer;
});

describe('the shop’s analytics', () => {
  it('get each row that was seen, with its items as the shop sent them', async () => {
    const to = spy();
    await show(CARD, feedOf([row('r1', 'ba')]), { mayTell: () => true, to });
    await vi.waitFor(() => expect(to).toHaveBeenCalledTimes(1), { timeout: 5_000 });
    expect(to).toHaveBeenCalledWith('view_item_list', {
      item_list_id: 'r1',
      item_list_name: 'Row r1',
      currency: 'EUR',
      items: [
        expect.objectContaining({ item_id: 'b', item_name: 'Item b', index: 0, price: 11 }),
        expect.objectContaining({ item_id: 'a', item_brand: 'Acme', index: 1, price: 10 }),
      ],
      experiment: 'exposed',
    });
    expect(exposures.map(({ experiment }) => experiment)).toEqual(['exposed']);
  });

  it('get each item that is chosen, with its row and place', async () => {
    const to = spy();
    const { element } = await show(LIST, feedOf([row('r1', 'ba')]), { mayTell: () => true, to });
    await vi.waitFor(() => expect(to).toHaveBeenCalledTimes(1), { timeout: 5_000 });
    await userEvent.click(element.querySelector('[data-vitrine-item="a"]')!);
    expect(to).toHaveBeenLastCalledWith(
      'select_item',
      expect.objectContaining({
        item_list_id: 'r1',
        items: [expect.objectContaining({ item_id: 'a', item_name: 'Item a', index: 1 })],
      }),
    );
    expect(to).toHaveBeenCalledTimes(2);
  });

  it('get nothing without the visitor’s consent, and nothing when they were not set', async () => {
    const to = spy();
    await show(CARD, feedOf([row('r1', 'ba')]), { mayTell: () => false, to });
    await show(CARD, feedOf([row('r2', 'cd')]));
    await vi.waitFor(() => expect(exposures).toHaveLength(2), { timeout: 5_000 });
    expect(to).not.toHaveBeenCalled();
    expect('dataLayer' in globalThis).toBe(false);
  });

  it('may be a data layer in which Consent Mode says whether they may', async () => {
    page.shopLayer = [['consent', 'default', { analytics_storage: 'granted' }]];
    await show(CARD, feedOf([row('r1', 'ba')]), 'shopLayer');
    await vi.waitFor(() => expect(page.shopLayer).toHaveLength(3), { timeout: 5_000 });
    expect(page.shopLayer?.[2]).toMatchObject({
      event: 'view_item_list',
      ecommerce: { item_list_id: 'r1' },
      experiment: 'exposed',
    });
  });
});

describe('visitors who are held out', () => {
  const held = feedOf([row('server', 'abd', 'server')], 'HOLDOUT');

  it('are counted by the server’s list that they saw, as far as its cards are marked', async () => {
    const to = spy();
    const { element, told } = await show(LIST, held, { mayTell: () => true, to });
    expect(element.querySelector('section')).toBeNull();
    await vi.waitFor(() => expect(to).toHaveBeenCalledTimes(1), { timeout: 5_000 });
    expect(to).toHaveBeenCalledWith(
      'view_item_list',
      expect.objectContaining({ item_list_id: 'server', experiment: 'held-out' }),
    );
    const { items } = to.mock.calls[0]![1] as { items: { item_id: string; index: number }[] };
    expect(items.map(({ item_id, index }) => [item_id, index])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    await userEvent.click(element.querySelector('[data-vitrine-item="b"]')!);
    expect(to).toHaveBeenLastCalledWith(
      'select_item',
      expect.objectContaining({ item_list_id: 'server', experiment: 'held-out' }),
    );
    // The log keeps what it kept before: the choice, and no row.
    expect(told).toEqual([{ type: 'select_item', itemId: 'b' }]);
  });

  it('are told of to listeners without analytics as well', async () => {
    await show(LIST, held);
    await vi.waitFor(() => expect(exposures).toHaveLength(1), { timeout: 5_000 });
    expect(exposures[0]).toMatchObject({ experiment: 'held-out', row: { id: 'server' } });
  });

  it('are not made up where the feed fell back', async () => {
    const to = spy();
    const lost = feedOf([row('server', 'ab', 'server')], 'WORKER_LOST');
    await show(LIST, lost, { mayTell: () => true, to });
    await vi.waitFor(() => expect(to).toHaveBeenCalledTimes(1), { timeout: 5_000 });
    expect(to.mock.calls[0]![1]).not.toHaveProperty('experiment');
    expect(exposures[0]?.experiment).toBe('none');
  });
});
