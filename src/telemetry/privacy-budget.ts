/**
 * How often a device may answer: at most once a day, and so seldom that the answers of any 30 days
 * cost {@link MAX_EPSILON_30_DAYS} together, also if each were about something new.
 *
 * @packageDocumentation
 */

const DAY_MS = 86_400_000;

/** Milliseconds that an answer counts. */
const WINDOW_MS = 30 * DAY_MS;

/** Most that one answer may cost. */
export const MAX_EPSILON = 1;

/** Most that the answers of any 30 days may cost together. */
export const MAX_EPSILON_30_DAYS = 4;

/** An answer that was given. */
export interface Spending {
  /** When, milliseconds since the epoch. */
  readonly time: number;
  /** What it cost. */
  readonly epsilon: number;
}

/**
 * What still counts. An answer dated later than now counts: a clock that was set back must not open
 * the purse.
 *
 * @param spent - Answers given so far.
 * @param now - Milliseconds since the epoch.
 * @returns Those of the last 30 days.
 */
export function recentSpending(spent: readonly Spending[], now: number): Spending[] {
  return spent.filter(({ time }) => time > now - WINDOW_MS);
}

/**
 * Whether one more answer may be given.
 *
 * @param spent - Answers given so far.
 * @param epsilon - What the next one would cost.
 * @param now - Milliseconds since the epoch.
 * @returns False within a day of the last one, or when 30 days would cost too much.
 */
export function mayAnswer(spent: readonly Spending[], epsilon: number, now: number): boolean {
  if (!(epsilon > 0 && epsilon <= MAX_EPSILON) || !Number.isFinite(now)) return false;
  const recent = recentSpending(spent, now);
  if (recent.some(({ time }) => time > now - DAY_MS)) return false;
  const total = recent.reduce((sum, one) => sum + one.epsilon, epsilon);
  // A tenth ten times is a little more than one.
  return total <= MAX_EPSILON_30_DAYS + 1e-9;
}
