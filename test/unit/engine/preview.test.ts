import { describe, expect, it } from 'vitest';
import type { PreviewRequest } from '../../../src/core/preview.ts';
import type { Feed } from '../../../src/core/types.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { idsOf, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const as = ({ engine }: Tab, preview: PreviewRequest, now = NOW): Promise<Feed> =>
  engine.rerank(ITEMS, { preview }, now);
const madeOf = ({ rows }: Feed): string[] =>
  rows
    .filter(({ kind }) => kind === 'inferred')
    .flatMap(({ items }) => items.map(({ itemId }) => itemId));
const shareOf = (ids: readonly string[], kind: string): number =>
  ids.filter((id) => id.startsWith(kind)).length / ids.length;

describe('a preview', () => {
  it('as a segment shows the page of somebody of that segment', async () => {
    const tab = await openTab();
    const feed = await as(tab, { segmentId: 'gardeners' });
    expect(feed).toMatchObject({ personalized: true, reason: 'PERSONALIZED', isPreview: true });
    expect(feed.rows[0]!.items.every(({ itemId }) => itemId.startsWith('plants'))).toBe(true);
    // The shop has 24 plants; the persona's looks at them speak for other segments too.
    expect(shareOf(madeOf(feed), 'plants')).toBeGreaterThanOrEqual(0.5);
  });

  it('as a persona follows what that visitor looked at', async () => {
    const tab = await openTab();
    const feed = await as(tab, { persona: ['gone', ...headphones(1, 2, 3, 4)] });
    expect(feed.rows[0]!.items.every(({ itemId }) => itemId.startsWith('headphones'))).toBe(true);
    expect(feed.rows[0]!.why).toContain('Because you looked at');
  });

  it('as a persona of shares shows each interest in about its share', async () => {
    const tab = await openTab();
    const share = async (gardeners: number, cooks: number): Promise<number> => {
      const feed = await as(tab, {
        persona: [
          { segmentId: 'gardeners', weight: gardeners },
          { segmentId: 'home-cooks', weight: cooks },
        ],
      });
      return shareOf(madeOf(feed), 'plants');
    };
    const [many, few] = [await share(0.75, 0.25), await share(0.25, 0.75)];
    expect(many).toBeGreaterThan(few);
    expect(many).toBeGreaterThan(0.4);
    expect(few).toBeLessThan(0.6);
  });

  it('is the same for everybody, whatever their profile, consent and holdout', async () => {
    const plain = await openTab();
    const expected = shownOf(await as(plain, { segmentId: 'gardeners' }));
    const busy = await openTab({ holdout: 1, consent: 'denied' });
    await busy.track('view_item', ...headphones(1, 2, 3));
    const known = await openTab();
    await known.track('view_item', ...headphones(1, 2, 3));
    await known.engine.setSegment('gardeners', 'blocked');
    for (const tab of [busy, known]) {
      expect(shownOf(await as(tab, { segmentId: 'gardeners' }))).toBe(expected);
    }
  });

  it('leaves the profile, the feed that is shown and its explanations as they are', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...headphones(1, 2, 3));
    const before = await tab.engine.rerank(ITEMS, {}, NOW + 60_000);
    const state = async (): Promise<string> =>
      JSON.stringify([
        await tab.engine.exportProfile(),
        await tab.engine.profile(NOW + 60_000),
        await tab.engine.explain('headphones-5'),
        (await tab.engine.stats()).feeds,
      ]);
    const kept = await state();
    await as(tab, { segmentId: 'gardeners' });
    await as(tab, { persona: ['plants-1', 'plants-2'] });
    expect(await state()).toBe(kept);
    expect(shownOf(await tab.engine.rerank(ITEMS, {}, NOW + 60_000))).toBe(shownOf(before));
  });

  it('works before anything else, and for a list', async () => {
    const tab = await openTab();
    const request = { layout: 'list', rows: 1, rowSize: Infinity } as const;
    const preview = { segmentId: 'gardeners' };
    const feed = await tab.engine.rerank(ITEMS, { ...request, preview }, NOW);
    expect(feed.rows.length).toBe(1);
    expect(shareOf(idsOf(feed).slice(0, 10), 'plants')).toBeGreaterThan(0.8);
  });

  it('keeps to the shop’s rules', async () => {
    const rules = [{ id: 'out', type: 'exclude', match: { ids: ['plants-1'] } }] as const;
    const tab = await openTab({ rules });
    expect(idsOf(await as(tab, { segmentId: 'gardeners' }))).not.toContain('plants-1');
  });

  it('says so when there is nothing to show', async () => {
    const tab = await openTab();
    const feed = await tab.engine.rerank([], { preview: { segmentId: 'gardeners' } }, NOW);
    expect(feed).toMatchObject({ reason: 'CANDIDATES_EMPTY', isPreview: true, rows: [] });
  });

  it.each<[string, unknown, string]>([
    ['a segment that is not there', { segmentId: 'nobody' }, 'SEGMENT_UNKNOWN'],
    [
      'one among others that is not there',
      { persona: [{ segmentId: 'no', weight: 1 }] },
      'SEGMENT_UNKNOWN',
    ],
    ['items that are no candidates', { persona: ['gone'] }, 'ITEM_UNKNOWN'],
    ['nothing', {}, 'OPTION_INVALID'],
    ['nobody', { persona: [] }, 'OPTION_INVALID'],
    [
      'a mixture',
      { persona: ['plants-1', { segmentId: 'gardeners', weight: 1 }] },
      'OPTION_INVALID',
    ],
    ['a share of nothing', { persona: [{ segmentId: 'gardeners', weight: 0 }] }, 'OPTION_INVALID'],
    ['a crowd', { persona: Array.from({ length: 101 }, () => 'plants-1') }, 'OPTION_INVALID'],
    ['a number', { persona: 3 }, 'OPTION_INVALID'],
  ])('cannot be made as %s', async (_, preview, code) => {
    const tab = await openTab();
    await expect(as(tab, preview as PreviewRequest)).rejects.toMatchObject({ code });
  });
});
