import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import {
  embeddingNdcg,
  embeddingQuery,
  embeddingScores,
} from '../../../src/ranker/embedding-score.ts';
import { EmbeddingRows } from '../../../src/ranker/embedding-rows.ts';
import { SampledSoftmax } from '../../../src/ranker/sampled-softmax.ts';
import { trainEmbedding } from '../../../src/ranker/train-embedding.ts';
import type { RankList, Sequence, SequenceEmbedding } from '../../../src/ranker/types.ts';
import { attributesOf, randomSequences, sequenceOf } from './list-fixtures.ts';

const NUM_ITEMS = 20;
const SMALL = { dims: 8, epochs: 30, negatives: 16, batch: 16 };
const NO_ATTRIBUTES = attributesOf(
  Array.from({ length: NUM_ITEMS }, () => []),
  0,
);

/** Visitors who walk around a circle of items. */
function walks(count: number, length: number): Sequence[] {
  return Array.from({ length: count }, (_, v) =>
    sequenceOf(Array.from({ length }, (__, p) => (v * 7 + p) % NUM_ITEMS)),
  );
}

/** A list over all items. */
function listOf(history: readonly number[], answer: number): RankList {
  const candidates = Int32Array.from({ length: NUM_ITEMS }, (_, i) => i);
  return { ...sequenceOf(history), candidates, target: answer };
}

/** A small embedding by hand: E = 2, two items. */
const BY_HAND: SequenceEmbedding = {
  dims: 2,
  source: Float32Array.of(1, 0, 0, 1),
  target: Float32Array.of(3, 1, 0, 2),
  bias: Float32Array.of(0.5, -0.5),
  ageWeight: Float32Array.of(1, 0.5),
  alpha: 0.5,
  history: 2,
};

describe('embeddingQuery and embeddingScores', () => {
  it('weigh the latest interactions by age', () => {
    const query = new Float64Array(2);
    // The first 1 is out of reach. 0 one step ago: ½·(1, 0); 1 now: (0, 1); Σw = 1.5.
    embeddingQuery(BY_HAND, sequenceOf([1, 0, 1]), query);
    const norm = 1 / Math.sqrt(1.5);
    expect(query[0]).toBeCloseTo(0.5 * norm, 12);
    expect(query[1]).toBeCloseTo(norm, 12);
    // ½·3 + 1·1 = 2.5 and 2, by the norm, beside the biases.
    const scores = embeddingScores(BY_HAND, query, Int32Array.of(1, 0));
    expect(scores[0]).toBeCloseTo(2 * norm - 0.5, 12);
    expect(scores[1]).toBeCloseTo(2.5 * norm + 0.5, 12);
  });

  it('give an old interaction the last weight', () => {
    const query = new Float64Array(2);
    embeddingQuery(BY_HAND, sequenceOf([0, 1], [0, 900]), query);
    expect(query[0]).toBeCloseTo(0.5 / Math.sqrt(1.5), 12);
  });
});

describe('embeddingNdcg', () => {
  it('is 1 for the first place and 1 / log2 3 for the second', () => {
    const list = { ...sequenceOf([0]), candidates: Int32Array.of(0, 1) };
    expect(embeddingNdcg(BY_HAND, [{ ...list, target: 0 }])).toBe(1);
    expect(embeddingNdcg(BY_HAND, [{ ...list, target: 1 }])).toBeCloseTo(1 / Math.log2(3), 12);
  });

  it('counts ties against the answer', () => {
    const candidates = new Int32Array(11);
    expect(embeddingNdcg(BY_HAND, [{ ...sequenceOf([0]), candidates, target: 0 }])).toBe(0);
  });
});

describe('SampledSoftmax', () => {
  it('returns the gradient of its loss', () => {
    const settings = { dims: 4, rate: 0, penalty: 0, negatives: 6, drop: 0 };
    const random = createRandom(2);
    const attributes = attributesOf([[0], [1], [0, 1], [], [1]], 2);
    const rows = new EmbeddingRows(attributes, 5, settings, random);
    const softmax = new SampledSoftmax(rows, 5, settings, random);
    softmax.bias.set([0.3, -0.2, 0.1, 0, 0.4]);
    softmax.draw();
    const query = Float32Array.of(1.5, -2, 0.5, 3);
    const gradient = new Float32Array(4);
    softmax.learn(2, query, gradient);
    const unused = new Float32Array(4);
    for (let k = 0; k < 4; k++) {
      const lossAt = (shift: number): number =>
        softmax.learn(2, query.with(k, query[k]! + shift), unused);
      // A central difference; 32-bit floats leave about three digits.
      expect(gradient[k]).toBeCloseTo((lossAt(0.05) - lossAt(-0.05)) / 0.1, 3);
    }
  });
});

