/**
 * Learning on the device, as far as every feed has to know of it. What learns is loaded when a whole
 * pack is in use; without one there is nothing to learn.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { VitrineError } from '../core/errors.ts';
import type { LearnResult, LearnStatus } from '../core/learn.ts';
import type { Item } from '../core/types.ts';
import type { Learner, LearningPorts } from './learner.ts';
import { NOTHING_LEARNED } from './nothing-learned.ts';
import type { OpenPack } from './pack-keeper.ts';
import type { PackRanker } from './pack-ranker.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** What is used of the engine's ports. */
export interface LearningParts {
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Runs a job when nothing else is to do. */
  readonly whenIdle: (job: () => void) => void;
  /** Waits. */
  readonly packs: { readonly pause: (ms: number) => Promise<void> };
  /** See `GenerationPorts.preload`. */
  readonly preload?: (() => Promise<boolean>) | undefined;
  /** Left out, nothing is learned. */
  readonly learning?:
    | Pick<LearningPorts, 'tell' | 'lock' | 'openMatrix' | 'openTrainer'>
    | undefined;
}

/** The learner, once it is wanted. */
export class Learning {
  readonly #keeper: ProfileKeeper;
  readonly #parts: LearningParts;
  readonly #rest: Pick<LearningPorts, 'isHeld' | 'library' | 'seed'>;
  #learner: Promise<Learner> | undefined;
  #encoded: EncodedItems | undefined;
  #hasBegun = false;

  /**
   * @param keeper - The profile.
   * @param parts - See {@link LearningParts}.
   * @param rest - Whether a feed is under way; segments in force; seed of the draws, undefined:
   *   the profile's.
   */
  constructor(
    keeper: ProfileKeeper,
    parts: LearningParts,
    rest: Pick<LearningPorts, 'isHeld' | 'library' | 'seed'>,
  ) {
    this.#keeper = keeper;
    this.#parts = parts;
    this.#rest = rest;
  }

  /**
   * The ranker of a feed: the pack's, with what was learned of this visitor.
   *
   * @param pack - Undefined without one.
   * @param items - Candidates of the feed.
   * @returns The pack's own when nothing was learned or it cannot be read; null without a ranker.
   */
  async rankerOf(pack: OpenPack | undefined, items: readonly Item[]): Promise<PackRanker | null> {
    const ranker = pack?.ranker ?? null;
    const { learning } = this.#parts;
    if (!pack || !ranker?.pack || !learning) return ranker;
    this.#learner ??= this.#load(learning);
    try {
      return await (await this.#learner).rankerOf(pack.packId, ranker, items);
    } catch {
      // What cannot be loaded or read must not cost the page its feed; the next feed asks again.
      return ranker;
    }
  }

  async #load(learning: NonNullable<LearningParts['learning']>): Promise<Learner> {
    const { clock, packs } = this.#parts;
    try {
      const { Learner: Made } = await import('./learner.ts');
      return new Made(this.#keeper, { ...learning, ...this.#rest, clock, pause: packs.pause });
    } catch (error) {
      this.#learner = undefined;
      throw error;
    }
  }

  /**
   * Takes note of a feed; once per page, when idle, there may be something to learn.
   *
   * @param encoded - Its candidates.
   * @param now - Milliseconds.
   */
  look(encoded: EncodedItems, now: number): void {
    this.#encoded = encoded;
    if (this.#hasBegun || this.#learner === undefined) return;
    this.#hasBegun = true;
    const learner = this.#learner;
    // Idle work that fails must not be heard of.
    const begin = async (): Promise<unknown> =>
      (await this.#parts.preload?.()) !== false && (await learner).learnAlone(encoded, now);
    this.#parts.whenIdle(() => void begin().catch(() => undefined));
  }

  /** See `Vitrine.learn.now`. */
  async learn(now: number): Promise<LearnResult> {
    const learner = await this.#learner;
    const result = this.#encoded && (await learner?.learn(this.#encoded, now));
    return result ?? NOTHING_LEARNED;
  }

  /** Ends what is being learned, and has what is stored read anew. */
  abort(): void {
    this.#tell((learner) => learner.abort());
  }

  /**
   * Ends learning, since events or consent are about to go; what was learned from them goes with
   * them.
   *
   * @param removing - Removes them.
   * @returns What it gives.
   */
  async without<T>(removing: Promise<T>): Promise<T> {
    this.abort();
    try {
      return await removing;
    } finally {
      this.invalidate();
    }
  }

  /** Has what is stored read anew. */
  invalidate(): void {
    this.#tell((learner) => learner.invalidate());
  }

  /** One that does not load has nothing to end. */
  #tell(what: (learner: Learner) => void): void {
    void this.#learner?.then(what).catch(() => undefined);
  }

  /** See `Vitrine.learn.status`. */
  async status(): Promise<LearnStatus> {
    const learner = await this.#learner;
    const nothing = { version: 0, isLearning: false, versions: [], fresh: 0, last: null };
    return (await learner?.status()) ?? nothing;
  }

  /** See `Vitrine.learn.rollback`. */
  async rollback(version: number): Promise<void> {
    const learner = await this.#learner;
    if (learner) await learner.rollback(version);
    else if (version !== 0) {
      throw new VitrineError('OPTION_INVALID', `rollback: got ${version}, expected 0.`);
    }
  }
}
