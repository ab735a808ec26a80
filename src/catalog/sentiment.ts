/**
 * How favourably a text speaks: a lexicon with strengths, negation and intensifiers.
 * After VADER (Hutto and Gilbert, ICWSM 2014), with a lexicon of our own.
 *
 * @packageDocumentation
 */
import { isNegated } from './negation.ts';
import { JOIN, type Scan } from './scan-text.ts';

/** A denied word counts the other way round, less strongly (VADER, `N_SCALAR`). */
const NEGATED = -0.74;
/** Sum at which half of the range is reached is about 2.2 (VADER's `alpha`). */
const ALPHA = 15;
/** How much a degree word before a word changes it; halfway two words before. */
const BOOST = 0.3;

/**
 * Adds up what a text's words say.
 *
 * @param scan - The text's words.
 * @returns Sum of strengths and number of words that had one; {@link polarity} of the sums of all
 *   texts of an item is its sentiment.
 */
export function sumSentiment(scan: Scan): { readonly sum: number; readonly hits: number } {
  let sum = 0;
  let hits = 0;
  for (let at = 0; at < scan.words.length; at++) {
    const strength = scan.words[at]?.strength ?? 0;
    if (strength === 0) continue;
    const boosted = strength * boostBefore(scan, at);
    sum += isNegated(scan, at, at + 1) ? boosted * NEGATED : boosted;
    hits++;
  }
  return { sum, hits };
}

/**
 * Brings a sum of strengths to the range of a sentiment: x / sqrt(x² + 15) (VADER, `normalize`).
 *
 * @param sum - Any finite number.
 * @param hits - Words that had a strength.
 * @returns -1 to 1, or null without any such word.
 * @example polarity(0, 0) // null
 */
export function polarity(sum: number, hits: number): number | null {
  // Written so that each rounded step grows or falls with the sum: x / sqrt(x² + 15) itself can fall
  // in its last bit.
  return hits === 0 ? null : Math.sign(sum) / Math.sqrt(1 + ALPHA / (sum * sum));
}

function boostBefore(scan: Scan, at: number): number {
  let boost = 1;
  for (let back = 1; back <= 2 && at >= back; back++) {
    if ((scan.joins[at - back + 1] ?? 0) < JOIN.space) break;
    const role = scan.words[at - back]?.role ?? null;
    if (role === 'booster') boost += BOOST / back;
    else if (role === 'damper') boost -= BOOST / back;
  }
  return boost;
}
