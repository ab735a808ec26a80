import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreList } from '../../../src/ranker/additive-model.ts';
import { fitKnots } from '../../../src/ranker/encode-signals.ts';
import {
  contrastsOf,
  explainParts,
  joinFamilies,
  partInWords,
} from '../../../src/ranker/explain-parts.ts';
import { createSignalEngine, SIGNALS } from '../../../src/ranker/signals.ts';
import { strongestSource } from '../../../src/ranker/strongest-source.ts';
import type { AdditiveModel } from '../../../src/ranker/types.ts';
import {
  attributesOf,
  blankModel,
  columnOf,
  noisyModel,
  sequenceOf,
  tableOf,
} from './list-fixtures.ts';

const J = SIGNALS.length;
const titleOf = (row: number): string | undefined => ['Tent', 'Lamp', 'Rope'][row];

describe('partInWords', () => {
  it('names the item that it rests on', () => {
    expect(partInWords({ name: 'next.last', value: 1 }, 'Tent $& {item}')).toBe(
      'often chosen right after the “Tent $& {item}” you looked at',
    );
    expect(partInWords({ name: 'next.last', value: 1 })).toBe(
      'often chosen right after what you looked at',
    );
    expect(partInWords({ name: 'price.gap', value: 1 })).toBe('fits your usual price');
  });

  it('says when a part speaks against, and keeps a name it does not know', () => {
    expect(partInWords({ name: 'pop', value: -1 })).toBe('less than others here: popular');
    expect(partInWords({ name: 'shop.own', value: 1 })).toBe('shop.own');
  });
});

describe('strongestSource', () => {
  const tables = {
    ...blankModel(4).tables,
    next: tableOf(4, [
      [3, 0, 1],
      [3, 1, 0.9],
      [3, 2, 0.3],
    ]),
  };
  const model = blankModel(4, { tables, attributes: attributesOf([[0], [0, 1], [1], [0]], 2) });
  const history = sequenceOf([0, 1, 2, 2, 2]);
  const sourceOf = (name: string): number =>
    strongestSource(model, { history, candidate: 3, name });

  it('adds up what a signal adds up, by recency', () => {
    expect(sourceOf('next.sum')).toBe(2);
    expect(sourceOf('next.max')).toBe(0);
    expect(sourceOf('next.last')).toBe(2);
  });

  it('finds the likest item, and none where none is alike', () => {
    expect(sourceOf('attr.max')).toBe(0);
    expect(sourceOf('attr.last')).toBe(-1);
    expect(sourceOf('together.sum')).toBe(-1);
  });

  it('is none for signals of the candidate alone, and without a history', () => {
    expect(sourceOf('pop')).toBe(-1);
    const empty = sequenceOf([]);
    expect(strongestSource(model, { history: empty, candidate: 3, name: 'next.sum' })).toBe(-1);
  });

  it('comes from the history, and is there whenever a table signal is above 0', () => {
    const noisy = noisyModel(12, 7);
    const engine = createSignalEngine(noisy);
    fc.assert(
      fc.property(
        fc.array(fc.nat(11), { minLength: 1, maxLength: 20 }),
        fc.nat(11),
        (items, row) => {
          const own = sequenceOf(items);
          const signals = engine({ ...own, candidates: Int32Array.of(row) });
          for (const [j, { name }] of SIGNALS.entries()) {
            const source = strongestSource(noisy, { history: own, candidate: row, name });
            expect(source === -1 || items.includes(source)).toBe(true);
            const isTable =
              /\.(?:sum|last|max)$/u.test(name) && /^(?:ease|next|basket)/u.test(name);
            if (isTable) expect(source >= 0).toBe((signals[j] as number) > 0);
          }
        },
      ),
    );
  });

  it('covers every signal whose words name an item', () => {
    const noisy = noisyModel(12, 8);
    const own = sequenceOf([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { name, inWords } of SIGNALS) {
      if (!inWords.includes('{item}')) continue;
      const sources = Array.from({ length: 12 }, (_, candidate) =>
        strongestSource(noisy, { history: own, candidate, name }),
      );
      expect([name, sources.some((source) => source >= 0)]).toEqual([name, true]);
    }
  });
});

/** A model that likes every signal. */
function modelFor(signals: Float32Array): AdditiveModel {
  const knots = fitKnots(signals, J, 4);
  const values = knots.map((own) => Float32Array.from(own, (_, k) => k * 0.3));
  return { names: SIGNALS.map(({ name }) => name), knots, values };
}

describe('contrastsOf and joinFamilies', () => {
  const noisy = noisyModel(15, 9);
  const candidates = Int32Array.from({ length: 15 }, (_, row) => row);
  const signals = createSignalEngine(noisy)({ ...sequenceOf([1, 2, 3, 4]), candidates });
  const model = modelFor(signals);
  const scores = scoreList(model, signals);
  const mean = scores.reduce((a, b) => a + b) / scores.length;
  const total = (parts: readonly { value: number }[]): number =>
    parts.reduce((sum, { value }) => sum + value, 0);

  it('sum to the distance between the score and the mean score', () => {
    const contrasts = contrastsOf(model, signals);
    scores.forEach((score, c) => {
      const parts = model.names.map((name, j) => ({ name, value: contrasts[c * J + j] as number }));
      expect(total(parts)).toBeCloseTo(score - mean, 9);
      expect(total(joinFamilies(parts))).toBeCloseTo(score - mean, 9);
    });
  });

  it('say one thing per family, largest first', () => {
    const joined = joinFamilies([
      { name: 'next.sum', value: 1 },
      { name: 'pop', value: 2.5 },
      { name: 'next.last', value: 2 },
      { name: 'attr.long', value: -1 },
    ]);
    expect(joined).toEqual([
      { name: 'next.last', value: 3 },
      { name: 'pop', value: 2.5 },
      { name: 'attr.long', value: -1 },
    ]);
  });
});

describe('explainParts', () => {
  it('puts a part and its item in words', () => {
    const tables = { ...blankModel(4).tables, next: tableOf(4, [[3, 0, 1]]) };
    const model = blankModel(4, { tables });
    const parts = [
      { name: 'next.sum', value: 2 },
      { name: 'pop', value: 1 },
    ];
    const history = sequenceOf([0, 1]);
    expect(columnOf('next.sum')).toBeGreaterThanOrEqual(0);
    expect(explainParts(parts, { model, history, candidate: 3, titleOf })).toEqual([
      {
        name: 'next.sum',
        value: 2,
        source: 0,
        words: 'often chosen right after the “Tent” you looked at',
      },
      { name: 'pop', value: 1, source: -1, words: 'popular' },
    ]);
  });
});
