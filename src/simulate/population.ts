/**
 * Visitors of one shop, to be driven visit by visit.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { createRandom, type Random } from '../core/rng.ts';
import type { Item } from '../core/types.ts';
import { bestSum, placesOf } from './attention.ts';
import { chanceOf, drawWeighted } from './draw.ts';
import { drawVisitors } from './draw-visitors.ts';
import { VisitorMemory } from './memory.ts';
import { priceLevels } from './price-level.ts';
import { readFacets } from './read-catalog.ts';
import { drawTaste } from './tastes.ts';
import { findTopics, type Topics } from './topics.ts';
import type {
  Population,
  PopulationOptions,
  ShownList,
  SimulatedVisitor,
  Taste,
  TasteShare,
  VisitOutcome,
} from './types.ts';
import { Utilities } from './utility.ts';
import { BOT_CLICK_CHANCE, playVisit } from './visit.ts';

/** Tastes by topic, and their least and greatest number. */
const TASTES = { perTopic: 3, least: 24, most: 240 };

/** 2026-01-01. */
const DEFAULT_START = 1_767_225_600_000;
const DAY_MS = 86_400_000;
/** First visits are spread over these days; later ones follow after two days in the mean. */
const FIRST_DAYS = 10;
const GAP_DAYS = 2;

/** What to search for, in this order: what has run out, what is missing, what pleases. */
const INTENT = { due: 0.5, need: 0.5 };

class ShopPopulation implements Population {
  readonly visitors: readonly SimulatedVisitor[];
  readonly tastes: readonly Taste[];
  readonly topics: readonly string[];
  readonly topicOf: Int32Array;
  readonly #topics: Topics;
  readonly #options: PopulationOptions;
  readonly #utilities: Utilities;
  readonly #memories: (VisitorMemory | undefined)[] = [];

  constructor(catalog: readonly Item[], options: PopulationOptions) {
    const { seed } = options;
    const facets = readFacets(catalog);
    const topics = findTopics(facets, createRandom(seed, 'topics'));
    const levels = priceLevels(facets.items, topics.members);
    const source = { items: facets.items, topics, levels };
    const wanted = TASTES.perTopic * topics.names.length;
    const numTastes = Math.min(TASTES.most, Math.max(TASTES.least, wanted));
    const random = createRandom(seed, 'tastes');
    this.tastes = Array.from({ length: numTastes }, () => drawTaste(source, random));
    this.visitors = drawVisitors(numTastes, options);
    this.topics = topics.names;
    this.topicOf = topics.topicOf;
    this.#topics = topics;
    this.#options = options;
    this.#utilities = new Utilities(source, this.tastes, seed);
  }

  timeOf(visitor: SimulatedVisitor): number {
    return this.#memoryOf(visitor).time;
  }

  tastesNow(visitor: SimulatedVisitor): readonly TasteShare[] {
    const { kind, tastes, otherTaste, otherVisit } = visitor;
    const { visit } = this.#memoryOf(visitor);
    if (otherTaste === undefined || otherVisit === undefined) return tastes;
    const isOther = kind === 'drifting' ? visit >= otherVisit : visit === otherVisit;
    return isOther ? [{ taste: otherTaste, share: 1 }] : tastes;
  }

