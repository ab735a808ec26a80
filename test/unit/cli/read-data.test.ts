import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Dataset, readDataset } from '../../../src/cli/read-data.ts';
import { failureOf, testFolder, writeData } from './data-folder.ts';

type Files = Readonly<Record<string, readonly unknown[]>>;

const CATALOG = [
  { id: 'a', title: 'Lamp', price: 3, tags: ['x'] },
  { id: 2, title: 'Scarf' },
];

function read(files: Files): Dataset {
  return readDataset(writeData(testFolder(), { catalog: CATALOG, ...files }));
}

function fails(files: Files): Promise<{ code: string; message: string }> {
  return failureOf(() => read(files));
}

const click = (itemId: unknown, time: unknown, more: object = {}): object => ({
  visitorId: 'v',
  itemId,
  time,
  ...more,
});

describe('readDataset', () => {
  it('reads a catalog alone', () => {
    const data = read({});
    expect(data.items).toEqual([
      { id: 'a', title: 'Lamp', price: 3, tags: ['x'] },
      { id: '2', title: 'Scarf' },
    ]);
    expect([...data.rowOf]).toEqual([
      ['a', 0],
      ['2', 1],
    ]);
    expect(data.visitors).toEqual([]);
    expect(data.given).toEqual([]);
  });

  it('sorts by time, keeps the order within one time, and counts distinct times in `step`', () => {
    const interactions = [click('a', 30), click(2, 10), click('a', 20), click(2, 20), click(2, 30)];
    const [visitor] = read({ interactions }).visitors;
    expect([...visitor!.items]).toEqual([1, 0, 1, 0, 1]);
    expect([...visitor!.time]).toEqual([10, 20, 20, 30, 30]);
    expect([...visitor!.step]).toEqual([0, 1, 1, 2, 2]);
  });

  it('keeps visitors in the order of their first line, with ids as text', () => {
    const interactions = [
      { visitorId: 9, itemId: 'a', time: 5 },
      { visitorId: 'b', itemId: 'a', time: 1 },
      { visitorId: '9', itemId: 2, time: 6 },
    ];
    const { visitors } = read({ interactions });
    expect(visitors.map(({ visitorId, items }) => [visitorId, items.length])).toEqual([
      ['9', 2],
      ['b', 1],
    ]);
  });

  it('takes page and position where they are numbers', () => {
    const interactions = [
      click('a', 1, { page: 2, position: 5 }),
      click('a', 2, { page: '2' }),
      click('a', 3, { page: null, position: 0 }),
    ];
    const [visitor] = read({ interactions }).visitors;
    expect([...visitor!.page]).toEqual([2, NaN, NaN]);
    expect([...visitor!.position]).toEqual([5, NaN, 0]);
  });

  it('gives an item that only interactions name a row with nothing but its id', () => {
    const data = read({ interactions: [click('new', 1), click('a', 2), click('new', 3)] });
    expect(data.items[2]).toEqual({ id: 'new' });
    expect(data.items.length).toBe(3);
    expect([...data.visitors[0]!.items]).toEqual([2, 0, 2]);
  });

  it('tells items of the catalog from those that only interactions name', () => {
    const data = read({ interactions: [click('gone', 1), click('a', 2)] });
    expect(data.items.map(({ id }) => id)).toEqual(['a', '2', 'gone']);
    expect(data.numListed).toBe(2);
  });

  it('reads given candidates as rows', () => {
    const candidates = [{ visitorId: 'v', target: 2, candidates: ['a', '2', 'new'] }];
    const { given } = read({ interactions: [click('new', 1)], candidates });
    expect(given).toEqual([{ visitorId: 'v', target: 1, candidates: Int32Array.of(0, 1, 2) }]);
  });

  it('treats ids such as __proto__ as any other', () => {
    const catalog = [{ id: '__proto__' }, { id: 'constructor' }];
    const interactions = [{ visitorId: '__proto__', itemId: 'constructor', time: 1 }];
    const data = read({ catalog, interactions });
    expect(data.items.map(({ id }) => id)).toEqual(['__proto__', 'constructor']);
    expect([...data.visitors[0]!.items]).toEqual([1]);
  });
});

describe('readDataset on bad input', () => {
  it('names a missing folder', async () => {
    const dir = join(testFolder(), 'nowhere');
    const { code, message } = await failureOf(() => readDataset(dir));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain(`${dir}: there is no such folder`);
  });

  it('refuses a file in place of the folder, and a catalog without items', async () => {
    const dir = writeData(testFolder(), { catalog: [] });
    expect((await failureOf(() => readDataset(dir))).message).toContain('the catalog is empty');
    const { code, message } = await failureOf(() => readDataset(join(dir, 'catalog.ndjson')));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('expected the folder that holds catalog.ndjson');
  });

  it('names a folder without a catalog', async () => {
    const dir = writeData(testFolder(), { interactions: [click('a', 1)] });
    const { code, message } = await failureOf(() => readDataset(dir));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('expected catalog.ndjson or catalog.ndjson.gz');
  });

  it('names both lines of an id that comes twice, also as a number', async () => {
    const catalog = [{ id: '1' }, { id: 'b' }, { id: 1 }];
    const { code, message } = await fails({ catalog });
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('catalog.ndjson:3: the id 1 stands in line 1 already');
  });

  it.each([
    ['catalog', [{ title: 'Lamp' }], 'expected "id", got nothing'],
    ['catalog', [{ id: '' }], 'expected "id", got ""'],
    ['catalog', [{ id: null }], 'expected "id", got null'],
    ['interactions', [{ itemId: 'a', time: 1 }], 'expected "visitorId", got nothing'],
    ['interactions', [{ visitorId: 'v', time: 1 }], 'expected "itemId", got nothing'],
    ['interactions', [{ visitorId: {}, itemId: 'a', time: 1 }], 'expected "visitorId", got {}'],
    ['interactions', [click('a', undefined)], 'expected "time" in milliseconds'],
    ['interactions', [click('a', '2020-01-01')], 'expected "time" in milliseconds'],
    ['interactions', [click('a', null)], 'expected "time" in milliseconds'],
    ['candidates', [{ target: 'a', candidates: ['a'] }], 'expected "visitorId", got nothing'],
    ['candidates', [{ visitorId: 'v', target: 'a' }], 'expected "candidates", a list of ids'],
    [
      'candidates',
      [{ visitorId: 'v', target: 'a', candidates: ['a', 'zz'] }],
      'the item zz is not in the catalog',
    ],
    [
      'candidates',
      [{ visitorId: 'v', target: 'zz', candidates: ['a'] }],
      'the item zz is not in the catalog',
    ],
  ])('says of %s %j: %s', async (name, records, expected) => {
    const { code, message } = await fails({ [name]: records });
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain(`${name}.ndjson:1: ${expected}`);
  });

  it('names the line of a bad interaction', async () => {
    const { message } = await fails({ interactions: [click('a', 1), click('a', 2), click('', 3)] });
    expect(message).toContain('interactions.ndjson:3: expected "itemId"');
  });
});
