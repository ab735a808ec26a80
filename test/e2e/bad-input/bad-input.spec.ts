/** Whatever the shop hands over: each fault has its code, and nothing else is lost. */
import type { Page } from '@playwright/test';
import type { Feed, Vitrine, VitrineErrorCode } from '../../../src/index.ts';
import { REPEATABLE, makeFeed, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

declare global {
  interface Window {
    /** Set by a script that came with the data, if one ever ran. */
    hacked?: boolean;
  }
}

function codesOf({ warnings }: Feed): VitrineErrorCode[] {
  return warnings.map(({ code }) => code);
}

/** The valid items are all there, each once. */
function expectIds(feed: Feed, ids: readonly string[]): void {
  expect(feed.order.toSorted()).toEqual([...ids].toSorted());
}

test.beforeEach(async ({ page }) => openLibrary(page));

test('a page of HTML instead of JSON is CANDIDATES_PARSE', async ({ page }) => {
  const { feed } = await makeFeed(page, { candidates: '/pages/blank/page.html' });
  expect(feed).toMatchObject({ reason: 'CANDIDATES_PARSE', personalized: false, order: [] });
});

test('a list that is not there is CANDIDATES_FETCH', async ({ page }) => {
  const { feed } = await makeFeed(page, { candidates: '/data/nowhere.json' });
  expect(feed).toMatchObject({ reason: 'CANDIDATES_FETCH', personalized: false, order: [] });
});

test('a broken line of NDJSON loses only itself', async ({ page, writeData }) => {
  const path = writeData('lines.ndjson', '{"id":"a"}\n{"id":"b", oops\n{"id":"c"}\n');
  const { feed } = await makeFeed(page, { candidates: path });
  expect(codesOf(feed)).toEqual(['CANDIDATES_PARSE']);
  expectIds(feed, ['a', 'c']);
});

test('items without id and duplicates are left out and counted', async ({ page }) => {
  const candidates = [
    { id: 'a', title: 'Lamp' },
    { title: 'No id' },
    { id: '', title: 'Empty id' },
    null,
    { id: 'a', title: 'Another lamp' },
    'b',
    { id: 'c', title: 'Pan' },
  ];
  const { feed } = await makeFeed(page, { candidates });
  expectIds(feed, ['a', 'c']);
  expect(feed.warnings).toEqual([
    { code: 'ITEM_WITHOUT_ID', count: 2, first: '[1]' },
    { code: 'ITEM_INVALID', count: 2, first: '[3]' },
    { code: 'ITEM_DUPLICATE', count: 1, first: 'a' },
  ]);
});

test('prices that are none are ignored, their items kept', async ({ page }) => {
  const prices = [Number.NaN, -5, Number.POSITIVE_INFINITY, 'cheap', 20];
  const candidates = prices.map((price, index) => ({ id: `i${index}`, title: 'Lamp', price }));
  const { feed } = await makeFeed(page, { candidates });
  expectIds(feed, ['i0', 'i1', 'i2', 'i3', 'i4']);
  expect(feed.warnings).toEqual([{ code: 'ITEM_PRICE_INVALID', count: 4, first: 'i0.price' }]);
});

test('a description of 3 MB is cut', async ({ page, writeData }) => {
  const description = 'A lamp of oak and brass. '.repeat(120_000);
  const items = [
    { id: 'long', description },
    { id: 'short', description: 'A lamp.' },
  ];
  const path = writeData('long.json', JSON.stringify(items));
  const { feed } = await makeFeed(page, { candidates: path });
  expectIds(feed, ['long', 'short']);
  expect(codesOf(feed)).toEqual(['ITEM_TEXT_TRUNCATED']);
});

test('__proto__ and constructor as keys and values pollute nothing', async ({
  page,
  writeData,
}) => {
  const text = `[
    {"id":"a","title":"Lamp","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}},
    {"id":"__proto__","brand":"constructor","tags":["__proto__","toString"],"categoryPath":["__proto__","hasOwnProperty"]},
    {"id":"c","title":"Pan"}
  ]`;
  const { feed } = await makeFeed(page, {
    candidates: writeData('proto.json', text),
    looks: [{ id: '__proto__', brand: 'constructor', categoryPath: ['__proto__'] }],
  });
  expectIds(feed, ['a', '__proto__', 'c']);
  expect(codesOf(feed)).toEqual(['ITEM_FIELD_REJECTED']);
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
});

test('script URLs never reach an attribute and nothing runs', async ({ page, writeData }) => {
  // Written so that the linter does not take them for ours.
  const script = ['javascript', 'window.hacked=true'].join(':');
  const attack = [script, ` ${script.replace('s', '\ts')}`, 'data:text/html,x'];
  const markup = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>';
  const items = [...attack, '/p/fine'].map((url, index) => ({
    id: `i${index}`,
    title: markup,
    url,
    image: url,
  }));
  const path = writeData('urls.json', JSON.stringify(items));
  const { feed } = await makeFeed(page, { candidates: path });
  expectIds(feed, ['i0', 'i1', 'i2', 'i3']);
  expect(feed.warnings).toEqual([{ code: 'ITEM_URL_REJECTED', count: 6, first: 'i0.image' }]);
  const cards = await page.evaluate(async (candidates) => {
    await window.library.loadFeedElement();
    const element = document.createElement('vitrine-feed');
    const template = document.createElement('template');
    const link = document.createElement('a');
    link.dataset['vitrineHref'] = 'url';
    link.dataset['vitrineText'] = 'title';
    const image = document.createElement('img');
    image.dataset['vitrineSrc'] = 'image';
    template.content.append(link, image);
    element.append(template);
    const shown = new Promise((resolve) => element.addEventListener('vitrine:feed', resolve));
    const vitrine = await window.library.createVitrine({ logLevel: 'silent' });
    Object.assign(element, { candidates, vitrine });
    document.body.append(element);
    await shown;
    for (const anchor of element.querySelectorAll('a')) {
      anchor.addEventListener('click', (event) => {
        if (anchor.pathname === '/p/fine') event.preventDefault();
      });
      anchor.click();
    }
    return [...element.querySelectorAll('li')].map((entry) => ({
      id: entry.dataset['vitrineItem'],
      text: entry.textContent,
      attributes: [...entry.querySelectorAll('*')].flatMap((part) => [
        ...(part.hasAttribute('href') ? ['href'] : []),
        ...(part.hasAttribute('src') ? ['src'] : []),
      ]),
    }));
  }, path);
  expect(cards).toEqual([
    ...[0, 1, 2].map((index) => ({ id: `i${index}`, text: markup, attributes: [] })),
    { id: 'i3', text: markup, attributes: ['href', 'src'] },
  ]);
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
});

test('of 100,000 items the first 5,000 are ranked and the rest follows in order', async ({
  page,
}) => {
  const { feed, sent } = await page.evaluate(
    async (options) => {
      const items = Array.from({ length: 100_000 }, (_, index) => ({
        id: `i${index}`,
        title: `Lamp ${index}`,
        categoryPath: ['home', index % 2 === 0 ? 'lamps' : 'pans'],
        price: index % 100,
      }));
      const vitrine = await window.library.createVitrine(options);
      await vitrine.track({ type: 'add_to_cart', items: [{ ...items[6] }] });
      const result = await vitrine.rerank(items);
      vitrine.dispose();
      return { feed: result, sent: items.map(({ id }) => id) };
    },
    { ...REPEATABLE, device: 'js' } as const,
  );
  expect(feed.reason).toBe('PERSONALIZED');
  expect(feed.order).toHaveLength(100_000);
  expect(new Set(feed.order).size).toBe(100_000);
  expect(feed.order.slice(5_000)).toEqual(sent.slice(5_000));
  expect(feed.warnings).toEqual([{ code: 'CANDIDATES_TOO_MANY', count: 95_000, first: 'i5000' }]);
});

for (const candidates of [[], { products: [] }]) {
  test(`an empty list is CANDIDATES_EMPTY: ${JSON.stringify(candidates)}`, async ({ page }) => {
    const { feed } = await makeFeed(page, { candidates });
    expect(feed).toMatchObject({ reason: 'CANDIDATES_EMPTY', rows: [], order: [] });
  });
}

test('an unknown field of a segment is told, the segment kept', async ({ page }) => {
  const odd = { id: 'lamps', name: 'Lamp lovers', keywords: ['lamp'], colour: 'red' };
  const candidates = ['Oak lamp', 'Brass lamp', 'Pan'].map((title, i) => ({ id: `i${i}`, title }));
  const { feed, stats } = await makeFeed(page, { candidates, options: { segments: [odd] } });
  expectIds(feed, ['i0', 'i1', 'i2']);
  expect(codesOf(feed)).toEqual(['SEGMENT_FIELD_UNKNOWN']);
  const plain = await makeFeed(page, { candidates });
  expect(stats.segments).toBe(plain.stats.segments + 1);
});

test('a list that is no list is CANDIDATES_FORMAT', async ({ page, writeData }) => {
  const { feed } = await makeFeed(page, { candidates: writeData('number.json', '42') });
  expect(feed).toMatchObject({ reason: 'CANDIDATES_FORMAT', order: [] });
});

/** What the element, with a card template, and `rerank` say of the same address. */
async function sayOf(page: Page, path: string): Promise<{ element: unknown; rerank: unknown }> {
  return page.evaluate(
    async ({ options, url }) => {
      const say = async (ask: (vitrine: Vitrine) => Promise<Feed>): Promise<unknown> => {
        const told: string[] = [];
        const vitrine = await window.library.createVitrine(options);
        vitrine.on('error', ({ code }) => told.push(code));
        const { reason, order, warnings } = await ask(vitrine);
        vitrine.dispose();
        return { reason, order, warnings, told };
      };
      await window.library.loadFeedElement();
      const element = await say((vitrine) => {
        const feed = document.createElement('vitrine-feed');
        feed.append(document.createElement('template'));
        const shown = new Promise<Feed>((resolve) => {
          feed.addEventListener('vitrine:feed', (event) =>
            resolve((event as CustomEvent<Feed>).detail),
          );
        });
        feed.setAttribute('candidates', url);
        Object.assign(feed, { vitrine });
        document.body.append(feed);
        return shown;
      });
      return { element, rerank: await say((vitrine) => vitrine.rerank(url)) };
    },
    { options: { ...REPEATABLE, device: 'js' } as const, url: path },
  );
}

for (const [code, name, text] of [
  ['CANDIDATES_FETCH', 'nowhere.json', null],
  ['CANDIDATES_PARSE', 'page.html', '<!doctype html><p>Not here.'],
  ['CANDIDATES_PARSE', 'nan.json', '[{"id":"a"},\n{"id":"b","price":NaN}]'],
  ['CANDIDATES_FORMAT', 'text.json', '42'],
  ['CANDIDATES_EMPTY', 'empty.json', '[]'],
] as const) {
  test(`the element says ${code} of ${name}, once, as rerank does`, async ({ page, writeData }) => {
    const path = text === null ? `/data/${name}` : writeData(name, text);
    const { element, rerank } = await sayOf(page, path);
    expect(element).toMatchObject({ reason: code, order: [], told: [code] });
    expect(element).toEqual(rerank);
    if (name === 'nan.json') {
      const first: unknown = expect.stringContaining('line 2, column 19: NaN}');
      expect(element).toMatchObject({ warnings: [{ code, count: 1, first }] });
    }
  });
}

test('the element tells of a broken line as rerank does', async ({ page, writeData }) => {
  const path = writeData('half.ndjson', '{"id":"a"}\n{"id":"b", oops\n{"id":"c"}\n');
  const { element, rerank } = await sayOf(page, path);
  expect(element).toMatchObject({ order: ['a', 'c'], told: ['CANDIDATES_PARSE'] });
  expect(element).toEqual(rerank);
});

test('a BigInt beside a function is refused with a warning', async ({ page }) => {
  const warnings = await page.evaluate(async (options) => {
    const vitrine = await window.library.createVitrine(options);
    const list = [{ id: 'a', price: BigInt(5), onClick: () => 1 }, { id: 'b' }];
    const feed = await vitrine.rerank(list);
    vitrine.dispose();
    return feed.warnings;
  }, REPEATABLE);
  expect(warnings).toEqual([{ code: 'ITEM_PRICE_INVALID', count: 1, first: 'a.price' }]);
});
