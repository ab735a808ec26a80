import { describe, expect, test } from 'vitest';
import { isImageVector } from '../../../src/catalog/image-block.ts';
import { itemsWith, memoryStore, openShop, picture } from './picture-shop.ts';

const RED = { '/red.png': () => picture('red'), '/blue.png': () => picture('blue') };

describe('reading pictures', () => {
  test('gives a vector per item, one request per address, relative to the page', async () => {
    const { reader, requests } = openShop({ ...RED, '/list/near.png': () => picture('red') });
    const items = itemsWith('/red.png', '/blue.png', '/red.png', 'near.png');
    const found = await reader.read(items);
    expect([...found.keys()]).toEqual(['0', '1', '2', '3']);
    expect(found.get('0')).toEqual(found.get('2'));
    expect(found.get('0')).not.toEqual(found.get('1'));
    expect(isImageVector(found.get('1'))).toBe(true);
    expect(requests).toEqual([
      'https://shop.example/red.png',
      'https://shop.example/blue.png',
      'https://shop.example/list/near.png',
    ]);
  });

  test('leaves items alone that bring a vector, have no picture, or no http address', async () => {
    const { reader, requests } = openShop(RED);
    const own = Array.from({ length: 24 }, () => 0.5);
    const found = await reader.read([
      { id: 'own', image: '/red.png', imageVector: own },
      { id: 'none' },
      { id: 'data', image: 'data:image/png;base64,AAAA' },
      { id: 'odd', image: 'https://' },
    ]);
    expect(found.size).toBe(0);
    expect(requests).toEqual([]);
  });

  test('asks in the server’s order, two at a time, and no more than the page’s share', async () => {
    const paths = Array.from({ length: 30 }, (_, i) => `/${i}.png`);
    const pages = Object.fromEntries(paths.map((path) => [path, () => picture('red')]));
    const { busiest, reader, requests } = openShop(pages, { most: 7 });
    await reader.read(itemsWith(...paths));
    expect(requests.map((url) => new URL(url).pathname)).toEqual(paths.slice(0, 7));
    expect(busiest()).toBe(2);
    await reader.read(itemsWith(...paths));
    expect(requests).toHaveLength(7);
  });

  test('adds what it knows to later lists of candidates', async () => {
    const { reader } = openShop(RED);
    const items = itemsWith('/red.png', '/unknown.png');
    expect(reader.addTo(items)).toEqual(items);
    const found = await reader.read(items);
    const [red, unknown] = reader.addTo(items);
    expect(red).toEqual({ ...items[0], imageVector: found.get('0') });
    expect(unknown).toBe(items[1]);
  });

  test('asks for nothing while the visitor saves data', async () => {
    const { reader, requests } = openShop(RED, { isSaving: () => true });
    expect((await reader.read(itemsWith('/red.png'))).size).toBe(0);
    expect(requests).toEqual([]);
  });
});

