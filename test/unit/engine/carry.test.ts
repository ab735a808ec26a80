/** A profile on its way from one device to another. */
import { describe, expect, it } from 'vitest';
import type { Feed, ProfileExport } from '../../../src/core/types.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const SMALL = ITEMS.slice(0, 60);
const LATER = NOW + 3_600_000;
const FIVE = headphones(0, 1, 2, 3, 4);
const PLANTS = ['plants-0', 'plants-1', 'plants-2'];
const passphrase = 'eight or more';
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SMALL, {}, LATER);

async function itemsOf({ engine }: Tab): Promise<string[]> {
  return (await engine.exportProfile()).log.map(({ itemId }) => itemId);
}

/** A tab with a feed and looks behind it. */
async function visited(itemIds: readonly string[], seed?: number): Promise<Tab> {
  const tab = await openTab(seed === undefined ? {} : { seed });
  await rerank(tab);
  await tab.track('view_item', ...itemIds);
  return tab;
}

describe('a capsule', () => {
  it('makes the same feed on another device', async () => {
    const old = await visited(FIVE, 7);
    await old.engine.setSegment('gardeners', 'followed');
    await old.engine.setSegment('home-cooks', 'blocked');
    const capsule = await old.engine.exportProfile({ passphrase });
    expect(capsule).not.toContain('headphones');
    const tab = await openTab({ seed: 7 });
    expect(await tab.engine.importProfile(capsule, { passphrase })).toBe(5);
    expect(shownOf(await rerank(tab))).toBe(shownOf(await rerank(old)));
    const { followed, blocked } = (await tab.engine.exportProfile()).settings;
    expect([followed, blocked]).toEqual([['gardeners'], ['home-cooks']]);
  });

  it('is merged once, however often it arrives', async () => {
    const old = await visited(FIVE);
    const capsule = await old.engine.exportProfile({ passphrase });
    const tab = await visited(PLANTS);
    expect(await tab.engine.importProfile(capsule, { passphrase })).toBe(5);
    expect(await tab.engine.importProfile(capsule, { passphrase })).toBe(0);
    expect((await itemsOf(tab)).toSorted()).toEqual([...FIVE, ...PLANTS].toSorted());
    expect(
      await itemsOf({ ...tab, engine: (await openTab({}, { disk: tab.disk })).engine }),
    ).toHaveLength(8);
  });

  it('takes the place of what is here when that is wanted', async () => {
    const old = await visited(FIVE);
    const tab = await visited(PLANTS);
    await tab.engine.setSegment('gardeners', 'followed');
    const seed = (await tab.engine.exportProfile()).settings.seed;
    const sent = await old.engine.exportProfile();
    expect(await tab.engine.importProfile(sent, { mode: 'replace' })).toBe(5);
    expect(await itemsOf(tab)).toEqual(FIVE);
    expect((await tab.engine.exportProfile()).settings).toEqual({
      seed,
      followed: [],
      blocked: [],
    });
    expect((await tab.disk.load()).items.map(({ id }) => id).toSorted()).toEqual(FIVE);
  });

  it('keeps this device’s word where the two contradict each other', async () => {
    const [old, tab] = [await visited(FIVE), await visited(PLANTS)];
    await old.engine.setSegment('gardeners', 'blocked');
    await tab.engine.setSegment('gardeners', 'followed');
    await tab.engine.importProfile(await old.engine.exportProfile());
    const { followed, blocked } = (await tab.engine.exportProfile()).settings;
    expect([followed, blocked]).toEqual([['gardeners'], []]);
  });

  it('goes again by undo, as a whole', async () => {
    const old = await visited(FIVE);
    const tab = await visited(PLANTS);
    const sent = await old.engine.exportProfile();
    await tab.engine.importProfile(sent);
    await tab.engine.importProfile(sent);
    expect(await tab.engine.undo()).toBe(5);
    expect(await itemsOf(tab)).toEqual(PLANTS);
    expect(await tab.engine.undo()).toBe(1);
    expect(await itemsOf(tab)).toEqual(PLANTS.slice(0, 2));
  });

  it('is not what undo takes back once something else happened', async () => {
    const old = await visited(FIVE);
    const tab = await visited(PLANTS);
    await tab.engine.importProfile(await old.engine.exportProfile());
    await tab.track('view_item', 'plants-3');
    expect(await tab.engine.undo()).toBe(1);
    expect(await itemsOf(tab)).toEqual([...PLANTS, ...FIVE]);
  });

  it('tells other tabs', async () => {
    const news: string[] = [];
    const tab = await openTab({}, { channel: { postMessage: (told) => news.push(told) } });
    await tab.engine.importProfile(await (await visited(FIVE)).engine.exportProfile());
    expect(news).toEqual(['changed']);
  });
});

