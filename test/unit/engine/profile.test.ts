import { describe, expect, it } from 'vitest';
import { NOW, openTab, shownOf, type Tab } from './fixtures.ts';
import { FIVE, LATER, PLANTS, rerank, visited } from './small-shop.ts';

/** Another visitor who did from the start what is left of the first one's log. */
async function twinOf(tab: Tab): Promise<Tab> {
  const twin = await openTab();
  const { log, items } = await tab.engine.exportProfile();
  await twin.disk.append({ records: log, items, derived: null });
  return openTab({}, { disk: twin.disk });
}

describe('the profile', () => {
  it('tells what is known, in numbers and words', async () => {
    const tab = await visited();
    await rerank(tab);
    const profile = await tab.engine.profile(LATER);
    expect(profile).toMatchObject({ consent: 'granted', events: 8 });
    expect(profile.since).toBeLessThan(profile.until as number);
    expect(profile.categories[0]).toMatchObject({ name: 'electronics › headphones' });
    expect(profile.categories[0]!.affinity).toBeCloseTo(5 / 8, 2);
    expect(profile.brands.length).toBeGreaterThan(0);
    expect(profile.price!.low).toBeLessThanOrEqual(profile.price!.high);
    expect(profile.recent).toHaveLength(8);
    expect(profile.recent[0]).toMatchObject({ itemId: 'plants-2', type: 'view_item' });
    const sum = profile.segments.reduce((total, { weight }) => total + weight, 0);
    if (profile.segments.length > 0) expect(sum).toBeCloseTo(1, 9);
    structuredClone(profile);
  });

  it('of a new visitor is empty', async () => {
    const { engine } = await openTab();
    expect(await engine.profile(NOW)).toEqual({
      consent: 'granted',
      storage: 'memory',
      gift: false,
      events: 0,
      since: null,
      until: null,
      segments: [],
      categories: [],
      brands: [],
      price: null,
      recent: [],
    });
  });

  it('follows what is tracked without another feed', async () => {
    const tab = await visited();
    await rerank(tab);
    const before = (await tab.engine.profile(LATER)).segments.map(({ segmentId }) => segmentId);
    await tab.track('purchase', ...Array.from({ length: 8 }, (_, n) => `cookware-${n}`));
    const after = (await tab.engine.profile(LATER)).segments.map(({ segmentId }) => segmentId);
    expect(after).toContain('home-cooks');
    expect(after).not.toEqual(before);
  });

  it('lists at most fifty interactions, newest first, without impressions', async () => {
    const tab = await openTab();
    await tab.engine.track({ type: 'view_item_list', items: FIVE }, NOW);
    for (let n = 0; n < 60; n++) await tab.track('select_item', `x${n}`);
    const { recent, events } = await tab.engine.profile(LATER);
    expect(events).toBe(65);
    expect(recent).toHaveLength(50);
    expect(recent[0]!.itemId).toBe('x59');
    expect(recent.every(({ type }) => type === 'select_item')).toBe(true);
  });

  it('can be exported as JSON that holds everything', async () => {
    const tab = await visited();
    await tab.engine.setSegment('gardeners', 'followed');
    const exported = await tab.engine.exportProfile();
    expect(exported).toMatchObject({ format: 'vitrine-profile', version: 1 });
    expect(exported.log.map(({ itemId }) => itemId)).toEqual([...FIVE, ...PLANTS]);
    expect(exported.items.map(({ id }) => id).toSorted()).toEqual([...FIVE, ...PLANTS].toSorted());
    expect(exported.settings).toEqual({ seed: 42, followed: ['gardeners'], blocked: [] });
    expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
  });
});

