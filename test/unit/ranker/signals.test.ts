import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGNALS, createSignalEngine } from '../../../src/ranker/signals.ts';
import type { ItemContent, SignalModel } from '../../../src/ranker/types.ts';
import {
  attributesOf,
  blankModel,
  columnOf,
  noisyModel,
  sequenceOf,
  tableOf,
} from './list-fixtures.ts';

const J = SIGNALS.length;

/** One signal of each candidate. */
function signalOf(
  model: SignalModel,
  name: string,
  list: { items: number[]; step?: number[]; candidates: number[] },
): number[] {
  const { items, step } = sequenceOf(list.items, list.step);
  const candidates = Int32Array.from(list.candidates);
  const signals = createSignalEngine(model)({ items, step, candidates });
  return list.candidates.map((_, c) => signals[c * J + columnOf(name)] as number);
}

function near(values: readonly number[]): unknown[] {
  return values.map((value) => expect.closeTo(value, 6));
}

describe('SIGNALS', () => {
  it('has one name per signal and words for each', () => {
    expect(new Set(SIGNALS.map(({ name }) => name)).size).toBe(J);
    for (const { inWords } of SIGNALS) expect(inWords).not.toBe('');
  });
});

describe('table signals', () => {
  const table = tableOf(5, [
    [3, 0, 1],
    [3, 1, 0.5],
    [4, 2, 0.25],
  ]);
  const tables = { ...blankModel(5).tables, next: table, ease: table };
  const model = blankModel(5, { tables });

  it('sums by recency, sees the last step, takes the largest', () => {
    const list = { items: [0, 1, 1, 2], step: [0, 1, 2, 2], candidates: [3, 4, 0] };
    const recent = [0.64, 0.8 + 1, 1];
    expect(signalOf(model, 'next.sum', list)).toEqual(near([0.64 + 0.5 * 1.8, 0.25, 0]));
    expect(signalOf(model, 'next.last', list)).toEqual(near([0.5, 0.25, 0]));
    expect(signalOf(model, 'next.max', list)).toEqual(near([1, 0.25, 0]));
    const total = recent.reduce((a, b) => a + b);
    expect(signalOf(model, 'ease.perlen', list)[1]).toBeCloseTo(0.25 / Math.sqrt(total), 6);
    expect(signalOf(model, 'together.sum', list)).toEqual([0, 0, 0]);
  });

  it('sets a sum beside the mean sum of its list, whatever the length', () => {
    const list = { items: [1, 2], step: [0, 0], candidates: [3, 4] };
    expect(signalOf(model, 'next.share', list)).toEqual(near([4 / 3, 2 / 3]));
    const twice = { ...list, candidates: [3, 4, 3, 4] };
    expect(signalOf(model, 'next.share', twice).slice(0, 2)).toEqual(near([4 / 3, 2 / 3]));
  });

  it('forgets the former list', () => {
    const engine = createSignalEngine(model);
    const candidates = Int32Array.of(3, 4);
    const first = engine({ ...sequenceOf([0, 1, 2]), candidates }).slice();
    engine({ ...sequenceOf([2, 2, 0, 1]), candidates });
    expect(engine({ ...sequenceOf([0, 1, 2]), candidates })).toEqual(first);
  });
});

