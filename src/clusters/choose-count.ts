/**
 * How many groups of visitors there are: as many as help to foretell what visitors choose next.
 *
 * Measures of shape, such as the silhouette, ask whether groups lie apart; here they are made to be
 * shown something, so what counts is whether a group's choices tell more of a visitor's next choice
 * than everybody's do. One group tells nothing more, so that this can also say: there are none.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';
import { assign, sphericalMeans } from './spherical-means.ts';

/** What a number of groups is worth. */
export interface CountWorth {
  /** K. */
  readonly count: number;
  /** Mean gain in the log probability of a held-out choice over everybody's choices, in nats. */
  readonly gain: number;
  /** Its standard error. */
  readonly error: number;
}

/** What is chosen from. */
export interface ChooseCountInput {
  /** [V, D] visitors by all they chose but the last; unit rows. */
  readonly points: Matrix;
  /** What each of them chose, V lists of item rows in their order, at least two each. */
  readonly choices: readonly Int32Array[];
  /** I. */
  readonly numItems: number;
  /** Most groups. */
  readonly most: number;
  /** Seeded. */
  readonly random: Random;
}

/** Everybody's choices count in each group as so many of its own. */
const PRIOR_CHOICES = 100;

function rowsOf(points: Matrix, wanted: readonly number[]): Matrix {
  const { data, dims } = points;
  const out = new Float32Array(wanted.length * dims);
  for (const [i, row] of wanted.entries()) {
    out.set(data.subarray(row * dims, (row + 1) * dims), i * dims);
  }
  return { data: out, rows: wanted.length, dims };
}

interface Halves {
  readonly learn: readonly number[];
  readonly test: readonly number[];
}

/** Choices of all visitors that are learned from: I counts, and their sum last. */
function countAll({ choices, numItems }: ChooseCountInput, learn: Halves['learn']): Float64Array {
  const counts = new Float64Array(numItems + 1).fill(0.5, 0, numItems);
  for (const row of learn) {
    for (const item of choices[row] ?? []) counts[item] = (counts[item] as number) + 1;
  }
  counts[numItems] = counts.reduce((sum, value) => sum + value, 0);
  return counts;
}

function worthOf(
  input: ChooseCountInput,
  count: number,
  { learn, test }: Halves,
  all: Float64Array,
): CountWorth {
  const { choices, numItems, points, random } = input;
  const learned = sphericalMeans(rowsOf(points, learn), count, random);
  const groups = Array.from({ length: learned.centres.rows }, () => new Map<number, number>());
  const sizes = new Float64Array(groups.length);
  for (const [i, row] of learn.entries()) {
    const k = learned.of[i] as number;
    for (const item of choices[row] ?? []) {
      groups[k]?.set(item, (groups[k].get(item) ?? 0) + 1);
      sizes[k] = (sizes[k] as number) + 1;
    }
  }
  const { of } = assign(rowsOf(points, test), learned.centres);
  const gains = test.map((row, i) => {
    const item = choices[row]?.at(-1) as number;
    const k = of[i] as number;
    const usual = (all[item] as number) / (all[numItems] as number);
    const own = (groups[k]?.get(item) ?? 0) + PRIOR_CHOICES * usual;
    return Math.log(own / ((sizes[k] as number) + PRIOR_CHOICES) / usual);
  });
  const gain = gains.reduce((sum, value) => sum + value, 0) / gains.length;
  const square = gains.reduce((sum, value) => sum + (value - gain) ** 2, 0);
  return { count, gain, error: Math.sqrt(square) / gains.length };
}

/**
 * Chooses a number of groups.
 *
 * Half of the visitors are learned from, and the last choices of the others are foretold. The smallest
 * number counts whose gain is within one standard error of the best (Breiman et al. 1984).
 *
 * @param input - See {@link ChooseCountInput}.
 * @returns The number, 1 when no more tell anything, and what each one tried is worth.
 */
export function chooseCount(input: ChooseCountInput): {
  readonly count: number;
  readonly tried: readonly CountWorth[];
} {
  const learn: number[] = [];
  const test: number[] = [];
  for (const row of input.choices.keys()) (input.random() < 0.5 ? learn : test).push(row);
  const halves = { learn, test };
  const tried: CountWorth[] = [{ count: 1, gain: 0, error: 0 }];
  const all = countAll(input, learn);
  const most = test.length > 0 ? Math.min(input.most, learn.length) : 1;
  for (let count = 2; count <= most; count++) tried.push(worthOf(input, count, halves, all));
  const best = tried.reduce((a, b) => (b.gain > a.gain ? b : a));
  const { count } = tried.find(({ gain }) => gain >= best.gain - best.error) ?? best;
  return { count, tried };
}