describe('forgetting', () => {
  it('an item makes the feed of a visitor who never met it', async () => {
    const tab = await visited();
    expect(await tab.engine.forget({ itemId: 'headphones-2' }, LATER)).toBe(1);
    expect(await tab.engine.forget({ itemId: 'headphones-2' }, LATER)).toBe(0);
    const twin = await twinOf(tab);
    expect(shownOf(await rerank(tab))).toBe(shownOf(await rerank(twin)));
    const { items, log } = await tab.engine.exportProfile();
    expect(JSON.stringify([items, log])).not.toContain('"headphones-2"');
  });

  it('since a time takes all that came at or after it', async () => {
    const tab = await visited();
    const { log } = await tab.engine.exportProfile();
    expect(await tab.engine.forget({ since: log[5]!.time }, LATER)).toBe(3);
    expect((await tab.engine.exportProfile()).log).toEqual(log.slice(0, 5));
  });

  it('a segment takes the items that belong mostly to it', async () => {
    const tab = await visited();
    await rerank(tab);
    const own = (await rerank(tab)).rows
      .flatMap(({ items }) => items)
      .find(({ itemId }) => itemId.startsWith('plants'));
    const segmentId = own!.memberships[0]!.segmentId;
    const forgotten = await tab.engine.forget({ segmentId }, LATER);
    expect(forgotten).toBeGreaterThanOrEqual(1);
    const { log } = await tab.engine.exportProfile();
    expect(log).toHaveLength(8 - forgotten);
    expect(log.map(({ itemId }) => itemId)).toEqual(expect.arrayContaining(FIVE));
  });

  it('nothing forgets nothing', async () => {
    const tab = await visited();
    expect(await tab.engine.forget({}, LATER)).toBe(0);
    expect(
      await tab.engine.forget({ itemId: 'gone', segmentId: 'gone', since: Infinity }, LATER),
    ).toBe(0);
    expect((await tab.engine.profile(LATER)).events).toBe(8);
  });

  it('undo takes back the last call, and then the one before', async () => {
    const tab = await openTab();
    await tab.track('view_item', 'a');
    await tab.engine.track({ type: 'purchase', items: ['b', 'c'] }, NOW + 5);
    await tab.engine.track({ type: 'view_item_list', items: ['d', 'e'] }, NOW + 6);
    expect(await tab.engine.undo()).toBe(2);
    expect((await tab.engine.exportProfile()).log.map(({ itemId }) => itemId)).toEqual([
      'a',
      'd',
      'e',
    ]);
    expect(await tab.engine.undo()).toBe(1);
    expect(await tab.engine.undo()).toBe(0);
  });

  it('undo takes back one call, also under a clock that stands still', async () => {
    // Calls are told apart by type and time alone; `now: 0` is an option of the public API.
    const { engine } = await openTab();
    for (const itemId of ['a', 'b', 'c']) await engine.track({ type: 'view_item', itemId }, NOW);
    expect(await engine.undo()).toBe(1);
  });

  it('erase leaves nothing, and the next feed is the server’s', async () => {
    const tab = await visited();
    await tab.engine.setSegment('gardeners', 'followed');
    await tab.engine.erase();
    expect(await tab.disk.load()).toMatchObject({
      log: [],
      items: [],
      settings: null,
      derived: null,
    });
    expect(await tab.engine.profile(LATER)).toMatchObject({ events: 0, segments: [], recent: [] });
    await expect(tab.engine.explain('headphones-0')).rejects.toMatchObject({
      code: 'ITEM_UNKNOWN',
    });
    expect((await rerank(tab)).reason).toBe('COLD_START');
    expect((await tab.disk.load()).settings).toBeNull();
  });

  it('erase is followed by a new life', async () => {
    const tab = await visited();
    await tab.engine.erase();
    await tab.track('view_item', ...PLANTS);
    expect((await rerank(tab)).rows[0]!.items[0]!.itemId).toMatch(/^plants/);
    expect((await tab.disk.load()).log).toHaveLength(3);
  });
});

