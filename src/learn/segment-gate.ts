/**
 * Whether a fine-tuned model of segments is used: each window of the visitor's choices is given back
 * by a model that has not seen it, beside the model that the page trains for everybody.
 *
 * A model that has learned of anybody's choices gives back any mixture of items better. So what it
 * gains on the visitor's windows must also be more than what it gains on windows that nobody chose.
 *
 * @packageDocumentation
 */

/** How one held-out window is given back, in cosines. */
export interface WindowFit {
  /** By the model that everybody gets. */
  readonly before: number;
  /** By the model fine-tuned without it. */
  readonly after: number;
  /** What that model gains on random windows of the same shape, in the mean. */
  readonly random: number;
  /** By the model in use, where the window came after that; else left out. */
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

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Mean by its standard error; 0 for fewer than two values or without any spread. */
function surenessOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return variance > 0 ? mean / Math.sqrt(variance / values.length) : 0;
}

/**
 * Decides.
 *
 * Kept, when the gain on held-out windows is surely above 0 and above that on random ones, when the
 * newest third shows no loss, when the shop's own samples lose at most 2 %, and when what came after
 * the model in use does not surely speak for that one.
 *
 * @param windows - Oldest first.
 * @param replay - See {@link ReplayFit}.
 * @returns The decision.
 */
export function decideSegments(windows: readonly WindowFit[], replay: ReplayFit): SegmentDecision {
  const gains = windows.map(({ before, after }) => after - before);
  const own = windows.map(({ random }, w) => (gains[w] as number) - random);
  const late = windows.flatMap(({ inUse, before, after }) =>
    inUse === undefined ? [] : [{ old: inUse - before, beside: after - inUse }],
  );
  const isEnough = late.length >= LEAST_LATE;
  const isBetter =
    surenessOf(gains) > SURE &&
    surenessOf(own) > SURE &&
    meanOf(gains.slice(-Math.ceil(gains.length / 3))) >= 0 &&
    replay.after >= (1 - MAX_FORGOTTEN) * replay.before;
  return {
    isKept: isBetter && !(isEnough && surenessOf(late.map(({ beside }) => beside)) < -1),
    isOutdated: isEnough && surenessOf(late.map(({ old }) => old)) < -1,
    before: meanOf(windows.map(({ before }) => before)),
    after: meanOf(windows.map(({ after }) => after)),
  };
}
