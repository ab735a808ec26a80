/** A small shop for simulated visitors, with everything that an item can have. */
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import { createPopulation } from '../../../src/simulate/population.ts';
import type {
  Population,
  ShownList,
  SimulatedEvent,
  SimulatedVisitor,
  VisitorKind,
} from '../../../src/simulate/types.ts';

const SHELVES = [
  ['Outdoors', 'Tents', 'camping', 200],
  ['Outdoors', 'Sleeping bags', 'camping', 90],
  ['Outdoors', 'Bottles', 'camping', 15],
  ['Kitchen', 'Knives', 'cooking', 60],
  ['Kitchen', 'Pans', 'cooking', 80],
  ['Kitchen', 'Coffee', 'cooking', 9],
  ['Office', 'Lamps', 'desk', 70],
  ['Office', 'Pens', 'desk', 4],
  ['Office', 'Chairs', 'desk', 250],
] as const;

const COLOURS = ['red', 'green', 'navy', 'sand'];
const BRANDS = ['Alba', 'Borea', 'Cirrus'];

/** 9 shelves of 12 items; neighbours in the list come from different shelves. */
export const SHOP: readonly Item[] = Array.from({ length: 12 * SHELVES.length }, (_, i) => {
  const [department, shelf, use, price] = SHELVES[i % SHELVES.length] ?? SHELVES[0];
  const n = Math.floor(i / SHELVES.length);
  return {
    id: `i${i}`,
    title: `${COLOURS[n % 4]} ${shelf.toLowerCase()} ${n}`,
    categoryPath: [department, shelf],
    brand: BRANDS[n % 3] as string,
    price: price * (1 + n / 12),
    rating: 3.5 + (n % 4) / 3,
    tags: [use, shelf.toLowerCase(), COLOURS[n % 4] as string],
  };
});

/** Visitors of one kind only. */
export function visitorsOf(kind: VisitorKind, visitors: number, seed = 1): Population {
  return createPopulation(SHOP, { visitors, seed, visits: 30, kinds: { [kind]: 1 } });
}

/** The whole catalog as one list in an order drawn anew, so that places favour nothing. */
export function shuffled(random: () => number, items = SHOP.length): ShownList[] {
  const keys = Array.from({ length: items }, (_, row) => ({ row, key: random() }));
  return [{ id: 'all', items: keys.toSorted((a, b) => a.key - b.key).map(({ row }) => row) }];
}

/** Lets a visitor come several times, to the catalog in random order. */
export function visitOften(
  population: Population,
  visitor: SimulatedVisitor,
  times: number,
  seed = 1,
): SimulatedEvent[] {
  const random = createRandom(seed, visitor.id);
  return Array.from(
    { length: times },
    () => population.visit(visitor, shuffled(random)).events,
  ).flat();
}
