/**
 * The whole pipeline on small made-up shops, where a leak would show: tables, embedding and
 * functions learned by the protocol, answers ranked, against what chance gives.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { scoreList } from '../../../src/ranker/additive-model.ts';
import { encodeSignals, fitKnots } from '../../../src/ranker/encode-signals.ts';
import { learnSignalModel } from '../../../src/ranker/learn-model.ts';
import { measure } from '../../../src/ranker/meter.ts';
import type { Metrics } from '../../../src/ranker/metrics.ts';
import { leaveOneOut, type GivenList, type Split } from '../../../src/ranker/protocols.ts';
import { createSignalEngine, SIGNALS } from '../../../src/ranker/signals.ts';
import { trainAdditive } from '../../../src/ranker/train-additive.ts';
import type { AdditiveModel, RankList, Sequence, SignalModel } from '../../../src/ranker/types.ts';
import { attributesOf, sequenceOf } from './list-fixtures.ts';

const J = SIGNALS.length;
const NUM_WARM = 120;
const NUM_ITEMS = 280;
const NUM_VISITORS = 200;
/** Mean over ranks 1 … 100. */
const CHANCE_HR = 0.1;
const CHANCE_NDCG =
  Array.from({ length: 10 }, (_, k) => 1 / Math.log2(k + 2)).reduce((a, b) => a + b) / 100;

/** Random tags, and a few items without any. */
const ATTRIBUTES = (() => {
  const random = createRandom(1, 'leak-tags');
  const rows = Array.from({ length: NUM_ITEMS }, () =>
    Array.from({ length: 8 }, (_, a) => a).filter(() => random() < 0.3),
  );
  return attributesOf(rows, 8);
})();

/** The same interactions, each told with the item's place in a list of pages of 18. */
function placed(sequence: Sequence): Sequence {
  const { items } = sequence;
  return {
    ...sequence,
    page: Float32Array.from(items, (item) => 1 + Math.floor(item / 18)),
    position: Float32Array.from(items, (item) => 1 + (item % 18)),
  };
}

function learn(sequences: readonly Sequence[]): SignalModel {
  return learnSignalModel({
    sequences,
    attributes: ATTRIBUTES,
    logPrice: new Float32Array(NUM_ITEMS).fill(Number.NaN),
    numItems: NUM_ITEMS,
    seed: 1,
    epochs: 2,
  }).model;
}

function trainFunctions(model: SignalModel, lists: readonly RankList[]): AdditiveModel {
  const engine = createSignalEngine(model);
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach(({ candidates }, l) => (offsets[l + 1] = offsets[l]! + candidates.length));
  const signals = new Float32Array(offsets.at(-1)! * J);
  lists.forEach((list, l) => engine(list, signals.subarray(offsets[l]! * J, offsets[l + 1]! * J)));
  const knots = fitKnots(
    signals,
    J,
    8,
    SIGNALS.map(({ codes }) => codes ?? 0),
  );
  const encoded = {
    codes: encodeSignals(signals, knots),
    offsets,
    targets: Int32Array.from(lists, ({ target }) => target),
    knots,
  };
  return trainAdditive(encoded, SIGNALS, { epochs: 6 }).model;
}

/** Functions over early tables, then tables over all that is allowed, as the command does. */
function pipeline(split: Split): (lists: readonly RankList[]) => Metrics {
  const functions = trainFunctions(learn(split.early), split.train);
  const engine = createSignalEngine(learn(split.learn));
  const scoresOf = (list: RankList): Float64Array => scoreList(functions, engine(list));
  return (lists) => measure(lists, scoresOf, { numItems: NUM_ITEMS, attributes: ATTRIBUTES });
}

/** Visitors who walk along a circle of warm items: easy to predict. */
function walks(random: () => number): number[][] {
  return Array.from({ length: NUM_VISITORS }, () => {
    const start = Math.floor(random() * NUM_WARM);
    return Array.from({ length: 8 }, (_, p) => (start + p) % NUM_WARM);
  });
}

/** The answers' labels drawn anew, as if the truth were any candidate. */
function shuffled(lists: readonly RankList[]): RankList[] {
  const random = createRandom(4, 'shuffled-labels');
  return lists.map((list) => ({
    ...list,
    target: Math.floor(random() * list.candidates.length),
  }));
}

describe('a set that can be learned', () => {
  let split: Split;
  let rank: (lists: readonly RankList[]) => Metrics;
  beforeAll(() => {
    const sequences = walks(createRandom(2)).map((items, v) =>
      placed(sequenceOf(items, undefined, v * 1e3)),
    );
    split = leaveOneOut(sequences, { numItems: NUM_ITEMS });
    rank = pipeline(split);
  });

  it('is learned', () => {
    expect(rank(split.test)['NDCG@10']).toBeGreaterThan(0.8);
  });

  it('falls to chance when the labels of its answers are shuffled', () => {
    const found = rank(shuffled(split.test));
    expect(Math.abs(found['HR@10'] - CHANCE_HR)).toBeLessThan(0.06);
    expect(Math.abs(found['NDCG@10'] - CHANCE_NDCG)).toBeLessThan(0.03);
  });
});

describe('an answer planted in nobody’s allowed history', () => {
  /** Both hidden items follow from the visitor's first: a leak would be easy to learn. */
  const answerOf = (first: number): number => NUM_WARM + (first % 80);
  const items = walks(createRandom(3)).map((walk) => {
    const answer = answerOf(walk[0] as number);
    return [...walk, answer + 80, answer];
  });
  const sequences = items.map((row, v) => placed(sequenceOf(row, undefined, v * 1e3)));
  /** All candidates are items that nobody had: popularity cannot tell the answer apart. */
  const given = items.map((row, visitor): GivenList => {
    const random = createRandom(visitor, 'planted');
    const cold = Array.from({ length: NUM_ITEMS - NUM_WARM }, (_, k) => NUM_WARM + k)
      .filter((item) => item !== row.at(-1))
      .map((item) => ({ item, key: random() }))
      .sort((a, b) => a.key - b.key)
      .slice(0, 99)
      .map(({ item }) => item);
    const target = Math.floor(random() * 100);
    cold.splice(target, 0, row.at(-1) as number);
    return { visitor, candidates: Int32Array.from(cold), target };
  });
  const split = leaveOneOut(sequences, { numItems: NUM_ITEMS, given });

  it('ranks by chance', () => {
    const found = pipeline(split)(split.test);
    expect(Math.abs(found['HR@10'] - CHANCE_HR)).toBeLessThan(0.06);
    expect(Math.abs(found['NDCG@10'] - CHANCE_NDCG)).toBeLessThan(0.03);
  });

  it('stands nowhere in the shop’s lists as far as it may be known', () => {
    const { shelf } = learn(split.learn).stats;
    expect(shelf.some((rank) => rank >= 0)).toBe(true);
    expect(items.every((row) => Number.isNaN(shelf[row.at(-1) as number]))).toBe(true);
  });

  it('would be found if it leaked', () => {
    const found = pipeline({ ...split, learn: sequences })(split.test);
    expect(found['HR@10']).toBeGreaterThan(0.9);
  });
});
