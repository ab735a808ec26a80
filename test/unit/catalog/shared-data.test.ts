import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import { parseCandidatesText } from '../../../src/catalog/parse-candidates.ts';
import type { Item } from '../../../src/core/types.ts';

const FOLDER = new URL('../../../../shared/data/', import.meta.url);
const isHere = existsSync(FOLDER);

function catalog(name: string): Item[] {
  const text = gunzipSync(readFileSync(new URL(`${name}/catalog.ndjson.gz`, FOLDER))).toString();
  const { value, badLines } = parseCandidatesText(text);
  const result = normalizeCandidates(value, { maxItems: 50_000 });
  expect(badLines).toBe(0);
  expect(result.warnings).toEqual([]);
  return result.items;
}

function shareWithFeature(items: readonly Item[]): number {
  return items.filter((item) => analyzeItem(item).named.length > 0).length / items.length;
}

// Public data that is not part of the repository: where it is missing, these are skipped.
describe.skipIf(!isHere)('public catalogs (skipped where ../shared/data is absent)', () => {
  it('names a feature of at least 95 % of a storefront’s items', () => {
    const items = catalog('storefront');
    expect(items).toHaveLength(2944);
    expect(shareWithFeature(items)).toBeGreaterThan(0.95);
  });

  it('names a feature of at least 70 % of a gift shop’s bare titles', () => {
    const items = catalog('retail');
    expect(items).toHaveLength(3621);
    expect(shareWithFeature(items)).toBeGreaterThan(0.7);
  });

  it('tells good reviews from bad ones', () => {
    const text = gunzipSync(readFileSync(new URL('text/reviews.ndjson.gz', FOLDER))).toString();
    const reviews = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { rating: number; text: string });
    const mean = (least: number, most: number): number => {
      const known = reviews
        .filter((review) => review.rating >= least && review.rating <= most)
        .map((review) => analyzeItem({ id: 'a', description: review.text }).sentiment)
        .filter((value) => value !== null);
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    };
    expect(mean(4, 5) - mean(1, 2)).toBeGreaterThan(0.5);
  });
});
