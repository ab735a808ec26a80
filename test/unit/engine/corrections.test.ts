/** What the visitor corrects by hand: more or less of a segment, and gift mode. */
import { describe, expect, it } from 'vitest';
import type { Feed, Profile, RankedItem } from '../../../src/core/types.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { memory, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const LATER = NOW + 3_600_000;
const passphrase = 'eight or more';
const rerank = ({ engine }: Tab, request = {}): Promise<Feed> =>
  engine.rerank(ITEMS, request, LATER);
const placed = (feed: Feed): RankedItem[] =>
  feed.rows.filter(({ kind }) => kind !== 'server').flatMap(({ items }) => items);
const partOf = ({ scoreParts }: RankedItem): number | undefined =>
  scoreParts.find(({ name }) => name === 'taste')?.value;

/** Two interests of which the first is the larger one. */
async function visited(): Promise<Tab> {
  const tab = await openTab();
  await rerank(tab);
  await tab.track('view_item', ...headphones(0, 1, 2, 3, 4), 'cookware-0', 'cookware-1');
  await rerank(tab);
  return tab;
}

async function segmentsOf({ engine }: Tab): Promise<Profile['segments']> {
  return (await engine.profile(LATER)).segments;
}

describe('a corrected segment', () => {
  it('has more or less of the visitor’s shares, at once and in proportion', async () => {
    const tab = await visited();
    const before = await segmentsOf(tab);
    const { segmentId, weight } = before[0]!;
    await tab.engine.setProfile({ weights: { [segmentId]: 0.5 } });
    const after = (await segmentsOf(tab)).find((segment) => segment.segmentId === segmentId)!;
    expect(after.factor).toBe(0.5);
    expect(after.weight).toBeLessThan(weight);
    await tab.engine.setProfile({ weights: { [segmentId]: 1 } });
    expect(await segmentsOf(tab)).toEqual(before);
    expect((await tab.engine.exportProfile()).settings).not.toHaveProperty('weights');
  });

  it('has no row when nothing of it is wanted, is not tried out, and stays to be put right', async () => {
    const tab = await visited();
    const { segmentId } = (await segmentsOf(tab))[0]!;
    expect((await rerank(tab)).rows.map(({ id }) => id)).toContain(segmentId);
    await tab.engine.setProfile({ weights: { [segmentId]: 0 } });
    const feed = await rerank(tab);
    expect(feed.rows.map(({ id }) => id)).not.toContain(segmentId);
    const listed = (await segmentsOf(tab)).find((segment) => segment.segmentId === segmentId);
    expect(listed).toMatchObject({ weight: 0, factor: 0, blocked: false });
    const all = await rerank(tab, { rows: 20 });
    expect(all.rows.map((row) => row.segmentId)).not.toContain(segmentId);
  });

  it('is a named part of the scores of its items, which sum as before', async () => {
    const tab = await visited();
    const { segmentId } = (await segmentsOf(tab))[0]!;
    expect(placed(await rerank(tab)).every((item) => partOf(item) === undefined)).toBe(true);
    await tab.engine.setProfile({ weights: { [segmentId]: 2 } });
    const items = placed(await rerank(tab));
    const share = ({ memberships }: RankedItem): number =>
      memberships.find((membership) => membership.segmentId === segmentId)?.weight ?? 0;
    expect(items.some((item) => share(item) > 0)).toBe(true);
    for (const item of items) {
      expect(partOf(item) ?? 0).toBeCloseTo(0.4 * share(item), 12);
      expect(item.scoreParts.reduce((sum, { value }) => sum + value, 0)).toBe(item.score);
    }
    const own = items.find((item) => share(item) > 0)!;
    const { scoreParts } = await tab.engine.explain(own.itemId);
    expect(scoreParts.find(({ name }) => name === 'taste')?.words).toContain('more or less');
  });

  it('moves its items in a list of everything', async () => {
    const tab = await visited();
    const { segmentId } = (await segmentsOf(tab))[0]!;
    const meanPlace = async (): Promise<number> => {
      const [row] = (await rerank(tab, { layout: 'list', rowSize: ITEMS.length })).rows;
      const places = row!.items
        .filter(({ memberships }) => memberships[0]?.segmentId === segmentId)
        .map(({ rank }) => rank);
      return places.reduce((sum, rank) => sum + rank, 0) / places.length;
    };
    const before = await meanPlace();
    await tab.engine.setProfile({ weights: { [segmentId]: 0 } });
    expect(await meanPlace()).toBeGreaterThan(before);
  });

  it('never has less of the shares for a larger factor', async () => {
    const tab = await visited();
    const { segmentId } = (await segmentsOf(tab))[0]!;
    let last = -1;
    for (const factor of [0, 0.25, 0.5, 1, 1.5, 2]) {
      await tab.engine.setProfile({ weights: { [segmentId]: factor } });
      const { weight } = (await segmentsOf(tab)).find((one) => one.segmentId === segmentId)!;
      expect(weight).toBeGreaterThanOrEqual(last);
      last = weight;
    }
    expect(last).toBeGreaterThan(0);
  });

  it('is kept with the profile, goes with it to another device, and is erased with it', async () => {
    const tab = await visited();
    const changes = [{ 'home-cooks': 0.5 }, { gardeners: 2 }];
    await Promise.all(changes.map((weights) => tab.engine.setProfile({ weights })));
    const kept = { 'home-cooks': 0.5, gardeners: 2 };
    const again = await openTab({}, { disk: tab.disk });
    expect((await again.engine.exportProfile()).settings.weights).toEqual(kept);
    const other = await openTab();
    await other.engine.setProfile({ weights: { gardeners: 0 } });
    const capsule = await tab.engine.exportProfile({ passphrase });
    await other.engine.importProfile(capsule, { passphrase });
    const merged = (await other.engine.exportProfile()).settings.weights;
    expect(merged).toEqual({ ...kept, gardeners: 0 });
    await tab.engine.erase();
    expect((await tab.engine.exportProfile()).settings).not.toHaveProperty('weights');
  });

  it('is not taken note of without consent', async () => {
    const tab = await openTab({ consent: 'denied' });
    await tab.engine.setProfile({ weights: { gardeners: 2 } });
    expect((await tab.engine.exportProfile()).settings).not.toHaveProperty('weights');
  });
});

