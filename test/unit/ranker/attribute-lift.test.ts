import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeLift } from '../../../src/ranker/attribute-lift.ts';
import type { Sequence } from '../../../src/ranker/types.ts';
import { attributesOf, randomSequences, sequenceOf } from './list-fixtures.ts';

/** Pairs of different items with their faded share, earlier first. */
function pairsOf({ items, step }: Sequence): { from: number; to: number; share: number }[] {
  return [...items].flatMap((to, p) =>
    [...items.subarray(0, p)].flatMap((from, q) =>
      from === to ? [] : [{ from, to, share: 0.8 ** Math.max(0, step[p]! - step[q]! - 1) }],
    ),
  );
}

describe('attributeLift', () => {
  it('is the log of seen over by chance, both shrunk', () => {
    // Items 0 … 2 have one attribute each: a, b, c. Pairs: a→b twice, c→b once, c→a once; total 4.
    const attributes = attributesOf([[0], [1], [2]], 3);
    const sequences = [
      [0, 1],
      [0, 1],
      [2, 1],
      [2, 0],
    ].map((items) => sequenceOf(items));
    const lift = attributeLift(sequences, attributes, { shrink: 1 });
    // a→b: seen 2, chance 2 · 3 / 4 = 1.5: ln(3 / 2.5). c→b: seen 1, chance 2 · 3 / 4: ln(2 / 2.5).
    expect(lift[1]).toBeCloseTo(Math.log(3 / 2.5), 6);
    expect(lift[7]).toBeCloseTo(Math.log(2 / 2.5), 6);
    // a→a: never seen, chance 2 · 1 / 4: ln(1 / 1.5). b comes first never: 0.
    expect(lift[0]).toBeCloseTo(Math.log(1 / 1.5), 6);
    expect([...lift.subarray(3, 6)]).toEqual([0, 0, 0]);
  });

  it('fades with the steps between, not with places of one step', () => {
    const attributes = attributesOf([[0], [1], []], 2);
    const lift = (step: readonly number[]): number =>
      attributeLift([sequenceOf([0, 2, 1], step), sequenceOf([1, 0])], attributes, {
        shrink: 1,
        decay: 0.5,
      })[1]!;
    // w a→b and 1 b→a; chance of a→b = w · w / (w + 1).
    const expected = (w: number): number => Math.log((w + 1) / ((w * w) / (w + 1) + 1));
    expect(lift([0, 1, 2])).toBeCloseTo(expected(0.5), 6);
    expect(lift([0, 0, 1])).toBeCloseTo(expected(1), 6);
  });

  it('does not count an item after itself, nor what is out of reach', () => {
    const attributes = attributesOf([[0], [1], []], 2);
    const lift = attributeLift([sequenceOf([0, 0, 2, 1])], attributes, { reach: 1 });
    expect([...lift]).toEqual([0, 0, 0, 0]);
  });

  it('equals the definition', () => {
    const rows = fc.array(fc.subarray([0, 1, 2]), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(), rows, (seed, attributeRows) => {
        const attributes = attributesOf(attributeRows, 3);
        const sequences = randomSequences(seed, { visitors: 5, numItems: 5, most: 7 });
        const weight = (i: number, a: number): number =>
          attributeRows[i]!.includes(a) ? 1 / Math.sqrt(attributeRows[i]!.length) : 0;
        const seen = new Float64Array(9);
        for (const { from, to, share } of sequences.flatMap(pairsOf)) {
          for (let k = 0; k < 9; k++) {
            seen[k]! += share * weight(from, Math.floor(k / 3)) * weight(to, k % 3);
          }
        }
        const total = seen.reduce((a, b) => a + b, 0);
        const lift = attributeLift(sequences, attributes);
        seen.forEach((value, k) => {
          const from = [0, 1, 2].reduce((sum, b) => sum + seen[Math.floor(k / 3) * 3 + b]!, 0);
          const to = [0, 1, 2].reduce((sum, a) => sum + seen[a * 3 + (k % 3)]!, 0);
          const chance = total > 0 ? (from * to) / total : 0;
          expect(lift[k]).toBeCloseTo(Math.log((value + 20) / (chance + 20)), 5);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('is empty without attributes and zero without pairs', () => {
    expect(attributeLift([sequenceOf([0, 0])], attributesOf([[]], 0))).toHaveLength(0);
    expect([...attributeLift([], attributesOf([[0]], 1))]).toEqual([0]);
  });
});
