import { describe, expect, test } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import type { TellingFacts } from '../../../src/engine/tell-shop.ts';
import { NOW, openTab } from './fixtures.ts';

const ITEMS = Array.from({ length: 40 }, (_, n) => ({
  id: `item-${n}`,
  title: n % 2 ? `Smart home hub ${n}` : `Linen shirt ${n}`,
  categoryPath: n % 2 ? ['Electronics', 'Smart home'] : ['Fashion', 'Shirts'],
  price: 20 + n,
}));

describe('a shop that asks for reports', () => {
  test('is told once a page, of segments that everybody has, and of the first', async () => {
    const told: TellingFacts[] = [];
    const tab = await openTab({}, { tellShop: async (facts) => void told.push(facts) });
    await tab.track('add_to_wishlist', 'item-1', 'item-3', 'item-5');
    await tab.engine.rerank(ITEMS, {}, NOW);
    await tab.engine.rerank(ITEMS, {}, NOW);
    expect(told).toHaveLength(1);
    const listed = await tab.engine.listSegments(NOW);
    const common = listed.filter(({ origin }) => origin === 'predefined').map(({ id }) => id);
    expect(told[0]?.segments.toSorted()).toEqual(common.toSorted());
    const { segments } = await tab.engine.profile(NOW);
    expect(told[0]?.first).toBe(segments[0]?.segmentId);
    expect(common).toContain(told[0]?.first);
  });

  test.each(['unknown', 'denied'] as const)(
    'is told nothing while consent is %s',
    async (consent) => {
      const told: TellingFacts[] = [];
      const tab = await openTab({ consent }, { tellShop: async (facts) => void told.push(facts) });
      await tab.engine.rerank(ITEMS, {}, NOW);
      expect(told).toEqual([]);
    },
  );

  test('hears of an option that is wrong, and of nothing else', async () => {
    const codes: string[] = [];
    for (const error of [new VitrineError('OPTION_INVALID'), new TypeError('offline')]) {
      const tab = await openTab({}, { tellShop: () => Promise.reject(error) });
      await tab.engine.rerank(ITEMS, {}, NOW);
      const { warnings } = await tab.engine.rerank(ITEMS, {}, NOW);
      codes.push(...warnings.map(({ code }) => code));
    }
    expect(codes).toEqual(['OPTION_INVALID']);
  });
});
