/**
 * What the model says of items, in the form that candidates carry it.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from '../../core/generated-features.ts';
import { sha256 } from '../../pack/pack-format.ts';
import type { ScoredItem } from './score-items.ts';

/** Digits that are kept: devices differ behind them. */
const DIGITS = { score: 4, latent: 3 } as const;

/**
 * Name of a model: scores of models with other names are not compared.
 *
 * @param file - The model's file.
 * @returns The first 16 digits of its SHA-256.
 */
export async function modelIdOf(file: Uint8Array<ArrayBuffer>): Promise<string> {
  return (await sha256(file)).slice(0, 16);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}

/**
 * Scores as a candidate's field.
 *
 * @param scored - By `scoreItems`.
 * @param names - Of the scores, in their order.
 * @param modelId - See {@link modelIdOf}.
 * @returns Rounded: scores and moves to 4 digits, latent dimensions to 3.
 */
export function toFeatures(
  scored: ScoredItem,
  names: readonly string[],
  modelId: string,
): GeneratedFeatures {
  const { evidence, guessing, latent, scores } = scored;
  return {
    modelId,
    scores: Object.fromEntries(
      names.map((name, o) => [name, round(scores[o] as number, DIGITS.score)]),
    ),
    latent: Array.from(latent, (value) => round(value, DIGITS.latent)),
    evidence: evidence.map(({ move, score, word }) => ({
      score,
      word,
      move: round(move, DIGITS.score),
    })),
    guessing,
  };
}