describe('a picture that cannot be had', () => {
  test.each([
    ['is missing', () => new Response('', { status: 404 })],
    ['is an SVG', () => picture('red', { 'content-type': 'image/svg+xml' })],
    ['is a page', () => picture('red', { 'content-type': 'text/html' })],
    ['says that it is too large', () => picture('red', { 'content-length': '2000001' })],
    ['is too large without saying so', () => picture('x'.repeat(2_000_001))],
    ['is damaged', () => picture('what is this')],
    ['shows nothing', () => picture('nothing')],
    ['is behind a server in trouble', () => new Response('', { status: 503 })],
    ['is forbidden by CORS', () => Promise.reject(new TypeError('Failed to fetch'))],
  ] as const)('and %s is left out and not asked for again', async (_, page) => {
    const { reader, requests } = openShop({ ...RED, '/bad.png': page });
    const items = itemsWith('/bad.png', '/red.png');
    for (let i = 0; i < 2; i++) expect([...(await reader.read(items)).keys()]).toEqual(['1']);
    expect(requests).toHaveLength(2);
  });

  test('and is of a huge size is not decoded', async () => {
    const head = new Uint8Array(64);
    head.set(new TextEncoder().encode('?PNG\r\n'));
    head.set([0, 0, 100, 0, 0, 0, 100, 0], 16);
    const file = (): Response => new Response(head, { headers: { 'content-type': 'image/png' } });
    const { decoded, reader } = openShop({ '/huge.png': file });
    expect((await reader.read(itemsWith('/huge.png'))).size).toBe(0);
    expect(decoded).toEqual([]);
  });

  test('and never comes is given up at its deadline, and its request ended', async () => {
    const signals: AbortSignal[] = [];
    const shop = openShop(RED, {
      fetch: (_, signal) => {
        signals.push(signal);
        return new Promise(() => {});
      },
      whenIdle: (job) => job(),
    });
    const reading = shop.reader.read(itemsWith('/red.png'));
    await expect.poll(() => signals.length).toBe(1);
    shop.passTime();
    expect((await reading).size).toBe(0);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('again and again from one server makes the reader leave that server alone', async () => {
    const far = Array.from({ length: 20 }, (_, i) => `https://far.example/${i}.png`);
    const near = Array.from({ length: 3 }, (_, i) => `/${i}.png`);
    const { reader, requests } = openShop(
      {},
      {
        fetch: async (url) => {
          requests.push(url);
          if (url.includes('far.example')) throw new TypeError('Failed to fetch');
          return picture('blue');
        },
      },
    );
    const found = await reader.read(itemsWith(...far, ...near));
    expect(found.size).toBe(3);
    const refused = requests.filter((url) => url.includes('far.example')).length;
    expect(refused).toBeGreaterThanOrEqual(5);
    expect(refused).toBeLessThanOrEqual(6);
  });
});

describe('while a feed is under way', () => {
  test('nothing is asked for and nothing decoded', async () => {
    let finish = (): void => {};
    const feed = new Promise<void>((resolve) => (finish = resolve));
    const { decoded, reader, requests, turns } = openShop(RED);
    const held = turns.run(() => feed);
    const reading = reader.read(itemsWith('/red.png', '/blue.png'));
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
    expect(requests).toEqual([]);
    finish();
    await held;
    expect((await reading).size).toBe(2);
    expect(decoded.toSorted()).toEqual(['blue', 'red']);
  });

  test('a picture that arrives waits', async () => {
    let arrive: (response: Response) => void = () => {};
    let finish = (): void => {};
    const arriving = new Promise<Response>((resolve) => (arrive = resolve));
    const { decoded, reader, requests, turns } = openShop({ '/red.png': () => arriving });
    const reading = reader.read(itemsWith('/red.png'));
    await expect.poll(() => requests.length).toBe(1);
    const held = turns.run(() => new Promise<void>((resolve) => (finish = resolve)));
    arrive(picture('red'));
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
    expect(decoded).toEqual([]);
    finish();
    await held;
    expect((await reading).size).toBe(1);
  });

  test('a feed that fails sets the reader free as well', async () => {
    const { reader, turns } = openShop(RED);
    const failing = turns.run(() => Promise.reject(new Error('no feed')));
    await expect(failing).rejects.toThrow('no feed');
    expect((await reader.read(itemsWith('/red.png'))).size).toBe(1);
  });

  test('a later list takes over from an earlier one', async () => {
    const paths = Array.from({ length: 40 }, (_, i) => `/${i}.png`);
    const pages = Object.fromEntries(paths.map((path) => [path, () => picture('red')]));
    const { reader, requests } = openShop({ ...pages, ...RED });
    const first = reader.read(itemsWith(...paths));
    const second = reader.read(itemsWith('/blue.png'));
    expect((await second).size).toBe(1);
    await first;
    expect(requests.length).toBeLessThan(6);
  });
});

describe('with consent', () => {
  const DAY_MS = 86_400_000;

  test('the next page knows the pictures, and their addresses are not kept', async () => {
    const store = memoryStore();
    const openStore = async (): Promise<typeof store> => store;
    const before = openShop(RED, { openStore });
    const found = await before.reader.read(itemsWith('/red.png', '/gone.png'));
    const [text = ''] = store.texts.values();
    expect(text).not.toContain('red.png');
    const after = openShop(RED, { openStore });
    expect(await after.reader.read(itemsWith('/red.png', '/gone.png'))).toEqual(found);
    expect(after.requests).toEqual([]);
  });

  test('a refusal is tried again after a day, a picture after a month', async () => {
    const store = memoryStore();
    const openStore = async (): Promise<typeof store> => store;
    const items = itemsWith('/red.png', '/gone.png');
    await openShop(RED, { openStore, now: () => 0 }).reader.read(items);
    const nextDay = openShop(RED, { openStore, now: () => 2 * DAY_MS });
    await nextDay.reader.read(items);
    expect(nextDay.requests).toEqual(['https://shop.example/gone.png']);
    const nextMonth = openShop(RED, { openStore, now: () => 31 * DAY_MS });
    await nextMonth.reader.read(items);
    expect(nextMonth.requests).toContain('https://shop.example/red.png');
  });

  test.each([
    ['no JSON', 'oops'],
    ['another format', '{"format":0,"entries":[["a",1,null]]}'],
    ['wrong entries', '{"format":1,"entries":[1,["a"],["a","b",[]],["a",1,[1,2]]]}'],
  ])('a kept file that holds %s is read past', async (_, text) => {
    const store = memoryStore();
    store.texts.set('https://vitrine.invalid/pictures.json', text);
    const { reader } = openShop(RED, { openStore: async () => store });
    expect((await reader.read(itemsWith('/red.png'))).size).toBe(1);
  });

  test('what was read so far is kept when the visitor leaves in the middle', async () => {
    const store = memoryStore();
    const paths = Array.from({ length: 60 }, (_, i) => `/${i}.png`);
    const pages = Object.fromEntries(paths.map((path) => [path, () => picture('red')]));
    const openStore = async (): Promise<typeof store> => store;
    // Of the last pictures nothing is ever heard.
    const silent = { '/59.png': () => new Promise<Response>(() => {}) };
    const leaving = openShop({ ...pages, ...silent }, { openStore });
    void leaving.reader.read(itemsWith(...paths));
    await expect.poll(() => leaving.requests.length).toBe(60);
    const { reader, requests } = openShop(pages, { openStore });
    await reader.read(itemsWith(...paths));
    expect(requests.length).toBeLessThanOrEqual(20);
  });

  test('an erasure ends the reading, and nothing comes back', async () => {
    const store = memoryStore();
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const late = (): Promise<Response> => arrived.then(() => picture('red'));
    const { reader, requests } = openShop(
      { '/red.png': late, '/later.png': late, '/blue.png': () => picture('blue') },
      { openStore: async () => store },
    );
    const reading = reader.read(itemsWith('/blue.png', '/red.png', '/later.png', '/last.png'));
    await expect.poll(() => requests.length).toBe(3);
    reader.clear();
    arrive();
    await reading;
    expect(store.texts.size).toBe(0);
    expect(requests).not.toContain('https://shop.example/last.png');
    expect(reader.addTo(itemsWith('/blue.png'))[0]).not.toHaveProperty('imageVector');
  });

  test('a disk that refuses does no harm', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('QuotaExceededError'));
    for (const openStore of [refuse, async () => ({ match: refuse, put: refuse })]) {
      const { reader } = openShop(RED, { openStore });
      expect((await reader.read(itemsWith('/red.png'))).size).toBe(1);
    }
  });
});
