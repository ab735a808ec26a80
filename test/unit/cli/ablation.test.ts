import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFamilyScorer, familyOf } from '../../../src/cli/ablation.ts';
import { scoreList } from '../../../src/ranker/additive-model.ts';
import { createMeter, measure } from '../../../src/ranker/meter.ts';
import { buildAttributes } from '../../../src/ranker/attributes.ts';
import type { AdditiveModel, RankList } from '../../../src/ranker/types.ts';
import { sequenceOf } from '../ranker/list-fixtures.ts';

const NAMES = ['ease.sum', 'ease.max', 'pop', 'generated.style', 'off.one'];

const MODEL: AdditiveModel = {
  names: NAMES,
  knots: NAMES.map((name) => Float32Array.from(name === 'off.one' ? [0] : [0, 1])),
  values: NAMES.map((name, j) => Float32Array.from(name === 'off.one' ? [9] : [0, 1 + j])),
};

/** The model with some functions taken out. */
function modelWithout(family: string): AdditiveModel {
  const knots = MODEL.knots.map((list, j) =>
    familyOf(NAMES[j]!) === family ? new Float32Array(1) : list,
  );
  return { ...MODEL, knots };
}

describe('familyOf', () => {
  it.each([
    ['embed.twin', 'Embedding'],
    ['embed', 'Embedding'],
    ['attr.rel', 'Attributes'],
    ['generated.style', 'Generated'],
    ['segments.long', 'Segments'],
    ['generated.last', 'Generated'],
    ['next.last', 'Next'],
  ])('%s is of the family %s', (signal, family) => {
    expect(familyOf(signal)).toBe(family);
  });
});

describe('createFamilyScorer', () => {
  const scorer = createFamilyScorer(MODEL);

  it('knows the families in use, in their order', () => {
    expect(scorer.families).toEqual(['Ease', 'Popularity', 'Generated']);
  });

  it('scores as the model does whose functions of the family are off', () => {
    const signal = fc.float({ min: Math.fround(-0.5), max: Math.fround(1.5), noNaN: true });
    const list = fc.array(fc.tuple(signal, signal, signal, signal, signal), { minLength: 1 });
    fc.assert(
      fc.property(list, (rows) => {
        const signals = Float32Array.from(rows.flat());
        for (const [f, scores] of scorer.scoresWithout(signals).entries()) {
          const expected = scoreList(modelWithout(scorer.families[f]!), signals);
          for (const [c, score] of scores.entries()) expect(score).toBeCloseTo(expected[c]!, 10);
        }
      }),
    );
  });

  it('gives equal scores to candidates that only the family told apart', () => {
    const signals = Float32Array.from([0.1, 0.7, 0.3, 0.1, 0, 0.9, 0.2, 0.3, 0.1, 0]);
    const [withoutEase] = scorer.scoresWithout(signals);
    expect(withoutEase![0]).toBe(withoutEase![1]);
  });
});

describe('createMeter', () => {
  const items = Array.from({ length: 30 }, (_, i) => ({ id: `${i}`, tags: [`t${i % 4}`] }));
  const options = { numItems: 30, attributes: buildAttributes(items) };

  it('measures as `measure` does', () => {
    const list = fc.record({
      scores: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 20, maxLength: 20 }),
      start: fc.integer({ min: 0, max: 29 }),
      target: fc.integer({ min: 0, max: 19 }),
    });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 8 }), (drawn) => {
        const lists = drawn.map(({ start, target }): RankList => {
          const candidates = Int32Array.from({ length: 20 }, (_, c) => (start + c) % 30);
          return { ...sequenceOf([0]), candidates, target };
        });
        const meter = createMeter(options);
        for (const [i, one] of lists.entries()) meter.add(one, drawn[i]!.scores);
        const expected = measure(lists, (_, i) => drawn[i]!.scores, options);
        expect(meter.result()).toEqual(expected);
        expect(meter.shown.reduce((sum, count) => sum + count, 0)).toBe(10 * lists.length);
      }),
      { numRuns: 40 },
    );
  });
});
