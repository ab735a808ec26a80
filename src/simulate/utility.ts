/**
 * What an item is worth to a visitor: utility = match + quality + what the visitor remembers.
 *
 * @packageDocumentation
 */
import { createRandom, drawNormal, type Random } from '../core/rng.ts';
import { chanceOf } from './draw.ts';
import type { VisitorMemory } from './memory.ts';
import { matchOf, type TasteSource } from './tastes.ts';
import type { Taste } from './types.ts';

/**
 * Logit of a click. An item that matches in everything is clicked four times of five when looked
 * at, one of the right topic once in four, one of another topic once in two hundred.
 */
const SENSITIVITY = 8;
const BIAS = -6;

/** Of the quality: half hidden, half told by the ratings where there are some. */
const QUALITY_SPREAD = 0.6;
const MEAN_RATING = 4;
const RATING_SPREAD = 0.5;

/** A fresh need makes a topic as good as the main one. */
const NEED_BONUS = 3.6;
/** Each fruitless look makes the next one less likely. */
const FATIGUE = 0.25;
/** Another tent is not needed; coffee is, when it runs out. */
const OWNED = { lasting: -6, full: -3, due: 2.5 };

/** Utilities of all items to one taste, without memory. */
interface TasteValues {
  /** [I] */
  readonly utility: Float32Array;
  /** [I] Chance of a click when looked at. */
  readonly chance: Float64Array;
}

/** Utilities of a catalog's items to a population's tastes. */
export class Utilities {
  readonly #source: TasteSource;
  readonly #tastes: readonly Taste[];
  readonly #quality: Float32Array;
  readonly #values: (TasteValues | undefined)[] = [];

  /**
   * @param source - The catalog.
   * @param tastes - Of the population.
   * @param seed - Of the hidden quality.
   */
  constructor(source: TasteSource, tastes: readonly Taste[], seed: number) {
    this.#source = source;
    this.#tastes = tastes;
    this.#quality = drawQuality(source, createRandom(seed, 'quality'));
  }

  /**
   * Chances without memory.
   *
   * @param taste - Index.
   * @returns [I] Not to be written to.
   */
  chances(taste: number): Float64Array {
    return this.#valuesOf(taste).chance;
  }

  /**
   * Utility with all that the visitor remembers.
   *
   * @param taste - Index.
   * @param row - Item row.
   * @param memory - The visitor's, as of the coming visit.
   * @returns Logit of a click when looked at.
   */
  utilityOf(taste: number, row: number, memory: VisitorMemory): number {
    const { topicOf, interval } = this.#source.topics;
    const topic = topicOf[row] as number;
    const liked = this.#tastes[taste]?.topics[topic] ?? 0;
    const need = NEED_BONUS * memory.needOf(topic) * (1 - liked);
    const base = this.#valuesOf(taste).utility[row] as number;
    const owned = ownedTerm(memory.visitsSincePurchase(row), interval[topic] as number);
    return base + need + owned - FATIGUE * memory.fatigueOf(row);
  }

  #valuesOf(taste: number): TasteValues {
    const known = this.#values[taste];
    if (known) return known;
    const utility = Float32Array.from(
      this.#quality,
      (quality, row) =>
        SENSITIVITY * matchOf(this.#tastes[taste] as Taste, this.#source, row) + BIAS + quality,
    );
    const values = { utility, chance: Float64Array.from(utility, chanceOf) };
    this.#values[taste] = values;
    return values;
  }
}

function ownedTerm(since: number | undefined, interval: number): number {
  if (since === undefined) return 0;
  if (interval === 0) return OWNED.lasting;
  return since < interval ? OWNED.full : OWNED.due;
}

/** In units of utility; unrated items have the hidden half alone. */
function drawQuality({ items }: TasteSource, random: Random): Float32Array {
  return Float32Array.from(items, ({ rating }) => {
    const hidden = drawNormal(random);
    const told = Number.isNaN(rating) ? 0 : (rating - MEAN_RATING) / RATING_SPREAD;
    return QUALITY_SPREAD * (Math.SQRT1_2 * hidden + Math.SQRT1_2 * told);
  });
}
