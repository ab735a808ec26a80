/**
 * Answers that are partly made of coin flips, so that no single one says much about who gave it,
 * while many together give the shares of a crowd: optimised unary encoding (Wang, Blocki, Li and Jha,
 * "Locally Differentially Private Protocols for Frequency Estimation", USENIX Security 2017).
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Random } from '../core/rng.ts';

/** Share of true ones that stay a one. */
const KEPT = 0.5;

/** A share of the crowd, as estimated. */
export interface EstimatedShare {
  /** 0 to 1 in the mean; a single estimate may lie outside. */
  readonly share: number;
  /** One standard deviation of the estimate. */
  readonly standardError: number;
}

/**
 * The chance that a zero is told as a one.
 *
 * @param epsilon - Above 0.
 * @returns Above 0, below 0.5.
 */
function flipChance(epsilon: number): number {
  return 1 / (Math.exp(epsilon) + 1);
}

/**
 * Tells which of several categories is true, in noise.
 *
 * For any two truths and any answer, the chances of that answer differ by a factor of e^`epsilon` at
 * most: what differs are two bits, one kept with chance 1/2 and one flipped with 1 / (e^ε + 1).
 *
 * @param truth - Index of the true category.
 * @param categories - How many there are, at least 1.
 * @param epsilon - Privacy loss, above 0; small is private.
 * @param random - Must be cryptographic: draws that can be guessed protect nobody.
 * @returns One digit, 0 or 1, for each category.
 * @throws {@link VitrineError} `OPTION_INVALID` for an `epsilon` that is not above 0, or a `truth`
 *   that is no category.
 * @example respond(2, 4, 1, secureRandom) // perhaps '0110'
 */
export function respond(
  truth: number,
  categories: number,
  epsilon: number,
  random: Random,
): string {
  const isCategory = Number.isInteger(truth) && truth >= 0 && truth < categories;
  if (!(epsilon > 0) || !isCategory) {
    throw new VitrineError('OPTION_INVALID', `telemetry: category ${truth} of ${categories}.`);
  }
  const flipped = flipChance(epsilon);
  const bits = Array.from({ length: categories }, (_, category) =>
    random() < (category === truth ? KEPT : flipped) ? '1' : '0',
  );
  return bits.join('');
}

/**
 * Estimates the crowd's shares from its answers.
 *
 * @param ones - How many answers had a one in each category.
 * @param answers - How many answers there were, at least 1.
 * @param epsilon - The one that they were made with.
 * @returns One estimate for each category; without bias, so small shares may come out below 0.
 */
export function estimateShares(
  ones: readonly number[],
  answers: number,
  epsilon: number,
): EstimatedShare[] {
  const flipped = flipChance(epsilon);
  const span = KEPT - flipped;
  return ones.map((count) => {
    const told = count / answers;
    return {
      share: (told - flipped) / span,
      standardError: Math.sqrt((told * (1 - told)) / answers) / span,
    };
  });
}
