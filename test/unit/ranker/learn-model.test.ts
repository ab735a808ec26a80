import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { buildAttributes, learnLogPrices } from '../../../src/ranker/attributes.ts';
import { embeddingNdcg } from '../../../src/ranker/embedding-score.ts';
import { learnSignalModel, type LearnOptions } from '../../../src/ranker/learn-model.ts';
import { createSignalEngine } from '../../../src/ranker/signals.ts';
import { trainEmbedding } from '../../../src/ranker/train-embedding.ts';
import type { RankList, Sequence } from '../../../src/ranker/types.ts';
import { sequenceOf } from './list-fixtures.ts';

const NUM_ITEMS = 30;
const CATALOG = Array.from({ length: NUM_ITEMS }, (_, i) => ({
  id: `${i}`,
  tags: [`t${i % 4}`],
  price: 1 + i,
}));

/** Visitors who walk along the items, and sometimes jump. */
function walks(seed: number, count: number): Sequence[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    let at = Math.floor(random() * NUM_ITEMS);
    const items = Array.from({ length: 7 }, () => {
      at = random() < 0.2 ? Math.floor(random() * NUM_ITEMS) : (at + 1) % NUM_ITEMS;
      return at;
    });
    return sequenceOf(items);
  });
}

function optionsOf(changes: Partial<LearnOptions> = {}): LearnOptions {
  return {
    sequences: walks(1, 30),
    attributes: buildAttributes(CATALOG),
    logPrice: learnLogPrices(CATALOG),
    numItems: NUM_ITEMS,
    seed: 1,
    ...changes,
  };
}

/** What the last item of each walk is, among all items. */
const HELD_OUT: readonly RankList[] = walks(2, 40).map(({ items }) => ({
  ...sequenceOf([...items.subarray(0, 6)]),
  candidates: Int32Array.from({ length: NUM_ITEMS }, (_, i) => i),
  target: items[6]!,
}));

describe('learnSignalModel', () => {
  it('is the same for the same seed', () => {
    expect(learnSignalModel(optionsOf({ epochs: 2 }))).toEqual(
      learnSignalModel(optionsOf({ epochs: 2 })),
    );
  });

  it('keeps the pass that ranks held-out lists best', () => {
    const options = optionsOf();
    const { model, epochs } = learnSignalModel({ ...options, heldOut: HELD_OUT });
    const ndcgs: number[] = [];
    trainEmbedding(options.sequences, options.attributes, NUM_ITEMS, {
      seed: options.seed,
      epochs: Math.min(20, epochs + 2),
      onEpoch: (_epoch, _loss, snapshot) => ndcgs.push(embeddingNdcg(snapshot(), HELD_OUT)) < 0,
    });
    expect(ndcgs.indexOf(Math.max(...ndcgs)) + 1).toBe(epochs);
    // The number of passes is all that the held-out lists decide.
    expect(learnSignalModel({ ...options, epochs }).model).toEqual(model);
  });

  it('trains as long as it is told, and four passes when nothing tells', () => {
    const told = learnSignalModel(optionsOf({ epochs: 4, heldOut: HELD_OUT }));
    expect(told.epochs).toBe(4);
    expect(learnSignalModel(optionsOf({ heldOut: [] }))).toEqual(told);
  });

  it('reports progress that never goes back and ends at its total', () => {
    const reports: number[] = [];
    const totals = new Set<number>();
    learnSignalModel(
      optionsOf({
        heldOut: HELD_OUT,
        onProgress: (done, total) => {
          reports.push(done);
          totals.add(total);
        },
      }),
    );
    expect(reports).toEqual(reports.toSorted((a, b) => a - b));
    expect([...totals]).toEqual([reports.at(-1)]);
  });

  it.each([
    ['no interactions', { sequences: [] }],
    ['visitors of one item', { sequences: [sequenceOf([1]), sequenceOf([2])] }],
    [
      'no tags, titles and prices',
      {
        attributes: buildAttributes(CATALOG.map(({ id }) => ({ id }))),
        logPrice: new Float32Array(NUM_ITEMS).fill(Number.NaN),
      },
    ],
    ['items that nobody met', { sequences: [sequenceOf([0, 1, 2])] }],
  ])('gives finite signals with %s', (_name, changes) => {
    const { model } = learnSignalModel(optionsOf({ ...changes, epochs: 1 }));
    const signals = createSignalEngine(model)(HELD_OUT[0]!);
    expect(signals.length).toBeGreaterThan(0);
    expect(signals.every(Number.isFinite)).toBe(true);
  });

  it('works on an empty catalog', () => {
    const { model } = learnSignalModel({
      sequences: [],
      attributes: buildAttributes([]),
      logPrice: new Float32Array(0),
      numItems: 0,
      seed: 1,
    });
    expect(model.tables.ease.sources).toHaveLength(0);
    expect(model.stats.popularity).toHaveLength(0);
  });
});
