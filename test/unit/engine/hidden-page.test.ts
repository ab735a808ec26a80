/** A page that is hidden may never come back; one that comes back has not heard what others did. */
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { browser, wipe } from '../store/visits.ts';
import { NOW, openTab, type Tab } from './fixtures.ts';

/** A tab of the test's browser; what the others say does not reach it. */
function deafTab(): Promise<Tab> {
  const { disk: factory, places } = browser;
  return openTab(
    {},
    {
      openStore: (consent) =>
        openStore({ name: 'vitrine', consent, factory, places, now: () => NOW }),
      channel: { postMessage: () => undefined },
    },
  );
}

const eventsOf = async ({ engine }: Tab): Promise<number> => (await engine.profile(NOW)).events;

describe('a page that is hidden', () => {
  it('has copied its last event when the browser goes', async () => {
    const tab = await deafTab();
    await tab.track('view_item', 'a');
    await tab.engine.rest();
    wipe();
    const next = await deafTab();
    await next.engine.rest(); // for the look into the copy to be over
    expect(await eventsOf(next)).toBe(1);
  });

  it('knows, when it is back, what was forgotten elsewhere', async () => {
    const [tab, other] = [await deafTab(), await deafTab()];
    await tab.track('view_item', 'a', 'b');
    expect(await eventsOf(tab)).toBe(2);
    await other.engine.forget({ itemId: 'a' }, NOW);
    expect(await eventsOf(tab)).toBe(2);
    await tab.engine.rest();
    expect(await eventsOf(tab)).toBe(1);
  });

  it('leaves nothing of a visitor who did nothing', async () => {
    const tab = await deafTab();
    await tab.engine.rest();
    expect([await browser.disk.databases(), browser.places.files.size]).toEqual([[], 0]);
  });
});
