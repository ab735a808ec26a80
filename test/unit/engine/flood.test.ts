/** Interactions that are left out because no visitor acts so fast: a developer can see it. */
import { expect, it } from 'vitest';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { MINUTE, NOW, openTab, type Tab } from './fixtures.ts';

const [ID = ''] = headphones(0);

/** A page that reports the same look so often, so many milliseconds apart. */
async function loop({ engine }: Tab, count: number, stepMs: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await engine.track({ type: 'view_item', itemId: ID, time: NOW + n * stepMs }, NOW + n * stepMs);
  }
}

it('counts what it left out, and warns with the next feed', async () => {
  const tab = await openTab();
  await loop(tab, 100, 50);
  expect(await tab.engine.stats()).toMatchObject({ events: 1, eventsDropped: 99 });
  const told = { code: 'EVENT_FLOOD', count: 11, first: 'an interaction' };
  expect((await tab.engine.rerank(ITEMS, {}, NOW + MINUTE)).warnings).toEqual([told]);
  expect((await tab.engine.rerank(ITEMS, {}, NOW + MINUTE)).warnings).toEqual([]);
});

it('warns once for each minute that it lasts', async () => {
  const tab = await openTab();
  await loop(tab, 600, 300);
  const { warnings } = await tab.engine.rerank(ITEMS, {}, NOW + 3 * MINUTE);
  expect(warnings.map(({ code }) => code)).toEqual(['EVENT_FLOOD', 'EVENT_FLOOD', 'EVENT_FLOOD']);
});

it('only counts a look that is told twice', async () => {
  const tab = await openTab();
  await loop(tab, 2, 100);
  expect(await tab.engine.stats()).toMatchObject({ events: 1, eventsDropped: 1 });
  expect((await tab.engine.rerank(ITEMS, {}, NOW + MINUTE)).warnings).toEqual([]);
});

it('counts nothing of an ordinary visit, and nothing that may not be observed', async () => {
  const ordinary = await openTab();
  await ordinary.track('view_item', ...headphones(0, 1, 2, 3));
  await ordinary.track('purchase', ...headphones(0));
  expect((await ordinary.engine.stats()).eventsDropped).toBe(0);
  const denied = await openTab({ consent: 'denied' });
  await loop(denied, 50, 50);
  expect(await denied.engine.stats()).toMatchObject({ events: 0, eventsDropped: 0 });
  expect((await denied.engine.rerank(ITEMS, {}, NOW)).warnings).toEqual([]);
});
