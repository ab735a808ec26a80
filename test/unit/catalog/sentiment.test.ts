import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';
import { polarity } from '../../../src/catalog/sentiment.ts';
import { strengthOf } from '../../../src/catalog/sentiment-words.ts';

function sentimentOf(description: string): number | null {
  return analyzeItem({ id: 'a', description }).sentiment;
}

describe('which of two texts speaks more favourably', () => {
  it.each([
    ['praise over complaint', 'I love this dress', 'I hate this dress'],
    ['stronger praise', 'An excellent knife', 'A good knife'],
    ['stronger complaint', 'A bad knife', 'A horrible knife'],
    ['denied praise', 'A good fit', 'Not a good fit'],
    ['denied complaint', 'Not bad at all', 'Bad'],
    ['denied complaint is less than praise', 'Good', 'Not bad'],
    ['denial across one word', 'It works well and is reliable', 'It is not very reliable'],
    ['denial does not cross a full stop', 'No. Good shoes', 'No good shoes'],
    ['intensified praise', 'Very comfortable', 'Comfortable'],
    ['intensified complaint', 'Uncomfortable', 'Extremely uncomfortable'],
    ['damped praise', 'Comfortable', 'Slightly comfortable'],
    ['damped complaint', 'Somewhat flimsy', 'Flimsy'],
    ['more praise', 'Soft, warm and lovely', 'Soft'],
    ['praise of the heart over marketing', 'I love it', 'Perfect, stylish and ideal'],
    ['hassle-free is praise', 'Hassle-free', 'A hassle'],
    ['without problems is praise', 'Without problems', 'Problems'],
    ['inflected complaint', 'It arrived', 'It leaks and breaks'],
  ])('%s: %s > %s', (_reason, better, worse) => {
    expect(sentimentOf(better) ?? 0).toBeGreaterThan(sentimentOf(worse) ?? 0);
  });
});

describe('signs', () => {
  it.each([
    'Wonderful, I recommend it',
    'Comfortable and durable',
    'Never disappointing',
    'They loved it',
  ])('is positive for: %s', (text) => {
    expect(sentimentOf(text)).toBeGreaterThan(0);
  });

  it.each([
    'Terrible quality, it broke',
    'Disappointed and annoyed',
    'Not comfortable',
    'I did not enjoy it, the collar is itchy',
    "Doesn't impress, isn't reliable",
    'I regret it',
  ])('is negative for: %s', (text) => {
    expect(sentimentOf(text)).toBeLessThan(0);
  });

  it.each(['', 'A lamp with a switch', 'Holds 2 litres', '42', 'La lampe du salon'])(
    'is null without evidence: %j',
    (text) => {
      expect(sentimentOf(text)).toBeNull();
    },
  );

  it('tells mixed from none', () => {
    const mixed = sentimentOf('Amazing but horrible');
    expect(mixed).not.toBeNull();
    expect(Math.abs(mixed ?? 1)).toBeLessThan(0.4);
  });
});

describe('where it looks', () => {
  it('reads title and tags too', () => {
    expect(analyzeItem({ id: 'a', title: 'Terrible lamp' }).sentiment).toBeLessThan(0);
    expect(analyzeItem({ id: 'a', tags: ['great'] }).sentiment).toBeGreaterThan(0);
  });

  it('does not read the category or the brand', () => {
    const item = { id: 'a', categoryPath: ['great', 'awful'], brand: 'Best' };
    expect(analyzeItem(item).sentiment).toBeNull();
  });
});

describe('marketing copy', () => {
  it('weighs words that stand in every description at a tenth of a judgement', () => {
    for (const word of ['perfect', 'ideal', 'stylish', 'stunning', 'premium', 'sleek', 'elegant']) {
      expect(strengthOf(word)).toBeGreaterThan(0);
      expect(strengthOf(word)).toBeLessThanOrEqual(0.1 * strengthOf('excellent'));
    }
  });

  it('keeps an all-marketing text below a single honest compliment', () => {
    const copy = 'A stunning, stylish and perfect piece with sleek, elegant and timeless style.';
    expect(sentimentOf(copy)).toBeLessThan(sentimentOf('My favourite, I love it') ?? 0);
  });
});

describe('polarity', () => {
  it('is x / sqrt(x² + 15)', () => {
    expect(polarity(0, 1)).toBe(0);
    expect(polarity(1, 1)).toBe(0.25);
    expect(polarity(-1, 1)).toBe(-0.25);
    expect(polarity(7, 3)).toBeCloseTo(0.875, 12);
  });

  it('is null without a word that judges', () => {
    expect(polarity(0, 0)).toBeNull();
  });

  it('stays within -1 and 1 and grows with the sum', () => {
    const sum = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(sum, sum, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(polarity(low, 1)).toBeLessThanOrEqual(polarity(high, 1) ?? -2);
        expect(Math.abs(polarity(high, 1) ?? 2)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
