/** A disk that opens after its deadline: what the engine knows and tells before and after. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Feed } from '../../../src/core/types.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { hookedFactory, newFactory, silentRequest } from '../store/fixtures.ts';
import { type LateFactory, lateFactory } from '../store/late-factory.ts';
import { type Bench, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const SMALL = ITEMS.slice(0, 60);
const LATER = NOW + 3_600_000;
const FIVE = headphones(0, 1, 2, 3, 4);
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SMALL, {}, LATER);

let disk: IDBFactory;
let late: LateFactory;

beforeEach(() => {
  disk = newFactory();
  late = lateFactory(disk);
});

const storedIn =
  (factory: IDBFactory): NonNullable<Bench['openStore']> =>
  (consent) =>
    openStore({ name: 'vitrine', consent, factory, now: () => NOW, deadlineMs: 8 });

/** A tab whose databases open at once. */
const promptTab = (): Promise<Tab> => openTab({}, { openStore: storedIn(disk) });
/** A tab whose databases open when the test says so. */
const lateTab = (bench: Bench = {}): Promise<Tab> =>
  openTab({}, { openStore: storedIn(late.factory), ...bench });

async function release({ engine }: Tab): Promise<void> {
  late.release();
  await expect.poll(async () => (await engine.stats()).storage.mode).toBe('indexeddb');
}

async function exportOf({ engine }: Tab): Promise<{ items: string[]; seed: number }> {
  const { log, settings } = await engine.exportProfile();
  expect(new Set(log.map(({ eventId }) => eventId)).size).toBe(log.length);
  return { items: log.map(({ itemId }) => itemId), seed: settings.seed };
}

async function notIn(tab: Tab): Promise<(itemId: string) => boolean> {
  const { items } = await exportOf(tab);
  return (itemId) => !items.includes(itemId);
}

describe('a disk that opens late', () => {
  it('makes the next feed that of all visits, and stats tells of it', async () => {
    await (await promptTab()).track('view_item', ...FIVE);
    const tab = await lateTab();
    expect((await rerank(tab)).reason).toBe('COLD_START');
    expect((await tab.engine.stats()).storage).toMatchObject({
      mode: 'memory',
      reason: 'STORE_TIMEOUT',
    });
    await release(tab);
    expect((await tab.engine.stats()).storage).toMatchObject({ mode: 'indexeddb', reason: null });
    expect(shownOf(await rerank(tab))).toBe(shownOf(await rerank(await promptTab())));
    expect(await tab.engine.profile(LATER)).toMatchObject({ events: 5, storage: 'indexeddb' });
  });

  it('has the whole session, once, for the next visit', async () => {
    await (await promptTab()).track('view_item', 'plants-0', 'plants-1');
    const tab = await lateTab();
    await tab.track('view_item', ...FIVE.slice(0, 3));
    await release(tab);
    await tab.track('view_item', ...FIVE.slice(3));
    const wanted = ['plants-0', 'plants-1', ...FIVE];
    expect((await exportOf(tab)).items).toEqual(wanted);
    const next = await promptTab();
    expect((await exportOf(next)).items).toEqual(wanted);
    expect((await exportOf(tab)).seed).toBe((await exportOf(next)).seed);
    expect(shownOf(await rerank(tab))).toBe(shownOf(await rerank(next)));
  });

  it('counts by itself: no event of another tab is missed or doubled', async () => {
    const other = await promptTab();
    await other.track('view_item', 'plants-0');
    const tab = await lateTab();
    // Five in memory, one on disk: sequence 5 of the one is not sequence 5 of the other.
    await tab.track('view_item', ...FIVE);
    await other.track('view_item', 'plants-1');
    await release(tab);
    await other.track('view_item', 'plants-2');
    await tab.track('view_item', 'plants-3');
    await other.track('view_item', 'plants-4');
    const wanted = ['plants-0', 'plants-1', ...FIVE, 'plants-2', 'plants-3', 'plants-4'];
    expect((await exportOf(tab)).items).toEqual(wanted);
    expect((await exportOf(other)).items.toSorted()).toEqual(wanted.toSorted());
  });

  it('keeps its follows when the next one is chosen without a feed in between', async () => {
    await (await promptTab()).engine.setSegment('gardeners', 'followed');
    const tab = await lateTab();
    await release(tab);
    await tab.engine.setSegment('visitor:x', 'followed');
    expect((await tab.engine.exportProfile()).settings.followed).toEqual([
      'gardeners',
      'visitor:x',
    ]);
  });

  it('tells other tabs, which read anew what the session chose', async () => {
    const other = await promptTab();
    await other.track('view_item', 'plants-0');
    const tab = await lateTab({
      channel: { postMessage: () => void other.engine.hear('changed') },
    });
    await tab.engine.setSegment('gardeners', 'followed');
    void other.engine.hear('changed');
    expect((await other.engine.exportProfile()).settings.followed).toEqual([]);
    await release(tab);
    await rerank(tab);
    expect((await other.engine.exportProfile()).settings.followed).toEqual(['gardeners']);
  });

  it('costs a profile that is still empty none of its seed', async () => {
    const tab = await lateTab();
    const before = await rerank(tab);
    await release(tab);
    expect((await rerank(tab)).seed).toBe(before.seed);
    expect(before.seed).not.toBe(0);
    expect(await disk.databases()).toEqual([]);
  });

  it('takes a session that consent was given for meanwhile', async () => {
    await (await promptTab()).track('view_item', 'plants-0');
    const tab = await openTab({ consent: 'unknown' }, { openStore: storedIn(late.factory) });
    await tab.track('view_item', ...FIVE);
    await tab.engine.setConsent('granted');
    await tab.track('view_item', 'plants-1');
    expect((await tab.engine.stats()).storage.mode).toBe('memory');
    await release(tab);
    const wanted = ['plants-0', ...FIVE, 'plants-1'];
    expect((await exportOf(tab)).items).toEqual(wanted);
    expect((await exportOf(await promptTab())).items).toEqual(wanted);
  });
});

