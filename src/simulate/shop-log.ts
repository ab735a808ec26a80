/**
 * The log of a shop that shows its own lists: what a ranker is trained on before there are visitors.
 *
 * @packageDocumentation
 */
import { createRandom } from '../core/rng.ts';
import type { InteractionType, Item } from '../core/types.ts';
import type { Population, ShownList, SimulatedEvent, SimulatedVisitor } from './types.ts';

/** A line of `interactions.ndjson`. */
export interface SimulatedInteraction {
  /** Visitor's id. */
  readonly visitorId: string;
  /** Item's id. */
  readonly itemId: string;
  /** The most that the visitor did with the item on that visit. */
  readonly type: InteractionType;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Places of the home page's list and of a shelf's page. */
const HOME_PLACES = 12;
const SHELF_PLACES = 24;

/**
 * The page of a shop without us: what it shows everybody, and the shelf that the visitor goes to.
 *
 * @param population - Of the shop.
 * @param visitor - Who comes.
 * @returns The first 12 items in the shop's order, and the first 24 of the visitor's topic.
 */
export function shopLists(population: Population, visitor: SimulatedVisitor): ShownList[] {
  const topic = population.intent(visitor);
  const home: number[] = [];
  const shelf: number[] = [];
  for (const [row, other] of population.topicOf.entries()) {
    if (row < HOME_PLACES) home.push(row);
    if (other === topic && shelf.length < SHELF_PLACES) shelf.push(row);
  }
  return [
    { id: 'shelf', items: shelf },
    { id: 'home', items: home },
  ];
}

const STRENGTH: ReadonlyMap<InteractionType, number> = new Map([
  ['view_item', 1],
  ['add_to_cart', 2],
  ['purchase', 3],
]);

/**
 * Events as a shop would keep them for training: one line per visitor, visit and item, so that an
 * item's way from view to purchase does not count as three.
 *
 * @param events - Of any visitors.
 * @param catalog - The population's.
 * @returns In the events' order, at the time of the first, with the strongest type.
 */
export function toInteractions(
  events: readonly SimulatedEvent[],
  catalog: readonly Item[],
): SimulatedInteraction[] {
  const lines = new Map<string, SimulatedInteraction>();
  for (const { visitorId, type, item, time, visit } of events) {
    const key = `${visitorId} ${visit} ${item}`;
    const before = lines.get(key);
    const isStronger = (STRENGTH.get(type) ?? 0) > (STRENGTH.get(before?.type ?? type) ?? 0);
    if (before === undefined) {
      lines.set(key, { visitorId, itemId: catalog[item]?.id ?? '', type, time });
    } else if (isStronger) lines.set(key, { ...before, type });
  }
  return [...lines.values()];
}

/**
 * Lets all visitors come to the shop as it is, each as often as drawn.
 *
 * @param population - Not used before.
 * @param options - `visits` in the mean, at least 1: each visitor makes 1 to twice as many less one.
 * @returns All events, visitor by visitor.
 */
export function runShop(
  population: Population,
  options: { readonly visits: number; readonly seed: number },
): SimulatedEvent[] {
  const { visits, seed } = options;
  const random = createRandom(seed, 'number of visits');
  return population.visitors.flatMap((visitor) => {
    const count = 1 + Math.floor(random() * (2 * visits - 1));
    return Array.from(
      { length: count },
      () => population.visit(visitor, shopLists(population, visitor)).events,
    ).flat();
  });
}
