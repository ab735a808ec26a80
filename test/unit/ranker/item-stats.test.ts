import { describe, expect, it } from 'vitest';
import { countItems } from '../../../src/ranker/count-tables.ts';
import { buildItemStats } from '../../../src/ranker/item-stats.ts';
import type { Sequence } from '../../../src/ranker/types.ts';
import { attributesOf, sequenceOf } from './list-fixtures.ts';

const NO_ATTRIBUTES = attributesOf([[], [], []], 0);

function statsOf(sequences: readonly Sequence[], attributes = NO_ATTRIBUTES) {
  return buildItemStats(sequences, attributes, countItems(sequences, 3));
}

describe('buildItemStats', () => {
  it('measures popularity beside the mean, smoothed', () => {
    // Visitors 2, 1, 0: mean 1. ln(2.5 / 1.5), ln(1.5 / 1.5), ln(0.5 / 1.5).
    const { popularity } = statsOf([sequenceOf([0, 1, 0]), sequenceOf([0])]);
    expect(popularity[0]).toBeCloseTo(Math.log(5 / 3), 6);
    expect(popularity[1]).toBe(0);
    expect(popularity[2]).toBeCloseTo(-Math.log(3), 6);
  });

  it('measures lateness, shrunk to 2 / 3.3', () => {
    // 1 at place 2 of 2 twice: (1 + 1 + 2) / (2 + 3.3); 2 never: 2 / 3.3.
    const { lateness } = statsOf([sequenceOf([0, 1]), sequenceOf([0, 1])]);
    expect(lateness[1]).toBeCloseTo(4 / 5.3, 6);
    expect(lateness[0]).toBeCloseTo(3 / 5.3, 6);
    expect(lateness[2]).toBeCloseTo(2 / 3.3, 6);
  });

  it('lends an item without visitors the popularity of its attributes', () => {
    const attributes = attributesOf([[0], [], [0, 1]], 2);
    const { attributePopularity } = statsOf([sequenceOf([0, 1]), sequenceOf([0])], attributes);
    // Mean 1 visitor. Attribute 0: items 0 and 2, 2 visitors: ln((2 + 5) / (2 + 5)) = 0;
    // attribute 1: item 2 only, no visitor: ln(5 / 6). Item 2 has both at equal weights.
    expect(attributePopularity[0]).toBe(0);
    expect(attributePopularity[1]).toBe(0);
    expect(attributePopularity[2]).toBeCloseTo(Math.log(5 / 6) / 2, 6);
  });

  it('means pages and places, unknown where no interaction tells both', () => {
    const seen: Sequence = {
      ...sequenceOf([0, 0, 1]),
      page: Float32Array.of(1, 2, 3),
      position: Float32Array.of(4, 8, Number.NaN),
    };
    const { page, place } = statsOf([seen]);
    expect([...page]).toEqual([1.5, Number.NaN, Number.NaN]);
    expect([...place]).toEqual([6, Number.NaN, Number.NaN]);
  });

  it('is finite without interactions', () => {
    const stats = statsOf([], attributesOf([[0], [0], []], 1));
    expect([...stats.popularity, ...stats.attributePopularity]).toEqual(Array(6).fill(0));
    expect([...stats.page]).toEqual(Array(3).fill(Number.NaN));
    expect(stats.lateness[0]).toBeCloseTo(2 / 3.3, 6);
    expect(buildItemStats([], attributesOf([], 0), countItems([], 0)).popularity).toHaveLength(0);
  });
});
