import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/rng.ts';
import {
  fitLinearScores,
  linearLogits,
  type ScoreTargets,
} from '../../../../src/models/attributes/linear-model.ts';
import { areaUnderCurve } from '../../../../src/models/attributes/metrics.ts';
import { fitScorePath } from '../../../../src/models/attributes/score-path.ts';

const CLUES = ['cloud', 'pillow', 'blanket', 'sofa', 'nap', 'slipper', 'fleece', 'hug'];
const FILLERS = Array.from({ length: 60 }, (_, n) => `word${n}`);

/** Texts of fillers, a fifth of them with a clue. */
function drawTexts(seed: number, count: number): { texts: string[]; isYes: boolean[] } {
  const random = createRandom(seed, 'texts');
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const isYes = Array.from({ length: count }, () => random() < 0.2);
  const texts = isYes.map((yes) => {
    const words = Array.from({ length: 8 }, () => pick(FILLERS));
    return [...words, ...(yes ? [pick(CLUES)] : [])].join(' ');
  });
  return { texts, isYes };
}

function targetsOf(isYes: readonly boolean[]): ScoreTargets {
  return {
    values: Float32Array.from(isYes, Number),
    weights: new Float32Array(isYes.length).fill(1),
  };
}

function aucOf(model: ReturnType<typeof fitScorePath>, seed: number): number {
  const { isYes, texts } = drawTexts(seed, 600);
  return areaUnderCurve(
    linearLogits(model, texts).map((row) => row[0] as number),
    isYes,
  );
}

describe('the linear path of scores', () => {
  const { isYes, texts } = drawTexts(1, 300);
  const options = { classes: 1, c: 1 };

  it('ranks new texts better than the regression alone when clues are rare', () => {
    const plain = fitLinearScores(texts, targetsOf(isYes), options);
    const path = fitScorePath(texts, targetsOf(isYes), options);
    expect(aucOf(path, 2)).toBeGreaterThan(aucOf(plain, 2));
  });

  it('keeps logits as far apart as those of the regression', () => {
    const spread = (model: ReturnType<typeof fitScorePath>): number => {
      const own = linearLogits(model, texts).map((row) => row[0] as number);
      return Math.max(...own) - Math.min(...own);
    };
    const plain = spread(fitLinearScores(texts, targetsOf(isYes), options));
    const path = spread(fitScorePath(texts, targetsOf(isYes), options));
    expect(path / plain).toBeGreaterThan(0.7);
    expect(path / plain).toBeLessThan(1.4);
  });

  it('stays finite for a score of which no text speaks', () => {
    const silent = {
      values: new Float32Array(texts.length),
      weights: new Float32Array(texts.length),
    };
    const path = fitScorePath(texts, silent, options);
    expect(path.weights.every(Number.isFinite)).toBe(true);
  });

  it('gives a score the same weights whatever stands beside it', () => {
    const two = {
      values: Float32Array.from(isYes.flatMap((yes) => [Number(yes), Number(!yes)])),
      weights: new Float32Array(2 * texts.length).fill(1),
    };
    const beside = fitScorePath(texts, two, { ...options, classes: 2, iterations: 400 });
    const alone = fitScorePath(texts, targetsOf(isYes), { ...options, iterations: 400 });
    const column = alone.terms.columnOf.get('pillow') ?? 0;
    expect(beside.weights[2 * column]).toBeCloseTo(alone.weights[column] as number, 1);
  });
});
