import { describe, expect, it } from 'vitest';
import { calibrate, sigmoid } from '../../../../src/models/attributes/calibrate.ts';
import { mixed } from '../../../../src/models/attributes/class-logits.ts';
import { areaUnderCurve, classFigures } from '../../../../src/models/attributes/metrics.ts';
import { createRandom } from '../../../../src/core/rng.ts';

describe('classFigures', () => {
  it('counts as scikit-learn: f1_score([0,0,1,2],[0,1,1,1],average="macro") is 0.3888…', () => {
    const { accuracy, macroF1 } = classFigures([0, 0, 1, 2], [0, 1, 1, 1]);
    expect(accuracy).toBe(0.5);
    // F1: class 0 2/3, class 1 2/4, class 2 0.
    expect(macroF1).toBeCloseTo((2 / 3 + 1 / 2) / 3, 12);
  });

  it('counts a class that was only predicted', () => {
    expect(classFigures([0, 0], [0, 1]).macroF1).toBeCloseTo(1 / 3, 12);
  });
});

describe('areaUnderCurve', () => {
  it('is the share of pairs in the right order, ties half', () => {
    const random = createRandom(1, 'auc');
    const scores = Array.from({ length: 60 }, () => Math.round(random() * 9));
    const truth = scores.map(() => random() < 0.4);
    let [sum, pairs] = [0, 0];
    for (const [a, high] of scores.entries()) {
      for (const [b, low] of scores.entries()) {
        if (!truth[a] || truth[b]) continue;
        pairs++;
        sum += high > low ? 1 : high === low ? 0.5 : 0;
      }
    }
    expect(areaUnderCurve(scores, truth)).toBeCloseTo(sum / pairs, 12);
  });

  it('is not a number when one kind is missing', () => {
    expect(areaUnderCurve([1, 2], [true, true])).toBeNaN();
  });
});

describe('calibrate', () => {
  it('makes probabilities of logits that are three times too large', () => {
    const random = createRandom(2, 'calibrate');
    const logits = Array.from({ length: 4000 }, () => (random() - 0.5) * 18);
    const targets = logits.map((logit) => (random() < sigmoid(logit / 3 + 0.7) ? 1 : 0));
    const { shift, slope } = calibrate(
      logits,
      targets,
      logits.map(() => 1),
    );
    expect(slope).toBeCloseTo(1 / 3, 1);
    expect(shift).toBeCloseTo(0.7, 0);
  });

  it('leaves logits as they are without both kinds of answers', () => {
    expect(calibrate([1, 2], [1, 1], [1, 1])).toEqual({ slope: 1, shift: 0 });
  });
});

describe('mixed', () => {
  const common = Uint8Array.of(1, 1, 0);
  const shift = Float32Array.of(0, 0, 0);

  it('shares out what the linear path gives to common classes', () => {
    const wide = Float32Array.of(2, 1, 1.5);
    const both = mixed(wide, Float32Array.of(0, 5, 9), { trust: 1, common, shift });
    const mass = (row: Float32Array): number =>
      Math.exp(row[0] as number) + Math.exp(row[1] as number);
    expect(mass(both)).toBeCloseTo(mass(wide), 4);
    expect(both[1]).toBeGreaterThan(both[0] as number);
  });

  it('leaves a rare class to the linear path', () => {
    const both = mixed(Float32Array.of(2, 1, 1.5), Float32Array.of(0, 5, 9), {
      trust: 0.5,
      common,
      shift,
    });
    expect(both[2]).toBe(1.5);
  });

  it('is the linear path without trust', () => {
    const both = mixed(Float32Array.of(2, 1, 1.5), Float32Array.of(0, 5, 9), {
      trust: 0,
      common,
      shift,
    });
    for (const [c, value] of [2, 1, 1.5].entries()) expect(both[c]).toBeCloseTo(value, 5);
  });
});
