import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_EPSILON_30_DAYS,
  type Spending,
  mayAnswer,
  recentSpending,
} from '../../../src/telemetry/privacy-budget.ts';

const DAY = 86_400_000;

describe('mayAnswer', () => {
  test('never lets any 30 days cost more than the limit, whenever it is asked', () => {
    const visits = fc.array(
      fc.record({
        afterDays: fc.double({ min: 0, max: 40, noNaN: true }),
        epsilon: fc.constantFrom(0.1, 0.25, 0.5, 0.9, 1),
      }),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(visits, (asked) => {
        const spent: Spending[] = [];
        let now = 1.7e12;
        for (const { afterDays, epsilon } of asked) {
          now += (afterDays * DAY) / 8;
          if (mayAnswer(spent, epsilon, now)) spent.push({ time: now, epsilon });
        }
        for (const { time } of spent) {
          const window = spent.filter((one) => one.time > time - 30 * DAY && one.time <= time);
          const cost = window.reduce((sum, one) => sum + one.epsilon, 0);
          expect(cost).toBeLessThanOrEqual(MAX_EPSILON_30_DAYS + 1e-6);
        }
        for (let i = 1; i < spent.length; i++) {
          const gap = (spent[i] as Spending).time - (spent[i - 1] as Spending).time;
          expect(gap).toBeGreaterThanOrEqual(DAY);
        }
      }),
    );
  });

  test('is reached in ten thousand days of daily visits, and never passed', () => {
    const spent: Spending[] = [];
    let most = 0;
    for (let day = 0; day < 10_000; day++) {
      const now = 1.7e12 + day * DAY;
      if (mayAnswer(spent, 1, now)) spent.push({ time: now, epsilon: 1 });
      most = Math.max(most, recentSpending(spent, now).length);
    }
    expect(most).toBe(MAX_EPSILON_30_DAYS);
    expect(spent.length).toBeGreaterThan(1300);
  });

  test('says no when a clock was set back', () => {
    expect(mayAnswer([{ time: 2e12, epsilon: 1 }], 1, 1.7e12)).toBe(false);
  });

  test.each([0, -1, 1.01, Number.NaN, Number.POSITIVE_INFINITY])('says no to a cost of %s', (e) => {
    expect(mayAnswer([], e, 1.7e12)).toBe(false);
  });
});
