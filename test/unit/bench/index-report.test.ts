/** What the bench says about large catalogs. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drawCatalog } from '../../../scripts/bench/index-data.mjs';
import { drawItems } from '../../../scripts/bench/index-items.mjs';
import { growthOf, indexReport, withIndexReport } from '../../../scripts/bench/index-page.mjs';
import { ROOT } from '../../../scripts/run.mjs';

const figure = (n: number, medianMs: number, recall = 0.97) => ({
  n,
  d: 64,
  s: 17,
  lists: 400,
  probes: 20,
  scored: 3_000,
  medianMs,
  exhaustiveMs: n / 1_000,
  recall,
  megabytes: 1,
});
const FIGURES = [figure(10_000, 1), figure(1_000_000, 5)];
const RUN = { machine: 'a machine', workerMB: 40 };

describe('the report', () => {
  test('tells how much longer the largest catalog takes', () => {
    expect(growthOf(FIGURES)).toEqual({ items: 100, index: 5, exhaustive: 100 });
    expect(indexReport(FIGURES, RUN)).toContain('(× 100) the time by the index grows × 5.0');
  });

  test('says where a bar is not reached', () => {
    expect(indexReport(FIGURES, RUN)).not.toContain(': no)');
    const slow = [figure(10_000, 1), figure(1_000_000, 21)];
    expect(indexReport(slow, RUN)).toContain('at least 0.95: no)');
    const blind = [figure(10_000, 1), figure(1_000_000, 5, 0.94)];
    expect(indexReport(blind, RUN)).toContain('at least 0.95: no)');
    expect(indexReport(FIGURES, { ...RUN, workerMB: 61 })).toContain('at most 60: no)');
  });

  test('goes between markers of its own, which docs/performance.md has', () => {
    const page = readFileSync(`${ROOT}docs/performance.md`, 'utf8');
    const twice = withIndexReport(withIndexReport(page, 'first'), 'second');
    expect(twice).toBe(withIndexReport(page, 'second'));
  });
});

describe('what is measured on', () => {
  test('vectors are of unit length, and the same for the same seed', () => {
    const { data, dims } = drawCatalog(50, 1);
    for (let at = 0; at < data.length; at += dims) {
      expect(Math.hypot(...data.subarray(at, at + dims))).toBeCloseTo(1, 5);
    }
    expect(drawCatalog(50, 1).data).toEqual(data);
    expect(drawCatalog(50, 2).data).not.toEqual(data);
  });

  test('items have ids of their own', () => {
    const lines = [...drawItems(2_500)].join('').trim().split('\n');
    const items = lines.map((line) => JSON.parse(line) as { id: string; price: number });
    expect(new Set(items.map(({ id }) => id)).size).toBe(2_500);
    expect(items.every(({ price }) => price > 0)).toBe(true);
  });
});
