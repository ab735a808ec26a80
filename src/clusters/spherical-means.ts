/**
 * Groups of visitors by direction: spherical k-means (Dhillon and Modha 2001,
 * https://doi.org/10.1023/A:1007612920971), seeded as k-means++ (Arthur and Vassilvitskii 2007).
 *
 * Pure arithmetic; the room imports core and other rooms' types only.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';

/** Points in groups. */
export interface Partition {
  /** [K, D] unit rows. */
  readonly centres: Matrix;
  /** [V] group of each point, 0 to K - 1. */
  readonly of: Int32Array;
  /** Mean cosine of the points with their centres, at most 1. */
  readonly cohesion: number;
}

/** Rounds after which groups stand still but for a few points. */
const MAX_ROUNDS = 30;

/** Tries from other seeds; the closest groups count. */
const TRIES = 4;

function dot(a: Matrix, row: number, b: Matrix, other: number): number {
  let sum = 0;
  for (let d = 0, i = row * a.dims, j = other * b.dims; d < a.dims; d++, i++, j++) {
    sum += (a.data[i] as number) * (b.data[j] as number);
  }
  return sum;
}

function normalise(data: Float32Array, row: number, dims: number): void {
  const vector = data.subarray(row * dims, (row + 1) * dims);
  let square = 0;
  for (const value of vector) square += value * value;
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let d = 0; d < dims; d++) vector[d] = (vector[d] as number) * scale;
}

/**
 * Directions from the middle of all points: what all have in common does not make groups.
 *
 * @param points - [V, D]
 * @returns [V, D] unit rows; a row of zeros, of which nothing is known, stays one.
 */
export function fromMiddle(points: Matrix): Matrix {
  const { data, dims, rows } = points;
  const out = Float32Array.from(data);
  const middle = new Float64Array(dims);
  const isKnown = Array.from({ length: rows }, (_, row) => {
    normalise(out, row, dims);
    return out.subarray(row * dims, (row + 1) * dims).some((value) => value !== 0);
  });
  const known = Math.max(1, isKnown.filter(Boolean).length);
  for (let i = 0; i < out.length; i++) {
    middle[i % dims] = (middle[i % dims] as number) + (out[i] as number) / known;
  }
  for (let row = 0; row < rows; row++) {
    if (isKnown[row] !== true) continue;
    for (let d = 0; d < dims; d++) {
      out[row * dims + d] = (out[row * dims + d] as number) - (middle[d] as number);
    }
    normalise(out, row, dims);
  }
  return { data: out, rows, dims };
}

/**
 * The centre nearest to each point.
 *
 * @param points - [V, D]
 * @param centres - [K, D] at least one.
 * @returns Group of each point, the first of equals, and the mean of their cosines.
 */
export function assign(
  points: Matrix,
  centres: Matrix,
): Pick<Partition, 'of' | 'cohesion'> & { readonly cosines: Float64Array } {
  const of = new Int32Array(points.rows);
  const cosines = new Float64Array(points.rows);
  for (let row = 0; row < points.rows; row++) {
    let most = -Infinity;
    for (let k = 0; k < centres.rows; k++) {
      const cosine = dot(points, row, centres, k);
      if (cosine <= most) continue;
      most = cosine;
      of[row] = k;
    }
    cosines[row] = most;
  }
  const cohesion = cosines.reduce((sum, value) => sum + value, 0) / Math.max(1, points.rows);
  return { of, cohesion, cosines };
}

/** Each next centre is a point, the likelier the further it is from those before. */
function seedCentres(points: Matrix, count: number, random: Random): Matrix {
  const { data, dims, rows } = points;
  const centres = { data: new Float32Array(count * dims), rows: count, dims };
  const far = new Float64Array(rows).fill(1);
  for (let k = 0; k < count; k++) {
    let rest = random() * far.reduce((sum, value) => sum + value, 0);
    let chosen = 0;
    for (let row = 0; row < rows; row++) {
      rest -= far[row] as number;
      if ((far[row] as number) > 0) chosen = row;
      if (rest < 0) break;
    }
    centres.data.set(data.subarray(chosen * dims, (chosen + 1) * dims), k * dims);
    for (let row = 0; row < rows; row++) {
      far[row] = Math.min(far[row] as number, Math.max(0, 1 - dot(points, row, centres, k)));
    }
  }
  return centres;
}

/** A group without points takes the point that lies worst. */
function moveCentres(points: Matrix, count: number, held: ReturnType<typeof assign>): Matrix {
  const { data, dims, rows } = points;
  const centres = { data: new Float32Array(count * dims), rows: count, dims };
  const sizes = new Int32Array(count);
  const cosines = Float64Array.from(held.cosines);
  for (let row = 0; row < rows; row++) {
    const k = held.of[row] as number;
    sizes[k] = (sizes[k] as number) + 1;
    for (let d = 0; d < dims; d++) {
      const at = k * dims + d;
      centres.data[at] = (centres.data[at] as number) + (data[row * dims + d] as number);
    }
  }
  for (let k = 0; k < count; k++) {
    if (sizes[k] === 0) {
      const worst = cosines.indexOf(cosines.reduce((least, value) => Math.min(least, value)));
      cosines[worst] = Infinity;
      centres.data.set(data.subarray(worst * dims, (worst + 1) * dims), k * dims);
    }
    normalise(centres.data, k, dims);
  }
  return centres;
}

function isSame(a: Int32Array, b: Int32Array | undefined): boolean {
  return b !== undefined && a.every((value, i) => value === b[i]);
}

function cluster(points: Matrix, count: number, random: Random): Partition {
  let centres = seedCentres(points, count, random);
  let held = assign(points, centres);
  let before: Int32Array | undefined;
  for (let round = 0; round < MAX_ROUNDS && !isSame(held.of, before); round++) {
    before = held.of;
    centres = moveCentres(points, count, held);
    held = assign(points, centres);
  }
  return { centres, of: held.of, cohesion: held.cohesion };
}

/**
 * Puts points in groups.
 *
 * Cost: O(V × K × D) for each of up to 30 rounds, four times.
 *
 * @param points - [V, D] unit rows, as {@link fromMiddle} gives them; at least one.
 * @param count - K, at least 1; more than V gives V groups.
 * @param random - Seeded.
 * @returns The best of four tries by cohesion.
 */
export function sphericalMeans(points: Matrix, count: number, random: Random): Partition {
  const most = Math.min(count, points.rows);
  const tries = Array.from({ length: most > 1 ? TRIES : 1 }, () => cluster(points, most, random));
  return tries.reduce((best, other) => (other.cohesion > best.cohesion ? other : best));
}
