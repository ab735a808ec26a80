/** Who runs in which round of the bench. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasTurn, planTurns, quantile } from '../../../scripts/bench/rounds.mjs';

const LIMITS = { rounds: 60, least: 3, budgetMs: 1_000 };

test('a slow implementation gets few turns of one job', () => {
  expect(planTurns(100, LIMITS)).toEqual({ turns: 10, repeats: 1 });
  expect(planTurns(5_000, LIMITS)).toEqual({ turns: 3, repeats: 1 });
});

test('a quick implementation does jobs for a millisecond in each of its turns', () => {
  expect(planTurns(0.25, LIMITS)).toEqual({ turns: 60, repeats: 4 });
});

test('a job that takes no time by the clock is repeated a bounded number of times', () => {
  expect(planTurns(0, LIMITS).repeats).toBe(10_000);
});

test('each implementation has as many turns as planned, spread over all rounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(79), (rounds, most) => {
      const turns = Math.min(rounds, most + 1);
      const taken = Array.from({ length: rounds }, (_, round) => round).filter((round) =>
        hasTurn(round, turns, rounds),
      );
      expect(taken).toHaveLength(turns);
      const gaps = taken.slice(1).map((round, n) => round - taken[n]!);
      for (const gap of gaps) expect(Math.abs(gap - rounds / turns)).toBeLessThan(1);
    }),
  );
});

test('a quantile is one of the values and leaves their order alone', () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.5, 0.95, 1].map((share) => quantile(values, share))).toEqual([1, 3, 5, 5]);
  expect(values).toEqual([5, 1, 4, 2, 3]);
});