describe('what is asked for wrongly', () => {
  it.each([
    [undefined, 'OPTION_INVALID'],
    [null, 'OPTION_INVALID'],
    [{ gift: 1 }, 'OPTION_INVALID'],
    [{ weights: null }, 'OPTION_INVALID'],
    [{ gift: true, weights: { gardeners: 2.1 } }, 'OPTION_INVALID'],
    [{ gift: true, weights: { gardeners: Number.NaN } }, 'OPTION_INVALID'],
    [{ gift: true, weights: { nobody: 1 } }, 'SEGMENT_UNKNOWN'],
  ])('%j is refused, and nothing changes', async (settings, code) => {
    const tab = await openTab();
    await expect(tab.engine.setProfile(settings)).rejects.toMatchObject({ code });
    const { gift } = await tab.engine.profile(LATER);
    expect(gift).toBe(false);
    expect((await tab.engine.exportProfile()).settings).not.toHaveProperty('weights');
  });
});

describe('gift mode', () => {
  it('stores and counts nothing until it is switched off', async () => {
    const tab = await visited();
    const before = await tab.engine.exportProfile();
    const feed = shownOf(await rerank(tab));
    await tab.engine.setProfile({ gift: true });
    await tab.track('view_item', 'plants-0', 'plants-1');
    await tab.track('purchase', 'plants-2');
    await tab.engine.track({ type: 'view_item_list', items: headphones(7, 8) }, LATER);
    expect(await tab.engine.exportProfile()).toEqual(before);
    expect(shownOf(await rerank(tab))).toBe(feed);
    const { gift, events } = await tab.engine.profile(LATER);
    expect([gift, events]).toEqual([true, before.log.length]);
    await tab.engine.setProfile({ gift: false });
    await tab.track('view_item', 'plants-0');
    expect((await tab.engine.profile(LATER)).recent[0]).toMatchObject({ itemId: 'plants-0' });
  });

  it('goes by the moment of the deed, not by that of its storing', async () => {
    const tab = await openTab();
    const view = (itemId: string): Promise<void> =>
      tab.engine.track({ type: 'view_item', itemId }, NOW);
    await Promise.all([
      view('before'),
      tab.engine.setProfile({ gift: true }),
      view('during'),
      tab.engine.setProfile({ gift: false }),
      view('after'),
    ]);
    const { log } = await tab.engine.exportProfile();
    expect(log.map(({ itemId }) => itemId)).toEqual(['before', 'after']);
  });

  it('is not on disk and not in the export: the next visit learns again', async () => {
    const disk = memory();
    const tab = await openTab({}, { disk });
    await tab.engine.setProfile({ gift: true });
    await tab.engine.setSegment('gardeners', 'followed');
    expect(JSON.stringify(await disk.load())).not.toContain('gift');
    expect(JSON.stringify(await tab.engine.exportProfile())).not.toContain('gift');
    const next = await openTab({}, { disk });
    expect((await next.engine.profile(LATER)).gift).toBe(false);
  });

  it('holds from the start where the tab says so, refuses what is no interaction, and is told', async () => {
    const tab = await openTab({ gift: true });
    await tab.track('view_item', 'plants-0');
    await expect(
      tab.engine.track({ type: 'stare' as never, itemId: 'plants-0' }, NOW),
    ).rejects.toMatchObject({ code: 'EVENT_INVALID' });
    expect((await tab.engine.profile(LATER)).events).toBe(0);
    expect((await tab.engine.audit()).consent.isObserving).toBe(false);
  });
});
