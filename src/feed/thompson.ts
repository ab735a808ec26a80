/**
 * Thompson sampling over Beta posteriors, with the exact probability of each choice.
 *
 * Each posterior is cut into cells of equal width, uniform inside a cell. Draws come from this
 * piecewise-uniform distribution, and so the probability that a segment's draw is the largest is
 * an integral of a polynomial per cell, done by Gauss–Legendre quadrature: no sampling error.
 *
 * Thompson 1933; logged propensities as in Li et al. 2011, https://arxiv.org/abs/1003.5956.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import type { BetaPosterior } from '../core/beta.ts';

const CELLS = 200;

// Nodes and weights on [0, 1] of the 5-point Gauss–Legendre rule.
const NODES = [0.046910077, 0.230765345, 0.5, 0.769234655, 0.953089923] as const;
const WEIGHTS = [0.118463443, 0.239314335, 0.284444444, 0.239314335, 0.118463443] as const;

/** A posterior as probabilities of cells. */
export interface CellDistribution {
  /** Probability of each cell. */
  readonly mass: Float64Array;
  /** Probability of all cells before it. */
  readonly below: Float64Array;
}

/** Logarithms of the cells' middles. */
const LOGS = Float64Array.from({ length: CELLS }, (_, i) => Math.log((i + 0.5) / CELLS));

function logAt(cell: number): number {
  return LOGS[cell] as number;
}

/**
 * Cuts a Beta distribution into cells.
 *
 * @param posterior - Parameters above 0.
 * @returns Probabilities by the density at the cells' middles, normalised.
 */
export function toCells(posterior: BetaPosterior): CellDistribution {
  const { alpha, beta } = posterior;
  const mass = new Float64Array(CELLS);
  let most = -Infinity;
  for (let i = 0; i < CELLS; i++) {
    // By symmetry, the logarithm of 1 − x is that of the cell counted from the other end.
    const log = (alpha - 1) * logAt(i) + (beta - 1) * logAt(CELLS - 1 - i);
    mass[i] = log;
    if (log > most) most = log;
  }
  let total = 0;
  for (let i = 0; i < CELLS; i++) {
    mass[i] = Math.exp((mass[i] as number) - most);
    total += mass[i] as number;
  }
  const below = new Float64Array(CELLS);
  let sum = 0;
  for (let i = 0; i < CELLS; i++) {
    mass[i] = (mass[i] as number) / total;
    below[i] = sum;
    sum += mass[i] as number;
  }
  return { mass, below };
}

function draw({ mass, below }: CellDistribution, random: Random): number {
  const u = random();
  let low = 0;
  let high = CELLS - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((below[middle] as number) <= u) low = middle;
    else high = middle - 1;
  }
  const share = (u - (below[low] as number)) / Math.max(mass[low] as number, Number.MIN_VALUE);
  return (low + Math.min(1, share)) / CELLS;
}

/**
 * Draws once from each distribution and returns the largest draw's index.
 *
 * @param arms - At least one.
 * @param random - Seeded.
 * @returns Index of the arm; ties (probability 0) go to the first.
 */
export function sampleArm(arms: readonly CellDistribution[], random: Random): number {
  let best = 0;
  let most = -1;
  for (const [index, arm] of arms.entries()) {
    const value = draw(arm, random);
    if (value > most) {
      most = value;
      best = index;
    }
  }
  return best;
}

/**
 * Probability that {@link sampleArm} returns each arm.
 *
 * Cost: O(arms·cells), by products of the arms before and after each one. Error below 1e-6; the
 * result sums to 1.
 *
 * @param arms - At least one.
 * @returns Probabilities in the arms' order.
 */
export function armProbabilities(arms: readonly CellDistribution[]): number[] {
  const raw = new Float64Array(arms.length);
  const below = new Float64Array(arms.length);
  const after = new Float64Array(arms.length + 1).fill(1);
  for (let cell = 0; cell < CELLS; cell++) {
    for (let node = 0; node < NODES.length; node++) {
      for (let a = arms.length - 1; a >= 0; a--) {
        const arm = arms[a] as CellDistribution;
        const mass = arm.mass[cell] as number;
        below[a] = (arm.below[cell] as number) + mass * (NODES[node] as number);
        after[a] = (after[a + 1] as number) * (below[a] as number);
      }
      let before = WEIGHTS[node] as number;
      for (let a = 0; a < arms.length; a++) {
        const mass = (arms[a] as CellDistribution).mass[cell] as number;
        raw[a] = (raw[a] as number) + mass * before * (after[a + 1] as number);
        before *= below[a] as number;
      }
    }
  }
  const total = raw.reduce((sum, value) => sum + value, 0);
  return Array.from(raw, (value) => value / total);
}
