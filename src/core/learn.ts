/**
 * The words of learning on the device. Types only: both threads import this file.
 *
 * @packageDocumentation
 */
import type { Device } from './types.ts';

/**
 * How learning ended.
 *
 * - `kept`: what was learned ranks the visitor's own held-out choices better; it is in use.
 * - `discarded`: it does not; what was there before stays.
 * - `too-little`: the log does not say enough.
 * - `aborted`: by its signal, by forgetting or erasing meanwhile, or by the time budget.
 * - `busy`: another tab or another call is learning.
 * - `unavailable`: no pack was opened yet, or it is a slice; or consent was denied.
 */
export type LearnVerdict = 'kept' | 'discarded' | 'too-little' | 'aborted' | 'busy' | 'unavailable';

/** Where learning stands. */
export interface LearnProgress {
  /**
   * What is being done: lists are made of the log, models trained on them, the best one checked;
   * then the model of segments is fine-tuned and checked (`segments`).
   */
  readonly phase: 'lists' | 'training' | 'checking' | 'segments';
  /** Steps of this phase that are done. */
  readonly step: number;
  /** All steps of this phase, at least 1. */
  readonly steps: number;
  /**
   * Mean loss of the visitor's lists in nats; of `segments`, that of a batch of profiles. Null where
   * the phase has none.
   */
  readonly loss: number | null;
}

/** What came of fine-tuning the model that segments are generated with. */
export interface SegmentLearning {
  /**
   * How it ended, whatever became of the ranker.
   *
   * - `kept`: held-out choices of the visitor are given back better; segments are generated with it.
   * - `discarded`: they are not, or the shop's own profiles are forgotten.
   * - `too-little`: fewer than six windows of four choices.
   * - `aborted`: by its own time budget; the ranker's result stands.
   * - `unavailable`: TensorFlow.js cannot be loaded, or what was learned from is gone.
   */
  readonly verdict: 'kept' | 'discarded' | 'too-little' | 'aborted' | 'unavailable';
  /** Where it was computed; `none` when it did not come to that. */
  readonly device: Device | 'none';
  /** Windows of the visitor's choices that were learned from. */
  readonly windows: number;
  /** Mean cosine of windows to what everybody's model gives back; 0 when it was not measured. */
  readonly before: { readonly cosine: number };
  /** The same of the fine-tuned model, each window given back by what was learned without it. */
  readonly after: { readonly cosine: number };
  /** Mean loss of ten stretches of the last training. */
  readonly loss: readonly number[];
}

/** What came of learning. */
export interface LearnResult {
  /** How learning of the ranker ended. */
  readonly verdict: LearnVerdict;
  /** Version of the checkpoint in use afterwards; 0 stands for the pack as it came. */
  readonly version: number;
  /** Where it was computed; `none` when it did not come to that. */
  readonly device: Device | 'none';
  /** Choices of the visitor that were learned from. */
  readonly lists: number;
  /** NDCG@10 of the pack on the visitor's choices, 0 to 1; 0 when it was not measured. */
  readonly before: { readonly ndcg: number };
  /** The same of what was learned, each choice ranked by what was learned without it. */
  readonly after: { readonly ndcg: number };
  /** Mean loss in nats before each pass over the lists. */
  readonly loss: readonly number[];
  /** Seconds from the call to its end. */
  readonly seconds: number;
  /** What came of the model of segments; left out where it did not come to that. */
  readonly segments?: SegmentLearning;
}

/** A checkpoint that is kept. */
export interface LearnedVersion {
  /** From 1, growing. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Choices that it was learned from. */
  readonly lists: number;
  /** See {@link LearnResult}. */
  readonly before: { readonly ndcg: number };
  /** See {@link LearnResult}. */
  readonly after: { readonly ndcg: number };
  /**
   * Share of what was learned that counts, in (0, 1]: what held-out choices trusted most, less where
   * that may be luck. 0 where only segments were learned; the pack ranks as it came then.
   */
  readonly trust: number;
  /** Of its model of segments, as in {@link SegmentLearning}; left out where it has none. */
  readonly segments?: Pick<SegmentLearning, 'windows' | 'before' | 'after'>;
}

/** What is learned on this device, and what could be. */
export interface LearnStatus {
  /** Version in use; 0 stands for the pack as it came. */
  readonly version: number;
  /** Whether learning is under way in this tab. */
  readonly isLearning: boolean;
  /** Usable checkpoints of the pack in use, oldest first, at most 5. */
  readonly versions: readonly LearnedVersion[];
  /** Choices since it was last decided what to use. */
  readonly fresh: number;
  /** The last result of this tab; null before the first. */
  readonly last: LearnResult | null;
}

/** Options of `Vitrine.learn.now`. */
export interface LearnRequest {
  /** Told of steps as they are done, at most about ten times a second. */
  readonly onProgress?: (progress: LearnProgress) => void;
  /** Ends learning with the verdict `aborted`; nothing is changed then. */
  readonly signal?: AbortSignal;
}
