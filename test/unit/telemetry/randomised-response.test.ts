import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { estimateShares, respond } from '../../../src/telemetry/randomised-response.ts';

const DRAWS = 1_000_000;

/** How often each answer of two bits was given when this category was true. */
function countAnswers(truth: number, epsilon: number, seed: number): Map<string, number> {
  const random = createRandom(seed, 'telemetry');
  const counts = new Map<string, number>();
  for (let draw = 0; draw < DRAWS / 2; draw++) {
    const answer = respond(truth, 2, epsilon, random);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return counts;
}

describe('respond', () => {
  test('gives one digit per category', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (categories, seed) => {
        const answer = respond(seed % categories, categories, 1, createRandom(seed));
        expect(answer).toMatch(/^[01]+$/u);
        expect(answer).toHaveLength(categories);
      }),
    );
  });

  test('tells two truths apart by a factor of e^epsilon at most, in a million draws', () => {
    const first = countAnswers(0, 1, 1);
    const second = countAnswers(1, 1, 2);
    const losses = ['00', '01', '10', '11'].map((answer) =>
      Math.abs(Math.log((first.get(answer) ?? 0) / (second.get(answer) ?? 0))),
    );
    expect(Math.max(...losses)).toBeLessThan(1.01);
    // It is no wider than it says, either: the answers would be worth less than they could be.
    expect(Math.max(...losses)).toBeGreaterThan(0.99);
  });

  test('gives each answer as often as the chances say', () => {
    const flipped = 1 / (Math.E + 1);
    const counts = countAnswers(0, 1, 3);
    const chiSquare = ['00', '01', '10', '11'].reduce((sum, answer) => {
      const other = answer[1] === '1' ? flipped : 1 - flipped;
      const expected = 0.5 * other * (DRAWS / 2);
      return sum + ((counts.get(answer) ?? 0) - expected) ** 2 / expected;
    }, 0);
    // 99.9 % of fair ones with 3 degrees of freedom lie below.
    expect(chiSquare).toBeLessThan(16.27);
  });

  test.each([
    { truth: 3, epsilon: 1 },
    { truth: -1, epsilon: 1 },
    { truth: 0.5, epsilon: 1 },
    { truth: 0, epsilon: 0 },
    { truth: 0, epsilon: Number.NaN },
  ])('refuses $truth of 3 at $epsilon', ({ epsilon, truth }) => {
    expect(() => respond(truth, 3, epsilon, () => 0.5)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});

describe('estimateShares', () => {
  test('finds the shares of a crowd within three standard errors', () => {
    const random = createRandom(7, 'crowd');
    const shares = [0.5, 0.3, 0.15, 0.05];
    const answers = 40_000;
    const ones = [0, 0, 0, 0];
    for (let visitor = 0; visitor < answers; visitor++) {
      const draw = visitor / answers;
      const truth = draw < 0.5 ? 0 : draw < 0.8 ? 1 : draw < 0.95 ? 2 : 3;
      const answer = respond(truth, 4, 1, random);
      for (let i = 0; i < 4; i++) ones[i] = (ones[i] as number) + Number(answer[i]);
    }
    const estimates = estimateShares(ones, answers, 1);
    estimates.forEach(({ share, standardError }, i) => {
      expect(Math.abs(share - (shares[i] as number))).toBeLessThan(3 * standardError);
      expect(standardError).toBeLessThan(0.012);
    });
  });
});
