import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { evaluateAt, functionValues, scoreList } from '../../../src/ranker/additive-model.ts';
import { CODE_STEPS, encodeSignals, fitKnots } from '../../../src/ranker/encode-signals.ts';
import { trainAdditive, type EncodedLists } from '../../../src/ranker/train-additive.ts';
import type { AdditiveModel } from '../../../src/ranker/types.ts';

const anyFloat = fc.float({ noNaN: true, min: -100, max: 100 });

const anyModel: fc.Arbitrary<AdditiveModel> = fc
  .array(
    fc.uniqueArray(fc.tuple(anyFloat, anyFloat), {
      maxLength: 6,
      selector: ([knot]) => knot + 0,
      comparator: (a, b) => a === b,
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((functions) => {
    const sorted = functions.map((points) => points.toSorted((a, b) => a[0] - b[0]));
    return {
      names: sorted.map((_, j) => `signal${j}`),
      knots: sorted.map((points) => Float32Array.from(points, ([knot]) => knot)),
      values: sorted.map((points) => Float32Array.from(points, ([, value]) => value)),
    };
  });

describe('evaluateAt', () => {
  const knots = Float32Array.of(0, 1, 3);
  const values = Float32Array.of(0, 2, -2);

  it('is linear between knots and flat outside them', () => {
    const xs = [-5, 0, 0.5, 1, 2, 3, 9, Number.NaN];
    expect(xs.map((x) => evaluateAt(knots, values, x))).toEqual([0, 0, 1, 2, 0, -2, -2, 0]);
  });

  it('is 0 with fewer than two knots', () => {
    expect(evaluateAt(Float32Array.of(1), Float32Array.of(7), 1)).toBe(0);
    expect(evaluateAt(new Float32Array(0), new Float32Array(0), 1)).toBe(0);
  });
});

describe('scoreList and functionValues', () => {
  it('agree exactly: the values of each candidate sum to its score', () => {
    const withSignals = anyModel.chain((model) =>
      fc.tuple(
        fc.constant(model),
        fc.array(anyFloat, {
          minLength: model.names.length * 3,
          maxLength: model.names.length * 3,
        }),
      ),
    );
    fc.assert(
      fc.property(withSignals, ([model, values]) => {
        const signals = Float32Array.from(values);
        const width = model.names.length;
        scoreList(model, signals).forEach((score, c) => {
          const parts = functionValues(model, signals).subarray(c * width, (c + 1) * width);
          expect(parts.reduce((sum, value) => sum + value, 0)).toBe(score);
        });
      }),
    );
  });

  it('refuses signals of another shape', () => {
    const model = { names: ['a', 'b'], knots: [], values: [] };
    expect(() => scoreList(model, new Float32Array(3))).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    );
  });
});

describe('fitKnots', () => {
  it('takes quantiles of what is not 0, and 0', () => {
    const column = Float32Array.from({ length: 101 }, (_, k) => k);
    expect([...(fitKnots(column, 1, 4)[0] as Float32Array)]).toEqual([0, 1, 25, 50, 75, 100]);
  });

  it('looks closer at the tails of many values', () => {
    const column = Float32Array.from({ length: 1001 }, (_, k) => k);
    const [knots] = fitKnots(column, 1, 2);
    expect([...(knots as Float32Array)]).toEqual([0, 1, 2, 10, 500, 990, 998, 1000]);
  });

  it('gives a signal that is always 0 or not a number one knot', () => {
    const signals = Float32Array.of(0, Number.NaN, 0, Number.NaN);
    expect(fitKnots(signals, 2).map(({ length }) => length)).toEqual([1, 1]);
  });
});

describe('encodeSignals', () => {
  it('keeps segment and place, within a step', () => {
    const knots = [Float32Array.of(-1, 0, 2, 10)];
    const xs = fc.float({ noNaN: true, min: -3, max: 12 });
    fc.assert(
      fc.property(xs, (x) => {
        const code = encodeSignals(Float32Array.of(x), knots)[0] as number;
        const k = code >> 8;
        const [left, right] = [knots[0]![k] as number, knots[0]![k + 1] as number];
        const back = left + ((right - left) * (code & 255)) / CODE_STEPS;
        const clamped = Math.min(10, Math.max(-1, x));
        expect(Math.abs(back - clamped)).toBeLessThanOrEqual((right - left) / CODE_STEPS + 1e-6);
      }),
    );
  });
});

const KNOWN = [
  { name: 'rising', monotone: 1 as const, f: (x: number): number => 3 * Math.min(x, 0.5) },
  { name: 'falling', monotone: -1 as const, f: (x: number): number => -2 * x },
  { name: 'hill', monotone: 0 as const, f: (x: number): number => 2 - 8 * (x - 0.5) ** 2 },
  { name: 'nothing', monotone: 1 as const, f: (): number => 0 },
];

/** Lists whose answers are drawn from the softmax of a known additive score. */
function knownLists(numLists: number, size: number): EncodedLists & { signals: Float32Array } {
  const random = createRandom(3, 'known-lists');
  const width = KNOWN.length;
  const signals = Float32Array.from({ length: numLists * size * width }, random);
  const targets = Int32Array.from({ length: numLists }, (_, l) => {
    const weights = Array.from({ length: size }, (_row, c) =>
      Math.exp(KNOWN.reduce((s, { f }, j) => s + f(signals[(l * size + c) * width + j]!), 0)),
    );
    let left = random() * weights.reduce((a, b) => a + b);
    return weights.findIndex((weight) => (left -= weight) < 0);
  });
  const knots = fitKnots(signals, width, 8);
  const offsets = Int32Array.from({ length: numLists + 1 }, (_, l) => l * size);
  return { codes: encodeSignals(signals, knots), offsets, targets, knots, signals };
}

describe('trainAdditive', () => {
  const lists = knownLists(4000, 10);
  const { model, curve } = trainAdditive(lists, KNOWN, { epochs: 15 });

  it('recovers a known additive function', () => {
    const xs = Array.from({ length: 9 }, (_, k) => (k + 1) / 10);
    for (const [j, { f }] of KNOWN.entries()) {
      const learned = xs.map((x) => evaluateAt(model.knots[j]!, model.values[j]!, x));
      const shift = learned.reduce((s, y, k) => s + y - f(xs[k] as number), 0) / xs.length;
      learned.forEach((y, k) => expect(Math.abs(y - shift - f(xs[k] as number))).toBeLessThan(0.2));
    }
  });

  it('lowers the loss below that of guessing, and tells it', () => {
    expect(curve).toHaveLength(15);
    expect(curve[0]!).toBeLessThan(Math.log(10));
    expect(curve.at(-1)!).toBeLessThan(curve[0]!);
  });

  it('never falls in a rising signal and never rises in a falling one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          const scores = (x: number, y: number): number[] => {
            const rows = [x, 0.5, 0.5, 0.5, 0.5, y, 0.5, 0.5];
            return [...scoreList(model, Float32Array.from(rows))];
          };
          const [lowRising, lowFalling] = scores(low, low) as [number, number];
          const [highRising, highFalling] = scores(high, high) as [number, number];
          expect(highRising).toBeGreaterThanOrEqual(lowRising);
          expect(highFalling).toBeLessThanOrEqual(lowFalling);
        },
      ),
    );
  });

  it('holds a constraint against the data', () => {
    const wrong = KNOWN.map((signal) => ({ ...signal, monotone: -signal.monotone as 1 | -1 | 0 }));
    const forced = trainAdditive(lists, wrong, { epochs: 3 }).model;
    const [rising, falling] = forced.values as [Float32Array, Float32Array];
    expect(rising.every((value, k) => k === 0 || value <= rising[k - 1]!)).toBe(true);
    expect(falling.every((value, k) => k === 0 || value >= falling[k - 1]!)).toBe(true);
  });

  it('gives the same model for the same seed, and leaves out what it is told to', () => {
    const options = { epochs: 2, seed: 5, use: (name: string): boolean => name !== 'hill' };
    const first = trainAdditive(lists, KNOWN, options);
    expect(trainAdditive(lists, KNOWN, options)).toEqual(first);
    expect(trainAdditive(lists, KNOWN, { ...options, seed: 6 }).curve).not.toEqual(first.curve);
    expect(first.model.knots[2]).toHaveLength(0);
    expect(evaluateAt(first.model.knots[2]!, first.model.values[2]!, 0.5)).toBe(0);
  });

  it('stops when told to', () => {
    const seen: number[] = [];
    const onProgress = (epoch: number): boolean => {
      seen.push(epoch);
      return epoch === 2;
    };
    expect(trainAdditive(lists, KNOWN, { epochs: 9, onProgress }).curve).toHaveLength(2);
    expect(seen).toEqual([1, 2]);
  });

  it('takes lists of different lengths', () => {
    const ragged = {
      ...lists,
      offsets: Int32Array.of(0, 3, 10, 11),
      targets: Int32Array.of(2, 0, 0),
    };
    const { curve: losses } = trainAdditive(ragged, KNOWN, { epochs: 1, batch: 3 });
    expect(losses[0]).toBeCloseTo((Math.log(3) + Math.log(7) + Math.log(1)) / 3, 12);
  });
});
