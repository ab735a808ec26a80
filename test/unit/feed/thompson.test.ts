import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGAGEMENT_PRIOR, meanOf, type BetaPosterior } from '../../../src/core/beta.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { armProbabilities, sampleArm, toCells } from '../../../src/feed/thompson.ts';

const POSTERIORS: readonly BetaPosterior[] = [
  ENGAGEMENT_PRIOR,
  { alpha: 1, beta: 1 },
  { alpha: 3, beta: 9 },
  { alpha: 40, beta: 60 },
  { alpha: 2.5, beta: 11.75 },
];

const posterior = fc.record({
  alpha: fc.double({ min: 1, max: 400, noNaN: true }),
  beta: fc.double({ min: 1, max: 400, noNaN: true }),
});

/** Mean of a distribution that is uniform inside its cells. */
function meanOfCells({ mass }: { readonly mass: Float64Array }): number {
  return mass.reduce((sum, value, i) => sum + value * ((i + 0.5) / mass.length), 0);
}

describe('toCells', () => {
  it('has masses that sum to 1 and add up below', () => {
    fc.assert(
      fc.property(posterior, (beta) => {
        const { mass, below } = toCells(beta);
        expect(mass.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        expect(below[0]).toBe(0);
        for (let i = 1; i < mass.length; i++) {
          expect(below[i]).toBeCloseTo(below[i - 1]! + mass[i - 1]!, 12);
          expect(mass[i]).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('has the mean of the Beta distribution within a cell', () => {
    fc.assert(
      fc.property(posterior, (beta) => {
        const cells = toCells(beta);
        expect(Math.abs(meanOfCells(cells) - meanOf(beta))).toBeLessThan(1 / cells.mass.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is flat for Beta(1, 1)', () => {
    const { mass } = toCells({ alpha: 1, beta: 1 });
    for (const value of mass) expect(value).toBeCloseTo(1 / mass.length, 12);
  });
});

describe('sampleArm', () => {
  it('draws each arm as often as its probability says, within 4 sigma of 200,000 draws', () => {
    const draws = 200_000;
    const arms = POSTERIORS.map(toCells);
    const random = createRandom(11, 'thompson');
    const counts = arms.map(() => 0);
    for (let i = 0; i < draws; i++) counts[sampleArm(arms, random)]! += 1;
    for (const [a, probability] of armProbabilities(arms).entries()) {
      const sigma = Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs(counts[a]! - draws * probability)).toBeLessThan(4 * sigma);
    }
  });

  it('takes the only arm there is', () => {
    const arms = [toCells(ENGAGEMENT_PRIOR)];
    expect(sampleArm(arms, createRandom(1))).toBe(0);
    expect(armProbabilities(arms)).toEqual([1]);
  });

  it('gives an arm of every draw, at both ends of the generator', () => {
    const arms = POSTERIORS.map(toCells);
    for (const value of [0, 1 - 2 ** -32]) {
      const index = sampleArm(arms, () => value);
      expect(index).toBeGreaterThanOrEqual(0);
      expect(index).toBeLessThan(arms.length);
    }
  });
});

describe('armProbabilities', () => {
  it('sum to 1 and lie in [0, 1]', () => {
    fc.assert(
      fc.property(fc.array(posterior, { minLength: 1, maxLength: 25 }), (posteriors) => {
        const probabilities = armProbabilities(posteriors.map(toCells));
        expect(probabilities).toHaveLength(posteriors.length);
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        for (const value of probabilities) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('are equal for equal arms', () => {
    for (const count of [2, 5, 23]) {
      const arms = Array.from({ length: count }, () => toCells(ENGAGEMENT_PRIOR));
      for (const value of armProbabilities(arms)) expect(value).toBeCloseTo(1 / count, 6);
    }
  });

  it('follow the arms, in whatever order they stand', () => {
    fc.assert(
      fc.property(fc.array(posterior, { minLength: 2, maxLength: 8 }), (posteriors) => {
        const arms = posteriors.map(toCells);
        const forward = armProbabilities(arms);
        const backward = armProbabilities(arms.toReversed()).toReversed();
        for (const [a, value] of forward.entries()) expect(backward[a]).toBeCloseTo(value, 9);
      }),
    );
  });

  it('are the closed form for two flat-ended distributions', () => {
    // P(Beta(2,1) > Beta(1,1)) = E[X] with X of Beta(2,1) = 2/3.
    const [better] = armProbabilities([
      toCells({ alpha: 2, beta: 1 }),
      toCells({ alpha: 1, beta: 1 }),
    ]);
    expect(better).toBeCloseTo(2 / 3, 4);
  });

  it('rise with engagement and fall with impressions that are passed over', () => {
    const rest = POSTERIORS.map(toCells);
    const of = (alpha: number, beta: number): number =>
      armProbabilities([toCells({ alpha, beta }), ...rest])[0] as number;
    for (let n = 1; n < 30; n++) {
      expect(of(n + 1, 11)).toBeGreaterThan(of(n, 11));
      expect(of(1, 11 + n)).toBeLessThan(of(1, 10 + n));
    }
  });

  it('leave an unlikely arm a chance', () => {
    const arms = [{ alpha: 1, beta: 200 }, ENGAGEMENT_PRIOR].map(toCells);
    expect(armProbabilities(arms)[0]).toBeGreaterThan(0);
  });
});
