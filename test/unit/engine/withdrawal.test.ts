/** Consent in several tabs of one shop: what is taken back in one is gone in all. */
import { describe, expect, it } from 'vitest';
import type { Consent, Feed } from '../../../src/core/types.ts';
import type { TabNews } from '../../../src/engine/keeper-ports.ts';
import type { WorkerOptions } from '../../../src/protocol.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { newFactory } from '../store/fixtures.ts';
import { NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const SMALL = ITEMS.slice(0, 60);
const LATER = NOW + 3_600_000;
const FIVE = headphones(0, 1, 2, 3, 4);
const rerank = ({ engine }: Tab): Promise<Feed> => engine.rerank(SMALL, {}, LATER);
const eventsOf = async ({ engine }: Tab): Promise<number> => (await engine.profile(LATER)).events;

interface Shop {
  readonly factory: IDBFactory;
  readonly news: TabNews[];
  /** Opens another tab. */
  open(options?: Partial<WorkerOptions>): Promise<Tab>;
}

/** A browser whose tabs hear each other; `isMute`: they do not. */
function openShop(isMute = false): Shop {
  const factory = newFactory();
  const tabs: Tab[] = [];
  const news: TabNews[] = [];
  const places = { directory: null, buckets: null, locks: null, caches: null };
  return {
    factory,
    news,
    async open(options = {}) {
      const own = tabs.length;
      const channel = {
        postMessage(told: TabNews): void {
          news.push(told);
          for (const [n, { engine }] of tabs.entries()) if (n !== own) void engine.hear(told);
        },
      };
      const tab = await openTab(options, {
        openStore: (consent: Consent) =>
          openStore({ name: 'vitrine', consent, factory, places, now: () => NOW }),
        ...(isMute ? {} : { channel }),
      });
      tabs[own] = tab;
      return tab;
    },
  };
}

const databases = async ({ factory }: Shop): Promise<unknown[]> => factory.databases();

describe('consent refused in one of three tabs', () => {
  it('empties the others in that very turn, and they go on in the server’s order', async () => {
    const shop = openShop();
    const [a, b, c] = [await shop.open(), await shop.open(), await shop.open()];
    await a.track('view_item', ...FIVE);
    for (const tab of [a, b, c]) expect((await rerank(tab)).personalized).toBe(true);
    await a.engine.setConsent('denied');
    for (const tab of [a, b, c]) {
      expect(tab.engine.consent).toBe('denied');
      expect(await eventsOf(tab)).toBe(0);
      expect(await rerank(tab)).toMatchObject({ personalized: false, reason: 'CONSENT_DENIED' });
      await tab.track('view_item', 'plants-0');
      await tab.engine.setSegment('gardeners', 'followed');
      expect((await tab.engine.exportProfile()).settings.followed).toEqual([]);
    }
    expect(await databases(shop)).toEqual([]);
  });

  it('leaves nothing of what another tab writes meanwhile', async () => {
    const shop = openShop();
    const [a, b] = [await shop.open(), await shop.open()];
    await a.track('view_item', ...FIVE);
    await Promise.all([b.track('view_item', 'plants-0'), a.engine.setConsent('denied')]);
    await b.track('view_item', 'plants-1');
    expect([await eventsOf(a), await eventsOf(b)]).toEqual([0, 0]);
    expect(await databases(shop)).toEqual([]);
  });

  it('ends sessions in memory, too', async () => {
    const shop = openShop();
    const [a, b] = [await shop.open(), await shop.open({ consent: 'unknown' })];
    await b.track('view_item', ...FIVE);
    await a.engine.setConsent('denied');
    expect(b.engine.consent).toBe('denied');
    expect((await b.engine.exportProfile()).log).toEqual([]);
  });

  it('holds again as each page said it once it is given there again', async () => {
    const shop = openShop();
    const [a, b, c] = [
      await shop.open(),
      await shop.open(),
      await shop.open({ consent: 'unknown' }),
    ];
    await a.engine.setConsent('denied');
    await a.engine.setConsent('granted');
    expect([b.engine.consent, c.engine.consent]).toEqual(['granted', 'unknown']);
    await b.track('view_item', ...FIVE);
    expect([await eventsOf(a), await eventsOf(b), await eventsOf(c)]).toEqual([5, 5, 0]);
  });

  it('is not loosened by another tab that knows less', async () => {
    const shop = openShop();
    const [a, b] = [await shop.open({ consent: 'denied' }), await shop.open()];
    await b.engine.setConsent('unknown');
    expect(a.engine.consent).toBe('denied');
  });
});

describe('consent taken back to unknown', () => {
  it('wipes the disk, and every tab goes on in its own memory', async () => {
    const shop = openShop();
    const [a, b] = [await shop.open(), await shop.open()];
    await a.track('view_item', ...FIVE);
    const before = await rerank(b);
    await a.engine.setConsent('unknown');
    expect(b.engine.consent).toBe('unknown');
    expect(shownOf(await rerank(b))).toBe(shownOf(before));
    await b.track('view_item', 'plants-0');
    expect([await eventsOf(a), await eventsOf(b)]).toEqual([5, 6]);
    expect(await databases(shop)).toEqual([]);
  });
});

describe('erasing in one of three tabs', () => {
  it('empties the others, memory included, and consent stays', async () => {
    const shop = openShop();
    const tabs = [await shop.open(), await shop.open(), await shop.open({ consent: 'unknown' })];
    const [a, b, c] = tabs as [Tab, Tab, Tab];
    await a.track('view_item', ...FIVE);
    await c.track('view_item', ...FIVE);
    await Promise.all([rerank(b), rerank(c)]);
    await a.engine.erase();
    for (const tab of tabs) {
      const { items, log } = await tab.engine.exportProfile();
      expect([log, items]).toEqual([[], []]);
      expect((await rerank(tab)).reason).toBe('COLD_START');
    }
    expect(tabs.map(({ engine }) => engine.consent)).toEqual(['granted', 'granted', 'unknown']);
    expect(await databases(shop)).toEqual([]);
  });

  it('does not take what is recorded after it', async () => {
    const shop = openShop();
    const [a, b] = [await shop.open(), await shop.open()];
    await a.track('view_item', ...FIVE);
    await a.engine.erase();
    await a.track('view_item', 'plants-0');
    expect([await eventsOf(a), await eventsOf(b)]).toEqual([1, 1]);
  });

  it('is noticed with the next call where tabs cannot talk', async () => {
    const shop = openShop(true);
    const [a, b] = [await shop.open(), await shop.open()];
    await a.track('view_item', ...FIVE);
    expect(await eventsOf(b)).toBe(5);
    await a.engine.erase();
    expect(await eventsOf(b)).toBe(0);
    expect((await rerank(b)).reason).toBe('COLD_START');
  });
});

describe('consent given in two tabs at once', () => {
  it('puts both sessions on disk, each event once, with both tabs’ choices', async () => {
    const shop = openShop();
    const [a, b] = [
      await shop.open({ consent: 'unknown' }),
      await shop.open({ consent: 'unknown' }),
    ];
    await a.track('view_item', ...FIVE.slice(0, 3));
    await b.track('view_item', ...FIVE.slice(2));
    await Promise.all([a.engine.setConsent('granted'), b.engine.setConsent('granted')]);
    for (const tab of [a, b]) {
      const { log } = await tab.engine.exportProfile();
      expect(log).toHaveLength(6);
      expect(new Set(log.map(({ eventId }) => eventId)).size).toBe(6);
    }
  });
});

describe('unknown consent where the shop wants the server’s order', () => {
  const strict = { consent: 'unknown', whenUnknown: 'server' } as const;

  it('observes nothing, and says why', async () => {
    const tab = await openShop().open(strict);
    await tab.track('view_item', ...FIVE);
    await tab.track('view_item_list', ...FIVE);
    await tab.engine.setSegment('gardeners', 'followed');
    const feed = await rerank(tab);
    expect(feed).toMatchObject({ personalized: false, reason: 'CONSENT_UNKNOWN' });
    expect(feed.order).toEqual(SMALL.map(({ id }) => id));
    const { items, log, settings } = await tab.engine.exportProfile();
    expect([log, items, settings.followed]).toEqual([[], [], []]);
  });

  it('begins with consent', async () => {
    const shop = openShop();
    const tab = await shop.open(strict);
    await tab.track('view_item', ...FIVE);
    await tab.engine.setConsent('granted');
    expect((await rerank(tab)).reason).toBe('COLD_START');
    await tab.track('view_item', ...FIVE);
    expect((await rerank(tab)).personalized).toBe(true);
    expect(await databases(shop)).toHaveLength(1);
  });

  it('ends when consent is taken back', async () => {
    const shop = openShop();
    const [a, b] = [await shop.open(strict), await shop.open({ ...strict, consent: 'granted' })];
    await b.track('view_item', ...FIVE);
    await b.engine.setConsent('unknown');
    expect((await rerank(b)).reason).toBe('CONSENT_UNKNOWN');
    expect([await eventsOf(a), await eventsOf(b)]).toEqual([0, 0]);
    expect(await databases(shop)).toEqual([]);
  });
});
