import { describe, expect, it } from 'vitest';
import { judgePolicy } from '../../../src/off-policy/judge-policy.ts';
import { runningMeans } from '../../../src/off-policy/running-means.ts';
import type { Estimate, Judgement, LoggedChoice } from '../../../src/off-policy/types.ts';
import { failureOf } from '../cli/data-folder.ts';
import { EVEN, LEARNED, LOGGING, simulateLog, truthOf, valueOf, type Visit } from './shop.ts';

const LOGS = 100;
const PLACES = 1_000;
const logs = Array.from({ length: LOGS }, (_, seed) => simulateLog(seed + 1, PLACES));
const byKind = ({ kind }: Visit): string => kind;

const judgeAll = (
  policy: typeof EVEN,
  options: (log: number) => Parameters<typeof judgePolicy<Visit>>[2] = () => ({
    model: runningMeans(byKind),
  }),
  of: readonly LoggedChoice<Visit>[][] = logs,
): Judgement[] => of.map((log, i) => judgePolicy(log, policy, options(i)));

const holds = (truth: number, estimates: readonly Estimate[]): number =>
  estimates.filter(({ low, high }) => low <= truth && truth <= high).length;
const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const biasOf = (truth: number, estimates: readonly Estimate[]): number =>
  meanOf(estimates.map(({ value }) => value)) - truth;
const errorOf = (truth: number, estimates: readonly Estimate[]): number =>
  Math.sqrt(meanOf(estimates.map(({ value }) => (value - truth) ** 2)));
const dr = (judged: readonly Judgement[]): Estimate[] =>
  judged.map(({ doublyRobust }) => doublyRobust);

/** A model that knows the truth, and one that has it the wrong way round. */
const RIGHT = { expect: truthOf };
const WRONG = { expect: (context: Visit, action: string) => 0.9 - 4 * truthOf(context, action) };

describe('the intervals', () => {
  it.each([
    ['a policy that has learned', LEARNED],
    ['an even policy', EVEN],
    ['the logging policy itself', LOGGING],
  ])('hold the truth in at least 93 of 100 logs for %s', (_, policy) => {
    const truth = valueOf(policy);
    const judged = judgeAll(policy);
    expect(holds(truth, dr(judged))).toBeGreaterThanOrEqual(93);
    expect(
      holds(
        truth,
        judged.map(({ ips }) => ips),
      ),
    ).toBeGreaterThanOrEqual(93);
    expect(
      holds(
        truth,
        judged.map(({ snips }) => snips),
      ),
    ).toBeGreaterThanOrEqual(93);
  });

  it('hold it in short logs too, where few places were answered', () => {
    const short = Array.from({ length: LOGS }, (_, seed) => simulateLog(1_000 + seed, 150));
    const judged = judgeAll(LEARNED, undefined, short);
    expect(holds(valueOf(LEARNED), dr(judged))).toBeGreaterThanOrEqual(93);
  });

  it('are no wider than they need to be', () => {
    const judged = dr(judgeAll(LEARNED));
    const half = meanOf(judged.map(({ high, low }) => (high - low) / 2));
    const needed = 1.96 * errorOf(valueOf(LEARNED), judged);
    expect(half / needed).toBeLessThan(1.25);
    expect(half / needed).toBeGreaterThan(0.9);
  });

  it('tell policies apart that are far apart', () => {
    const [log] = logs;
    const learned = judgePolicy(log!, LEARNED).doublyRobust;
    const logged = judgePolicy(log!, LOGGING).doublyRobust;
    expect(learned.low).toBeGreaterThan(logged.high);
  });

  it('widen when the places of a visit stand and fall together', () => {
    const [log] = logs;
    const pairs = log!.flatMap((choice, visit) => [
      { ...choice, group: `${visit}` },
      { ...choice, group: `${visit}` },
    ]);
    const width = ({ doublyRobust: { low, high } }: Judgement): number => high - low;
    const once = width(judgePolicy(log!, LEARNED, { model: RIGHT }));
    const together = width(judgePolicy(pairs, LEARNED, { model: RIGHT }));
    const apart = pairs.map((choice, place) => ({ ...choice, group: `${place}` }));
    // Twice the same tells no more than once; counted as independent it would seem to.
    expect(together / once).toBeGreaterThan(0.95);
    expect(width(judgePolicy(apart, LEARNED, { model: RIGHT })) / once).toBeLessThan(0.75);
    expect(judgePolicy(pairs, LEARNED).groups).toBe(log!.length);
  });

  it('do not claim certainty where nothing was answered yet', () => {
    const silent = logs[0]!.slice(0, 100).map((choice) => ({ ...choice, reward: 0 }));
    const { ips, logged, snips } = judgePolicy(silent, EVEN);
    for (const { low, high, value } of [ips, snips, logged]) {
      expect([low, value]).toEqual([0, 0]);
      expect(high).toBeGreaterThan(0.02);
    }
  });
});

