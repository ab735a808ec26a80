/**
 * Candidates and library → the space that segments are generated in, and the model of it.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from '../catalog/analyze-text.ts';
import { type EncodedItems, encodeDescription } from '../catalog/encode-items.ts';
import { writeRow } from '../catalog/encode-vector.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { createRandom } from '../core/rng.ts';
import { sharedAttributes } from '../catalog/generated-block.ts';
import type { Item, SegmentDescription } from '../core/types.ts';
import { emptySet } from '../core/vector-set.ts';
import type { SegmentSamples } from '../segments/generate/segment-model.ts';
import { createSegmentSpace, type SegmentSpace } from '../segments/generate/segment-space.ts';
import { segmentSamples } from '../segments/generate/training-set.ts';
import { encodeLibrary, type Library } from './library.ts';

/** Samples that a model of segment space learns from. */
const SAMPLES = 1_600;

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
  const { dims, blocks } = model.space;
  const encode = (describes: SegmentDescription): VectorSet => {
    const out = emptySet(1, dims, blocks.length);
    const raw = encodeDescription(describes, model);
    writeRow(raw, out.vectors.data, out.presence.data, { row: 0, weighted: true });
    return out;
  };
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
  const random = createRandom(seed, 'segment-samples');
  return segmentSamples({ items, segments, nearest, blocks }, count, random);
}
