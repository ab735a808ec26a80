/**
 * Synthetic scores, as far as every feed has to know of them. What makes them is loaded when a pack
 * is in use.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from '../core/generated-features.ts';
import type { Item } from '../core/types.ts';
import type { ItemScores } from './item-scores.ts';
import type { OpenPack } from './pack-keeper.ts';

/** What scoring is made of. */
export interface ScoringPorts {
  /** Loads what scores items; slices wait while `isBusy`. */
  readonly openScores?: (isBusy: () => boolean) => Promise<ItemScores>;
}

/** The scores, once they are wanted. */
export class Scoring {
  readonly #ports: ScoringPorts;
  #opening: Promise<ItemScores | null> | null = null;
  #scores: ItemScores | null = null;
  #feeds = 0;

  /** @param ports - See {@link ScoringPorts}. */
  constructor(ports: ScoringPorts) {
    this.#ports = ports;
  }

  /** See {@link ItemScores.apply}. */
  apply(items: readonly Item[]): readonly Item[] {
    return this.#scores?.apply(items) ?? items;
  }

  /**
   * Makes a feed; scoring waits for it.
   *
   * @param job - Makes it.
   * @returns What it gives.
   */
  async beside<T>(job: () => Promise<T>): Promise<T> {
    this.#feeds++;
    try {
      return await job();
    } finally {
      this.#feeds--;
    }
  }

  /**
   * Scores candidates that came without scores, once nothing else is to do.
   *
   * @param items - Of the last feed.
   * @param pack - With the model; without a pack nothing is scored.
   */
  schedule(items: readonly Item[], pack: OpenPack | undefined): void {
    const { openScores } = this.#ports;
    if (!openScores || !pack || pack.isKilled) return;
    // A chunk that does not load only means that nothing is scored.
    this.#opening ??= openScores(() => this.#feeds > 0).catch(() => null);
    void this.#opening.then((scores) => {
      this.#scores = scores;
      void scores?.schedule(items, pack);
    });
  }

  /** See {@link ItemScores.explain}. */
  async explain(item: Item | undefined): Promise<GeneratedFeatures | null> {
    if (!item) return null;
    return this.#scores?.explain(item) ?? item.generated ?? null;
  }

  /** Forgets what this page scored. */
  clear(): void {
    this.#scores?.clear();
  }
}
