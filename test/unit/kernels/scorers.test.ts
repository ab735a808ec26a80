import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySet } from '../../../src/core/vector-set.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import type { ResidentScorer } from '../../../src/kernels/resident-scorer.ts';
import { blocksOf, pairOfSets, randomSet } from '../core/fixtures.ts';
import { EDGES, SIZES } from './cases.ts';
import {
  KERNELS,
  TOLERANCE,
  expectScores,
  expectTop,
  expectedScores,
  plainSet,
} from './helpers.ts';

const BLOCKS = blocksOf([9, 8, 7]);
const items = randomSet(150, BLOCKS, { seed: 1, missing: 0.2, isWeighted: false });
const vectors = randomSet(7, BLOCKS, { seed: 2, missing: 0.2, isWeighted: true });

describe.each(KERNELS)('%s', (kernel) => {
  const tolerance = TOLERANCE[kernel];
  /** int8 scores its best again, exactly. */
  const topTolerance = kernel === 'wasm' ? tolerance : 1e-6;
  let scorer: ResidentScorer;

  beforeEach(async () => {
    const opened = await openScorer(kernel);
    expect(opened.reason).toBeNull();
    scorer = opened.scorer;
    expect(scorer.kernel).toBe(kernel);
  });

  afterEach(() => scorer.dispose());

  it.each(Object.entries(SIZES))('equals the reference for %s', (_, [rows, others, sizes]) => {
    const blocks = blocksOf(sizes);
    const left = randomSet(rows, blocks, { seed: 3, missing: 0.2, isWeighted: false });
    const right = randomSet(others, blocks, { seed: 4, missing: 0.1, isWeighted: true });
    const wanted = expectedScores(left, right);
    scorer.load(left);
    expectScores(scorer.scores(right), wanted, tolerance);
    expectTop(scorer.top(right, 20), wanted, others, topTolerance);
  });

  it.each(Object.entries(EDGES))('equals the reference for %s', (_, [left, right]) => {
    scorer.load(left);
    const wanted = expectedScores(left, right);
    expectScores(scorer.scores(right), wanted, tolerance);
    expectTop(scorer.top(right, 2), wanted, right.vectors.rows, topTolerance);
  });

  it('equals the reference on random sets with missing blocks', () => {
    fc.assert(
      fc.property(
        pairOfSets,
        fc.integer({ min: 0, max: 8 }),
        ({ items: left, vectors: right }, k) => {
          scorer.load(left);
          const wanted = expectedScores(left, right);
          expectScores(scorer.scores(right), wanted, tolerance);
          const top = scorer.top(right, k);
          expect(top.count).toBe(Math.min(k, left.vectors.rows));
          expectTop(top, wanted, right.vectors.rows, topTolerance);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes any number of distinct masks, and masks of other numbers than 0 and 1', () => {
    const many = randomSet(70, BLOCKS, { seed: 5, missing: 0, isWeighted: false });
    for (const at of many.presence.data.keys()) many.presence.data[at] = 0.5 + (at % 70) / 140;
    scorer.load(many);
    expectScores(scorer.scores(vectors), expectedScores(many, vectors), tolerance);
  });

  it('gives items of one mask and of many the same scores', () => {
    const uniform = randomSet(24, BLOCKS, { seed: 6, missing: 0, isWeighted: false });
    scorer.load(uniform);
    const before = scorer.scores(vectors);
    const mixed = { ...uniform, presence: { ...uniform.presence } };
    mixed.presence.data = uniform.presence.data.slice();
    mixed.presence.data.fill(0, 3 * 5, 3 * 6);
    scorer.load(mixed);
    const after = scorer.scores(vectors);
    for (const [at, score] of before.entries()) {
      if (Math.floor(at / 7) !== 5) expect(after[at]).toBe(score);
    }
  });

  it('orders equal scores by row', () => {
    const same = Array.from({ length: 100 }, () => [0.6, 0.8]);
    scorer.load(plainSet(same));
    const { rows, scores } = scorer.top(
      plainSet([
        [1, 0],
        [0, -1],
      ]),
      5,
    );
    expect([...rows]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect(new Set(scores.subarray(0, 5)).size).toBe(1);
  });

  it('counts both zeros as one', () => {
    scorer.load(
      plainSet([
        [-1e-28, 0],
        [1e-28, 0],
        [-1e-28, 0],
      ]),
    );
    expect([...scorer.top(plainSet([[1e-28, 0]]), 3).rows]).toEqual([0, 1, 2]);
  });

  it('never offers the places that fill a group up', () => {
    scorer.load(
      plainSet([
        [-1, 0],
        [-0.5, 0],
      ]),
    );
    const { count, rows } = scorer.top(plainSet([[1, 0]]), 10);
    expect(count).toBe(2);
    expect([...rows]).toEqual([1, 0]);
  });

  it('ranks all items when that many are wanted', () => {
    scorer.load(items);
    const top = scorer.top(vectors, 1_000);
    expect(top.count).toBe(150);
    expectTop(top, expectedScores(items, vectors), 7, topTolerance);
  });

  it('gives nothing without items, without vectors and for a top 0', () => {
    scorer.load(emptySet(0, 24, 3));
    expect(scorer.scores(vectors)).toHaveLength(0);
    expect(scorer.top(vectors, 5)).toMatchObject({ count: 0, rows: new Int32Array(0) });
    scorer.load(items);
    const none = emptySet(0, 24, 3);
    expect(scorer.scores(none)).toHaveLength(0);
    expect(scorer.top(none, 5).rows).toHaveLength(0);
    expect(scorer.top(vectors, 0)).toMatchObject({ count: 0, rows: new Int32Array(0) });
  });

  it('keeps its items for many jobs and forgets them for other ones', () => {
    const others = randomSet(9, BLOCKS, { seed: 8, missing: 0.2, isWeighted: false });
    scorer.load(items);
    for (const seed of [11, 12, 13]) {
      const asked = randomSet(seed - 8, BLOCKS, { seed, missing: 0.1, isWeighted: true });
      expectScores(scorer.scores(asked), expectedScores(items, asked), tolerance);
    }
    scorer.load(others);
    expectScores(scorer.scores(vectors), expectedScores(others, vectors), tolerance);
  });

  it('holds as many bytes after 100 jobs as after the first', () => {
    const round = (): void => {
      scorer.load(items);
      scorer.scores(vectors);
      scorer.top(vectors, 20);
    };
    round();
    const before = scorer.bytes();
    expect(before).toBeGreaterThan(0);
    for (let i = 0; i < 100; i++) round();
    expect(scorer.bytes()).toBe(before);
  });

  it('leaves items and vectors as they were', () => {
    const before = structuredClone({ items, vectors });
    scorer.load(items);
    scorer.scores(vectors);
    scorer.top(vectors, 3);
    expect({ items, vectors }).toEqual(before);
  });

  it('gives the same bits each time', () => {
    scorer.load(items);
    const [scores, top] = [scorer.scores(vectors), scorer.top(vectors, 9)];
    scorer.load(items);
    expect(scorer.scores(vectors)).toEqual(scores);
    expect(scorer.top(vectors, 9)).toEqual(top);
  });

  it('refuses wrong shapes with SHAPE_MISMATCH and works on', () => {
    const code = expect.objectContaining({ code: 'SHAPE_MISMATCH' });
    const short = { ...items, vectors: { ...items.vectors, rows: 151 } };
    expect(() => scorer.load(short)).toThrow(code);
    expect(() => scorer.load({ ...items, presence: emptySet(3, 24, 3).presence })).toThrow(code);
    scorer.load(items);
    expect(() => scorer.scores(emptySet(2, 23, 3))).toThrow(code);
    expect(() => scorer.top(emptySet(2, 24, 4), 3)).toThrow(code);
    for (const count of [-1, 1.5, Number.NaN]) {
      expect(() => scorer.top(vectors, count)).toThrow(code);
    }
    expectScores(scorer.scores(vectors), expectedScores(items, vectors), tolerance);
  });

  it('is DEVICE_LOST before items came', () => {
    const code = expect.objectContaining({ code: 'DEVICE_LOST' });
    expect(() => scorer.scores(vectors)).toThrow(code);
    expect(() => scorer.top(vectors, 1)).toThrow(code);
  });

  it('holds nothing and refuses with DISPOSED once it was disposed of', () => {
    scorer.load(items);
    scorer.dispose();
    scorer.dispose();
    expect(scorer.bytes()).toBe(0);
    const code = expect.objectContaining({ code: 'DISPOSED' });
    expect(() => scorer.load(items)).toThrow(code);
    expect(() => scorer.scores(vectors)).toThrow(code);
    expect(() => scorer.top(vectors, 1)).toThrow(code);
  });
});