describe('without the right to observe', () => {
  it.each([
    ['denied', {}],
    ['unknown', { whenUnknown: 'server' }],
  ] as const)('nothing is taken over: %s', async (consent, options) => {
    const sent = await (await visited(FIVE)).engine.exportProfile();
    const tab = await openTab({ consent, ...options });
    expect(await tab.engine.importProfile(sent)).toBe(0);
    expect(await itemsOf(tab)).toEqual([]);
  });

  it('a session in memory takes it over in memory', async () => {
    const sent = await (await visited(FIVE)).engine.exportProfile();
    const tab = await openTab({ consent: 'unknown' });
    expect(await tab.engine.importProfile(sent)).toBe(5);
    expect((await tab.disk.load()).log).toEqual([]);
  });
});

describe('what cannot be taken over', () => {
  const cases: readonly (readonly [string, unknown, object | undefined, string])[] = [
    ['nothing', undefined, undefined, 'CAPSULE_INVALID'],
    ['another text', 'hello', undefined, 'CAPSULE_INVALID'],
    ['a capsule without a passphrase', 'vitrine-capsule:1', undefined, 'CAPSULE_PASSPHRASE'],
    ['an unknown mode', {}, { mode: 'add' }, 'OPTION_INVALID'],
  ];
  it.each(cases)('is refused by its code: %s', async (_, capsule, request, code) => {
    const tab = await visited(FIVE);
    const before = await tab.engine.exportProfile();
    await expect(tab.engine.importProfile(capsule, request)).rejects.toMatchObject({ code });
    expect(await tab.engine.exportProfile()).toEqual(before);
  });

  it('is refused for the wrong passphrase, and changes nothing', async () => {
    const capsule = await (await visited(PLANTS)).engine.exportProfile({ passphrase });
    const tab = await visited(FIVE);
    await expect(
      tab.engine.importProfile(capsule, { passphrase: 'another one', mode: 'replace' }),
    ).rejects.toMatchObject({ code: 'CAPSULE_PASSPHRASE' });
    expect(await itemsOf(tab)).toEqual(FIVE);
  });

  it.each([[{}], [{ passphrase: 'short' }], [{ passphrase: 12_345_678 }], ['passphrase']])(
    'is not even packed with %j',
    async (request) => {
      const { engine } = await visited(FIVE);
      await expect(engine.exportProfile(request)).rejects.toMatchObject({
        code: 'OPTION_INVALID',
      });
    },
  );
});

it('a profile of a full year is packed into 1 MB, the newest of it', async () => {
  const log = Array.from({ length: 5_000 }, (_, n) => ({
    eventId: `event-${n}-${'e'.repeat(100)}`,
    time: NOW + n,
    type: 'view_item' as const,
    itemId: `item-${n}-${'i'.repeat(100)}`,
  }));
  const settings = { seed: 1, followed: [], blocked: [] };
  const old = await openTab();
  const half = (part: typeof log): ProfileExport => ({
    format: 'vitrine-profile',
    version: 1,
    log: part,
    items: [],
    settings,
  });
  for (const at of [0, 2_500]) await old.engine.importProfile(half(log.slice(at, at + 2_500)));
  const capsule = (await old.engine.exportProfile({ passphrase })) as string;
  expect(capsule.length).toBeLessThanOrEqual(1_000_000);
  const tab = await openTab();
  expect(await tab.engine.importProfile(capsule, { passphrase })).toBe(2_500);
  expect((await itemsOf(tab)).at(-1)).toBe(log.at(-1)?.itemId);
});
