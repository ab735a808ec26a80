import { describe, expect, it } from 'vitest';
import type { Item, Membership } from '../../src/core/types.ts';
import { compose, type Scene } from '../unit/feed/fixtures.ts';
import { isBefore, item, log } from './shop.ts';

const fill = (kind: string, count: number, make: (n: number) => Item): Item[] =>
  Array.from({ length: count }, (_, n) => ({ ...make(n), id: `${kind}-${n}` }));
const word = (list: string, n: number): string =>
  list.split(' ')[n % list.split(' ').length] as string;

/** A department store of six floors, 20 items each, mixed as a server would. */
const FLOORS: readonly Item[][] = [
  fill('phone', 20, (n) =>
    item(
      '',
      `Smartphone with ${word('oled bluetooth wireless fast-charging touchscreen', n)} display`,
      'electronics > smartphones',
      300 + 40 * n,
    ),
  ),
  fill('lamp', 20, (n) =>
    item(
      '',
      `Smart ${word('lamp bulb plug thermostat sensor', n)} with app control and voice control`,
      'electronics > smart home',
      25 + 3 * n,
    ),
  ),
  fill('rug', 20, (n) =>
    item(
      '',
      `${word('Rustic Modern Vintage Industrial', n)} rug for the living room`,
      'home decor > rugs',
      80 + 20 * n,
    ),
  ),
  fill('seed', 20, (n) =>
    item(
      '',
      `${word('Tomato Rose Basil Sunflower', n)} seeds for the garden, flower and soil`,
      'garden > seeds',
      3 + n / 4,
    ),
  ),
  fill('dress', 20, (n) =>
    item(
      '',
      `${word('Casual Classic Elegant Silk', n)} dress, soft fabric, everyday wear`,
      'clothing > dresses',
      40 + 9 * n,
    ),
  ),
  fill('bag', 20, (n) =>
    item(
      '',
      `Handcrafted ${word('leather silk gold velvet cashmere', n)} handbag, premium and exquisite`,
      'accessories > handbag',
      500 + 60 * n,
    ),
  ),
];
const ITEMS: readonly Item[] = FLOORS[0]!.flatMap((_, n) =>
  FLOORS.map((floor) => floor[n] as Item),
);

const scene = (rest: Partial<Scene> = {}): Scene => ({ items: ITEMS, log: [], ...rest });
const row = (id: string): string[] => {
  const options = { exploration: 0, rowSize: 10 };
  const { rows } = compose(scene({ settings: { followed: [id] }, options }));
  return rows.find((each) => each.id === id)?.items.map(({ itemId }) => itemId) ?? [];
};
const share = (ids: readonly string[], ...kinds: readonly string[]): number =>
  ids.filter((id) => kinds.includes(id.split('-')[0] as string)).length / Math.max(1, ids.length);

describe('the row of a segment is on its subject', () => {
  it.each<[string, readonly string[], string]>([
    ['tech-early-adopters', ['phone', 'lamp'], 'electronics are new technology'],
    ['home-automation', ['lamp'], 'only the smart home looks after itself'],
    ['interior-stylists', ['rug'], 'rugs furnish a room'],
    ['gardeners', ['seed'], 'seeds grow in a garden'],
    ['fashion-lovers', ['dress', 'bag'], 'dresses are worn, and bags with them'],
    ['luxury-goods-enthusiasts', ['bag', 'dress'], 'fine materials at a high price'],
    [
      'price-sensitive-shoppers',
      ['seed', 'lamp', 'rug', 'dress', 'phone', 'bag'],
      'cheap is cheap among its like',
    ],
  ])('%s: %j, because %s', (id, kinds) => {
    const ids = row(id);
    expect(ids.length).toBeGreaterThanOrEqual(4);
    expect(share(ids, ...kinds)).toBeGreaterThanOrEqual(0.7);
  });

  it('cheap comes before dear among its like for price sensitive shoppers', () => {
    const prices = new Map(ITEMS.map(({ id, price }) => [id, price as number]));
    const cheaper = row('price-sensitive-shoppers').filter((id) => {
      const like = ITEMS.filter((other) => other.id.split('-')[0] === id.split('-')[0]);
      return (
        like.filter((other) => (other.price as number) > (prices.get(id) as number)).length >= 10
      );
    });
    expect(cheaper.length).toBeGreaterThanOrEqual(7);
  });
});

describe('memberships say what an item is', () => {
  const feed = compose(scene());
  const of = (id: string): readonly Membership[] =>
    feed.context.membershipsOf(feed.context.encoded.indexOf.get(id) as number);

  it('smart lamps belong to home automation first, because that is all they are for', () => {
    const first = FLOORS[1]!.map(({ id }) => of(id)[0]?.segmentId);
    expect(first.filter((id) => id === 'home-automation').length).toBeGreaterThanOrEqual(14);
  });

  it('seeds belong to gardeners, because nobody else buys them', () => {
    const gardeners = FLOORS[3]!.filter(({ id }) =>
      of(id).some(({ segmentId }) => segmentId === 'gardeners'),
    );
    expect(gardeners.length).toBeGreaterThanOrEqual(14);
  });

  it('no rug belongs to pet owners, gourmets or musicians, because nothing in it speaks for them', () => {
    for (const { id } of FLOORS[2]!) {
      for (const { segmentId } of of(id)) {
        expect(['pet-owners', 'gourmets', 'musicians']).not.toContain(segmentId);
      }
    }
  });
});

describe('a visitor’s segments', () => {
  const ranked = (...ids: readonly string[]): string[] =>
    compose(scene({ log: log(...ids) })).ranked.map(({ segmentId }) => segmentId);

  it('who looks at smart lamps: home automation leads', () => {
    expect(ranked('lamp-0', 'lamp-1', 'lamp-2', 'lamp-3')[0]).toBe('home-automation');
  });

  it('who looks at seeds: gardeners lead', () => {
    expect(ranked('seed-0', 'seed-3', 'seed-5', 'seed-7')[0]).toBe('gardeners');
  });

  it('who looks at three lamps and one packet of seeds: home automation before gardeners', () => {
    const ids = ranked('lamp-0', 'seed-3', 'lamp-2', 'lamp-3');
    expect(isBefore(ids, 'home-automation', 'gardeners')).toBe(true);
  });
});
