import { describe, expect, it } from 'vitest';
import type { Feed } from '../../../src/core/types.ts';
import type { TabNews } from '../../../src/engine/keeper-ports.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { newFactory } from '../store/fixtures.ts';
import { NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const SMALL = ITEMS.slice(0, 60);
const LATER = NOW + 3_600_000;
const FIVE = headphones(0, 1, 2, 3, 4);
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SMALL, {}, LATER);
const stored = async ({ disk }: Tab): Promise<string[]> =>
  (await disk.load()).log.map(({ itemId }) => itemId);

describe('consent', () => {
  it('given later moves the session to disk, once', async () => {
    const tab = await openTab({ consent: 'unknown' });
    await tab.track('view_item', ...FIVE);
    await tab.engine.setSegment('gardeners', 'followed');
    const before = await rerank(tab);
    expect(await stored(tab)).toEqual([]);
    await tab.engine.setConsent('granted');
    await tab.engine.setConsent('granted');
    expect(await stored(tab)).toEqual(FIVE);
    expect((await tab.disk.load()).settings).toMatchObject({ followed: ['gardeners'] });
    expect(shownOf(await rerank(tab))).toBe(shownOf(before));
    expect((await tab.engine.profile(LATER)).consent).toBe('granted');
  });

  it('given later joins what an earlier visit left on disk', async () => {
    const first = await openTab();
    await first.track('view_item', 'plants-0', 'plants-1');
    const tab = await openTab({ consent: 'unknown' }, { disk: first.disk });
    await tab.track('view_item', ...FIVE);
    expect((await tab.engine.profile(LATER)).events).toBe(5);
    await tab.engine.setConsent('granted');
    expect((await tab.engine.profile(LATER)).events).toBe(7);
    expect((await stored(tab)).toSorted()).toEqual(['plants-0', 'plants-1', ...FIVE].toSorted());
  });

  it('refused wipes disk and memory, and nothing is learned after', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    expect((await rerank(tab)).personalized).toBe(true);
    await tab.engine.setConsent('denied');
    expect(await stored(tab)).toEqual([]);
    expect((await tab.disk.load()).settings).toBeNull();
    expect(await tab.engine.profile(LATER)).toMatchObject({
      consent: 'denied',
      events: 0,
      segments: [],
    });
    await tab.track('view_item', ...FIVE);
    expect((await tab.engine.profile(LATER)).events).toBe(0);
    expect(await rerank(tab)).toMatchObject({ personalized: false, reason: 'CONSENT_DENIED' });
  });

  it('refused from the start learns nothing', async () => {
    const tab = await openTab({ consent: 'denied' });
    await tab.track('view_item', ...FIVE);
    expect((await rerank(tab)).reason).toBe('CONSENT_DENIED');
    expect(await stored(tab)).toEqual([]);
  });

  it('refused and then given begins anew', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    await tab.engine.setConsent('denied');
    await tab.engine.setConsent('granted');
    expect((await rerank(tab)).reason).toBe('COLD_START');
    await tab.track('view_item', 'plants-0', 'plants-1');
    expect(await stored(tab)).toEqual(['plants-0', 'plants-1']);
  });

  it('taken back to unknown wipes the disk and keeps the session', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    await tab.engine.setSegment('gardeners', 'followed');
    const before = await rerank(tab);
    await tab.engine.setConsent('unknown');
    expect(await tab.disk.load()).toMatchObject({ log: [], items: [], settings: null });
    expect(shownOf(await rerank(tab))).toBe(shownOf(before));
    await tab.track('view_item', 'plants-0');
    expect(await stored(tab)).toEqual([]);
    expect((await tab.engine.profile(LATER)).events).toBe(6);
  });

  it('changes in the order in which it is asked for', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    await Promise.all(
      (['denied', 'unknown', 'granted', 'denied'] as const).map((consent) =>
        tab.engine.setConsent(consent),
      ),
    );
    expect(await tab.engine.profile(LATER)).toMatchObject({ consent: 'denied', events: 0 });
    expect(await stored(tab)).toEqual([]);
  });

  it('keeps the seed of the profile when the session moves to disk', async () => {
    const tab = await openTab({ consent: 'unknown' });
    await tab.track('view_item', 'plants-0');
    const before = (await tab.engine.exportProfile()).settings.seed;
    await tab.engine.setConsent('granted');
    expect((await tab.engine.exportProfile()).settings.seed).toBe(before);
  });
});

/** Two tabs on one database that tell each other of changes other than new events. */
async function twoTabs(): Promise<[Tab, Tab]> {
  const factory = newFactory();
  const tabs: Tab[] = [];
  const openTabOf = (own: number): Promise<Tab> =>
    openTab(
      {},
      {
        openStore: (consent) => openStore({ name: 'vitrine', consent, factory, now: () => NOW }),
        channel: {
          postMessage: (news: TabNews) => {
            for (const [i, { engine }] of tabs.entries()) if (i !== own) void engine.hear(news);
          },
        },
      },
    );
  for (const own of [0, 1]) tabs.push(await openTabOf(own));
  return tabs as [Tab, Tab];
}

describe('two tabs', () => {
  it('see each other’s events with the next feed', async () => {
    const [a, b] = await twoTabs();
    await a.track('view_item', ...FIVE.slice(0, 3));
    await b.track('view_item', ...FIVE.slice(3));
    const [first, second] = [await rerank(a), await rerank(b)];
    expect(first.personalized).toBe(true);
    expect(shownOf(first)).toBe(shownOf(second));
    expect((await a.engine.profile(LATER)).events).toBe(5);
    expect((await b.engine.profile(LATER)).events).toBe(5);
  });

  it('count no event twice, however they take turns', async () => {
    const [a, b] = await twoTabs();
    for (let n = 0; n < 6; n++) {
      const tab = n % 2 === 0 ? a : b;
      await tab.track('view_item', `x${n}`);
      if (n % 3 === 0) await tab.engine.profile(LATER);
    }
    for (const tab of [a, b]) {
      const { log } = await tab.engine.exportProfile();
      expect(log.map(({ itemId }) => itemId).toSorted()).toEqual([
        'x0',
        'x1',
        'x2',
        'x3',
        'x4',
        'x5',
      ]);
    }
  });

  it('hear of what was forgotten, followed and erased in the other', async () => {
    const [a, b] = await twoTabs();
    await a.track('view_item', ...FIVE);
    await rerank(b);
    await a.engine.forget({ itemId: FIVE[0]! }, LATER);
    expect((await b.engine.profile(LATER)).events).toBe(4);
    await b.engine.setSegment('gardeners', 'followed');
    expect((await a.engine.exportProfile()).settings.followed).toEqual(['gardeners']);
    await a.engine.erase();
    expect((await b.engine.profile(LATER)).events).toBe(0);
    expect((await rerank(b)).reason).toBe('COLD_START');
  });

  it('see each other’s events after consent was refused and given again', async () => {
    // #isErased, set by the refusal, keeps refresh() from looking at the disk until a first event.
    const [a, b] = await twoTabs();
    await a.engine.setConsent('denied');
    await a.engine.setConsent('granted');
    await b.track('view_item', ...FIVE);
    expect((await a.engine.profile(LATER)).events).toBe(5);
  });
});
