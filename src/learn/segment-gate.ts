/**
 * Whether a fine-tuned model of segments is used: each window of the visitor's choices is given back
 * by a model that has not seen it, beside the model that the page trains for everybody.
 *
 * A model that has learned of anybody's choices gives back any mixture of items better. So what it
 * gains on the visitor's windows must also be more than what it gains on windows that nobody chose.
 *
 * @packageDocumentation
 */
import { meanOf, surenessOf } from './sureness.ts';

/** How well something is made of one held-out window, in cosines. */
export interface Fit {
  /** By the model that everybody gets. */
  readonly before: number;
  /** By the model fine-tuned without it. */
  readonly after: number;
  /** What that model gains on random windows of the same shape, in the mean. */
  readonly random: number;
}

/** One held-out window. */
export interface WindowFit {
  /** Given back, knowing what was chosen before. */
  readonly given: Fit;
  /** Guessed from what was chosen before alone. */
  readonly guessed: Fit;
  /** Given back by the model in use, where the window came after that; else left out. */
  readonly inUse?: number;
}

/** How samples of the shop are given back, none of which any model has learned from. */
export interface ReplayFit {
  /** Mean cosine of the model that everybody gets. */
  readonly before: number;
  /** The same of the model that would be kept. */
  readonly after: number;
}

/** What the gate says. */
export interface SegmentDecision {
  /** Whether what was learned is used. */
  readonly isKept: boolean;
  /** Whether what is in use had better go: everybody's gives later windows back better. */
  readonly isOutdated: boolean;
  /** Mean cosine of the windows before. */
  readonly before: number;
  /** Mean cosine of the windows after. */
  readonly after: number;
}

/** Standard errors that gains must be above 0. */
const SURE = 2;

/** Share of the replay's cosine that may be lost. */
const MAX_FORGOTTEN = 0.02;

/** Fewer windows do not speak against what is in use. */
const LEAST_LATE = 3;

/** Whether gains are surely above 0 and above those on random windows, the newest third's as well. */
function isBetter(fits: readonly Fit[]): boolean {
  const gains = fits.map(({ before, after }) => after - before);
  const own = fits.map(({ random }, w) => (gains[w] as number) - random);
  const newest = gains.slice(-Math.ceil(gains.length / 3));
  return surenessOf(gains) > SURE && surenessOf(own) > SURE && meanOf(newest) >= 0;
}

/**
 * Decides.
 *
 * Kept, when held-out windows are surely given back better and surely guessed better, more than
 * random ones are, when the newest third shows no loss, when the shop's own samples lose at most 2 %,
 * and when what came after the model in use does not surely speak for that one. Windows of a block
 * share a model, so their standard errors are too small: the first test alone lets 5 of 70 logs of
 * random clicks pass, both together 2.
 *
 * @param windows - Oldest first.
 * @param replay - See {@link ReplayFit}.
 * @returns The decision.
 */
export function decideSegments(windows: readonly WindowFit[], replay: ReplayFit): SegmentDecision {
  const given = windows.map((window) => window.given);
  const late = windows.flatMap(({ inUse, given: { before, after } }) =>
    inUse === undefined ? [] : [{ old: inUse - before, beside: after - inUse }],
  );
  const isEnough = late.length >= LEAST_LATE;
  const isSurpassed = isEnough && surenessOf(late.map(({ beside }) => beside)) < -1;
  const isRemembered = replay.after >= (1 - MAX_FORGOTTEN) * replay.before;
  const isSure = isBetter(given) && isBetter(windows.map(({ guessed }) => guessed));
  return {
    isKept: isSure && isRemembered && !isSurpassed,
    isOutdated: isEnough && surenessOf(late.map(({ old }) => old)) < -1,
    before: meanOf(given.map(({ before }) => before)),
    after: meanOf(given.map(({ after }) => after)),
  };
}
