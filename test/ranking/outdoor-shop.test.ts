import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/core/types.ts';
import { PART_WEIGHTS } from '../../src/feed/score-item.ts';
import { compose, type Scene } from '../unit/feed/fixtures.ts';
import { type Entry, isBefore, item, log, rowIds } from './shop.ts';

const BOOTS = 'outdoors > boots';
const TENTS = 'outdoors > tents';
const PANS = 'kitchen > pans';
const BOOKS = 'books > novels';

const ITEMS: readonly Item[] = [
  item('pan-iron', 'Cast iron frying pan', PANS, 45),
  item('novel-sea', 'A novel about the sea', BOOKS, 12),
  item('boots-leather', 'Leather hiking boots, waterproof', BOOTS, { price: 140, brand: 'Berg' }),
  item('tent-two', 'Two person tent, lightweight', TENTS, 220),
  item('boots-suede', 'Suede hiking boots with grip sole', BOOTS, { price: 120, brand: 'Aero' }),
  item('pan-copper', 'Copper saucepan with lid', PANS, 90),
  item('boots-kids', 'Hiking boots for kids', BOOTS, { price: 50, brand: 'Aero' }),
  item('novel-war', 'A long novel about a war', BOOKS, 14),
  item('boots-winter', 'Insulated winter boots, waterproof', BOOTS, { price: 150, brand: 'Berg' }),
  item('tent-family', 'Family tent with two rooms', TENTS, 410),
  item('boots-trail', 'Trail boots, breathable', BOOTS, { price: 110, brand: 'Berg' }),
  item('pan-wok', 'Carbon steel wok pan', PANS, 38),
  item('boots-city', 'Light boots for the city', BOOTS, { price: 95, brand: 'Cala' }),
  item('tent-solo', 'Solo tent for trekking', TENTS, 180),
  item('novel-love', 'A short novel about love', BOOKS, 11),
  item('boots-summit', 'Summit boots, waterproof leather', BOOTS, { price: 260, brand: 'Berg' }),
  item('pan-crepe', 'Crepe pan, non stick', PANS, 29),
  item('tent-roof', 'Roof tent for the car', TENTS, 1200),
  item('boots-work', 'Leather work boots', BOOTS, { price: 130, brand: 'Dune' }),
  item('pan-grill', 'Grill pan, cast iron', PANS, 52),
  item('novel-city', 'A novel about a city', BOOKS, 13),
  item('tent-beach', 'Beach tent', TENTS, 60),
  item('pan-wide', 'Wide pan for the oven', PANS, 61),
  item('pan-stew', 'Stew pan, cast iron', PANS, 70),
  item('pan-egg', 'Small egg pan', PANS, 19),
];
const scene = (...entries: readonly Entry[]): Scene => ({ items: ITEMS, log: log(...entries) });
const isOf =
  (kind: string) =>
  (id: string): boolean =>
    id.startsWith(kind);

describe('after two looks at boots', () => {
  const row = rowIds(scene('boots-leather', 'boots-winter'));

  it('the first row is boots and nothing else, because boots are what was looked at', () => {
    expect(row.length).toBeGreaterThanOrEqual(5);
    expect(row.every(isOf('boots'))).toBe(true);
  });

  it('the summit boots come before the kids’ boots: waterproof leather by the same maker, not half the price', () => {
    expect(isBefore(row, 'boots-summit', 'boots-kids')).toBe(true);
  });

  it('the trail boots come before the city boots: the same maker, the nearer price, out of doors', () => {
    expect(isBefore(row, 'boots-trail', 'boots-city')).toBe(true);
  });
});

describe('after boots and a tent', () => {
  it('boots come before tents in the page, because two looks outweigh one', () => {
    const feed = compose({
      ...scene('boots-leather', 'tent-two', 'boots-trail'),
      options: { exploration: 0 },
    });
    expect(isBefore(feed.order, 'boots-summit', 'tent-family')).toBe(true);
  });

  it('tents come before pans, because tents were looked at and pans were not', () => {
    const feed = compose({
      ...scene('boots-leather', 'tent-two', 'tent-solo'),
      options: { exploration: 0 },
    });
    expect(isBefore(feed.order, 'tent-family', 'pan-iron')).toBe(true);
  });
});

