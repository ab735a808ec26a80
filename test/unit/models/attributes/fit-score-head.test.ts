import { describe, expect, it } from 'vitest';
import { createRandom, drawNormal } from '../../../../src/core/rng.ts';
import { fitScoreHead, rowOf } from '../../../../src/models/attributes/fit-score-head.ts';

/** Two paths that each see half of what decides, one of them in logits `factor` times as large. */
function drawTrial(factor: number, isDeepBlind = false) {
  const random = createRandom(1, 'halves');
  const halves = Array.from({ length: 1500 }, () => [drawNormal(random), drawNormal(random)]);
  const values = Float32Array.from(halves, ([a, b]) => Number((a as number) + (b as number) > 0.8));
  const all = { values, weights: new Float32Array(values.length).fill(1) };
  return {
    deep: halves.map(([a]) =>
      Float32Array.of(factor * (isDeepBlind ? drawNormal(random) : (a as number))),
    ),
    wide: halves.map(([, b]) => Float32Array.of(b as number)),
    held: halves.map((_, n) => rowOf(all, n, 1)),
    columns: 1,
  };
}

describe('mixing the two paths of a score', () => {
  it('gives both an equal say when each knows half, whatever the size of their logits', () => {
    for (const factor of [0.1, 1, 10]) {
      const trust = fitScoreHead(drawTrial(factor)).trust[0] as number;
      // The part of the mixed logit that comes from the encoder.
      const part = (trust * factor) / (trust * factor + 1 - trust);
      expect(part).toBeGreaterThan(0.4);
      expect(part).toBeLessThan(0.65);
    }
  });

  it('leaves out an encoder that knows nothing', () => {
    expect(fitScoreHead(drawTrial(1, true)).trust[0]).toBe(0);
  });

  it('makes probabilities that add up to the answers', () => {
    const trial = drawTrial(1);
    const { base } = fitScoreHead(trial);
    const rate = trial.held.reduce((sum, { values }) => sum + (values[0] as number), 0);
    expect(base[0]).toBeCloseTo(rate / trial.held.length, 2);
  });
});
