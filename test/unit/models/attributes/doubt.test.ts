import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/rng.ts';
import { sigmoid } from '../../../../src/models/attributes/calibrate.ts';
import { doubtOf, isGuess, isStrange } from '../../../../src/models/attributes/doubt.ts';
import { fitScoreHead, rowOf } from '../../../../src/models/attributes/fit-score-head.ts';
import { readModel, writeModel } from '../../../../src/models/attributes/model-file.ts';
import type { ScoreHead } from '../../../../src/models/attributes/model.ts';
import { scoreItems } from '../../../../src/models/attributes/score-items.ts';
import type { TokenRows } from '../../../../src/models/attributes/text-tokens.ts';
import { drawnModel, TITLES } from '../../../helpers/attribute-models.ts';

const token = (word: number): TokenRows => ({
  rows: Int32Array.of(0),
  weights: Float32Array.of(1),
  word,
});
const KNOWN = [token(30), token(31), token(32)];

/** Held-out items of one score whose logits tell the truth. */
function drawTrial(seed: number, count: number) {
  const random = createRandom(seed, 'trial');
  const logits = Array.from({ length: count }, () => Float32Array.of(6 * random() - 4));
  const values = Float32Array.from(logits, ([logit]) =>
    random() < sigmoid(logit as number) ? 1 : 0,
  );
  const all = { values, weights: new Float32Array(count).fill(1) };
  const held = logits.map((_, n) => rowOf(all, n, 1));
  return { deep: logits, wide: logits, held, columns: 1 };
}

describe('doubt', () => {
  it('is 1 for the base rates, less for a sure score, more for an even one', () => {
    const base = Float32Array.of(0.2, 0.3);
    expect(doubtOf(base, base)).toBeCloseTo(1, 6);
    expect(doubtOf(Float32Array.of(0.01, 0.99), base)).toBeLessThan(0.1);
    expect(doubtOf(Float32Array.of(0.5, 0.5), base)).toBeGreaterThan(1.3);
  });

  it('stays finite for a score that no text speaks of', () => {
    expect(Number.isFinite(doubtOf(Float32Array.of(0.5), Float32Array.of(0)))).toBe(true);
  });
});

describe('guessing', () => {
  it('is said of a fifth of texts like the held-out ones, and those are more often wrong', () => {
    const head = fitScoreHead(drawTrial(1, 2000));
    const fresh = drawTrial(2, 2000);
    const judged = fresh.deep.map(([logit], n) => {
      const score = sigmoid(
        (head.slope[0] as number) * (logit as number) + (head.shift[0] as number),
      );
      const answer = fresh.held[n]?.values[0] as number;
      const isFlagged = isGuess(head, KNOWN, Float32Array.of(score));
      return { isFlagged, error: (score - answer) ** 2 };
    });
    const errorOf = (wanted: boolean): number => {
      const own = judged.filter(({ isFlagged }) => isFlagged === wanted);
      return own.reduce((sum, { error }) => sum + error, 0) / own.length;
    };
    const share = judged.filter(({ isFlagged }) => isFlagged).length / judged.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
    expect(errorOf(true)).toBeGreaterThan(1.3 * errorOf(false));
  });

  it('is said of a text with few known words, however sure its scores are', () => {
    const sure = { base: Float32Array.of(0.2), doubt: Infinity };
    const score = Float32Array.of(0.001);
    expect(isStrange([token(-1), token(-1), token(30)])).toBe(true);
    expect(isGuess(sure, [token(30)], score)).toBe(true);
    expect(isGuess(sure, KNOWN, score)).toBe(false);
  });

  it('begins where the model file says', async () => {
    const model = drawnModel(1);
    const scores = model.scores as ScoreHead;
    const items = [{ id: 'a', title: TITLES[0] as string }];
    const flagWith = async (doubt: number): Promise<boolean | undefined> => {
      const file = writeModel({ ...model, scores: { ...scores, doubt } });
      return (await scoreItems(readModel(file), items))[0]?.guessing;
    };
    expect(await flagWith(0)).toBe(true);
    expect(await flagWith(Infinity)).toBe(false);
  });

  it('holds nothing in doubt when no item was held out', () => {
    expect(fitScoreHead({ deep: [], wide: [], held: [], columns: 1 }).doubt).toBe(Infinity);
  });
});