describe('SampledSoftmax between batches', () => {
  const settings = { dims: 2, rate: 0.1, penalty: 0, negatives: 8, drop: 0 };

  it('never lets an answer stand against itself', () => {
    const random = createRandom(1);
    const rows = new EmbeddingRows(attributesOf([[]], 0), 1, settings, random);
    const softmax = new SampledSoftmax(rows, 1, settings, random);
    softmax.draw();
    // All eight negatives are the answer: nothing is left to lose against.
    expect(softmax.learn(0, Float32Array.of(1, 1), new Float32Array(2))).toBeCloseTo(0, 12);
  });

  it('raises the answer at once and lowers the others when flushed', () => {
    const random = createRandom(1);
    const rows = new EmbeddingRows(attributesOf([[], []], 0), 2, settings, random);
    const softmax = new SampledSoftmax(rows, 2, settings, random);
    softmax.draw();
    softmax.learn(0, Float32Array.of(1, 1), new Float32Array(2));
    expect(softmax.bias[0]!).toBeGreaterThan(0);
    expect(softmax.bias[1]).toBe(0);
    const before = rows.toMatrix();
    softmax.flush();
    expect(softmax.bias[1]!).toBeLessThan(0);
    const after = rows.toMatrix();
    expect([after[2]! < before[2]!, after[3]! < before[3]!]).toEqual([true, true]);
  });

  it('forgets what was gathered before the draw', () => {
    const random = createRandom(1);
    const rows = new EmbeddingRows(attributesOf([[], [], []], 0), 3, settings, random);
    const softmax = new SampledSoftmax(rows, 3, settings, random);
    softmax.draw();
    softmax.learn(0, Float32Array.of(5, 5), new Float32Array(2));
    softmax.draw();
    // A query of zeros has no gradient for the vectors.
    softmax.learn(0, new Float32Array(2), new Float32Array(2));
    const before = rows.toMatrix();
    softmax.flush();
    expect(rows.toMatrix()).toEqual(before);
    const bias = softmax.bias.slice();
    softmax.draw();
    softmax.flush();
    expect(softmax.bias).toEqual(bias);
  });
});

describe('EmbeddingRows', () => {
  const settings = { dims: 3, rate: 0.1, penalty: 0 };
  // Item 0 has both attributes at 1/√2, item 1 none.
  const attributes = attributesOf([[0, 1], []], 2);

  it('composes an item of itself and its attributes, or of these alone', () => {
    const rows = new EmbeddingRows(attributes, 2, settings, createRandom(1));
    const [whole, blank, none] = [new Float32Array(3), new Float32Array(3), new Float32Array(4)];
    rows.compose(0, whole, 0, false);
    rows.compose(0, blank, 0, true);
    none.fill(9);
    rows.compose(1, none, 1, true);
    expect(whole).not.toEqual(blank);
    expect(blank.every((value) => value !== 0)).toBe(true);
    expect([...none]).toEqual([9, 0, 0, 0]);
    expect(rows.toMatrix().subarray(0, 3)).toEqual(whole);
  });

  it('steps against the gradient, and spares the own part of a blank one', () => {
    const rows = new EmbeddingRows(attributes, 2, settings, createRandom(1));
    const before = rows.toMatrix();
    rows.update(1, Float32Array.of(1, -1, 0), 0, true);
    expect(rows.toMatrix()).toEqual(before);
    rows.update(1, Float32Array.of(1, -1, 0), 0, false);
    const after = rows.toMatrix();
    // Adagrad: 0.1 / √(0.001 + (1 + 1 + 0) / 3) = 0.12238
    expect(after[3]! - before[3]!).toBeCloseTo(-0.12238, 4);
    expect(after[4]! - before[4]!).toBeCloseTo(0.12238, 4);
    expect(after[5]! - before[5]!).toBe(0);
  });
});

