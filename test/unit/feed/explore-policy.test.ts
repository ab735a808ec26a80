import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BetaPosterior, ENGAGEMENT_PRIOR, TRIAL_PRIOR } from '../../../src/core/beta.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { ExplorationPolicy } from '../../../src/core/types.ts';
import { chooseArm, isWorthTrying, trialPosterior } from '../../../src/feed/explore-policy.ts';

const POLICIES: readonly ExplorationPolicy[] = ['thompson', 'epsilon', 'greedy'];

const POSTERIORS: readonly BetaPosterior[] = [
  ENGAGEMENT_PRIOR,
  { alpha: 2.5, beta: 14 },
  { alpha: 1, beta: 30 },
  { alpha: 2.5, beta: 14 },
];

const posterior = fc.record({
  alpha: fc.double({ min: 1, max: 50, noNaN: true }),
  beta: fc.double({ min: 1, max: 200, noNaN: true }),
});

describe.each(POLICIES)('the policy %s', (policy) => {
  it('draws each segment as often as its propensity says, within 4 sigma of a million draws', () => {
    const draws = 1_000_000;
    const { probabilities, draw } = chooseArm(policy, POSTERIORS);
    const random = createRandom(5, policy);
    const counts = POSTERIORS.map(() => 0);
    for (let i = 0; i < draws; i++) counts[draw(random)]! += 1;
    for (const [arm, probability] of probabilities.entries()) {
      const sigma = Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs(counts[arm]! - draws * probability)).toBeLessThanOrEqual(4 * sigma);
    }
  });

  it('has probabilities in [0, 1] that sum to 1', () => {
    fc.assert(
      fc.property(fc.array(posterior, { minLength: 1, maxLength: 12 }), (posteriors) => {
        const { probabilities } = chooseArm(policy, posteriors);
        expect(probabilities).toHaveLength(posteriors.length);
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        for (const value of probabilities) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('draws an arm at both ends of the generator', () => {
    for (const value of [0, 1 - 2 ** -32]) {
      const arm = chooseArm(policy, POSTERIORS).draw(() => value);
      expect(chooseArm(policy, POSTERIORS).probabilities[arm]).toBeGreaterThan(0);
    }
  });
});

describe('the policies', () => {
  it('differ in what they make of evidence', () => {
    const of = (policy: ExplorationPolicy): readonly number[] =>
      chooseArm(policy, POSTERIORS).probabilities;
    expect(of('epsilon')).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(of('greedy')).toEqual([0, 0.5, 0, 0.5]);
    const [unknown, engaged, passedOver] = of('thompson') as [number, number, number];
    expect(engaged).toBeGreaterThan(unknown);
    expect(unknown).toBeGreaterThan(passedOver);
    expect(passedOver).toBeGreaterThan(0);
  });

  it('try what nothing speaks for, but for greedy', () => {
    expect(POLICIES.map((policy) => isWorthTrying(policy, TRIAL_PRIOR))).toEqual([
      true,
      true,
      false,
    ]);
    const { alpha, beta } = ENGAGEMENT_PRIOR;
    expect(isWorthTrying('greedy', trialPosterior({ alpha: alpha + 1, beta }))).toBe(true);
    expect(isWorthTrying('greedy', trialPosterior({ alpha, beta: beta + 1 }))).toBe(false);
    expect(trialPosterior(undefined)).toBe(TRIAL_PRIOR);
  });
});
