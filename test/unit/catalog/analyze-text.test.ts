import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeItem, keywordsOf, stem } from '../../../src/catalog/analyze-text.ts';
import type { Item } from '../../../src/core/types.ts';

function weightOf(item: Omit<Item, 'id'>, word: string): number | undefined {
  return analyzeItem({ id: 'a', ...item }).terms.get(stem(word))?.weight;
}

function surfaceOf(item: Omit<Item, 'id'>, word: string): string | undefined {
  return analyzeItem({ id: 'a', ...item }).terms.get(stem(word))?.surface;
}

describe('terms', () => {
  it('weighs a word by where it stands: 1 + ln(3 title + 2 tags + description)', () => {
    expect(weightOf({ description: 'kettle' }, 'kettle')).toBe(1);
    expect(weightOf({ tags: ['kettle'] }, 'kettle')).toBeCloseTo(1 + Math.log(2), 12);
    expect(weightOf({ title: 'kettle' }, 'kettle')).toBeCloseTo(1 + Math.log(3), 12);
    const item = { title: 'Kettle', tags: ['kettles'], description: 'A kettle, the kettle.' };
    expect(weightOf(item, 'kettle')).toBeCloseTo(1 + Math.log(3 + 2 + 2), 12);
  });

  it('damps words that are repeated', () => {
    const once = weightOf({ description: 'kettle' }, 'kettle') ?? 0;
    const often = weightOf({ description: 'kettle '.repeat(300) }, 'kettle') ?? 0;
    expect(often).toBeLessThan(7 * once);
  });

  it('brings the forms of a word together under its stem', () => {
    const { terms } = analyzeItem({ id: 'a', description: 'hiking hikes hike' });
    expect([...terms.keys()]).toEqual(['hike']);
  });

  it('leaves out stop words, numbers, category and brand', () => {
    const { terms } = analyzeItem({
      id: 'a',
      title: 'The kettle with 42',
      categoryPath: ['kitchen'],
      brand: 'Nordlys',
    });
    expect([...terms.keys()]).toEqual([stem('kettle')]);
  });

  it('takes names of Object.prototype as words like any other', () => {
    const { terms } = analyzeItem({ id: 'a', description: 'constructor hasOwnProperty toString' });
    expect(terms.size).toBe(3);
    for (const use of terms.values()) expect(use.weight).toBe(1);
  });

  it('is empty without text', () => {
    expect(analyzeItem({ id: 'a' })).toEqual({ terms: new Map(), named: [], sentiment: null });
  });
});

describe('surfaces', () => {
  it('shows a word as the item writes it first', () => {
    expect(surfaceOf({ title: 'Boots', description: 'A boot' }, 'boots')).toBe('boots');
  });

  it('shows a word of a known phrase with the phrase', () => {
    const item = { description: 'Good noise cancelling for planes' };
    expect(surfaceOf(item, 'noise')).toBe('noise cancelling');
    expect(surfaceOf(item, 'cancelling')).toBe('noise cancelling');
    expect(surfaceOf(item, 'planes')).toBe('planes');
  });

  it('shows a word of a hyphenated compound with the compound', () => {
    expect(surfaceOf({ title: 'Croc-embossed tote' }, 'croc')).toBe('croc embossed');
  });

  it('does not show a compound with a stop word', () => {
    expect(surfaceOf({ title: 'Carry-on for two' }, 'carry')).toBe('carry');
  });
});

