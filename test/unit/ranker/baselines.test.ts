import { describe, expect, it } from 'vitest';
import { BASELINE_NAMES, createBaselines } from '../../../src/ranker/baselines.ts';
import { topOf } from '../../../src/ranker/metrics.ts';
import { attributesOf, blankModel, sequenceOf, tableOf } from './list-fixtures.ts';

const blank = blankModel(5);
const baselines = createBaselines({
  ...blank,
  attributes: attributesOf([[0], [1], [0], [0, 1], [1]], 2),
  stats: { ...blank.stats, popularity: Float32Array.of(0, 0, -1, 2, 1) },
  tables: {
    ...blank.tables,
    together: tableOf(5, [
      [2, 0, 1],
      [4, 1, 0.5],
    ]),
    next: tableOf(5, [
      [2, 0, 1],
      [4, 1, 0.5],
    ]),
    ease: tableOf(5, [[3, 1, 0.1]]),
  },
});

describe('createBaselines', () => {
  const candidates = Int32Array.of(2, 3, 4);
  const scores = baselines({ ...sequenceOf([0, 1]), candidates });

  it('ranks each by its own evidence', () => {
    const order = Object.fromEntries(
      BASELINE_NAMES.map((name) => [name, [...topOf(candidates, scores[name])]]),
    );
    expect(order).toEqual({
      popularity: [3, 4, 2],
      // Both attributes were met, the second one last: 3 has both, 4 the second, 2 the first.
      attributeCosine: [3, 4, 2],
      itemItem: [2, 4, 3],
      // Only the last step counts: nothing goes from 0 any more.
      markov: [4, 3, 2],
      ease: [3, 4, 2],
    });
  });

  it('breaks ties by popularity and nothing else', () => {
    expect(scores.markov[1]).toBeGreaterThan(scores.markov[0] as number);
    expect(scores.itemItem[0]).toBeCloseTo(0.8, 6);
  });

  it('keeps the scores of the former list', () => {
    const before = scores.ease.slice();
    baselines({ ...sequenceOf([2]), candidates: Int32Array.of(0, 1) });
    expect(scores.ease).toEqual(before);
  });
});
