import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addLatent,
  learnLatentTerms,
  type LatentTerms,
} from '../../../src/catalog/latent-terms.ts';
import { symmetricEigen } from '../../../src/catalog/symmetric-eigen.ts';
import { createRandom } from '../../../src/core/rng.ts';

describe('symmetricEigen', () => {
  const matrices = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer(), fc.constantFrom(1e-6, 1, 1e6))
    .map(([n, seed, scale]) => {
      const random = createRandom(seed, 'matrix');
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = i; j < n; j++) {
          const value = (random() * 2 - 1) * scale;
          matrix[i * n + j] = value;
          matrix[j * n + i] = value;
        }
      }
      return { n, matrix, scale };
    });

  it('finds A·v = λ·v with orthonormal vectors on random symmetric matrices', () => {
    fc.assert(
      fc.property(matrices, ({ n, matrix, scale }) => {
        const { values, vectors } = symmetricEigen(matrix, n);
        for (let k = 0; k < n; k++) {
          for (let i = 0; i < n; i++) {
            let product = 0;
            for (let j = 0; j < n; j++) product += matrix[i * n + j]! * vectors[j * n + k]!;
            expect(Math.abs(product - values[k]! * vectors[i * n + k]!)).toBeLessThan(1e-8 * scale);
          }
          for (let other = 0; other <= k; other++) {
            let dot = 0;
            for (let i = 0; i < n; i++) dot += vectors[i * n + k]! * vectors[i * n + other]!;
            expect(dot).toBeCloseTo(other === k ? 1 : 0, 9);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('sorts values from large to small, and they sum to the trace', () => {
    fc.assert(
      fc.property(matrices, ({ n, matrix, scale }) => {
        const { values } = symmetricEigen(matrix, n);
        expect([...values].toSorted((a, b) => b - a)).toEqual([...values]);
        const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]!).reduce(
          (a, b) => a + b,
          0,
        );
        expect(Math.abs(values.reduce((a, b) => a + b, 0) - trace)).toBeLessThan(1e-8 * scale);
      }),
    );
  });

  it.each([
    ['one number', [7], [7]],
    ['zeros', [0, 0, 0, 0], [0, 0]],
    ['a diagonal', [1, 0, 0, 0, 5, 0, 0, 0, 3], [5, 3, 1]],
    ['two that mirror each other', [2, 1, 1, 2], [3, 1]],
    ['rank one', [1, 2, 2, 4], [5, 0]],
    ['equal values', [4, 0, 0, 4], [4, 4]],
  ])('solves %s', (_, matrix, expected) => {
    const { values } = symmetricEigen(Float64Array.from(matrix), Math.sqrt(matrix.length));
    for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 10);
  });

  it('leaves the matrix as it was', () => {
    const matrix = Float64Array.of(2, 1, 1, 2);
    symmetricEigen(matrix, 2);
    expect([...matrix]).toEqual([2, 1, 1, 2]);
  });

  it('solves the size that the encoder needs', () => {
    const n = 43;
    const random = createRandom(5, 'gram');
    const rows = Array.from({ length: 60 }, () => Array.from({ length: n }, () => random() - 0.5));
    const gram = new Float64Array(n * n);
    for (const row of rows) {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) gram[i * n + j]! += row[i]! * row[j]!;
    }
    const { values } = symmetricEigen(gram, n);
    expect(values[n - 1]).toBeGreaterThan(-1e-9);
    expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(
      rows.flat().reduce((a, b) => a + b * b, 0),
      8,
    );
  });
});

const TOPICS = [
  ['trail', 'boots', 'tent', 'summit', 'rope', 'camp'],
  ['oven', 'dough', 'pan', 'knife', 'recipe', 'whisk'],
  ['piano', 'chord', 'melody', 'strings', 'drum', 'tune'],
];

/** Texts of a few words of one topic each, and a word that all share. */
function corpus(count: number, seed = 3): Map<string, number>[] {
  const random = createRandom(seed, 'corpus');
  return Array.from({ length: count }, (_, i) => {
    const topic = TOPICS[i % TOPICS.length]!;
    const words = Array.from({ length: 3 }, () => topic[Math.floor(random() * topic.length)]!);
    return new Map([['item', 0.3], ...words.map((word): [string, number] => [word, 1])]);
  });
}

function vectorOf(term: string, latent: LatentTerms): number[] {
  const out = new Float64Array(latent.dims);
  addLatent([[term, 1]], latent, out, 0);
  return [...out];
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const length = Math.hypot(...a) * Math.hypot(...b);
  return length === 0 ? 0 : a.reduce((sum, value, i) => sum + value * b[i]!, 0) / length;
}

describe('latent terms', () => {
  it('bring words of one topic together, also those that never share a text', () => {
    const latent = learnLatentTerms(corpus(150), 2);
    for (const [t, topic] of TOPICS.entries()) {
      const vectors = topic.map((word) => vectorOf(word, latent));
      const foreign = TOPICS[(t + 1) % TOPICS.length]!.map((word) => vectorOf(word, latent));
      for (const a of vectors) {
        for (const b of vectors) expect(cosine(a, b)).toBeGreaterThan(0.9);
        for (const b of foreign) expect(cosine(a, b)).toBeLessThan(0.3);
      }
    }
  });

  it('bring texts of one topic together that share no word', () => {
    const latent = learnLatentTerms(corpus(300), 2);
    const fold = (words: readonly string[]): number[] => {
      const out = new Float64Array(2);
      addLatent(
        words.map((word) => [word, 1] as const),
        latent,
        out,
        0,
      );
      return [...out];
    };
    for (const [t, topic] of TOPICS.entries()) {
      const [left, right] = [fold(topic.slice(0, 3)), fold(topic.slice(3))];
      const foreign = fold(TOPICS[(t + 1) % TOPICS.length]!.slice(0, 3));
      expect(cosine(left, right)).toBeGreaterThan(0.5);
      expect(cosine(left, foreign)).toBeLessThan(0.3);
    }
  });

  it('drop what all texts share', () => {
    const latent = learnLatentTerms(corpus(150), 2);
    const shared = Math.hypot(...vectorOf('item', latent));
    for (const word of TOPICS.flat()) {
      expect(shared).toBeLessThan(0.5 * Math.hypot(...vectorOf(word, latent)));
    }
  });

  it('have directions of unit length at right angles, or none beyond the rank', () => {
    for (const dims of [2, 8, 30]) {
      const { vectors, index } = learnLatentTerms(corpus(90), dims);
      const column = (k: number): number[] =>
        Array.from({ length: index.size }, (_, row) => vectors[row * dims + k] as number);
      for (let k = 0; k < dims; k++) {
        const length = Math.hypot(...column(k));
        if (length !== 0) expect(length).toBeCloseTo(1, 6);
        for (let other = 0; other < k; other++) {
          expect(Math.abs(cosine(column(k), column(other)))).toBeLessThan(1e-6);
        }
      }
    }
  });

  it('are the same for the same texts', () => {
    expect(learnLatentTerms(corpus(60), 6)).toEqual(learnLatentTerms(corpus(60), 6));
  });

  it.each([
    ['no text', []],
    ['one text', [new Map([['a', 1]])]],
    ['two texts without a common word', [new Map([['a', 1]]), new Map([['b', 1]])]],
    ['two equal texts', [new Map([['a', 1]]), new Map([['a', 1]])]],
    [
      'two texts with a common word',
      [
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
        new Map([['a', 1]]),
      ],
    ],
    [
      'empty texts',
      [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()],
    ],
    ['weights of 0', [new Map([['a', 0]]), new Map([['a', 0]])]],
  ])('are finite for %s', (_, texts) => {
    const latent = learnLatentTerms(texts, 5);
    expect(latent.dims).toBe(5);
    expect(latent.vectors).toHaveLength(latent.index.size * 5);
    expect(latent.vectors.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('leave out a word of one text only: it says nothing of others', () => {
    const texts = [
      ...corpus(30),
      new Map([
        ['zeppelin', 9],
        ['trail', 1],
      ]),
    ];
    const latent = learnLatentTerms(texts, 4);
    expect(latent.index.has('zeppelin')).toBe(false);
    expect(latent.index.has('trail')).toBe(true);
    expect(vectorOf('zeppelin', latent)).toEqual([0, 0, 0, 0]);
  });

  it('learn from a sample of many texts, spread over the whole list', () => {
    const many = Array.from(
      { length: 4_000 },
      (_, i) =>
        new Map(
          i < 2_000
            ? [
                ['early', 1],
                ['old', 1],
              ]
            : [
                ['late', 1],
                ['new', 1],
              ],
        ),
    );
    const latent = learnLatentTerms(many, 1);
    expect([...latent.index.keys()].sort()).toEqual(['early', 'late', 'new', 'old']);
    expect(latent.vectors.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('fold a text in as the weighted sum of its words, at its place', () => {
    const latent = learnLatentTerms(corpus(60), 3);
    const out = new Float64Array(7).fill(1);
    addLatent(
      [
        ['trail', 2],
        ['oven', -1],
        ['nowhere', 5],
      ],
      latent,
      out,
      2,
    );
    const [trail, oven] = [vectorOf('trail', latent), vectorOf('oven', latent)];
    expect(Array.from(out.subarray(2, 5))).toEqual(
      trail.map((value, k) => 1 + 2 * value - oven[k]!),
    );
    expect([out[0], out[1], out[5], out[6]]).toEqual([1, 1, 1, 1]);
  });

  it('are finite for any texts', () => {
    const term = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', '', 'constructor');
    const weight = fc.double({ min: 0, max: 20, noNaN: true });
    const text = fc.array(fc.tuple(term, weight), { maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (lists, dims) => {
          const latent = learnLatentTerms(
            lists.map((list) => new Map(list)),
            dims,
          );
          expect(latent.vectors.every((value) => Number.isFinite(value))).toBe(true);
        },
      ),
    );
  });
});
