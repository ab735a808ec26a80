/**
 * Judges the fields that models made: synthetic scores and picture vectors. What the shop's server
 * sends and what lies on the visitor's disk are read by the same code.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures, ScoreEvidence } from '../core/generated-features.ts';
import { hash32 } from '../core/rng.ts';
import { IMAGE_DIMS, isImageVector } from './image-block.ts';

const LIMITS = { id: 64, name: 40, word: 60, scores: 24, latent: 48, evidence: 96 } as const;

/** Latent dimensions beyond this are broken. */
const MAX_LATENT = 1_000;

/** Lengths of a picture's vector that are taken. */
const PICTURE = { least: 2, most: 4_096 } as const;

/** Numbers of a picture beyond this are broken. */
const MAX_NUMBER = 1e6;

function own(from: object, field: string): unknown {
  return Object.hasOwn(from, field) ? (from as Record<string, unknown>)[field] : undefined;
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most;
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function readScores(value: unknown): Record<string, number> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const scores = new Map<string, number>();
  for (const [name, score] of Object.entries(value).slice(0, LIMITS.scores)) {
    const isScore = typeof score === 'number' && score >= 0 && score <= 1;
    if (isScore && isText(name, LIMITS.name) && name !== '__proto__') scores.set(name, score);
  }
  return scores.size > 0 ? Object.fromEntries(scores) : undefined;
}

function readEvidence(value: unknown): ScoreEvidence[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, LIMITS.evidence).flatMap((entry: unknown): ScoreEvidence[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const [score, word, move] = ['score', 'word', 'move'].map((field) => own(entry, field));
    const isUsable = isText(score, LIMITS.name) && isText(word, LIMITS.word) && isWithin(move, 1);
    return isUsable ? [{ score, word, move }] : [];
  });
}

/**
 * Reads synthetic features.
 *
 * @param value - Anything; a getter may throw.
 * @returns Known fields in fresh objects; undefined without a model's id or without scores.
 */
export function readGeneratedFeatures(value: unknown): GeneratedFeatures | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const modelId = own(value, 'modelId');
  const scores = readScores(own(value, 'scores'));
  if (!isText(modelId, LIMITS.id) || scores === undefined) return undefined;
  const latent = own(value, 'latent');
  const isLatent =
    Array.isArray(latent) &&
    latent.length <= LIMITS.latent &&
    latent.every((entry) => isWithin(entry, MAX_LATENT));
  return {
    modelId,
    scores,
    latent: isLatent ? [...latent] : [],
    evidence: readEvidence(own(value, 'evidence')),
    guessing: own(value, 'guessing') === true,
  };
}

/**
 * Vectors that are none of ours become sums of their numbers with random signs, which keep cosines
 * nearly as they were (count sketch: Charikar, Chen & Farach-Colton 2002). Short ones are padded.
 */
function fold(vector: readonly number[]): number[] {
  const sums = Array.from({ length: IMAGE_DIMS }, () => 0);
  for (const [i, value] of vector.entries()) {
    const hash = vector.length > IMAGE_DIMS ? hash32(`image:${i}`) : i;
    const at = hash % IMAGE_DIMS;
    sums[at] = (sums[at] as number) + (hash & 0x8000_0000 ? -value : value);
  }
  return sums;
}

/**
 * Reads the vector of a picture: ours, or the shop's own of any length.
 *
 * @param value - Anything.
 * @returns 24 numbers; undefined for what is no list of 2 to 4,096 numbers, or all zeros.
 */
export function readImageVector(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const { length } = value;
  if (length < PICTURE.least || length > PICTURE.most) return undefined;
  if (!value.every((entry) => isWithin(entry, MAX_NUMBER))) return undefined;
  const vector = length === IMAGE_DIMS ? [...value] : fold(value);
  return isImageVector(vector) ? vector : undefined;
}