  intent(visitor: SimulatedVisitor): number {
    const memory = this.#memoryOf(visitor);
    const random = this.#stream('intent', visitor, memory.visit);
    const [due] = memory.due();
    if (due !== undefined && random() < INTENT.due) return this.topicOf[due] as number;
    const [need] = memory.needs();
    if (need && random() < INTENT.need * need.strength) return need.topic;
    const taste = this.tastes[this.#drawTaste(visitor, random)];
    const weights = taste?.topics ?? this.#topics.members.map(({ length }) => length);
    return Math.max(0, drawWeighted(random, weights));
  }

  attraction(visitor: SimulatedVisitor): Float64Array {
    const chances = new Float64Array(this.topicOf.length);
    if (visitor.kind === 'bot') return chances.fill(BOT_CLICK_CHANCE);
    const memory = this.#memoryOf(visitor);
    const touched = memory.touched();
    for (const { taste, share } of this.tastesNow(visitor)) {
      const plain = this.#utilities.chances(taste);
      for (let row = 0; row < chances.length; row++) {
        if (touched.has(row)) continue;
        chances[row] = (chances[row] as number) + share * (plain[row] as number);
      }
      for (const row of touched) {
        const chance = chanceOf(this.#utilities.utilityOf(taste, row, memory));
        chances[row] = (chances[row] as number) + share * chance;
      }
    }
    return chances;
  }

  expectedClicks(visitor: SimulatedVisitor, lists: readonly ShownList[]): number {
    const places = placesOf(lists);
    if (visitor.kind === 'bot') return BOT_CLICK_CHANCE * places.length;
    const memory = this.#memoryOf(visitor);
    let sum = 0;
    for (const { taste, share } of this.tastesNow(visitor)) {
      for (const { item, attention } of places) {
        sum += share * attention * chanceOf(this.#utilities.utilityOf(taste, item, memory));
      }
    }
    return sum;
  }

  bestClicks(visitor: SimulatedVisitor, lists: readonly ShownList[]): number {
    const places = placesOf(lists);
    if (visitor.kind === 'bot') return BOT_CLICK_CHANCE * places.length;
    const attentions = places.map(({ attention }) => attention);
    return bestSum(attentions, this.attraction(visitor));
  }

  visit(visitor: SimulatedVisitor, lists: readonly ShownList[]): VisitOutcome {
    const memory = this.#memoryOf(visitor);
    const { visit, time } = memory;
    const random = this.#stream('visit', visitor, visit);
    const isBot = visitor.kind === 'bot';
    const utilityOf = (row: number, source: Random): number =>
      this.#utilities.utilityOf(this.#drawTaste(visitor, source), row, memory);
    const input = {
      visitorId: visitor.id,
      visit,
      time,
      places: placesOf(lists),
      listIds: lists.map(({ id }) => id),
      due: memory.due(),
      utilityOf: isBot ? undefined : utilityOf,
    };
    const { events, seen, clicks, taken, bought, viewed } = playVisit(input, random);
    for (const row of seen) memory.look(row, viewed.has(row));
    for (const row of taken) memory.take(row);
    for (const row of bought) memory.buy(row);
    const gap = -Math.log(1 - random()) * GAP_DAYS * DAY_MS;
    memory.time = Math.max(time, events.at(-1)?.time ?? 0) + Math.round(gap) + 1;
    memory.visit += 1;
    return { events, seen, clicks };
  }

  #drawTaste(visitor: SimulatedVisitor, random: Random): number {
    const shares = this.tastesNow(visitor);
    if (shares.length < 2) return shares[0]?.taste ?? -1;
    const weights = shares.map(({ share }) => share);
    return shares[drawWeighted(random, weights)]?.taste ?? -1;
  }

  /** A stream per visitor and visit: visitors do not disturb each other. */
  #stream(name: string, { index }: SimulatedVisitor, visit: number): Random {
    return createRandom(this.#options.seed, `${name} ${index} ${visit}`);
  }

  #memoryOf(visitor: SimulatedVisitor): VisitorMemory {
    const known = this.#memories[visitor.index];
    if (known) return known;
    const { start = DEFAULT_START } = this.#options;
    const spread = this.#stream('start', visitor, 0)() * FIRST_DAYS * DAY_MS;
    const memory = new VisitorMemory(this.#topics, start + Math.floor(spread));
    this.#memories[visitor.index] = memory;
    return memory;
  }
}

/**
 * Makes visitors with hidden tastes over a catalog's own features.
 *
 * Deterministic in catalog, options and the lists shown; a visitor's draws depend on neither the
 * other visitors nor on how many there are. Titles, prices, tags, brands and categories may be
 * missing: tastes are about what is there.
 *
 * @param catalog - In the shop's order; at least one item.
 * @param options - How many visitors, of which kinds, and the seed.
 * @returns The population.
 * @throws `DATA_INVALID` for an empty catalog.
 * @example
 * const population = createPopulation(items, { visitors: 2_000, seed: 1 });
 * for (const visitor of population.visitors) population.visit(visitor, [{ id: 'home', items: [0, 1] }]);
 */
export function createPopulation(catalog: readonly Item[], options: PopulationOptions): Population {
  if (catalog.length === 0) {
    throw new VitrineError('DATA_INVALID', 'a population needs a catalog with items.');
  }
  return new ShopPopulation(catalog, options);
}
