import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { VitrineFeedElement } from '../../../src/client/feed-element.ts';
import { defineFeedElement } from '../../../src/client/vitrine-feed.ts';
import type { Candidates, Feed, Interaction, Row, Vitrine } from '../../../src/core/types.ts';

const row = (id: string, ids: string, kind: Row['kind'] = 'inferred'): Row => ({
  id,
  title: `Row ${id}`,
  kind,
  why: `Why ${id}`,
  items: Array.from(ids).map((itemId, index) => ({
    itemId,
    rank: index + 1,
    score: 1,
    scoreParts: [{ name: 'x', value: 1 }],
    memberships: [],
    why: `why ${itemId}`,
  })),
});
const feedOf = (rows: readonly Row[], personalized = true): Feed => ({
  rows,
  order: rows.flatMap(({ items }) => items.map(({ itemId }) => itemId)),
  personalized,
  reason: personalized ? 'PERSONALIZED' : 'WORKER_LOST',
  seed: 1,
  packId: 'p',
  device: 'js',
  timings: { total: 1 },
  warnings: [],
});

/** An instance that answers with one feed and notes what it was asked and told. */
const fake = (
  feed: Feed | Promise<Feed>,
): Vitrine & { asked: unknown[][]; told: Interaction[] } => {
  const asked: unknown[][] = [];
  const told: Interaction[] = [];
  return {
    asked,
    told,
    rerank: async (candidates: Candidates, options: unknown) => {
      asked.push([candidates, options]);
      return feed;
    },
    track: async (interaction: Interaction) => void told.push(interaction),
  } as unknown as Vitrine & { asked: unknown[][]; told: Interaction[] };
};

const mount = (html: string): VitrineFeedElement => {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  document.body.append(holder);
  const element = holder.querySelector('vitrine-feed');
  if (!(element instanceof VitrineFeedElement)) throw new TypeError('No element.');
  return element;
};
const items = Array.from('abcdef').map((id) => ({ id, title: `Item ${id}` }));
const DATA = `<script type="application/json" id="data">${JSON.stringify(items)}</script>`;
const CARD =
  '<template><a data-vitrine-text="title"></a><i data-vitrine-text="why"></i></template>';
const LIST = `<ul class="shop">${Array.from('abcdef')
  .map((id) => `<li><a href="#${id}" data-vitrine-item="${id}">${id}</a></li>`)
  .join('')}</ul>`;
const shown = (element: Element): string[] =>
  [...element.querySelectorAll('section ul')].map((list) =>
    [...list.querySelectorAll('li')].map((entry) => entry.textContent).join(' '),
  );

/** Shows a feed that the shop made by itself, and waits until it stands. */
const show = async (element: VitrineFeedElement, feed: Feed): Promise<void> => {
  const told = new Promise((resolve) => element.addEventListener('vitrine:feed', resolve));
  element.candidates = items;
  element.feed = feed;
  await told;
};

beforeAll(() => {
  defineFeedElement();
  // A second copy of the script on one page is harmless.
  defineFeedElement();
});
afterEach(() => document.body.replaceChildren());

describe('rows from a template', () => {
  it('take the place of the server’s list', async () => {
    const vitrine = fake(feedOf([row('r1', 'ca'), row('r2', 'b')]));
    const element = mount(
      `${DATA}<vitrine-feed rows="2" data-row-size="4" candidates="#data">${CARD}${LIST}</vitrine-feed>`,
    );
    element.vitrine = vitrine;
    await vi.waitFor(() => expect(element.querySelectorAll('section')).toHaveLength(2));
    expect(vitrine.asked).toEqual([[items, { rows: 2, rowSize: 4 }]]);
    expect(shown(element)).toEqual(['Item cwhy c Item awhy a', 'Item bwhy b']);
    expect(element.querySelector('.shop')).toBeNull();
    expect(element.querySelectorAll('section ul > li[data-vitrine-item="c"]')).toHaveLength(1);
  });

  it('are sections with headings, reasons and lists', async () => {
    const element = mount(`<vitrine-feed>${CARD}</vitrine-feed>`);
    await show(element, feedOf([row('r1', 'ab')]));
    const section = element.querySelector('section');
    const heading = section?.querySelector('h2');
    expect(heading?.textContent).toBe('Row r1');
    expect(section?.getAttribute('aria-labelledby')).toBe(heading?.id);
    expect(section?.querySelector('p.why')?.textContent).toBe('Why r1');
    expect(section?.querySelector('ul')?.getAttribute('role')).toBe('list');
  });

  it('keep hostile titles as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const element = mount(`<vitrine-feed>${CARD}</vitrine-feed>`);
    const vitrine = fake(feedOf([{ ...row('r', 'a'), title: hostile, why: hostile }]));
    element.candidates = [{ id: 'a', title: hostile }];
    element.vitrine = vitrine;
    await vi.waitFor(() => expect(element.querySelector('h2')?.textContent).toBe(hostile));
    expect(element.querySelector('section a')?.textContent).toBe(hostile);
    expect(element.querySelectorAll('section img')).toHaveLength(0);
  });

  it('share one heading when they follow the server’s order', async () => {
    const element = mount(`<vitrine-feed>${CARD}</vitrine-feed>`);
    element.candidates = items;
    element.vitrine = fake(
      feedOf([row('r', 'a'), row('server', 'bc', 'server'), row('server-2', 'de', 'server')]),
    );
    await vi.waitFor(() => expect(element.querySelectorAll('ul')).toHaveLength(3));
    expect([...element.querySelectorAll('h2')].map((heading) => heading.textContent)).toEqual([
      'Row r',
      'Row server',
    ]);
  });

  it('show the server’s order when the page has no list of its own', async () => {
    const element = mount(`<vitrine-feed>${CARD}</vitrine-feed>`);
    element.candidates = items;
    element.vitrine = fake(feedOf([row('server', 'ab', 'server')], false));
    await vi.waitFor(() => expect(shown(element)).toEqual(['Item awhy a Item bwhy b']));
  });
});

