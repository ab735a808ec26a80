/** Rounds in which all implementations take turns, so that noise of the machine meets all alike. */

/** A clock that ticks in 5 µs measures runs of at least this many milliseconds well. */
const LEAST_RUN_MS = 1;

/**
 * @typedef {object} Limits
 * @property {number} rounds - Most turns of an implementation.
 * @property {number} least - Fewest turns.
 * @property {number} budgetMs - Milliseconds that all turns of one implementation should take.
 */

/**
 * How often an implementation is measured, and how many jobs each time.
 *
 * @param {number} jobMs - Of one job, roughly.
 * @param {Limits} limits
 * @returns {{ turns: number, repeats: number }} Slow ones get few turns; quick ones do several jobs in each.
 */
export function planTurns(jobMs, { budgetMs, least, rounds }) {
  const repeats = Math.max(1, Math.ceil(LEAST_RUN_MS / Math.max(jobMs, 1e-4)));
  const turns = Math.floor(budgetMs / (jobMs * repeats));
  return { repeats, turns: Math.min(rounds, Math.max(least, turns)) };
}

/**
 * Whether an implementation runs in a round; its turns are spread evenly over all rounds.
 *
 * @param {number} round - From 0.
 * @param {number} turns - At most `rounds`.
 * @param {number} rounds - All.
 * @returns {boolean} True in exactly `turns` of the rounds.
 */
export function hasTurn(round, turns, rounds) {
  return Math.floor(((round + 1) * turns) / rounds) > Math.floor((round * turns) / rounds);
}

/**
 * @param {readonly number[]} values - At least one.
 * @param {number} share - 0 for the least, 1 for the greatest.
 * @returns {number} The value at that share of the sorted list.
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.ceil(share * (sorted.length - 1))]);
}