describe('the doubly robust estimate', () => {
  const truth = valueOf(LEARNED);

  it('varies less than inverse propensities do, the less the better its model is', () => {
    const judged = judgeAll(LEARNED);
    const ips = errorOf(
      truth,
      judged.map((one) => one.ips),
    );
    const right = errorOf(truth, dr(judgeAll(LEARNED, () => ({ model: RIGHT }))));
    expect(right).toBeLessThan(ips);
    expect(errorOf(truth, dr(judged))).toBeLessThan(ips);
  });

  it('stays unbiased with a wrong model, and pays with variance', () => {
    const wrong = dr(judgeAll(LEARNED, () => ({ model: WRONG })));
    const right = dr(judgeAll(LEARNED, () => ({ model: RIGHT })));
    expect(holds(truth, wrong)).toBeGreaterThanOrEqual(93);
    expect(Math.abs(biasOf(truth, wrong))).toBeLessThan(3 * (errorOf(truth, wrong) / 10));
    expect(errorOf(truth, wrong)).toBeGreaterThan(1.2 * errorOf(truth, right));
  });

  it('stays right with wrong propensities where its model is right, unlike the others', () => {
    const blurred = logs.map((log) => log.map((choice) => ({ ...choice, propensity: 1 / 6 })));
    const judged = judgeAll(LEARNED, () => ({ model: RIGHT }), blurred);
    const error = errorOf(truth, dr(judged)) / 10;
    expect(Math.abs(biasOf(truth, dr(judged)))).toBeLessThan(3 * error);
    expect(holds(truth, dr(judged))).toBeGreaterThanOrEqual(93);
    const ips = judged.map((one) => one.ips);
    expect(Math.abs(biasOf(truth, ips))).toBeGreaterThan(0.2 * truth);
    expect(holds(truth, ips)).toBeLessThan(50);
    // The weights tell that something is wrong.
    const holdsOne = judged.filter(
      ({ support: { meanWeight } }) => meanWeight.low <= 1 && meanWeight.high >= 1,
    );
    expect(holdsOne.length).toBeLessThan(20);
  });

  it('is wrong where both are', () => {
    const blurred = logs.map((log) => log.map((choice) => ({ ...choice, propensity: 1 / 6 })));
    const judged = judgeAll(LEARNED, () => ({ model: WRONG }), blurred);
    expect(holds(truth, dr(judged))).toBeLessThan(50);
  });
});

describe('clipped weights', () => {
  it('leave out of inverse propensities what they cut, and put the model in its place', () => {
    const maxWeight = 3;
    const truth = valueOf(LEARNED);
    const judged = judgeAll(LEARNED, () => ({ model: RIGHT, maxWeight }));
    const full = judgeAll(LEARNED, () => ({ model: RIGHT }));
    expect(
      biasOf(
        truth,
        judged.map(({ ips }) => ips),
      ),
    ).toBeLessThan(-0.2 * truth);
    expect(Math.abs(biasOf(truth, dr(judged)))).toBeLessThan(0.03 * truth);
    expect(errorOf(truth, dr(judged))).toBeLessThan(errorOf(truth, dr(full)));
    for (const { support } of judged) {
      expect(support.maxWeight).toBe(maxWeight);
      expect(support.clipped).toBeGreaterThan(0);
    }
    expect(full[0]!.support.clipped).toBe(0);
  });
});

describe('the support', () => {
  it('is the whole log for the logging policy itself', () => {
    const { ips, logged, snips, support } = judgePolicy(logs[0]!, LOGGING);
    expect(support.effectiveSize).toBeCloseTo(PLACES, 6);
    expect(support.meanWeight.value).toBeCloseTo(1, 12);
    expect(ips.value).toBeCloseTo(logged.value, 12);
    expect(snips.value).toBeCloseTo(logged.value, 12);
  });

  it('is small for a policy that does what the log rarely did', () => {
    const { support } = judgePolicy(logs[0]!, LEARNED);
    expect(support.effectiveSize).toBeLessThan(PLACES / 4);
    expect(support.effectiveSize).toBeGreaterThan(50);
  });

  it('holds a mean weight of 1 where the propensities are right', () => {
    const held = judgeAll(LEARNED).filter(
      ({ support: { meanWeight } }) => meanWeight.low <= 1 && meanWeight.high >= 1,
    );
    expect(held.length).toBeGreaterThanOrEqual(90);
  });

  it('is nothing for a policy that the log never agrees with', () => {
    const judged = judgePolicy(logs[0]!, () => new Map([['elsewhere', 1]]));
    expect(judged.support).toMatchObject({ effectiveSize: 0, maxWeight: 0 });
    expect(judged.support.meanWeight.value).toBe(0);
    expect(judged.snips).toEqual({ value: 0, low: 0, high: 1 });
  });
});

describe('what is refused', () => {
  const [choice] = logs[0]!;
  it.each([
    ['an empty log', [], EVEN, 'no explored place'],
    ['a propensity of 0', [{ ...choice!, propensity: 0 }], EVEN, 'choice 1: got a propensity of 0'],
    ['a propensity above 1', [{ ...choice!, propensity: 1.01 }], EVEN, 'propensity of 1.01'],
    ['no number', [{ ...choice!, propensity: Number.NaN }], EVEN, 'propensity of NaN'],
    ['a reward of 2', [choice!, { ...choice!, reward: 2 }], EVEN, 'choice 2: got a reward of 2'],
    ['half a policy', [choice!], () => new Map([['desk', 0.5]]), 'sum to 0.5'],
    [
      'less than nothing',
      [choice!],
      () =>
        new Map([
          ['desk', 2],
          ['play', -1],
        ]),
      'sum to NaN',
    ],
  ])('%s', async (_, log, policy, expected) => {
    const { code, message } = await failureOf(() => judgePolicy(log, policy));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain(expected);
  });
});