describe('the shop’s own cards', () => {
  it('move into the rows as they are, and the others stay below', () => {
    const element = mount(`<vitrine-feed>${LIST}</vitrine-feed>`);
    const card = element.querySelector('[data-vitrine-item="c"]');
    element.feed = feedOf([row('r1', 'cb'), row('r2', 'xyz')]);
    expect(shown(element)).toEqual(['c b']);
    expect(element.querySelector('section [data-vitrine-item="c"]')).toBe(card);
    expect(element.querySelector('.shop')?.textContent).toBe('adef');
    expect(element.querySelectorAll('section li li')).toHaveLength(0);
  });

  it('come from the container that `for` names', () => {
    const element = mount(`<vitrine-feed for="#grid"></vitrine-feed><div id="grid">${LIST}</div>`);
    element.feed = feedOf([row('r', 'fa')]);
    expect(shown(element)).toEqual(['f a']);
    expect(document.querySelector('#grid')?.textContent).toBe('bcde');
  });

  it('return to their very places when no personalised feed can be made', () => {
    const element = mount(`<vitrine-feed>before${LIST}after</vitrine-feed>`);
    const before = element.innerHTML;
    element.feed = feedOf([row('r', 'fcb')]);
    element.feed = feedOf([row('r2', 'ae')]);
    expect(shown(element)).toEqual(['a e']);
    element.feed = feedOf([row('server', 'abcdef', 'server')], false);
    expect(element.innerHTML.replaceAll('<!---->', '')).toBe(before);
  });

  it('keep the focus while they move', () => {
    const element = mount(`<vitrine-feed>${LIST}</vitrine-feed>`);
    const link = element.querySelector<HTMLElement>('[data-vitrine-item="c"]');
    link?.focus();
    element.feed = feedOf([row('r', 'cb')]);
    expect(document.activeElement).toBe(link);
  });

  it('change places without rows in mode="reorder"', () => {
    const element = mount(`<vitrine-feed mode="reorder">${LIST}</vitrine-feed>`);
    element.feed = { ...feedOf([]), order: Array.from('fedcba') };
    expect(element.textContent).toBe('fedcba');
    expect(element.querySelector('section')).toBeNull();
  });
});

describe('the server’s list', () => {
  const page = `${DATA}<vitrine-feed candidates="#data">${CARD}${LIST}</vitrine-feed>`;

  it('stands as it is while no feed, or none that is personalised, has come', async () => {
    const element = mount(page);
    const before = element.innerHTML;
    expect(element.innerHTML).toBe(before);
    const told = new Promise((resolve) => element.addEventListener('vitrine:feed', resolve));
    element.vitrine = fake(feedOf([row('server', 'ab', 'server')], false));
    await told;
    expect(element.innerHTML).toBe(before);
  });

  it('returns after rows from a template', async () => {
    const element = mount(page);
    const list = element.querySelector('.shop');
    await show(element, feedOf([row('r', 'a')]));
    expect(element.querySelector('.shop')).toBeNull();
    await show(element, feedOf([], false));
    expect(element.querySelector('.shop')).toBe(list);
    expect(element.querySelector('section')).toBeNull();
  });

  it('stands when rerank rejects', async () => {
    const element = mount(page);
    const before = element.innerHTML;
    element.vitrine = fake(Promise.reject(new Error('disposed')));
    await element.refresh();
    expect(element.innerHTML).toBe(before);
  });

  it.each(['#nothing', '#broken', '[[['])('stands for candidates="%s"', async (selector) => {
    const element = mount(
      `<script type="application/json" id="broken">{</script><vitrine-feed candidates="${selector}">${CARD}${LIST}</vitrine-feed>`,
    );
    const before = element.innerHTML;
    const vitrine = fake(feedOf([], false));
    element.vitrine = vitrine;
    await vi.waitFor(() => expect(vitrine.asked).toEqual([[[], {}]]));
    expect(element.innerHTML).toBe(before);
  });

  it('is not replaced by a feed that was overtaken by a later one', async () => {
    const element = mount(page);
    let answer: (feed: Feed) => void = () => {};
    const slow = new Promise<Feed>((resolve) => (answer = resolve));
    element.vitrine = fake(slow);
    const first = element.refresh();
    element.feed = feedOf([], false);
    answer(feedOf([row('late', 'a')]));
    await first;
    expect(element.querySelector('section')).toBeNull();
  });
});

