/**
 * The checkpoint that a run makes: what is in use, with what was learned put in its place. The ranker
 * and the model of segments are decided apart and kept together.
 *
 * @packageDocumentation
 */
import { type CheckpointBody, type KeptSegments, sealCheckpoint } from '../learn/checkpoint.ts';
import { isPlain } from '../learn/tuning.ts';
import type { LearnedState } from './checkpoints-of.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** Of a checkpoint in which the pack ranks as it came. */
export const NO_TUNING: Pick<CheckpointBody, 'tuning' | 'figures'> = {
  tuning: { gains: new Map(), weights: new Map() },
  figures: { lists: 0, before: { ndcg: 0 }, after: { ndcg: 0 }, trust: 0 },
};

/** What a run begins with. */
export interface DraftInput {
  readonly keeper: ProfileKeeper;
  /** What is stored and in use. */
  readonly state: LearnedState;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One draft. */
export class CheckpointDraft {
  readonly #input: DraftInput;
  readonly #learnedFrom: readonly string[];
  #body: CheckpointBody | null;

  /** @param input - The log is taken as it is now. */
  constructor(input: DraftInput) {
    this.#input = input;
    this.#learnedFrom = input.keeper.log.map(({ eventId }) => eventId);
    this.#body = input.state.inUse?.body ?? null;
  }

  /**
   * Puts a ranker in.
   *
   * @param part - As learned; null: the pack ranks as it came.
   */
  setRanker(part: Pick<CheckpointBody, 'tuning' | 'figures'> | null): void {
    const segments = this.#body?.segments;
    if (part === null && segments === undefined) this.#body = null;
    else this.#body = { ...(part ?? NO_TUNING), ...(segments && { segments }) };
  }

  /**
   * Puts a model of segments in.
   *
   * @param segments - As learned; null: everybody's.
   */
  setSegments(segments: KeptSegments | null): void {
    const { tuning, figures } = this.#body ?? NO_TUNING;
    if (segments !== null) this.#body = { tuning, figures, segments };
    else this.#body = isPlain(tuning) ? null : { tuning, figures };
  }

  /**
   * Writes it, or only that what is in use stays, in one transaction. A second time it takes its own
   * place.
   *
   * @returns False, with nothing written, when something that it was learned from is gone.
   */
  save(): Promise<boolean> {
    const { keeper, state, now } = this.#input;
    const { packId, stored, inUse } = state;
    const decidedAt = this.#learnedFrom.at(-1) ?? '';
    const body = this.#body;
    if (body === null || body === inUse?.body) {
      const version = body === null ? 0 : (inUse?.version ?? 0);
      const pointer = { ...stored.pointer, version, decidedAt };
      return keeper.saveCheckpoint(null, pointer, this.#learnedFrom);
    }
    const version =
      Math.max(stored.pointer.highest, ...stored.checkpoints.map((one) => one.version)) + 1;
    const sealed = sealCheckpoint({ version, packId, time: now }, body);
    return keeper.saveCheckpoint(
      sealed,
      { version, highest: version, decidedAt },
      this.#learnedFrom,
    );
  }
}
