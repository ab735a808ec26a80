/** A catalog from outside the project: 2,944 items, many without brand or rating. */
import type { Page } from '@playwright/test';
import type { Explanation } from '../../../src/core/explanation.ts';
import type { Feed, Item, RankedItem } from '../../../src/core/types.ts';
import { REPEATABLE, makeFeed, openLibrary, rankedOf, shareOf } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const CANDIDATES = '/data/storefront.json';
const SEGMENT = 'tech-early-adopters';
const ELECTRONIC = new Set([
  'electronics',
  'smartphones',
  'laptops',
  'tablets',
  'mobile-accessories',
]);

function isElectronic({ categoryPath }: Item): boolean {
  return ELECTRONIC.has(categoryPath?.[0] ?? '');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Five from all over: one of every 25. */
function lookAtElectronics(items: readonly Item[]): Item[] {
  return items
    .filter(isElectronic)
    .filter((_, index) => index % 25 === 0)
    .slice(0, 5);
}

/** The share of electronics in a row. */
function electronicsIn(feed: Feed, rowId: string, items: readonly Item[]): number {
  const row = feed.rows.find(({ id }) => id === rowId);
  return shareOf(row?.items.map(({ itemId }) => itemId) ?? [], items, isElectronic);
}

interface Explained {
  readonly feed: Feed;
  readonly explanations: readonly Explanation[];
}

/** Ranks once and explains the given items, and the first in the rows. */
async function explainIn(page: Page, looks: readonly Item[], ids: string[]): Promise<Explained> {
  const options = { ...REPEATABLE, device: 'js' } as const;
  return page.evaluate(
    async (job): Promise<Explained> => {
      const vitrine = await window.library.createVitrine(job.options);
      for (const item of job.looks) {
        await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      }
      const feed = await vitrine.rerank(job.candidates);
      const shown = feed.rows.flatMap((row) => row.items.map(({ itemId }) => itemId));
      const asked = [...job.ids, ...shown.filter((_, index) => index % 5 === 0)];
      const explanations = await Promise.all(asked.map((id) => vitrine.explain(id)));
      vitrine.dispose();
      return { feed, explanations };
    },
    { options, looks, ids, candidates: CANDIDATES },
  );
}

test.describe('2,944 items', () => {
  test.beforeEach(({ storefrontItems }) => {
    test.skip(storefrontItems === null, 'no storefront catalog beside this checkout');
  });

  test('come into rows, none twice, each with its reasons', async ({ page, storefrontItems }) => {
    const items = storefrontItems ?? [];
    await openLibrary(page);
    const looks = lookAtElectronics(items);
    const { feed } = await makeFeed(page, {
      candidates: CANDIDATES,
      looks,
      rerank: { rows: 20, rowSize: 24 },
    });
    expect(feed.reason).toBe('PERSONALIZED');
    expect(feed.warnings).toEqual([]);
    expect(feed.order).toHaveLength(2_944);
    expect(new Set(feed.order)).toEqual(new Set(items.map(({ id }) => id)));
    const ranked = rankedOf(feed);
    expect(ranked.length).toBeGreaterThan(200);
    expect(new Set(ranked.map(({ itemId }) => itemId)).size).toBe(ranked.length);
    expect(ranked.filter(({ why }) => why.trim() === '')).toEqual([]);
    const isOff = ({ score, scoreParts }: RankedItem): boolean =>
      Math.abs(sum(scoreParts.map(({ value }) => value)) - score) > 1e-9;
    expect(ranked.filter(isOff)).toEqual([]);
    const isUneven = ({ memberships }: RankedItem): boolean =>
      memberships.length > 3 ||
      (memberships.length > 0 && Math.abs(sum(memberships.map(({ weight }) => weight)) - 1) > 1e-6);
    expect(ranked.filter(isUneven)).toEqual([]);
  });

  test('can each be explained, block by block, in and outside the rows', async ({
    page,
    storefrontItems,
  }) => {
    const items = storefrontItems ?? [];
    await openLibrary(page);
    // Every 97th: 31 items from all over the catalog, nearly all outside the rows.
    const ids = items.filter((_, index) => index % 97 === 0).map(({ id }) => id);
    const { feed, explanations } = await explainIn(page, lookAtElectronics(items), ids);
    const shown = new Set(rankedOf(feed).map(({ itemId }) => itemId));
    const inside = explanations.filter(({ itemId }) => shown.has(itemId));
    expect(inside.length).toBeGreaterThan(10);
    expect(explanations.length - inside.length).toBeGreaterThan(20);
    for (const explanation of explanations) {
      expect(explanation.why).not.toBe('');
      expect(explanation.rowId === null).toBe(!shown.has(explanation.itemId));
      const parts = explanation.scoreParts.map(({ value }) => value);
      expect(sum(parts), explanation.itemId).toBeCloseTo(explanation.score, 9);
      for (const { blocks, value, to } of explanation.similarities) {
        const shares = blocks.map(({ share }) => share);
        expect(sum(shares), `${explanation.itemId} to ${to}`).toBeCloseTo(value, 9);
      }
    }
    const similarities = explanations.flatMap((explanation) => explanation.similarities);
    expect(similarities.some(({ blocks }) => blocks.length > 2)).toBe(true);
  });

  test('give a followed segment a first row on its subject', async ({ page, storefrontItems }) => {
    const items = storefrontItems ?? [];
    await openLibrary(page);
    const { feed } = await makeFeed(page, { candidates: CANDIDATES, follow: [SEGMENT] });
    expect(feed.rows[0]).toMatchObject({ id: SEGMENT, kind: 'followed' });
    expect(electronicsIn(feed, SEGMENT, items)).toBeGreaterThanOrEqual(0.7);
  });

  test('give who looks at five electronics rows of electronics', async ({
    page,
    storefrontItems,
  }) => {
    const items = storefrontItems ?? [];
    await openLibrary(page);
    const { feed } = await makeFeed(page, {
      candidates: CANDIDATES,
      looks: lookAtElectronics(items),
    });
    const first = feed.rows[0]?.id ?? '';
    expect(electronicsIn(feed, first, items), `row ${first}`).toBeGreaterThanOrEqual(0.7);
    expect(feed.rows.map(({ id }) => id)).toContain(SEGMENT);
    expect(electronicsIn(feed, SEGMENT, items)).toBeGreaterThanOrEqual(0.7);
  });
});
