/**
 * Which item of a segment is tried next: from the shelf that did best, what was shown least.
 *
 * A segment holds many shelves. What the visitor made of the items of a shelf says more of its
 * others than the segment does, so a shelf that was passed over makes room for the next one.
 *
 * @packageDocumentation
 */
import { TRIAL_PRIOR } from '../core/beta.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { Item, ScorePart } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
import { queryOf } from './place-rows.ts';
import { part } from './score-item.ts';
import { SIMILARITY_MARGIN } from './similarities.ts';

/** What an impression takes from an item beside others of its shelf. */
const SHOWN = 0.05;

/** An item's own score decides where shelves are alike. */
const SCORE = 0.01;

/** Beside an impression, a place on this page counts half: it may not be looked at. */
const PLACED = 0.5;

/** Impressions and engagement of a shelf. */
interface ShelfTrial {
  shown: number;
  engaged: number;
}

/** An item of a segment that may be tried. */
export interface Candidate {
  /** Row of the candidate. */
  readonly row: number;
  /** Its likeness to the segment, weighted. */
  readonly likeness: ScorePart;
  /** What it is worth beside others of its shelf. */
  readonly worth: number;
}

const knownShelves = new WeakMap<EncodedItems, readonly string[]>();

/** Shelf of each item: its category, else its brand. */
function shelvesOf(encoded: EncodedItems): readonly string[] {
  const known = knownShelves.get(encoded);
  if (known) return known;
  const shelves = encoded.items.map(({ brand = '', categoryPath = [] }) =>
    categoryPath.length > 0 ? categoryPath.join('\u0001') : brand,
  );
  knownShelves.set(encoded, shelves);
  return shelves;
}

/** Shelves as the visitor knows them, in one feed. */
export class Shelves {
  readonly #context: FeedContext;
  readonly #shelfOf: readonly string[];
  readonly #trials = new Map<string, ShelfTrial>();

  /** @param context - The feed; items that are no candidates say nothing. */
  constructor(context: FeedContext) {
    this.#context = context;
    const { encoded, state } = context;
    this.#shelfOf = shelvesOf(encoded);
    for (const [itemId, { shown, engaged }] of state.trials) {
      const row = encoded.indexOf.get(itemId);
      if (row !== undefined) this.#add(row, { shown, engaged });
    }
  }

  /**
   * Items of a segment that may be tried.
   *
   * @param vector - Index of the segment in the library.
   * @param taken - Rows of items in use.
   * @returns In the order of the candidates.
   */
  candidates(vector: number, taken: ReadonlySet<number>): Candidate[] {
    const { base, encoded, levels, options, similarities, state } = this.#context;
    const { belongs, minCosine } = queryOf(this.#context, vector, taken);
    const least = minCosine - SIMILARITY_MARGIN;
    const found: Candidate[] = [];
    const column = similarities.column(vector);
    for (let row = 0; row < base.length; row++) {
      const own = base[row] as number;
      if ((column[row] as number) < least || own === -Infinity) continue;
      if (taken.has(row) || !belongs(row)) continue;
      const fit = similarities.exact(row, vector) / (levels[vector] as number);
      const likeness = part('segment', options.influence * fit);
      const { shown = 0 } = state.trials.get((encoded.items[row] as Item).id) ?? {};
      const worth = SCORE * (likeness.value + own) - SHOWN * shown;
      found.push({ row, likeness, worth });
    }
    return found;
  }

  /**
   * The item to be tried next; its shelf remembers.
   *
   * @param candidates - From {@link Shelves.candidates}.
   * @param taken - Rows of items in use.
   * @returns An item; undefined when none is free. Ties go to the first.
   */
  next(candidates: readonly Candidate[], taken: ReadonlySet<number>): PlacedItem | undefined {
    let best: Candidate | undefined;
    let most = -Infinity;
    for (const candidate of candidates) {
      if (taken.has(candidate.row)) continue;
      const worth = this.#meanOf(candidate.row) + candidate.worth;
      if (worth > most) {
        most = worth;
        best = candidate;
      }
    }
    if (best === undefined) return undefined;
    this.#add(best.row, { shown: PLACED, engaged: 0 });
    const { likeness, row } = best;
    return { row, parts: [likeness, ...this.#context.staticParts(row)] };
  }

  /** What the visitor made of an item's shelf. */
  #meanOf(row: number): number {
    const { shown = 0, engaged = 0 } = this.#trials.get(this.#shelfOf[row] as string) ?? {};
    const { alpha, beta } = TRIAL_PRIOR;
    return (engaged + alpha) / (Math.max(shown, engaged) + alpha + beta);
  }

  #add(row: number, { shown, engaged }: ShelfTrial): void {
    const key = this.#shelfOf[row] as string;
    const trial = this.#trials.get(key) ?? { shown: 0, engaged: 0 };
    trial.shown += shown;
    trial.engaged += engaged;
    this.#trials.set(key, trial);
  }
}
