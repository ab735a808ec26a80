import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { ConjugateGradient } from '../../../src/ranker/conjugate-gradient.ts';
import { localEase } from '../../../src/ranker/local-ease.ts';
import type { Attributes, NeighbourTable, Sequence } from '../../../src/ranker/types.ts';
import { attributesOf, randomSequences, sequenceOf } from './list-fixtures.ts';

/** Solves by elimination with pivots: slow and sure. */
function eliminate(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let best = c;
    for (let r = c; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[best]![c]!)) best = r;
    [rows[c], rows[best]] = [rows[best]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const share = rows[r]![c]! / rows[c]![c]!;
      rows[r] = rows[r]!.map((value, k) => value - share * rows[c]![k]!);
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

/** G = XᵀX + β²TᵀT by definition. */
function gram(
  sequences: readonly Sequence[],
  { pointers, index, raw, count }: Attributes,
  beta: number,
): number[][] {
  const numItems = pointers.length - 1;
  const rows = sequences.map(({ items }) =>
    Array.from({ length: numItems }, (_, i) => Number(items.includes(i))),
  );
  for (let a = 0; a < count; a++) {
    const weightOf = (i: number): number => {
      const at = index.subarray(pointers[i], pointers[i + 1]).indexOf(a);
      return at < 0 ? 0 : beta * raw[pointers[i]! + at]!;
    };
    rows.push(Array.from({ length: numItems }, (_, i) => weightOf(i)));
  }
  return Array.from({ length: numItems }, (_, i) =>
    Array.from({ length: numItems }, (__, j) =>
      rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0),
    ),
  );
}

/** Row of a table as a dense array. */
function dense({ width, sources, weights }: NeighbourTable, target: number, numItems: number) {
  const row = Array.from({ length: numItems }, () => 0);
  for (let k = 0; k < width; k++) {
    const source = sources[target * width + k]!;
    if (source >= 0) row[source] = weights[target * width + k]!;
  }
  return row;
}

const NONE = (numItems: number): Attributes =>
  attributesOf(
    Array.from({ length: numItems }, () => []),
    0,
  );

describe('ConjugateGradient', () => {
  it('solves random positive definite systems, one after the other', () => {
    const solver = new ConjugateGradient(12, 1e-14);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (n, seed) => {
        const random = createRandom(seed);
        const factor = Float64Array.from({ length: n * n }, () => random() - 0.5);
        const matrix = new Float64Array(144);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++)
              matrix[i * n + j]! += factor[i * n + k]! * factor[j * n + k]!;
          }
          matrix[i * n + i]! += 0.5;
        }
        const right = Float64Array.from({ length: n }, () => random() * 10 - 5);
        const x = solver.solve(matrix, right, n, 100);
        expect(x).toHaveLength(n);
        for (let i = 0; i < n; i++) {
          const left = x.reduce((sum, value, j) => sum + matrix[i * n + j]! * value, 0);
          expect(left).toBeCloseTo(right[i]!, 8);
        }
      }),
    );
  });

  it('solves a diagonal system in one step, and a right side of zeros by zeros', () => {
    const solver = new ConjugateGradient(2, 1e-9);
    const matrix = Float64Array.of(2, 0, 0, 4);
    expect([...solver.solve(matrix, Float64Array.of(2, 2), 2, 1)]).toEqual([1, 0.5]);
    expect([...solver.solve(matrix, new Float64Array(2), 2, 9)]).toEqual([0, 0]);
  });

  it('stops at the given number of iterations', () => {
    const solver = new ConjugateGradient(2, 1e-12);
    const matrix = Float64Array.of(2, 1, 1, 3);
    expect([...solver.solve(matrix, Float64Array.of(1, 1), 2, 0)]).toEqual([0, 0]);
    // Two unknowns take two: 2x + y = 1, x + 3y = 1 gives x = 0.4, y = 0.2.
    const [x, y] = solver.solve(matrix, Float64Array.of(1, 1), 2, 2);
    expect(x).toBeCloseTo(0.4, 12);
    expect(y).toBeCloseTo(0.2, 12);
  });
});

