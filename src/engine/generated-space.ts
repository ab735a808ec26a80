/**
 * Candidates and library → the space that segments are generated in, and the model of it.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from '../catalog/analyze-text.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { createRandom } from '../core/rng.ts';
import { inSlices, type Steps } from '../core/steps.ts';
import { sharedAttributes } from '../catalog/generated-block.ts';
import type { Item, SegmentDescription } from '../core/types.ts';
import { pickRows } from '../segments/generate/pick-rows.ts';
import type { SegmentSamples } from '../segments/generate/segment-model.ts';
import {
  createSegmentSpace,
  nearestBy,
  type SegmentSpace,
  similarityTo,
} from '../segments/generate/segment-space.ts';
import { sampleSteps, segmentSamples } from '../segments/generate/training-set.ts';
import { encodeLibrary, type Library } from './library.ts';

/** What segments are made in. */
export interface Workshop {
  /** Candidates of the last feed. */
  readonly encoded: EncodedItems;
  /** Segments in force. */
  readonly library: Library;
  /** Seed of all draws. */
  readonly seed: number;
}

/** Samples that a model of segment space learns from. */
const SAMPLES = 1_600;

const STREAM = 'segment-samples';

/**
 * Prepares candidates for generating.
 *
 * @param encoded - Candidates.
 * @param library - Segments in force.
 * @returns The space. Cost: as scoring a feed on plain arithmetic.
 */
export function generatedSpace(encoded: EncodedItems, library: Library): SegmentSpace {
  const { segments } = library;
  const { model } = encoded;
  const encode = (describes: SegmentDescription): VectorSet =>
    encodeLibrary([{ describes }], model);
  const known = new Map<string, readonly string[]>();
  const wordsOf = (text: string): readonly string[] => {
    const words = known.get(text) ?? tokenize(text).map(stem);
    known.set(text, words);
    return words;
  };
  const vectors = encodeLibrary(segments, model);
  const { items } = encoded;
  const attributesOf = (rows: readonly number[]): ReturnType<typeof sharedAttributes> =>
    model.generated === null
      ? {}
      : sharedAttributes(
          rows.map((row) => items[row] as Item),
          model.generated,
        );
  return createSegmentSpace({ encoded, segments, vectors, encode, wordsOf, attributesOf });
}

/**
 * Samples of a space.
 *
 * @param space - From {@link generatedSpace}.
 * @param seed - Of the draws.
 * @param count - How many, default 1,600.
 * @returns Profiles with behaviour.
 */
export function samplesOf(
  space: SegmentSpace,
  seed: number,
  count: number = SAMPLES,
): SegmentSamples {
  const { items, vectors: segments, nearest, encoded } = space;
  const { blocks } = encoded.model.space;
  const random = createRandom(seed, STREAM);
  return segmentSamples({ items, segments, nearest, blocks }, count, random);
}

/** One segment after another. */
function* nearestSteps(encoded: EncodedItems, segments: VectorSet): Steps<(readonly number[])[]> {
  const items = { vectors: encoded.vectors, presence: encoded.presence };
  const nearest: (readonly number[])[] = [];
  for (let s = 0; s < segments.vectors.rows; s++) {
    yield;
    nearest.push(nearestBy(similarityTo(items, pickRows(segments, [s]))).nearest);
  }
  return nearest;
}

/** What a model of segment space is fine-tuned beside. */
export interface ReplaySamples {
  /** What {@link samplesOf} gives for the same seed. */
  readonly samples: SegmentSamples;
  /** Others of the same kind. */
  readonly held: SegmentSamples;
}

/**
 * Samples of candidates without a space for them, in slices.
 *
 * @param of - Candidates, segments in force, seed of the draws.
 * @param numHeld - How many to hold out.
 * @param rest - Lets others have the thread; what it throws ends the work.
 * @returns Samples to learn from, and held-out ones.
 */
export async function replaySamples(
  of: Workshop,
  numHeld: number,
  rest: () => Promise<void>,
): Promise<ReplaySamples> {
  const { encoded, library, seed } = of;
  const { vectors, presence, model } = encoded;
  const segments = encodeLibrary(library.segments, model);
  const nearest = await inSlices(nearestSteps(encoded, segments), rest);
  const sources = { items: { vectors, presence }, segments, nearest, blocks: model.space.blocks };
  const steps = sampleSteps(sources, SAMPLES + numHeld, createRandom(seed, STREAM));
  const all = await inSlices(steps, rest);
  const cut = (from: number, count: number): SegmentSamples => {
    const part = (data: Float32Array): Float32Array =>
      data.subarray(from * all.dims, (from + count) * all.dims);
    const { dims } = all;
    return { count, dims, profiles: part(all.profiles), behaviours: part(all.behaviours) };
  };
  return { samples: cut(0, SAMPLES), held: cut(SAMPLES, numHeld) };
}
