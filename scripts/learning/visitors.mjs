/**
 * Visitors who choose otherwise than those whom the pack learned from, and some who choose nothing:
 * the demo's items, shopped for by maker or by what is written about them instead of by shelf.
 */

/** @typedef {import('../../src/core/types.ts').Item} Item */
/** @typedef {import('../../src/core/types.ts').LogRecord} LogRecord */
/** @typedef {Pick<typeof import('./tools.mjs'), 'createPopulation' | 'createRandom'>} Tools */
/**
 * @typedef {object} Shopper
 * @property {string} id
 * @property {string} kind - How the simulator says that the taste behaves.
 * @property {LogRecord[]} log - What is learned from.
 * @property {LogRecord[]} later - Choices after that.
 * @property {Float64Array} attraction - [I] true chance of a click after the log.
 */

/** Choices that are learned from, and those held out. */
export const CHOICES = { learned: 60, later: 40 };

/** Places of the shelf that a visitor goes to, and of the home page. */
const PLACES = { shelf: 24, home: 12 };

/** Who has not chosen enough by then does not come often enough. */
const MOST_VISITS = 400;

/** Of the poisoned logs: 2026-01-01. */
const START = 1_767_225_600_000;
const DAY_MS = 86_400_000;

/** @type {Readonly<Record<string, (item: Item) => Item>>} What stands for the shelf in a taste. */
const WORLDS = {
  shelf: (item) => item,
  maker: (item) => ({
    ...item,
    categoryPath: [item.brand ?? 'none'],
    brand: item.categoryPath?.at(-1) ?? 'none',
  }),
  words: (item) => ({
    ...item,
    categoryPath: [item.tags?.at(-1) ?? 'none'],
    brand: item.categoryPath?.at(-1) ?? 'none',
  }),
};

/**
 * @param {() => number} random
 * @param {readonly number[]} rows
 * @param {number} count
 * @returns {number[]} Some of them, each once.
 */
export function some(random, rows, count) {
  const rest = [...rows];
  /** @type {number[]} */
  const drawn = [];
  while (drawn.length < count && rest.length > 0) {
    drawn.push(...rest.splice(Math.floor(random() * rest.length), 1));
  }
  return drawn;
}

/**
 * Lets visitors shop until they have made enough choices. What they are shown is drawn anew on each
 * visit: what is chosen then speaks of the taste, not of the shop's order.
 *
 * @param {Tools} tools
 * @param {readonly Item[]} items
 * @param {{ world: string, visitors: number, seed: number }} options
 * @returns {Shopper[]} Those who came often enough.
 */
export function shop(tools, items, { world, visitors, seed }) {
  const seen = items.map(/** @type {(item: Item) => Item} */ (WORLDS[world]));
  const kinds = { single: 40, mixed: 25, drifting: 22, gift: 13 };
  const population = tools.createPopulation(seen, { visitors, seed, kinds, visits: 60 });
  const rows = items.map((_, row) => row);
  const all = CHOICES.learned + CHOICES.later;
  return population.visitors.flatMap((visitor) => {
    const random = tools.createRandom(seed, `lists of ${visitor.id}`);
    const log = new Log();
    /** @type {Float64Array | undefined} */
    let attraction;
    let [choices, cut] = [0, 0];
    for (let visit = 0; choices < all && visit < MOST_VISITS; visit++) {
      const topic = population.intent(visitor);
      const shelf = rows.filter((row) => population.topicOf[row] === topic);
      const lists = [
        { id: 'shelf', items: some(random, shelf, PLACES.shelf) },
        { id: 'home', items: some(random, rows, PLACES.home) },
      ];
      if (choices >= CHOICES.learned && attraction === undefined) {
        attraction = population.attraction(visitor);
        cut = log.records.length;
      }
      choices += log.addVisit(items, lists, population.visit(visitor, lists).events);
    }
    if (attraction === undefined || choices < all) return [];
    const { records } = log;
    const { id, kind } = visitor;
    return [{ id, kind, attraction, log: records.slice(0, cut), later: records.slice(cut) }];
  });
}

/** A log in the making. */
class Log {
  /** @type {LogRecord[]} */
  records = [];

  /**
   * @param {LogRecord['type']} type
   * @param {Item | undefined} item
   * @param {{ time: number, rowId: string | undefined }} at
   */
  add(type, item, { time, rowId }) {
    const eventId = `event-${this.records.length}`;
    const row = rowId === undefined ? {} : { rowId };
    this.records.push({ eventId, type, itemId: item?.id ?? '', time, ...row });
  }

  /**
   * @param {readonly Item[]} items
   * @param {readonly { id: string, items: readonly number[] }[]} lists
   * @param {readonly import('../../src/simulate/types.ts').SimulatedEvent[]} events
   * @returns {number} Items that were chosen.
   */
  addVisit(items, lists, events) {
    const [first] = events;
    if (first === undefined) return 0;
    for (const { id, items: shown } of lists) {
      for (const row of shown) {
        this.add('view_item_list', items[row], { time: first.time, rowId: id });
      }
    }
    for (const { item, list, time, type } of events) {
      this.add(type, items[item], { time, rowId: list });
    }
    return new Set(events.map(({ item }) => item)).size;
  }
}

/**
 * Clicks that mean nothing: on any of what is shown, and what is shown is drawn from everything.
 *
 * @param {Tools} tools
 * @param {readonly Item[]} items
 * @param {{ visitors: number, seed: number }} options
 * @returns {LogRecord[][]} A log for each, of 60 choices.
 */
export function poison(tools, items, { visitors, seed }) {
  const rows = items.map((_, row) => row);
  return Array.from({ length: visitors }, (_, visitor) => {
    const random = tools.createRandom(seed, `poison ${visitor}`);
    const log = new Log();
    let time = START;
    for (let choice = 0; choice < CHOICES.learned; choice++) {
      time += Math.floor(random() * DAY_MS);
      const shown = some(random, rows, PLACES.home);
      for (const row of shown) log.add('view_item_list', items[row], { time, rowId: 'home' });
      const [clicked = 0] = some(random, shown, 1);
      log.add('view_item', items[clicked], { time: time + 5_000, rowId: 'home' });
    }
    return log.records;
  });
}