describe('trainEmbedding', () => {
  it('learns which item comes next', () => {
    const embedding = trainEmbedding(walks(60, 8), NO_ATTRIBUTES, NUM_ITEMS, SMALL);
    const lists = Array.from({ length: NUM_ITEMS }, (_, i) =>
      listOf([i, (i + 1) % NUM_ITEMS], (i + 2) % NUM_ITEMS),
    );
    // By chance 0.23; the two of the history stand above a perfect answer at times.
    expect(embeddingNdcg(embedding, lists)).toBeGreaterThan(0.6);
  });

  it('lets an item that nobody met stand where its attributes do', () => {
    // Even items are followed by even ones, and so for odd ones; 18 and 19 occur nowhere.
    const attributes = attributesOf(
      Array.from({ length: NUM_ITEMS }, (_, i) => [i % 2]),
      2,
    );
    const random = createRandom(5);
    const sequences = Array.from({ length: 200 }, (_, v) =>
      sequenceOf(Array.from({ length: 6 }, () => 2 * Math.floor(random() * 9) + (v % 2))),
    );
    const embedding = trainEmbedding(sequences, attributes, NUM_ITEMS, { ...SMALL, epochs: 5 });
    const query = new Float64Array(SMALL.dims);
    for (const parity of [0, 1]) {
      embeddingQuery(embedding, sequenceOf([parity, parity + 2]), query);
      const scores = embeddingScores(embedding, query, Int32Array.of(18, 19));
      expect(scores[parity]!).toBeGreaterThan(scores[1 - parity]!);
    }
  });

  it('is the same for the same seed and another for another', () => {
    const sequences = randomSequences(1, { visitors: 30, numItems: NUM_ITEMS, most: 8 });
    const train = (seed: number): SequenceEmbedding =>
      trainEmbedding(sequences, NO_ATTRIBUTES, NUM_ITEMS, { ...SMALL, epochs: 2, seed });
    expect(train(4)).toEqual(train(4));
    expect(train(4).target).not.toEqual(train(5).target);
  });

  it('learns nothing from single items and from what happened at one time', () => {
    const untrained = trainEmbedding([], NO_ATTRIBUTES, NUM_ITEMS, { ...SMALL, penalty: 0 });
    const settings = { ...SMALL, penalty: 0 };
    const single = trainEmbedding([sequenceOf([3])], NO_ATTRIBUTES, NUM_ITEMS, settings);
    expect(single).toEqual(untrained);
    const basket = [sequenceOf([1, 2, 3], [0, 0, 0])];
    const losses: number[] = [];
    const embedding = trainEmbedding(basket, NO_ATTRIBUTES, NUM_ITEMS, {
      ...settings,
      onEpoch: (_epoch, loss) => losses.push(loss) < 0,
    });
    expect(embedding).toEqual(untrained);
    expect(losses.every((loss) => loss === 0)).toBe(true);
  });

  it('moves the items of histories, not those that only ended one', () => {
    const settings = { ...SMALL, penalty: 0, drop: 0, epochs: 3, batch: 1 };
    const untrained = trainEmbedding([], NO_ATTRIBUTES, NUM_ITEMS, settings);
    const sequences = [sequenceOf([0, 1, 2]), sequenceOf([3, 4])];
    const trained = trainEmbedding(sequences, NO_ATTRIBUTES, NUM_ITEMS, settings);
    const hasMoved = (item: number): boolean =>
      trained.source
        .subarray(item * SMALL.dims, (item + 1) * SMALL.dims)
        .some((value, k) => value !== untrained.source[item * SMALL.dims + k]);
    expect([0, 1, 2, 3, 4, 5].filter(hasMoved)).toEqual([0, 1, 3]);
  });

  it('loses less from pass to pass', () => {
    const losses: number[] = [];
    trainEmbedding(walks(60, 8), NO_ATTRIBUTES, NUM_ITEMS, {
      ...SMALL,
      epochs: 5,
      onEpoch: (_epoch, loss) => losses.push(loss) < 0,
    });
    expect(losses).toHaveLength(5);
    expect(losses[4]!).toBeLessThan(losses[0]!);
  });

  it('stops when told, with snapshots that later passes leave alone', () => {
    const snapshots: SequenceEmbedding[] = [];
    const reports: (readonly number[])[] = [];
    const train = (epochs: number): SequenceEmbedding =>
      trainEmbedding(walks(9, 8), NO_ATTRIBUTES, NUM_ITEMS, {
        ...SMALL,
        epochs,
        onProgress: (done, total) => reports.push([done, total]),
        onEpoch: (epoch, _loss, snapshot) => snapshots.push(snapshot()) > 0 && epoch === 1,
      });
    const stopped = train(30);
    expect(snapshots).toHaveLength(2);
    expect(stopped).toEqual(snapshots[1]);
    expect(snapshots[0]).not.toEqual(snapshots[1]);
    expect(reports.at(-1)).toEqual([270, 270]);
    expect(trainEmbedding(walks(9, 8), NO_ATTRIBUTES, NUM_ITEMS, { ...SMALL, epochs: 1 })).toEqual(
      snapshots[0],
    );
  });

  it('takes stretches of sequences longer than its memory', () => {
    const embedding = trainEmbedding(walks(3, 500), NO_ATTRIBUTES, NUM_ITEMS, {
      ...SMALL,
      history: 4,
      maxTargets: 10,
      epochs: 40,
    });
    expect(embedding.target.every(Number.isFinite)).toBe(true);
    expect(embeddingNdcg(embedding, [listOf([3, 4, 5], 6)])).toBeGreaterThan(0.4);
  });

  it('works on an empty catalog', () => {
    const embedding = trainEmbedding([], attributesOf([], 0), 0, SMALL);
    expect(embedding.source).toHaveLength(0);
  });
});