describe('embedding signals', () => {
  const model = blankModel(3, {
    embedding: {
      dims: 2,
      source: Float32Array.of(1, 0, 0, 1, 0, 0),
      target: Float32Array.of(3, 0, 0, 4, 2, 2),
      bias: Float32Array.of(0, 0, 1),
      ageWeight: Float32Array.of(1, 0.5),
      alpha: 0.5,
      history: 30,
    },
  });

  it('weighs by age and divides by a power of the weight', () => {
    const list = { items: [0, 1], candidates: [0, 1, 2] };
    const scale = 1 / Math.sqrt(1.5);
    const scores = [1.5 * scale, 4 * scale, 1 + 3 * scale];
    expect(signalOf(model, 'embed', list)).toEqual(near(scores));
    expect(signalOf(model, 'embed.last', list)).toEqual(near([0, 4, 2]));
    expect(signalOf(model, 'embed.bias', list)).toEqual([0, 0, 1]);
    expect(signalOf(model, 'embed.twin', list)).toEqual(near([1, 1, Math.SQRT1_2]));
    const mean = scores.reduce((a, b) => a + b) / 3;
    expect(signalOf(model, 'embed.rel', list)).toEqual(near(scores.map((x) => x - mean)));
    const softmax = signalOf(model, 'embed.prob', list).map((x) => Math.exp(x) / 3);
    expect(softmax.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  });

  it('is the bias alone for a visitor without a history', () => {
    const list = { items: [], candidates: [0, 1, 2] };
    expect(signalOf(model, 'embed', list)).toEqual([0, 0, 1]);
    expect(signalOf(model, 'embed.last', list)).toEqual([0, 0, 0]);
  });
});

describe('attribute signals', () => {
  const model = blankModel(4, {
    attributes: attributesOf([[0], [1], [0, 1], []], 2),
    attributeLift: Float32Array.of(0, 2, 4, 8),
  });
  const list = { items: [0, 1], candidates: [0, 1, 2, 3] };
  const norm = Math.hypot(0.8, 1);
  const half = Math.SQRT1_2;

  it('are cosines with the history, its last step and its nearest item', () => {
    const long = [0.8 / norm, 1 / norm, (1.8 * half) / norm, 0];
    expect(signalOf(model, 'attr.long', list)).toEqual(near(long));
    expect(signalOf(model, 'attr.last', list)).toEqual(near([0, 1, half, 0]));
    expect(signalOf(model, 'attr.max', list)).toEqual(near([1, 1, half, 0]));
    const most = Math.max(...long);
    expect(signalOf(model, 'attr.rel', list)).toEqual(near(long.map((x) => x / most)));
  });

  it('lift from the attributes of the history to those of the candidate', () => {
    const to = [4 / norm, (0.8 * 2 + 8) / norm];
    const both = half * ((to[0] as number) + (to[1] as number));
    expect(signalOf(model, 'lift.long', list)).toEqual(near([...to, both, 0]));
    expect(signalOf(model, 'lift.last', list)).toEqual(near([4, 8, 12 * half, 0]));
  });
});

describe('item signals', () => {
  it('see repeats by count, age and place', () => {
    const list = { items: [0, 1, 0, 2], candidates: [0, 2, 3] };
    const model = blankModel(4);
    expect(signalOf(model, 'repeat.count', list)).toEqual(near([Math.log(3), Math.log(2), 0]));
    expect(signalOf(model, 'repeat.age', list)).toEqual(near([1 / 2, 1, 0]));
    expect(signalOf(model, 'repeat.self', list)).toEqual([0, 1, 0]);
  });

  it('set the price beside the usual and the last one', () => {
    const model = blankModel(4, { logPrice: Float32Array.of(1, 2, Number.NaN, 4) });
    const list = { items: [0, 1], candidates: [0, 3, 2] };
    const usual = (0.8 * 1 + 2) / 1.8;
    expect(signalOf(model, 'price.diff', list)).toEqual(near([1 - usual, 4 - usual, 0]));
    expect(signalOf(model, 'price.gap', list)).toEqual(near([usual - 1, 4 - usual, 0]));
    expect(signalOf(model, 'price.last', list)).toEqual(near([-1, 2, 0]));
  });

  it('set the place in the shop beside that of the last item', () => {
    const { stats } = blankModel(3);
    const model = blankModel(3, {
      stats: {
        ...stats,
        page: Float32Array.of(1, 2, Number.NaN),
        place: Float32Array.of(5, 3, Number.NaN),
      },
    });
    const list = { items: [2, 1], candidates: [0, 1, 2] };
    expect(signalOf(model, 'page.diff', list)).toEqual([-1, 0, 0]);
    expect(signalOf(model, 'place.diff', list)).toEqual([-18, 0, 0]);
    expect(signalOf(model, 'place.back', list)).toEqual([18, 0, 0]);
  });
});

describe('content signals', () => {
  const content: ItemContent = {
    dims: 2,
    generated: Float32Array.of(1, 0, 0, 1, 0.6, 0.8, 0, 0),
    numSegments: 2,
    segments: Int32Array.of(0, -1, -1, 1, -1, -1, 0, 1, -1, -1, -1, -1),
    shares: Float32Array.of(1, 0, 0, 1, 0, 0, 0.75, 0.25, 0, 0, 0, 0),
  };
  const model = blankModel(4, { content });
  const list = { items: [0, 1], candidates: [0, 1, 2, 3] };

  it('are cosines of the scores with the history and its last step', () => {
    const norm = Math.hypot(0.8, 1);
    const long = [0.8 / norm, 1 / norm, (0.6 * 0.8 + 0.8) / norm, 0];
    expect(signalOf(model, 'generated.long', list)).toEqual(near(long));
    expect(signalOf(model, 'generated.last', list)).toEqual(near([0, 1, 0.8, 0]));
  });

  it('are shares in the segments of the history, weighed by recency', () => {
    const [first, second] = [0.8 / 1.8, 1 / 1.8];
    const long = [first, second, 0.75 * first + 0.25 * second, 0];
    expect(signalOf(model, 'segments.long', list)).toEqual(near(long));
    expect(signalOf(model, 'segments.last', list)).toEqual(near([0, 1, 0.25, 0]));
  });

  it('forget the former list', () => {
    const engine = createSignalEngine(model);
    const candidates = Int32Array.of(0, 1, 2, 3);
    const first = engine({ ...sequenceOf([0, 1]), candidates }).slice();
    engine({ ...sequenceOf([2, 2, 1]), candidates });
    expect(engine({ ...sequenceOf([0, 1]), candidates })).toEqual(first);
  });

  it('say nothing of items that no model knows', () => {
    const unknown = { items: [3], candidates: [0, 1, 2, 3] };
    for (const name of ['generated.long', 'generated.last', 'segments.long', 'segments.last']) {
      expect(signalOf(model, name, unknown)).toEqual([0, 0, 0, 0]);
    }
  });
});

describe('createSignalEngine', () => {
  const historyOf = fc.array(fc.nat(19), { maxLength: 40 });
  const candidatesOf = fc.array(fc.nat(19), { minLength: 1, maxLength: 12 });

  it('is 0 everywhere for a model that knows nothing, repeats apart', () => {
    const engine = createSignalEngine(blankModel(20));
    fc.assert(
      fc.property(historyOf, candidatesOf, (items, rows) => {
        const candidates = Int32Array.from(rows);
        const signals = engine({ ...sequenceOf(items), candidates });
        return signals.every(
          (value, k) => value === 0 || SIGNALS[k % J]!.name.startsWith('repeat.'),
        );
      }),
    );
  });

  it.each([
    ['tags', ['attr.', 'lift.'], { attributes: blankModel(20).attributes }],
    ['prices', ['price.'], { logPrice: blankModel(20).logPrice }],
    ['places', ['page.', 'place.'], { stats: blankModel(20).stats }],
    ['scores and segments', ['generated.', 'segments.'], { content: undefined }],
  ])('is 0 where %s are missing and a number elsewhere', (_, prefixes, change) => {
    const full = noisyModel(20, 1);
    const lift = 'attributes' in change ? { attributeLift: new Float32Array(0) } : {};
    const engine = createSignalEngine({ ...full, ...change, ...lift });
    const isOff = (k: number): boolean =>
      prefixes.some((prefix) => SIGNALS[k % J]!.name.startsWith(prefix));
    const candidates = Int32Array.from({ length: 20 }, (_item, row) => row);
    const list = { ...sequenceOf([1, 2, 3, 4, 5, 6, 7, 8]), candidates };
    const signals = engine(list);
    expect(signals.every((value, k) => (isOff(k) ? value === 0 : Number.isFinite(value)))).toBe(
      true,
    );
    const before = createSignalEngine(full)(list);
    expect(before.some((value, k) => isOff(k) && value !== 0)).toBe(true);
  });

  it('gives finite numbers, the same for a fresh engine and a used one', () => {
    const model = noisyModel(20, 2);
    const used = createSignalEngine(model);
    fc.assert(
      fc.property(historyOf, candidatesOf, (items, rows) => {
        const list = { ...sequenceOf(items), candidates: Int32Array.from(rows) };
        const signals = used(list);
        expect(signals.every(Number.isFinite)).toBe(true);
        expect(createSignalEngine(model)(list)).toEqual(signals);
      }),
    );
  });

  it('moves with the candidates: their order changes no signal', () => {
    const engine = createSignalEngine(noisyModel(20, 3));
    fc.assert(
      fc.property(historyOf, fc.uniqueArray(fc.nat(19), { minLength: 1 }), (items, rows) => {
        const there = engine({ ...sequenceOf(items), candidates: Int32Array.from(rows) });
        const candidates = Int32Array.from(rows).reverse();
        const back = engine({ ...sequenceOf(items), candidates });
        rows.forEach((_, c) => {
          const mirrored = rows.length - 1 - c;
          for (let j = 0; j < J; j++) {
            expect(back[mirrored * J + j]).toBeCloseTo(there[c * J + j] as number, 4);
          }
        });
      }),
    );
  });

  it('writes into the given array and refuses one of another length', () => {
    const engine = createSignalEngine(noisyModel(20, 4));
    const list = { ...sequenceOf([1, 2]), candidates: Int32Array.of(3, 4) };
    const out = new Float32Array(2 * J).fill(9);
    expect(engine(list, out)).toBe(out);
    expect(out).toEqual(engine(list));
    expect(() => engine(list, new Float32Array(J))).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    );
    expect(engine({ ...list, candidates: new Int32Array(0) })).toHaveLength(0);
  });
});