describe('localEase', () => {
  it('gives the weight of a single companion', () => {
    // Items 0 and 1 together twice, 1 alone once: G_01 = 2, G_11 = 3, so w = 2 / (3 + 1).
    const sequences = [sequenceOf([0, 1]), sequenceOf([1, 0]), sequenceOf([1])];
    const table = localEase(sequences, NONE(2), 2, { ridge: 1 });
    expect(dense(table, 0, 2)).toEqual([0, 0.5]);
    // For 1 from 0: G_00 = 2, so w = 2 / (2 + 1).
    expect(dense(table, 1, 2)[0]).toBeCloseTo(2 / 3, 6);
  });

  it('finds attribute twins that nobody met', () => {
    // One attribute of raw weight 1 in both: w = 1 / (1 + 1); with β = 2: 4 / (4 + 1).
    const twins = attributesOf([[0], [0], []], 1);
    expect(dense(localEase([], twins, 3, { ridge: 1 }), 0, 3)).toEqual([0, 0.5, 0]);
    const heavy = localEase([], twins, 3, { ridge: 1, attributeWeight: 2 });
    expect(dense(heavy, 1, 3)[0]).toBeCloseTo(0.8, 6);
    const without = localEase([], twins, 3, { ridge: 1, attributeWeight: 0 });
    expect(without.sources.every((source) => source === -1)).toBe(true);
  });

  it('is exact ridge regression when the candidates cover all items', () => {
    const numItems = 7;
    const rows = fc.array(fc.subarray([0, 1, 2, 3]), { minLength: numItems, maxLength: numItems });
    fc.assert(
      fc.property(fc.nat(), rows, fc.constantFrom(0.5, 5), (seed, attributeRows, ridge) => {
        const sequences = randomSequences(seed, { visitors: 12, numItems, most: 6 });
        const attributes = attributesOf(attributeRows, 4);
        const table = localEase(sequences, attributes, numItems, {
          width: numItems,
          candidates: numItems,
          ridge,
          attributeWeight: 1.5,
          iterations: 100,
          tolerance: 1e-12,
        });
        const g = gram(sequences, attributes, 1.5);
        for (let t = 0; t < numItems; t++) {
          // Items without any tie to t are not asked: exact regression over those that have one.
          const others = g.map((_, i) => i).filter((i) => i !== t && g[t]![i]! > 0);
          const exact = eliminate(
            others.map((i) => others.map((j) => g[i]![j]! + (i === j ? ridge : 0))),
            others.map((i) => g[i]![t]!),
          );
          const row = dense(table, t, numItems);
          expect(row[t]).toBe(0);
          others.forEach((i, k) => expect(row[i]).toBeCloseTo(Math.max(0, exact[k]!), 5));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('asks only the most related when there are more', () => {
    // 0 with 1 three times, with 2 once: with one candidate 2 is left out.
    const sequences = [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 2],
    ].map((items) => sequenceOf(items));
    const table = localEase(sequences, NONE(3), 3, { ridge: 1, candidates: 1 });
    // w = 3 / (3 + 1)
    expect(dense(table, 0, 3)).toEqual([0, 0.75, 0]);
  });

  it('asks the same for each target whatever was asked before', () => {
    const numItems = 8;
    const attributes = attributesOf(
      Array.from({ length: numItems }, (_, i) => (i % 4 === 3 ? [] : [i % 4])),
      3,
    );
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const sequences = randomSequences(seed, { visitors: 12, numItems, most: 5 });
        const settings = { ridge: 2, tolerance: 1e-12, iterations: 60, candidates: 3 };
        const table = localEase(sequences, attributes, numItems, settings);
        const g = gram(sequences, attributes, 1);
        const visits = gram(
          sequences,
          attributesOf(
            g.map(() => []),
            0,
          ),
          1,
        );
        for (let t = 0; t < numItems; t++) {
          // The three with the largest (G + 4·visits) / √(G_ii + λ).
          const keyOf = (i: number): number =>
            (g[t]![i]! + 4 * visits[t]![i]!) / Math.sqrt(g[i]![i]! + 2);
          const chosen = g
            .map((_, i) => i)
            .filter((i) => i !== t && g[t]![i]! > 0)
            .sort((a, b) => keyOf(b) - keyOf(a) || a - b)
            .slice(0, 3);
          const exact = eliminate(
            chosen.map((i) => chosen.map((j) => g[i]![j]! + (i === j ? 2 : 0))),
            chosen.map((i) => g[i]![t]!),
          );
          const row = dense(table, t, numItems);
          expect(row.filter((weight) => weight > 0).length).toBeLessThanOrEqual(3);
          chosen.forEach((i, k) => expect(row[i]).toBeCloseTo(Math.max(0, exact[k]!), 5));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out an item seen alone, and works on nothing', () => {
    const table = localEase([sequenceOf([0]), sequenceOf([1, 2]), sequenceOf([])], NONE(3), 3);
    expect(dense(table, 0, 3)).toEqual([0, 0, 0]);
    expect(dense(table, 1, 3)[0]).toBe(0);
    expect(localEase([], NONE(0), 0).sources).toHaveLength(0);
  });

  it('does not depend on how the items are numbered, nor on what was solved before', () => {
    const numItems = 12;
    const sequences = randomSequences(3, { visitors: 30, numItems, most: 6 });
    const flip = (i: number): number => numItems - 1 - i;
    const flipped = sequences.map(({ items, step }) => sequenceOf([...items].map(flip), [...step]));
    const rows = Array.from({ length: numItems }, (_, i) => [i % 3]);
    const exact = { ridge: 2, tolerance: 1e-12, iterations: 60 };
    const table = localEase(sequences, attributesOf(rows, 3), numItems, exact);
    const other = localEase(flipped, attributesOf(rows.toReversed(), 3), numItems, exact);
    for (let t = 0; t < numItems; t++) {
      const expected = dense(other, flip(t), numItems).reverse();
      dense(table, t, numItems).forEach((weight, i) => expect(weight).toBeCloseTo(expected[i]!, 5));
    }
  });
});
