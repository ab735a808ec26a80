import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../src/catalog/blocks.ts';
import { createRandom } from '../../../../src/core/rng.ts';
import { emptySet } from '../../../../src/core/vector-set.ts';
import {
  joinSamples,
  profileOf,
  randomWindow,
  tasteWindows,
  windowSamples,
} from '../../../../src/segments/generate/taste-windows.ts';

const BLOCKS: readonly Block[] = [
  { name: 'category', start: 0, size: 2, weight: 0.64 },
  { name: 'text', start: 2, size: 2, weight: 0.36 },
];

/** Four items: two and two alike. */
const items = emptySet(4, 4, 2);
items.vectors.data.set([0.8, 0, 0.6, 0, 0.8, 0, 0.6, 0, 0, 0.8, 0, 0.6, 0, 0.8, 0, 0.6]);
const of = { items, blocks: BLOCKS };
const range = (length: number): number[] => [...Array(length).keys()];

describe('windows of choices', () => {
  it('share no choice; what is left over is the oldest', () => {
    const windows = tasteWindows(range(10));
    expect(windows).toEqual([
      { rows: [2, 3, 4, 5], before: [0, 1] },
      { rows: [6, 7, 8, 9], before: [0, 1, 2, 3, 4, 5] },
    ]);
  });

  it('are none of three choices, and at most 37, of the newest 150', () => {
    expect(tasteWindows(range(3))).toEqual([]);
    const windows = tasteWindows(range(400));
    expect(windows).toHaveLength(37);
    expect(windows.at(-1)?.rows).toEqual([396, 397, 398, 399]);
    expect(windows.at(-1)?.before).toHaveLength(20);
    expect(windows[0]?.rows[0]).toBe(252);
  });

  it('that nobody chose are as large', () => {
    const random = createRandom(1);
    const drawn = randomWindow({ rows: [0, 0, 0, 0], before: [0, 0] }, 4, random);
    expect(drawn.rows).toHaveLength(4);
    expect(drawn.before).toHaveLength(2);
    expect([...drawn.rows, ...drawn.before].every((row) => row >= 0 && row < 4)).toBe(true);
  });
});

describe('profiles of choices', () => {
  it('have blocks of length √weight, none without rows', () => {
    const profile = profileOf(of, [0, 2]);
    const lengthOf = (from: number): number => Math.hypot(profile[from]!, profile[from + 1]!);
    expect([lengthOf(0), lengthOf(2)]).toEqual([expect.closeTo(0.8, 5), expect.closeTo(0.6, 5)]);
    expect([...profileOf(of, [])]).toEqual([0, 0, 0, 0]);
  });

  it('as samples go with what was chosen before', () => {
    const windows = [{ rows: [0, 1], before: [2, 3] }];
    const samples = windowSamples(of, windows, 40, createRandom(2));
    expect(samples).toMatchObject({ count: 40, dims: 4 });
    const known = range(40).filter((i) => samples.behaviours[4 * i + 1]! > 0);
    expect(known.length).toBeGreaterThan(20);
    expect(known.length).toBeLessThan(40);
    for (const i of range(40)) expect(samples.profiles[4 * i]).toBeCloseTo(0.8, 5);
  });

  it('are joined one behind the other', () => {
    const one = windowSamples(of, [{ rows: [0], before: [] }], 2, createRandom(1));
    const other = windowSamples(of, [{ rows: [2], before: [] }], 1, createRandom(1));
    const joined = joinSamples(one, other);
    expect(joined.count).toBe(3);
    expect([...joined.profiles]).toEqual([...one.profiles, ...other.profiles]);
  });
});
