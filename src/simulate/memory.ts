/**
 * What one visitor remembers between visits.
 *
 * @packageDocumentation
 */
import type { Topics } from './topics.ts';

/** Left of a need after each visit. */
const NEED_DECAY = 0.6;
/** Left of fatigue after each visit: it recovers. */
const FATIGUE_DECAY = 0.85;
/** Looks that a view of the item's page stands for. */
const VIEW_LOOKS = 3;
/** A need below this is forgotten. */
const LEAST_NEED = 0.05;

interface Trace {
  readonly amount: number;
  readonly visit: number;
}

/** Needs, purchases and looks of one visitor. */
export class VisitorMemory {
  /** The coming visit, from 0. */
  visit = 0;
  /** Milliseconds since the epoch of the coming visit. */
  time: number;
  readonly #topics: Topics;
  readonly #needs = new Map<number, Trace>();
  readonly #bought = new Map<number, number>();
  readonly #looks = new Map<number, Trace>();

  /**
   * @param topics - Of the catalog.
   * @param time - Of the first visit.
   */
  constructor(topics: Topics, time: number) {
    this.#topics = topics;
    this.time = time;
  }

  /**
   * @param topic - A topic.
   * @returns 0 to 1; 1 right after the thing that it completes was taken.
   */
  needOf(topic: number): number {
    return this.#fading(this.#needs.get(topic), NEED_DECAY);
  }

  /**
   * @param row - Item row.
   * @returns Looks without a purchase, faded by visit.
   */
  fatigueOf(row: number): number {
    return this.#fading(this.#looks.get(row), FATIGUE_DECAY);
  }

  /**
   * @param row - Item row.
   * @returns Visits since the last purchase; undefined when there was none.
   */
  visitsSincePurchase(row: number): number | undefined {
    const bought = this.#bought.get(row);
    return bought === undefined ? undefined : this.visit - bought;
  }

  /** Needed topics, strongest first. */
  needs(): readonly { readonly topic: number; readonly strength: number }[] {
    return Array.from(this.#needs.keys(), (topic) => ({ topic, strength: this.needOf(topic) }))
      .filter(({ strength }) => strength > LEAST_NEED)
      .toSorted((a, b) => b.strength - a.strength || a.topic - b.topic);
  }

  /** Bought things that have run out, item rows, longest ago first. */
  due(): readonly number[] {
    return [...this.#bought.keys()].filter((row) => {
      const interval = this.#topics.interval[this.#topics.topicOf[row] as number] as number;
      return interval > 0 && (this.visitsSincePurchase(row) ?? 0) >= interval;
    });
  }

  /** Rows whose utility is not that of the taste alone. */
  touched(): ReadonlySet<number> {
    const rows = new Set([...this.#looks.keys(), ...this.#bought.keys()]);
    for (const { topic } of this.needs()) {
      for (const row of this.#topics.members[topic] ?? []) rows.add(row);
    }
    return rows;
  }

  /**
   * @param row - Item looked at.
   * @param isViewed - Whether its page was opened.
   */
  look(row: number, isViewed: boolean): void {
    const amount = this.fatigueOf(row) + (isViewed ? VIEW_LOOKS : 1);
    this.#looks.set(row, { amount, visit: this.visit });
  }

  /**
   * Wants what completes the item, and no longer what the item was wanted for.
   *
   * @param row - Item put in the cart.
   */
  take(row: number): void {
    const topic = this.#topics.topicOf[row] as number;
    this.#needs.delete(topic);
    for (const other of this.#topics.complements[topic] ?? []) {
      this.#needs.set(other, { amount: 1, visit: this.visit });
    }
  }

  /** @param row - Item bought. */
  buy(row: number): void {
    this.#bought.delete(row);
    this.#bought.set(row, this.visit);
    this.#looks.delete(row);
  }

  #fading(trace: Trace | undefined, decay: number): number {
    return trace === undefined ? 0 : trace.amount * decay ** (this.visit - trace.visit);
  }
}