describe('while a disk is still being opened', () => {
  it('forgetting an item holds for earlier visits as well', async () => {
    const first = await promptTab();
    await first.track('view_item', FIVE[0] ?? '', 'plants-0', FIVE[0] ?? '');
    const tab = await lateTab();
    await tab.track('view_item', ...FIVE);
    expect(await tab.engine.forget({ itemId: FIVE[0] ?? '' }, LATER)).toBe(1);
    await tab.track('view_item', FIVE[0] ?? '');
    await release(tab);
    // What the visitor does after forgetting counts again.
    const wanted = ['plants-0', ...FIVE.slice(1), FIVE[0]];
    expect((await exportOf(tab)).items).toEqual(wanted);
    expect((await exportOf(await promptTab())).items).toEqual(wanted);
  });

  it('forgetting a segment holds for earlier visits as well', async () => {
    await (await promptTab()).track('view_item', ...FIVE, 'plants-0');
    const tab = await lateTab();
    await tab.track('view_item', ...FIVE);
    const shown = (await rerank(tab)).rows.flatMap(({ items }) => items);
    const own = shown.find(({ itemId }) => itemId.startsWith('headphones'));
    const segmentId = own?.memberships[0]?.segmentId ?? '';
    expect(await tab.engine.forget({ segmentId }, LATER)).toBeGreaterThan(0);
    const gone = FIVE.filter(await notIn(tab));
    expect(gone).not.toHaveLength(0);
    await release(tab);
    expect(gone.filter(await notIn(tab))).toEqual(gone);
    expect(gone.filter(await notIn(await promptTab()))).toEqual(gone);
    expect((await exportOf(tab)).items).toContain('plants-0');
  });

  it('undoing takes back a call of this session only', async () => {
    await (await promptTab()).track('view_item', 'plants-0');
    const tab = await lateTab();
    await tab.track('view_item', 'plants-1', 'plants-2');
    expect(await tab.engine.undo()).toBe(1);
    await release(tab);
    expect((await exportOf(tab)).items).toEqual(['plants-0', 'plants-1']);
  });

  it('erasing wins: neither session nor earlier visits come back', async () => {
    await (await promptTab()).track('view_item', ...FIVE);
    const tab = await lateTab();
    await tab.track('view_item', ...FIVE);
    await tab.engine.erase();
    late.release();
    const next = await promptTab();
    expect((await exportOf(next)).items).toEqual([]);
    expect((await exportOf(tab)).items).toEqual([]);
    expect((await rerank(tab)).reason).toBe('COLD_START');
    expect(await disk.databases()).toEqual([]);
  });

  it.each(['denied', 'unknown'] as const)('consent changed to %s wins', async (consent) => {
    await (await promptTab()).track('view_item', ...FIVE);
    const tab = await lateTab();
    await tab.track('view_item', ...FIVE);
    await tab.engine.setConsent(consent);
    late.release();
    await tab.track('view_item', 'plants-0');
    expect((await tab.engine.stats()).storage).toMatchObject({ mode: 'memory', reason: 'CONSENT' });
    expect((await tab.engine.profile(LATER)).events).toBe(consent === 'denied' ? 0 : 6);
    expect((await exportOf(await promptTab())).items).toEqual([]);
    expect(await disk.databases()).toEqual([]);
  });
});

it('refused consent ends the session also when the disk cannot be wiped, and says so', async () => {
  const stuck = hookedFactory(late.factory, { deleteDatabase: silentRequest });
  const tab = await lateTab({ openStore: storedIn(stuck) });
  await tab.track('view_item', ...FIVE);
  await expect(tab.engine.setConsent('denied')).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
  expect(await tab.engine.profile(LATER)).toMatchObject({ consent: 'denied', events: 0 });
  expect((await rerank(tab)).reason).toBe('CONSENT_DENIED');
  late.release();
  expect((await exportOf(await promptTab())).items).toEqual([]);
});