describe('what a visitor does weighs by what it costs', () => {
  it('pans in the cart come before boots that were only looked at', () => {
    const entries = scene(
      'boots-leather',
      'boots-trail',
      ['add_to_cart', 'pan-iron'],
      ['add_to_cart', 'pan-wok'],
    );
    expect(rowIds(entries).every(isOf('pan'))).toBe(true);
  });

  it('pans taken out of the cart again come behind boots', () => {
    const entries = scene(
      'boots-leather',
      'boots-trail',
      'boots-winter',
      ['add_to_cart', 'pan-iron'],
      ['remove_from_cart', 'pan-iron'],
      ['add_to_cart', 'pan-wok'],
      ['remove_from_cart', 'pan-wok'],
    );
    expect(rowIds(entries).every(isOf('boots'))).toBe(true);
  });

  it('impressions say nothing: a page full of tents does not make a row of tents', () => {
    const shown = ITEMS.filter(({ id }) => isOf('tent')(id)).map(
      ({ id }) => ['view_item_list', id] as const,
    );
    expect(rowIds(scene('boots-leather', 'boots-trail', ...shown)).every(isOf('boots'))).toBe(true);
  });
});

describe('held back', () => {
  it('the bought boots are not shown again, but their like is, because one pair may not be enough', () => {
    const row = rowIds(scene('boots-leather', 'boots-trail', ['purchase', 'boots-leather']));
    expect(row).not.toContain('boots-leather');
    expect(row.every(isOf('boots'))).toBe(true);
  });
});

describe('among boots that fit alike', () => {
  const twins = [
    ...ITEMS,
    item('boots-poor', 'Trail boots, breathable', BOOTS, {
      price: 110,
      rating: 1.5,
      ratingCount: 400,
    }),
    item('boots-good', 'Trail boots, breathable', BOOTS, {
      price: 110,
      rating: 4.9,
      ratingCount: 400,
    }),
  ];
  const row = rowIds({
    items: twins,
    log: log('boots-leather', 'boots-winter'),
    options: { rowSize: 24 },
  });

  it('the well rated pair comes before the badly rated one, because nothing else tells them apart', () => {
    expect(isBefore(row, 'boots-good', 'boots-poor')).toBe(true);
  });

  it('the best pair’s twin pays the whole price of sameness, because a row of one thing is no choice', () => {
    const looks = log('boots-leather', 'boots-winter');
    const [best] = rowIds({ items: ITEMS, log: looks });
    const twin = { ...(ITEMS.find(({ id }) => id === best) as Item), id: 'boots-twin' };
    const { places } = compose({
      items: [...ITEMS, twin],
      log: looks,
      // Where a shop lets twins stand in one row.
      options: { exploration: 0, variety: { variants: true } },
    });
    const pair = [best as string, 'boots-twin'].map((id) => places.get(id)!);
    const second = pair[0]!.rank > pair[1]!.rank ? pair[0]! : pair[1]!;
    const penalty = second.placed.parts.find(({ name }) => name === 'diversity');
    expect(penalty!.value).toBeCloseTo(PART_WEIGHTS.diversity, 5);
  });

  it('the server’s first comes before the server’s last, because the shop had a reason', () => {
    const same = Array.from({ length: 12 }, (_, n) =>
      item(`boots-${n}`, `Plain boots ${'abcdefghijkl'[n]}`, BOOTS, 100),
    );
    const shelf = rowIds({
      items: [...same, ...ITEMS],
      log: log('boots-3', 'boots-4'),
      options: { rowSize: 24 },
    });
    expect(isBefore(shelf, 'boots-0', 'boots-11')).toBe(true);
  });
});