describe('what the visitor does', () => {
  it('ignores scripted clicks', () => {
    const element = mount(`<vitrine-feed>${LIST}</vitrine-feed>`);
    const vitrine = fake(feedOf([]));
    element.vitrine = vitrine;
    element.querySelector<HTMLElement>('[data-vitrine-item]')?.click();
    expect(vitrine.told).toEqual([]);
  });

  it('tells a real click on a card with its row', async () => {
    const { userEvent } = await import('vitest/browser');
    const element = mount(`<vitrine-feed>${LIST}</vitrine-feed>`);
    const vitrine = fake(feedOf([]));
    element.vitrine = vitrine;
    element.feed = feedOf([row('r', 'cb')]);
    for (const id of ['b', 'e']) {
      const card = element.querySelector(`[data-vitrine-item="${id}"]`);
      if (card) await userEvent.click(card);
    }
    expect(vitrine.told.filter(({ type }) => type === 'select_item')).toEqual([
      { type: 'select_item', itemId: 'b', rowId: 'r' },
      { type: 'select_item', itemId: 'e' },
    ]);
  });

  it('takes a card away, and asks for less like it, when its button is pressed', async () => {
    const { userEvent } = await import('vitest/browser');
    const element = mount(
      '<vitrine-feed><template><a data-vitrine-text="title"></a>' +
        '<button data-vitrine-less>Less like this</button></template></vitrine-feed>',
    );
    const vitrine = fake(feedOf([]));
    element.candidates = items;
    element.vitrine = vitrine;
    await show(element, feedOf([row('r', 'cb')]));
    const entry = element.querySelector('[data-vitrine-item="c"]');
    entry?.querySelector('button')?.click();
    expect(shown(element)).toEqual(['Item cLess like this Item bLess like this']);
    await userEvent.click(entry!.querySelector('button')!);
    expect(shown(element)).toEqual(['Item bLess like this']);
    expect(vitrine.told.filter(({ type }) => type !== 'view_item_list')).toEqual([
      { type: 'less_like_this', itemId: 'c', rowId: 'r' },
    ]);
  });

  it('labels paid places, and takes the label off the shop’s own cards again', async () => {
    const paid = feedOf([row('r', 'cb')]);
    const [first] = paid.rows[0]!.items;
    Object.assign(first!, { sponsored: { label: 'Advertisement', ruleId: 'ad' } });
    const element = mount(`<vitrine-feed>${LIST}</vitrine-feed>`);
    element.vitrine = fake(feedOf([]));
    await show(element, paid);
    expect(shown(element)).toEqual(['cAdvertisement b']);
    element.feed = undefined;
    expect(element.querySelector('.vitrine-sponsored')).toBeNull();
    const own = mount(
      '<vitrine-feed><template><b data-vitrine-text="sponsored.label"></b></template></vitrine-feed>',
    );
    own.candidates = items;
    await show(own, paid);
    expect(shown(own)).toEqual(['Advertisement ']);
  });

  it('tells nothing of a preview', async () => {
    const { userEvent } = await import('vitest/browser');
    const element = mount(`<vitrine-feed>${LIST}</vitrine-feed>`);
    const vitrine = fake(feedOf([]));
    element.vitrine = vitrine;
    await show(element, { ...feedOf([row('r', 'cb')]), isPreview: true });
    await userEvent.click(element.querySelector('[data-vitrine-item="b"]')!);
    expect(vitrine.told).toEqual([]);
  });

  it('tells once that a row was seen, with its items', async () => {
    const element = mount(`<vitrine-feed>${CARD}</vitrine-feed>`);
    const vitrine = fake(feedOf([]));
    element.vitrine = vitrine;
    await show(element, feedOf([row('r', 'cb')]));
    expect(vitrine.asked).toEqual([]);
    await vi.waitFor(() => expect(vitrine.told).toHaveLength(1), { timeout: 5_000 });
    expect(vitrine.told).toEqual([{ type: 'view_item_list', items: ['c', 'b'], rowId: 'r' }]);
  });
});