describe('limits', () => {
  it('looks at 400 words, the title first', () => {
    const description = Array.from({ length: 600 }, (_, index) => `word${index}`).join(' ');
    const { terms } = analyzeItem({ id: 'a', title: 'kettle', description });
    expect(terms.size).toBe(400);
    expect(terms.has(stem('kettle'))).toBe(true);
    expect(terms.has(stem('word398'))).toBe(true);
    expect(terms.has(stem('word399'))).toBe(false);
  });

  it('gives the same for a text and for the text with a tail beyond the limits', () => {
    const start = 'Leather boots, very good. '.repeat(200).slice(0, 5000);
    const tail = 'x-'.repeat(2_000_000);
    expect(analyzeItem({ id: 'a', description: start + tail })).toEqual(
      analyzeItem({ id: 'a', description: start }),
    );
  });

  it.each([
    ['one long word', 'a'.repeat(5000)],
    ['hyphens', 'a-'.repeat(2500)],
    ['apostrophes', "a'".repeat(2500)],
    ['bare apostrophes', "'".repeat(5000)],
    ['spaces', ' '.repeat(5000)],
    ['beginnings of phrases', 'king queen noise active '.repeat(300)],
    ['denials', 'no not without '.repeat(400)],
    ['numbers', '1.'.repeat(2500)],
    ['combining marks', `a${'\u0301'.repeat(4999)}`],
    ['emoji', '👩‍👩‍👧'.repeat(600)],
    ['lone surrogates', '\ud800'.repeat(5000)],
    ['growing when lower-cased', 'İ'.repeat(5000)],
  ])('copes with %s', (_name, description) => {
    const { terms, named } = analyzeItem({ id: 'a', description });
    expect(terms.size).toBeLessThanOrEqual(400);
    expect(named.length).toBeLessThanOrEqual(32);
  });
});

describe('any item', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 30 }));
  const words = fc
    .array(
      fc.constantFrom(
        'no',
        'leather',
        'king',
        'size',
        'very',
        'good',
        '-',
        '.',
        '15',
        'inch',
        'free',
      ),
    )
    .map((list) => list.join(' '));
  const item = fc.record({
    id: fc.constant('a'),
    title: text,
    description: fc.oneof(text, words),
    tags: fc.array(text, { maxLength: 5 }),
    categoryPath: fc.array(text, { maxLength: 3 }),
  });

  it('is analysed without an error into values within their ranges', () => {
    fc.assert(
      fc.property(item, (each) => {
        const { terms, named, sentiment } = analyzeItem(each);
        for (const [term, use] of terms) {
          expect(term).not.toBe('');
          expect(use.surface).not.toBe('');
          expect(use.weight).toBeGreaterThanOrEqual(1);
        }
        for (const feature of named) expect(feature.evidence).not.toBe('');
        expect(sentiment === null || Math.abs(sentiment) <= 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is analysed to the same each time', () => {
    fc.assert(
      fc.property(item, (each) => {
        expect(analyzeItem(each)).toEqual(analyzeItem(each));
      }),
    );
  });

  it('has evidence that stands in its text', () => {
    fc.assert(
      fc.property(words, (description) => {
        for (const feature of analyzeItem({ id: 'a', description }).named) {
          expect(description).toContain(feature.evidence);
        }
      }),
    );
  });
});

describe('keywords', () => {
  const analyzed = analyzeItem({
    id: 'a',
    title: 'Copper kettle',
    description: 'A kettle with a noise-cancelling whistle.',
  });

  it('come heaviest first, by weight × rarity', () => {
    const rarity = new Map([['whistl', 9]]);
    const keywords = keywordsOf(analyzed, (term) => rarity.get(term) ?? 1, 2);
    expect(keywords.map((each) => each.term)).toEqual(['whistle', 'kettle']);
    expect(keywords[0]?.weight).toBe(9);
    expect(keywords[1]?.weight).toBeCloseTo(1 + Math.log(4), 12);
  });

  it('show each phrase once', () => {
    const terms = keywordsOf(analyzed, () => 1, 10).map((each) => each.term);
    expect(terms).toEqual(['kettle', 'copper', 'noise cancelling', 'whistle']);
  });

  it('leave out terms that are in every item', () => {
    expect(keywordsOf(analyzed, () => 0, 10)).toEqual([]);
  });

  it.each([
    [0, 0],
    [-1, 0],
    [1, 1],
    [99, 4],
  ])('are at most %i', (limit, count) => {
    expect(keywordsOf(analyzed, () => 1, limit)).toHaveLength(count);
  });

  it('break ties by alphabet, so that the order never depends on the text', () => {
    const one = analyzeItem({ id: 'a', description: 'zebra apple mango' });
    expect(keywordsOf(one, () => 1, 9).map((each) => each.term)).toEqual([
      'apple',
      'mango',
      'zebra',
    ]);
  });
});
