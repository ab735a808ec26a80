import { describe, expect, it } from 'vitest';
import { encodeItem, encodeItems } from '../../../src/catalog/encode-items.ts';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';
import { priceQuantile } from '../../../src/catalog/price-bands.ts';
import { learnCatalog } from '../../../src/cli/catalog-model.ts';
import { restoreCatalog } from '../../../src/engine/restore-catalog.ts';
import { sentimentWords } from '../../../src/cli/sentiment-evidence.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import { decodeCatalogStats, encodeCatalogStats } from '../../../src/pack/catalog-stats.ts';

const WORDS = 'boots leather red lamp brass wool warm steel garden oak quiet modern'.split(' ');

/** Items of random words, some without price, brand or category. */
function catalogOf(count: number, words: readonly string[] = WORDS): Item[] {
  const random = createRandom(3, 'catalog');
  const pick = (): string => words[Math.floor(random() * words.length)]!;
  return Array.from({ length: count }, (_, i) => ({
    id: `i${i}`,
    title: `${pick()} ${pick()} ${pick()}`,
    ...(i % 4 > 0 && { price: 5 + Math.floor(random() * 100) }),
    ...(i % 3 > 0 && { categoryPath: ['home', i % 2 ? 'lamps' : 'rugs'] }),
    ...(i % 5 > 0 && { brand: `Brand ${i % 7}` }),
  }));
}

const reread = (items: readonly Item[]) => {
  const stats = decodeCatalogStats(encodeCatalogStats(learnCatalog(items)))!;
  return { stats, model: restoreCatalog(stats) };
};

describe('a restored catalog', () => {
  const items = catalogOf(60);
  const whole = encodeItems(items, { analyze: analyzeItem }).model;
  const { model } = reread(items);

  it('encodes items as the catalog would, when nothing had to be cut', () => {
    for (const item of items) {
      const text = analyzeItem(item);
      const [own, expected] = [model, whole].map((from) => encodeItem(item, text, from).values);
      const dot = (a: Float64Array, b: Float64Array): number =>
        a.reduce((sum, value, d) => sum + value * b[d]!, 0);
      const cosine = dot(own!, expected!) / Math.sqrt(dot(own!, own!) * dot(expected!, expected!));
      // Vectors of words are rounded to bytes.
      expect(cosine).toBeGreaterThan(0.999);
    }
  });

  it('weighs words as the catalog would', () => {
    for (const word of ['boot', 'lamp', 'brass'])
      expect(model.idf(word)).toBeCloseTo(whole.idf(word), 5);
    expect(model.idf('unheard')).toBeCloseTo(whole.idf('unheard'), 5);
  });

  it('tells cheap from dear within a category, as the catalog would', () => {
    for (const price of [5, 30, 60, 104]) {
      const expected = priceQuantile(whole.prices, price, ['home', 'lamps']);
      const got = priceQuantile(model.prices, price, ['home', 'lamps']);
      expect(Math.abs(got - expected)).toBeLessThan(0.06);
    }
  });

  it('counts the items of each segment', () => {
    const { stats } = reread(items);
    expect(stats.segments.length).toBeGreaterThan(10);
    expect(stats.segments.some(({ support }) => support > 0)).toBe(true);
    for (const { level, support } of stats.segments) if (level === null) expect(support).toBe(0);
  });

  it('is the same each time', () => {
    expect(encodeCatalogStats(learnCatalog(items))).toEqual(
      encodeCatalogStats(learnCatalog(items)),
    );
  });

  it.each([[[]], [[{ id: 'a' }]]])('can be learned from next to nothing: %j', (few) => {
    const { model: bare, stats } = reread(few);
    expect(stats.numItems).toBe(few.length);
    expect(() => encodeItem({ id: 'b', title: 'x' }, analyzeItem({ id: 'b' }), bare)).not.toThrow();
  });
});

describe('the size of what a pack keeps', () => {
  it('stays below 100 kB for 12,000 items of many words, names and prices', () => {
    const random = createRandom(1, 'words');
    const word = (): string =>
      Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
    const words = Array.from({ length: 6000 }, word);
    const many = catalogOf(12_000, words).map((item, i) => ({
      ...item,
      brand: words[i % 3000]!,
      categoryPath: [words[i % 10]!, words[i % 200]!, words[i % 2500]!],
      price: 1 + Math.round(1e5 * random()) / 100,
    }));
    expect(encodeCatalogStats(learnCatalog(many)).length).toBeLessThan(100_000);
  }, 60_000);
});

describe('sentimentWords', () => {
  it('is empty exactly when the sentiment is null', () => {
    const texts = ['Lovely', 'Plain table', 'Not bad', 'A cheap, ugly thing', ''];
    for (const title of texts) {
      const item = { id: 'a', title, categoryPath: ['perfect'] };
      expect(sentimentWords(item).length > 0).toBe(analyzeItem(item).sentiment !== null);
    }
  });

  it('names each word once, denied ones as such', () => {
    const item = { id: 'a', title: 'Lovely, lovely', description: 'Not ugly. Never cheap.' };
    expect(sentimentWords(item)).toEqual(['lovely', 'not ugly', 'not cheap']);
  });
});
