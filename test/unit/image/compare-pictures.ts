/** Judges picture vectors as the image block compares them: counted from the middle of the list. */
import { IMAGE_DIMS, learnImages } from '../../../src/catalog/image-block.ts';

/**
 * Cosine of two vectors about a centre.
 *
 * @param left - Numbers.
 * @param right - As many.
 * @param centre - As many; default 0.
 * @returns -1 to 1.
 */
export function centredCosine(
  left: readonly number[],
  right: readonly number[],
  centre: Float64Array = new Float64Array(IMAGE_DIMS),
): number {
  let dot = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (let i = 0; i < left.length; i++) {
    const x = (left[i] as number) - (centre[i] as number);
    const y = (right[i] as number) - (centre[i] as number);
    dot += x * y;
    leftSquare += x * x;
    rightSquare += y * y;
  }
  return dot / Math.sqrt(leftSquare * rightSquare);
}

/** How well colours are told apart. */
export interface ColourJudgement {
  /** Mean cosine of two pictures of one colour. */
  readonly sameMean: number;
  /** … of different colours. */
  readonly otherMean: number;
  /** Share of pictures whose nearest neighbour, among pictures of other things, has their colour. */
  readonly sameNearest: number;
  /** Share of all pairs that are of one colour: what a neighbour drawn by lot would reach. */
  readonly chance: number;
}

/** What a picture shows. */
interface Label {
  readonly colour: string;
  readonly thing: string;
}

/**
 * Compares every picture with every other.
 *
 * @param vectors - Picture vectors.
 * @param labels - What each one shows.
 * @returns Figures.
 */
export function judgeColours(
  vectors: readonly (readonly number[])[],
  labels: readonly Label[],
): ColourJudgement {
  const centre = learnImages(vectors.map((imageVector) => ({ imageVector }))) ?? undefined;
  const all = vectors.map((vector, i) => ({ vector, ...(labels[i] as Label) }));
  const same: number[] = [];
  const other: number[] = [];
  let hits = 0;
  for (const here of all) {
    let best = { cosine: -Infinity, colour: '' };
    for (const there of all) {
      if (here === there) continue;
      const cosine = centredCosine(here.vector, there.vector, centre);
      (here.colour === there.colour ? same : other).push(cosine);
      if (cosine > best.cosine && here.thing !== there.thing) best = { ...there, cosine };
    }
    if (best.colour === here.colour) hits++;
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    sameMean: mean(same),
    otherMean: mean(other),
    sameNearest: hits / all.length,
    chance: same.length / (same.length + other.length),
  };
}
