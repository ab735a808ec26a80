/**
 * One visit: looks, clicks, cart, purchases.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import type { InteractionType } from '../core/types.ts';
import type { Place } from './attention.ts';
import { chanceOf, drawGumbel, drawIndex } from './draw.ts';
import type { SimulatedEvent, VisitOutcome } from './types.ts';

/** A cart needs more than a click; half of what lies in it is bought. */
const CART_BAR = 1;
const PURCHASE_CHANCE = 0.5;
/** Of going straight to what has run out, on each visit. */
const DIRECT_CHANCE = 0.5;
/** Bots take every other place, wherever it is. */
export const BOT_CLICK_CHANCE = 0.5;

const LEAST_STEP_MS = 8_000;
const STEP_RANGE_MS = 80_000;

/** What the visit is played with. */
export interface VisitInput {
  /** For the log. */
  readonly visitorId: string;
  /** Number of the visit. */
  readonly visit: number;
  /** When it begins. */
  readonly time: number;
  /** The page. */
  readonly places: readonly Place[];
  /** Ids of the lists. */
  readonly listIds: readonly string[];
  /** Item rows that have run out. */
  readonly due: readonly number[];
  /** Utility of an item on one look, of a taste drawn for it; undefined for a bot. */
  readonly utilityOf: ((row: number, random: Random) => number) | undefined;
}

/** What to remember of it. */
export interface VisitRecord extends VisitOutcome {
  /** Rows put in the cart. */
  readonly taken: readonly number[];
  /** Rows bought. */
  readonly bought: readonly number[];
  /** Rows whose page was opened. */
  readonly viewed: ReadonlySet<number>;
}

class VisitLog {
  readonly events: SimulatedEvent[] = [];
  readonly #input: VisitInput;
  readonly #random: Random;
  #time: number;

  constructor(input: VisitInput, random: Random) {
    this.#input = input;
    this.#random = random;
    this.#time = input.time;
  }

  add(type: InteractionType, item: number, at?: Place): void {
    const { visitorId, visit, listIds } = this.#input;
    this.#time += LEAST_STEP_MS + drawIndex(this.#random, STEP_RANGE_MS);
    const event = { visitorId, type, item, time: this.#time, visit };
    const list = at === undefined ? undefined : listIds[at.list];
    const isInList = at !== undefined && list !== undefined;
    this.events.push(isInList ? { ...event, list, place: at.place } : event);
  }
}

/**
 * Plays a visit.
 *
 * Utilities are those at its start: what happens in a visit matters from the next one on. So the
 * mean of its clicks is exactly Σ attention · chance of a click.
 *
 * @param input - Visitor and page.
 * @param random - Source.
 * @returns What happened.
 */
export function playVisit(input: VisitInput, random: Random): VisitRecord {
  const log = new VisitLog(input, random);
  const seen: number[] = [];
  const taken: number[] = [];
  const viewed = new Set<number>();
  for (const at of input.places) {
    if (input.utilityOf === undefined) {
      seen.push(at.item);
      if (random() < BOT_CLICK_CHANCE) {
        viewed.add(at.item);
        log.add('view_item', at.item, at);
      }
      continue;
    }
    if (random() >= at.attention) continue;
    seen.push(at.item);
    const utility = input.utilityOf(at.item, random);
    if (utility + drawGumbel(random) <= drawGumbel(random)) continue;
    viewed.add(at.item);
    log.add('view_item', at.item, at);
    if (random() >= chanceOf(utility - CART_BAR)) continue;
    taken.push(at.item);
    log.add('add_to_cart', at.item);
  }
  const clicks = viewed.size;
  const bought = taken.filter(() => random() < PURCHASE_CHANCE);
  const missing = input.due.filter((row) => !bought.includes(row) && random() < DIRECT_CHANCE);
  for (const row of missing) {
    if (!viewed.has(row)) log.add('view_item', row);
    bought.push(row);
  }
  for (const row of bought) log.add('purchase', row);
  return { events: log.events, seen, clicks, taken, bought, viewed };
}
