/** Interactions with items of a sensitive kind leave no trace. */
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { newFactory } from '../store/fixtures.ts';
import { NOW, openTab, type Tab } from './fixtures.ts';

const SECRET: Item = {
  id: 'secret-7',
  title: 'Insulin cooling bag',
  categoryPath: ['Health', 'Bags'],
  brand: 'Zzyzx',
  price: 31,
};
const LIST: readonly Item[] = [...ITEMS.slice(0, 60), SECRET];
const LATER = NOW + 3_600_000;
/** What of it could be found somewhere. */
const TRACES = /secret-7|insulin|zzyzx/iu;

/** Everything that a tab knows, as text. */
async function knownTo({ disk, engine }: Tab): Promise<string> {
  const stored = [await disk.load(), await disk.loadCheckpoints()];
  const { items, log, settings } = await engine.exportProfile();
  const profile = await engine.profile(LATER);
  return JSON.stringify({ stored, log, items, settings, profile });
}

const soon = (job: () => void): void => job();

describe('an interaction with a sensitive item', () => {
  it.each(['view_item', 'add_to_cart', 'purchase', 'less_like_this'] as const)(
    'is not recorded: %s',
    async (type) => {
      const tab = await openTab();
      await tab.engine.rerank(LIST, {}, NOW);
      await tab.track(type, SECRET.id);
      await tab.engine.track({ type, items: [{ ...SECRET }] }, NOW);
      await tab.engine.track({ type, items: [{ ...SECRET, id: 'other-secret-7' }] }, NOW);
      expect(await knownTo(tab)).not.toMatch(TRACES);
      expect((await tab.engine.profile(LATER)).events).toBe(0);
    },
  );

  it('is left out of a list, and of what was ordered with it', async () => {
    const tab = await openTab();
    await tab.engine.rerank(LIST, {}, NOW);
    const items = [...headphones(0, 1), SECRET.id];
    await tab.engine.track({ type: 'view_item_list', items }, NOW);
    await tab.engine.track({ type: 'purchase', items }, NOW);
    expect(await knownTo(tab)).not.toMatch(TRACES);
    expect((await tab.engine.exportProfile()).log.map(({ itemId }) => itemId)).toEqual([
      ...headphones(0, 1),
      ...headphones(0, 1),
    ]);
  });

  it('is told once, without saying of what', async () => {
    const tab = await openTab();
    await tab.engine.rerank(LIST, {}, NOW);
    await tab.track('view_item', SECRET.id, SECRET.id);
    const told = { code: 'EVENT_SENSITIVE', count: 1, first: 'an item' };
    expect((await tab.engine.rerank(LIST, {}, NOW)).warnings).toEqual([told]);
    await tab.track('view_item', SECRET.id);
    expect((await tab.engine.rerank(LIST, {}, NOW)).warnings).toEqual([]);
  });

  it('leaves no trace of an item that was named before anybody knew what it is', async () => {
    const tab = await openTab({}, { whenIdle: soon });
    await tab.track('view_item', SECRET.id, ...headphones(0, 1));
    expect(await knownTo(tab)).toMatch(TRACES);
    await tab.engine.rerank(LIST, {}, LATER);
    expect(await knownTo(tab)).not.toMatch(TRACES);
    expect((await tab.engine.profile(LATER)).events).toBe(2);
  });

  it('leaves the disk untouched', async () => {
    const factory = newFactory();
    const places = { directory: null, buckets: null, locks: null, caches: null };
    const tab = await openTab(
      {},
      {
        openStore: (consent) =>
          openStore({ name: 'vitrine', consent, factory, places, now: () => NOW }),
      },
    );
    await tab.engine.track({ type: 'view_item', items: [{ ...SECRET }] }, NOW);
    expect(await factory.databases()).toEqual([]);
  });

  it('does not arrive from another device', async () => {
    const tab = await openTab();
    const log = ['a', 'b'].map((eventId, n) => ({
      eventId,
      time: NOW,
      type: 'view_item' as const,
      itemId: [SECRET.id, 'lamp'][n] as string,
    }));
    const settings = { seed: 1, followed: [], blocked: [] };
    const items = [SECRET, { id: 'lamp', title: 'Lamp' }];
    const sent = { format: 'vitrine-profile', version: 1, log, items, settings };
    expect(await tab.engine.importProfile(sent)).toBe(1);
    expect(await knownTo(tab)).not.toMatch(TRACES);
  });
});

describe('the shop’s own list', () => {
  it('is part of it', async () => {
    const tab = await openTab({ sensitive: { categories: ['Headphones'], except: ['insulin'] } });
    await tab.engine.rerank(LIST, {}, NOW);
    await tab.track('view_item', SECRET.id, ...headphones(0, 1), 'plants-0');
    const { log } = await tab.engine.exportProfile();
    expect(log.map(({ itemId }) => itemId)).toEqual([SECRET.id, 'plants-0']);
  });

  it('reaches what was recorded before it grew', async () => {
    const before = await openTab();
    await before.engine.rerank(LIST, {}, NOW);
    await before.track('view_item', ...headphones(0, 1), 'plants-0');
    const options = { sensitive: { categories: ['headphones'] } };
    const tab = await openTab(options, { disk: before.disk, whenIdle: soon });
    await tab.engine.rerank(LIST, {}, LATER);
    expect((await tab.engine.profile(LATER)).events).toBe(1);
  });
});
