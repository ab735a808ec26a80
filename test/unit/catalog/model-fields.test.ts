import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import { readGeneratedFeatures, readImageVector } from '../../../src/catalog/model-fields.ts';

const GENERATED = {
  modelId: 'abc',
  scores: { comfort: 0.8, style: 0.1 },
  latent: [0.5, -1],
  evidence: [{ score: 'comfort', word: 'padded', move: 0.2 }],
  guessing: false,
};

test('reads what enrich writes', () => {
  expect(readGeneratedFeatures(structuredClone(GENERATED))).toEqual(GENERATED);
});

test('leaves out scores, evidence and dimensions that are not right', () => {
  const read = readGeneratedFeatures({
    ...GENERATED,
    scores: { comfort: 0.8, style: 7, '': 0.1, odd: 'x' },
    latent: [0.5, 'x'],
    evidence: [null, { score: 'comfort', word: 7, move: 0 }, GENERATED.evidence[0]],
    guessing: 'perhaps',
  });
  expect(read).toEqual({ ...GENERATED, scores: { comfort: 0.8 }, latent: [] });
});

test.each([null, 7, [], {}, { modelId: 'm' }, { modelId: '', scores: { a: 1 } }])(
  'refuses %o',
  (value) => {
    expect(readGeneratedFeatures(value)).toBeUndefined();
  },
);

test('keeps a prototype out of the scores', () => {
  const scores = JSON.parse('{"__proto__": 1, "comfort": 0.5}') as unknown;
  expect(readGeneratedFeatures({ modelId: 'm', scores })?.scores).toEqual({ comfort: 0.5 });
});

test('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      readGeneratedFeatures({ modelId: 'm', scores: value, latent: value, evidence: value });
      readImageVector(value);
    }),
  );
});

test('folds the vectors of a shop so that cosines stay nearly as they were', () => {
  const base = Array.from({ length: 512 }, (_, i) => Math.sin(i * 1.7));
  const near = base.map((value, i) => value + 0.2 * Math.cos(i * 3.1));
  const far = Array.from({ length: 512 }, (_, i) => Math.cos(i * i));
  const cosine = (a: readonly number[], b: readonly number[]): number => {
    const dot = (x: readonly number[], y: readonly number[]): number =>
      x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  };
  const [b, n, f] = [base, near, far].map((vector) => readImageVector(vector) as number[]) as [
    number[],
    number[],
    number[],
  ];
  expect(b).toHaveLength(24);
  expect(cosine(b, n)).toBeGreaterThan(0.9);
  expect(Math.abs(cosine(b, f))).toBeLessThan(0.5);
});

test('takes both fields from candidates of any format and says what it refused', () => {
  const { items, warnings } = normalizeCandidates(
    [
      { item_id: 'a', item_name: 'Chair', generated: GENERATED, imageVector: [1, 2, 3] },
      { id: 'b', title: 'Lamp', generated: 'much', imageVector: ['x', 'y'] },
    ],
    { maxItems: 10 },
  );
  expect(items[0]?.generated).toEqual(GENERATED);
  expect(items[0]?.imageVector).toHaveLength(24);
  expect(items[1]).toEqual({ id: 'b', title: 'Lamp' });
  expect(warnings).toEqual([{ code: 'ITEM_FIELD_REJECTED', count: 2, first: 'b.generated' }]);
});
