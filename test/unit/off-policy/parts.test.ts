import { describe, expect, it } from 'vitest';
import { estimateOf, studentQuantile, type Terms } from '../../../src/off-policy/intervals.ts';
import { runningMeans } from '../../../src/off-policy/running-means.ts';

describe('studentQuantile', () => {
  // scipy.stats.t.ppf(0.975, df), SciPy 1.11
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [4, 2.7764],
    [5, 2.5706],
    [10, 2.2281],
    [30, 2.0423],
    [1_000, 1.9623],
  ])('of %d degrees of freedom', (freedom, expected) => {
    expect(studentQuantile(freedom)).toBeCloseTo(expected, 2);
  });
});

describe('estimateOf', () => {
  const binary = (rewards: number, n: number): Terms => ({
    base: new Float64Array(n),
    weight: new Float64Array(n).fill(1),
    reward: Float64Array.from({ length: n }, (_, i) => (i < rewards ? 1 : 0)),
    groups: Int32Array.from({ length: n }, (_, i) => i),
    numGroups: n,
  });

  it('is the interval of Agresti and Coull for weights of 1', () => {
    const [rewards, n] = [30, 1_000];
    const { low, high, value } = estimateOf(binary(rewards, n));
    const p = (rewards + 2) / (n + 4);
    const half = 1.96 * Math.sqrt((p * (1 - p)) / (n + 4));
    expect(value).toBeCloseTo(0.03, 12);
    expect(low).toBeCloseTo(p - half, 3);
    expect(high).toBeCloseTo(p + half, 3);
  });

  it('stays within what a mean of rewards can be', () => {
    expect(estimateOf(binary(0, 5)).low).toBe(0);
    expect(estimateOf(binary(5, 5)).high).toBe(1);
    expect(estimateOf(binary(1, 1))).toEqual({ value: 1, low: 0, high: 1 });
  });

  it('is no wiser for a log twice as large with weights half as often met', () => {
    const plain = estimateOf(binary(20, 400));
    const n = 800;
    const thin: Terms = {
      ...binary(0, n),
      weight: Float64Array.from({ length: n }, (_, i) => (i % 2) * 2),
      reward: Float64Array.from({ length: n }, (_, i) => (i % 2 === 1 && i < 40 ? 1 : 0)),
    };
    const { low, high, value } = estimateOf(thin);
    expect(value).toBeCloseTo(plain.value, 12);
    expect((high - low) / (plain.high - plain.low)).toBeCloseTo(1, 1);
  });
});

describe('runningMeans', () => {
  const choice = (
    action: string,
    reward: number,
    context = '',
  ): Parameters<NonNullable<ReturnType<typeof runningMeans<string>>['learn']>>[0] => ({
    context,
    action,
    reward,
    propensity: 1,
  });

  it('expects what is usual before it has seen anything', () => {
    expect(runningMeans().expect('', 'sound')).toBeCloseTo(1 / 12, 12);
  });

  it('comes to expect what it sees of an action, and a little of it of the others', () => {
    const model = runningMeans<string>();
    for (let i = 0; i < 200; i++) model.learn?.(choice('sound', i % 2));
    expect(model.expect('', 'sound')).toBeGreaterThan(0.47);
    const other = model.expect('', 'garden');
    expect(other).toBeGreaterThan(1 / 12);
    expect(other).toBeLessThan(0.5);
  });

  it('tells kinds of contexts apart where it is told how', () => {
    const model = runningMeans<string>((context) => context);
    for (let i = 0; i < 200; i++) {
      model.learn?.(choice('sound', 1, 'young'));
      model.learn?.(choice('sound', 0, 'old'));
    }
    expect(model.expect('young', 'sound')).toBeGreaterThan(0.9);
    expect(model.expect('old', 'sound')).toBeLessThan(0.1);
    expect(model.expect('new', 'sound')).toBeCloseTo(0.5, 1);
  });
});
