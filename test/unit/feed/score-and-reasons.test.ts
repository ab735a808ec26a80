import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';
import type { BlockShare } from '../../../src/core/explanation.ts';
import type { BlockName, Item, ScorePart } from '../../../src/core/types.ts';
import {
  becauseOf,
  commonGround,
  exploreReason,
  itemReason,
  type ReasonInput,
  segmentRowReason,
  SERVER_REASON,
} from '../../../src/feed/reasons.ts';
import {
  part,
  PART_WEIGHTS,
  popularityOf,
  serverOrderOf,
  sumParts,
} from '../../../src/feed/score-item.ts';

describe('popularityOf', () => {
  const rated = (rating: number, ratingCount?: number): number =>
    popularityOf({ id: 'a', rating, ...(ratingCount === undefined ? {} : { ratingCount }) });

  it('believes many ratings more than few', () => {
    expect(rated(4.8, 500)).toBeGreaterThan(rated(5, 1));
    expect(rated(1, 500)).toBeLessThan(rated(1, 1));
  });

  it('takes an item without ratings for an average one, better than a bad one', () => {
    const none = popularityOf({ id: 'a' });
    expect(rated(1.2, 300)).toBeLessThan(none);
    expect(rated(4.9, 300)).toBeGreaterThan(none);
    expect(rated(4)).toBeCloseTo(rated(4, 1), 12);
  });

  it('lies in [0, 1] and rises with the rating', () => {
    const rating = fc.double({ min: 0, max: 5, noNaN: true });
    fc.assert(
      fc.property(rating, rating, fc.nat({ max: 1e7 }), (a, b, count) => {
        const [low, high] = [rated(Math.min(a, b), count), rated(Math.max(a, b), count)];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });
});

describe('the parts of a score', () => {
  it('count the server’s order from 1 down to near 0', () => {
    expect(serverOrderOf(0, 10)).toBe(1);
    expect(serverOrderOf(9, 10)).toBeCloseTo(0.1, 12);
    expect(serverOrderOf(0, 0)).toBe(1);
  });

  it('are weighted, and sum up', () => {
    expect(part('session', 0.5)).toEqual({ name: 'session', value: PART_WEIGHTS.session * 0.5 });
    expect(sumParts([part('segment', 1), part('seen', 1)])).toBe(
      PART_WEIGHTS.segment + PART_WEIGHTS.seen,
    );
    expect(sumParts([])).toBe(0);
  });

  it('are never NaN, infinite or minus zero', () => {
    for (const value of [Number.NaN, Infinity, -Infinity, 0, -0]) {
      expect(Object.is(part('seen', value).value, 0)).toBe(true);
    }
  });

  it('punish what tires, was seen or is the same again', () => {
    for (const name of ['seen', 'fatigue', 'diversity'] as const) {
      expect(part(name, 1).value).toBeLessThan(0);
    }
  });
});

const ITEM: Item = {
  id: 'a',
  title: 'Bag',
  brand: 'Aero',
  price: 5,
  categoryPath: ['bags', 'tote-bags'],
};
const share = (block: BlockName, value: number): BlockShare => ({
  block,
  cosine: 1,
  weight: value,
  share: value,
});

function reason(parts: readonly ScorePart[], rest: Partial<ReasonInput> = {}): string {
  const nothing = { features: [], words: [] };
  return itemReason({
    item: ITEM,
    parts,
    segmentName: null,
    shares: new Map(),
    common: nothing,
    ...rest,
  });
}

describe('the sentence of an item', () => {
  const top = (name: string): readonly ScorePart[] => [
    { name: 'popularity', value: 0.1 },
    { name, value: 0.9 },
    { name: 'seen', value: -5 },
  ];

  it.each([
    ['segment', 'Like what you looked at.'],
    ['session', 'Close to what you looked at today.'],
    ['longTerm', 'Close to what you usually look at.'],
    ['serverOrder', SERVER_REASON],
  ])('speaks of the largest part: %s', (name, sentence) => {
    expect(reason(top(name))).toBe(sentence);
  });

  it('speaks of ratings when they decided', () => {
    expect(reason([{ name: 'popularity', value: 0.2 }])).toBe('Well rated by others.');
  });

  it('falls back to the shop’s order when nothing speaks for the item', () => {
    expect(reason([])).toBe(SERVER_REASON);
    expect(reason([{ name: 'segment', value: -1 }])).toBe(SERVER_REASON);
  });

  it('names the segment and the two blocks that count most', () => {
    const shares = new Map([
      ['segment', [share('brand', 0.1), share('category', 0.4), share('price', 0.2)]],
    ]);
    expect(reason(top('segment'), { segmentName: 'Travellers', shares })).toBe(
      'Fits “Travellers”: in tote bags, at this price level.',
    );
  });

  it('says nothing that the numbers do not show', () => {
    const shares = new Map([
      ['segment', [share('category', 0.01), share('brand', -0.4), share('sentiment', 0.9)]],
    ]);
    expect(reason(top('segment'), { shares })).toBe('Like what you looked at.');
    const noText = new Map([['segment', [share('text', 0.5), share('features', 0.5)]]]);
    expect(reason(top('segment'), { shares: noText })).toBe('Like what you looked at.');
  });

  it('quotes at most two words and two features', () => {
    const shares = new Map([['session', [share('features', 0.5), share('text', 0.3)]]]);
    const common = { features: ['leather', 'red', 'large'], words: ['strap', 'zip', 'lining'] };
    expect(reason(top('session'), { shares, common })).toBe(
      'Close to what you looked at today: leather, red, “strap”, “zip”.',
    );
  });

  it('does not name what an item does not have', () => {
    const shares = new Map([
      ['segment', [share('brand', 0.4), share('category', 0.4), share('price', 0.4)]],
    ]);
    expect(reason(top('segment'), { shares, item: { id: 'bare' } })).toBe(
      'Like what you looked at.',
    );
  });
});

describe('the sentences of rows', () => {
  it('name one, two, or two and how many more', () => {
    expect(becauseOf([])).toBe('Because of what you looked at.');
    expect(becauseOf(['“A”'])).toBe('Because you looked at “A”.');
    expect(becauseOf(['“A”', '“B”'])).toBe('Because you looked at “A” and “B”.');
    expect(becauseOf(['“A”', '“B”', '“C”', '“D”'])).toBe(
      'Because you looked at “A”, “B” and 2 more.',
    );
  });

  it('tell the share in per cent', () => {
    expect(segmentRowReason(0.346, [])).toBe('About 35 % of your interest here.');
    expect(segmentRowReason(1, ['“A”', '“B”', '“C”'])).toBe(
      'Nearly all of your interest here, as with “A” and “B”.',
    );
  });

  it('say that an explored place is new', () => {
    expect(exploreReason('Gardeners')).toContain('Something new: “Gardeners”');
  });
});

describe('commonGround', () => {
  const text = analyzeItem({
    id: 'a',
    title: 'Red leather bag',
    description: 'leather strap, straps',
  });

  it('finds wanted features and words, as the item writes them', () => {
    const wanted = {
      terms: new Set(['strap', 'bag']),
      features: new Set(['material:leather', 'colour:blue']),
    };
    const { features, words } = commonGround(text, wanted);
    expect(features).toEqual(['leather']);
    expect(words.toSorted()).toEqual(['bag', 'strap']);
  });

  it('finds nothing where nothing is wanted', () => {
    expect(commonGround(text, { terms: new Set(), features: new Set() })).toEqual({
      features: [],
      words: [],
    });
  });
});