describe('segments', () => {
  it('are listed with weights, support and vectors after a feed', async () => {
    const tab = await visited();
    const before = await openTab();
    for (const { vector, support, weight } of await before.engine.listSegments(NOW)) {
      expect([vector, support, weight]).toEqual([[], 0, 0]);
    }
    await rerank(tab);
    const listed = await tab.engine.listSegments(LATER);
    expect(listed.length).toBeGreaterThanOrEqual(12);
    expect(listed.some(({ support }) => support > 0)).toBe(true);
    expect(listed.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(1 + 1e-9);
    for (const { vector } of listed) expect(vector).toHaveLength(128);
  });

  it('can be followed, unfollowed and blocked; the last word counts', async () => {
    const tab = await openTab();
    await tab.engine.setSegment('gardeners', 'followed');
    expect((await rerank(tab)).rows[0]).toMatchObject({ id: 'gardeners', kind: 'followed' });
    await tab.engine.setSegment('gardeners', 'blocked');
    expect((await tab.engine.exportProfile()).settings).toMatchObject({
      followed: [],
      blocked: ['gardeners'],
    });
    expect((await rerank(tab)).rows.some(({ id }) => id === 'gardeners')).toBe(false);
    expect((await tab.engine.profile(LATER)).segments).toContainEqual(
      expect.objectContaining({
        segmentId: 'gardeners',
        blocked: true,
        followed: false,
        weight: 0,
      }),
    );
    await tab.engine.setSegment('gardeners', 'unfollowed');
    expect((await tab.engine.exportProfile()).settings).toMatchObject({
      followed: [],
      blocked: [],
    });
  });

  it('of the visitor’s own are told while they are blocked, to be taken back', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    const own = (await rerank(tab)).rows.find(({ id }) => id.startsWith('visitor:'))!;
    const told = async () => (await tab.engine.profile(LATER)).segments;
    expect((await told()).some(({ segmentId }) => segmentId === own.id)).toBe(false);
    await tab.engine.setSegment(own.id, 'blocked');
    await tab.engine.setSegment('visitor:recent', 'blocked');
    expect((await rerank(tab)).rows.some(({ id }) => id === own.id)).toBe(false);
    expect(await told()).toContainEqual(
      expect.objectContaining({ segmentId: own.id, name: own.title, blocked: true, weight: 0 }),
    );
    expect(await told()).toContainEqual(
      expect.objectContaining({ name: 'More like what you looked at', blocked: true }),
    );
    await tab.engine.setSegment(own.id, 'unfollowed');
    expect((await told()).some(({ segmentId }) => segmentId === own.id)).toBe(false);
    expect((await rerank(tab)).rows.some(({ id }) => id === own.id)).toBe(true);
  });

  it('followed twice are followed once', async () => {
    const { engine } = await openTab();
    await engine.setSegment('gardeners', 'followed');
    await engine.setSegment('gardeners', 'followed');
    expect((await engine.exportProfile()).settings.followed).toEqual(['gardeners']);
  });

  it('that do not exist are refused', async () => {
    const { engine } = await openTab();
    for (const id of ['gone', '', '__proto__', 'constructor']) {
      await expect(engine.setSegment(id, 'followed')).rejects.toMatchObject({
        code: 'SEGMENT_UNKNOWN',
      });
    }
  });

  it('of the shop come before the predefined ones, and replace one of the same id', async () => {
    const own = { id: 'gardeners', name: 'Green thumbs', categories: ['headphones'] };
    const tab = await openTab({ segments: [own, { name: 'Cooks', categories: ['cookware'] }] });
    const listed = await tab.engine.listSegments(NOW);
    expect(listed.slice(0, 2).map(({ id, name, origin }) => [id, name, origin])).toEqual([
      ['gardeners', 'Green thumbs', 'merchant'],
      ['cooks', 'Cooks', 'merchant'],
    ]);
    expect(listed.filter(({ id }) => id === 'gardeners')).toHaveLength(1);
    await tab.engine.setSegment('gardeners', 'followed');
    const [row] = (await rerank(tab)).rows;
    expect(row).toMatchObject({ title: 'Green thumbs', segmentId: 'gardeners' });
    expect(row!.items.every(({ itemId }) => itemId.startsWith('headphones'))).toBe(true);
  });

  it('may be the shop’s alone', async () => {
    const { engine } = await openTab({
      predefinedSegments: false,
      segments: [{ name: 'Cooks', categories: ['cookware'] }],
    });
    expect((await engine.listSegments(NOW)).map(({ id }) => id)).toEqual(['cooks']);
  });

  it('may be none: the visitor’s own rows remain', async () => {
    const tab = await openTab({ predefinedSegments: false });
    await tab.track('view_item', ...FIVE);
    const feed = await rerank(tab);
    expect(feed.rows[0]).toMatchObject({ id: 'visitor:electronics/headphones' });
    expect(feed.rows.some(({ kind }) => kind === 'explore')).toBe(false);
  });

  it('that are written wrongly warn with every feed', async () => {
    const tab = await openTab({
      segments: [{ name: 'Empty' }, { name: 'Odd', keywords: ['x'], colour: 'red' } as never],
    });
    expect((await rerank(tab)).warnings.map(({ code }) => code).toSorted()).toEqual([
      'SEGMENT_FIELD_UNKNOWN',
      'SEGMENT_INVALID',
    ]);
  });
});
