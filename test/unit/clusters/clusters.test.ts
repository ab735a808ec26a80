import { describe, expect, it } from 'vitest';
import { chooseCount } from '../../../src/clusters/choose-count.ts';
import { assign, fromMiddle, sphericalMeans } from '../../../src/clusters/spherical-means.ts';
import { createRandom, drawNormal } from '../../../src/core/rng.ts';
import type { Matrix } from '../../../src/core/shapes.ts';

const DIMS = 8;
const PER_GROUP = 60;

/** Points around so many axes, all of them shifted to one side. */
function around(groups: number, noise: number, seed = 1): { points: Matrix; truth: number[] } {
  const random = createRandom(seed, 'points');
  const truth = Array.from({ length: groups * PER_GROUP }, (_, i) => i % groups);
  const data = Float32Array.from(
    truth.flatMap((group) =>
      Array.from(
        { length: DIMS },
        (_, d) => (d === group ? 1 : 0) + (d === DIMS - 1 ? 3 : 0) + noise * drawNormal(random),
      ),
    ),
  );
  return { points: { data, rows: truth.length, dims: DIMS }, truth };
}

/** Share of pairs that are together, or apart, in both. */
function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let same = 0;
  let all = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      all++;
      if ((a[i] === a[j]) === (b[i] === b[j])) same++;
    }
  }
  return same / all;
}

describe('fromMiddle', () => {
  it('gives unit rows around the middle, and leaves unknown ones zero', () => {
    const { data, dims } = fromMiddle({
      data: Float32Array.of(5, 1, 5, -1, 0, 0),
      rows: 3,
      dims: 2,
    });
    expect(dims).toBe(2);
    expect(
      Array.from(data.slice(0, 4), (value) => Math.abs(Math.round(value * 1e3) / 1e3)),
    ).toEqual([0, 1, 0, 1]);
    expect(Array.from(data.slice(4))).toEqual([0, 0]);
  });
});

describe('sphericalMeans', () => {
  it.each([2, 3, 5])('finds %d groups that are there, whatever all have in common', (groups) => {
    const { points, truth } = around(groups, 0.15);
    const found = sphericalMeans(fromMiddle(points), groups, createRandom(3));
    expect(agreement(found.of, truth)).toBeGreaterThan(0.97);
    expect(found.cohesion).toBeGreaterThan(0.7);
  });

  it('is the same for the same seed', () => {
    const unit = fromMiddle(around(3, 0.8).points);
    const once = sphericalMeans(unit, 5, createRandom(7));
    expect(sphericalMeans(unit, 5, createRandom(7))).toEqual(once);
  });

  it('puts each point with its nearest centre, which has unit length', () => {
    const unit = fromMiddle(around(4, 0.5).points);
    const { centres, of } = sphericalMeans(unit, 6, createRandom(2));
    expect(assign(unit, centres).of).toEqual(of);
    for (let k = 0; k < centres.rows; k++) {
      const row = centres.data.subarray(k * DIMS, (k + 1) * DIMS);
      expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    }
  });

  it('takes one point, one group, equal points and more groups than points', () => {
    const one = { data: Float32Array.of(1, 0), rows: 1, dims: 2 };
    expect([...sphericalMeans(one, 3, createRandom(1)).of]).toEqual([0]);
    const equal = { data: Float32Array.of(1, 0, 1, 0, 1, 0), rows: 3, dims: 2 };
    expect(sphericalMeans(equal, 2, createRandom(1)).cohesion).toBeCloseTo(1, 6);
    const zeros = { data: new Float32Array(6), rows: 3, dims: 2 };
    expect(sphericalMeans(zeros, 2, createRandom(1)).cohesion).toBe(0);
  });
});

describe('chooseCount', () => {
  const NUM_ITEMS = 50;

  /** Visitors of so many kinds; each kind chooses from ten items of its own. */
  function shop(kinds: number, seed = 5): Parameters<typeof chooseCount>[0] {
    const { points, truth } = around(kinds, 0.2, seed);
    const random = createRandom(seed, 'choices');
    const choices = truth.map((kind) =>
      Int32Array.from({ length: 6 }, () => 10 * kind + Math.floor(10 * random())),
    );
    return { points: fromMiddle(points), choices, numItems: NUM_ITEMS, most: 8, random };
  }

  it.each([2, 3, 5])('finds that there are %d kinds of visitors', (kinds) => {
    const { count, tried } = chooseCount(shop(kinds));
    expect(count).toBe(kinds);
    expect(tried.map((one) => one.count)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(tried[0]).toEqual({ count: 1, gain: 0, error: 0 });
    expect(tried[kinds - 1]!.gain).toBeGreaterThan(0.5 * Math.log(kinds));
  });

  it('finds one kind where choices have nothing to do with what visitors are like', () => {
    const { points } = around(4, 0.2);
    const random = createRandom(9, 'choices');
    const choices = Array.from({ length: points.rows }, () =>
      Int32Array.from({ length: 6 }, () => Math.floor(NUM_ITEMS * random())),
    );
    const unit = fromMiddle(points);
    const { count } = chooseCount({ points: unit, choices, numItems: NUM_ITEMS, most: 6, random });
    expect(count).toBe(1);
  });

  it('says one for a single visitor, and for none', () => {
    const of = (rows: number): number => {
      const points = { data: new Float32Array(2 * rows), rows, dims: 2 };
      const choices = Array.from({ length: rows }, () => Int32Array.of(0, 1));
      return chooseCount({ points, choices, numItems: 2, most: 6, random: createRandom(1) }).count;
    };
    expect([of(0), of(1), of(2)]).toEqual([1, 1, 1]);
  });
});
