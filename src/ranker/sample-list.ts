/**
 * Candidate lists for the protocols: an answer among uniform items that the visitor never touched.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import type { RankList, Sequence } from './types.ts';

/** Items beside the answer. */
export const NEGATIVES = 99;

/**
 * The first interactions of a sequence.
 *
 * @param sequence - Any.
 * @param count - How many; more than there are gives all, below 0 none.
 * @returns Views on the same memory.
 */
export function headOf(sequence: Sequence, count: number): Sequence {
  const end = Math.max(0, count);
  return {
    items: sequence.items.subarray(0, end),
    step: sequence.step.subarray(0, end),
    page: sequence.page.subarray(0, end),
    position: sequence.position.subarray(0, end),
    time: sequence.time.subarray(0, end),
  };
}

/** What to draw a list from. */
export interface SampleInput {
  /** I. */
  readonly numItems: number;
  /** Items that may not be drawn. */
  readonly touched: Int32Array;
  /** The answer's row. */
  readonly answer: number;
}

/** Few are left: a shuffle of what is left finds them without luck. */
function drawFromRest(used: Set<number>, numItems: number, random: Random): number[] {
  const rest = Array.from({ length: numItems }, (_, row) => row).filter((row) => !used.has(row));
  const drawn: number[] = [];
  while (drawn.length < NEGATIVES && rest.length > 0) {
    const k = Math.floor(random() * rest.length);
    drawn.push(rest[k] as number);
    rest[k] = rest.at(-1) as number;
    rest.pop();
  }
  return drawn;
}

function drawNegatives(used: Set<number>, numItems: number, random: Random): number[] {
  if (numItems - used.size < 2 * NEGATIVES) return drawFromRest(used, numItems, random);
  const drawn: number[] = [];
  while (drawn.length < NEGATIVES) {
    const row = Math.floor(random() * numItems);
    if (used.has(row)) continue;
    used.add(row);
    drawn.push(row);
  }
  return drawn;
}

/**
 * Draws 99 items uniformly among those not touched and puts the answer at a random place.
 *
 * @param input - See {@link SampleInput}.
 * @param random - Draws in [0, 1).
 * @returns 100 distinct rows, fewer where the catalog has no more, and the answer's index.
 */
export function sampleList(
  input: SampleInput,
  random: Random,
): Pick<RankList, 'candidates' | 'target'> {
  const used = new Set<number>(input.touched).add(input.answer);
  const negatives = drawNegatives(used, input.numItems, random);
  const target = Math.floor(random() * (negatives.length + 1));
  negatives.splice(target, 0, input.answer);
  return { candidates: Int32Array.from(negatives), target };
}
