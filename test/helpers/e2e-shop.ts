/** A shopper in the demo shop: walks, looks, and waits for what the shop itself waits for. */
import type { Locator, Page } from '@playwright/test';
import type { Interaction, Item, Profile, Vitrine } from '../../src/core/types.ts';
import { expect } from './e2e.ts';
import type { Shop } from './e2e-site.ts';

/** The demo's module that holds the page's instance. */
export interface Engine {
  vitrine: () => Promise<Vitrine | null>;
  report: (interaction: Interaction) => Promise<void>;
}

/**
 * The profile as the page's own instance knows it.
 *
 * @param page - A page of the shop.
 * @returns The profile.
 */
export async function profileOf(page: Page): Promise<Profile> {
  return page.evaluate(async () => {
    const source = '/assets/engine.js';
    const { vitrine } = (await import(source)) as Engine;
    const instance = await vitrine();
    if (instance === null) throw new Error('The shop has no instance.');
    return instance.profile.get();
  });
}

/**
 * Waits until an interaction is in the log.
 *
 * @param page - A page of the shop.
 * @param type - Of the interaction.
 * @param itemId - Its item.
 */
export async function expectRecorded(page: Page, type: string, itemId: string): Promise<void> {
  const find = async (): Promise<boolean> => {
    const { recent } = await profileOf(page);
    return recent.some((entry) => entry.type === type && entry.itemId === itemId);
  };
  await expect.poll(find, { message: `${type} of ${itemId}` }).toBe(true);
}

/**
 * Erases everything by the open panel.
 *
 * @param page - A page of the shop.
 */
export async function eraseAll(page: Page): Promise<void> {
  const drawer = page.getByRole('dialog', { name: 'Your window' });
  await drawer.getByRole('button', { name: 'Erase everything' }).click();
  await drawer.getByRole('button', { name: 'Yes, erase' }).click();
  await expect(drawer.getByText('Erased.')).toBeVisible();
}

/**
 * Opens the first page and waits until its window is arranged, or is said to be not.
 *
 * @param page - Any page.
 * @param shop - The shop.
 * @returns The reason that the window gives.
 */
export async function openHome(page: Page, shop: Shop): Promise<string> {
  await page.goto(shop.url);
  return windowReason(page);
}

/**
 * Opens the first page for a shopper of whom something is known, once more where the arranging came
 * too late: a busy machine is not what is tested.
 *
 * @param page - Any page.
 * @param shop - The shop.
 */
export async function openOwnWindow(page: Page, shop: Shop): Promise<void> {
  const open = async (): Promise<string> => openHome(page, shop);
  await expect.poll(open, { timeout: 60_000 }).toBe('PERSONALIZED');
}

/**
 * Waits until the window of the page is arranged, or is said to be not.
 *
 * @param page - A page of the shop with a feed.
 * @returns The reason that the window gives.
 */
export async function windowReason(page: Page): Promise<string> {
  const feed = page.locator('vitrine-feed');
  await expect(feed).toHaveAttribute('data-reason', /./);
  return (await feed.getAttribute('data-reason')) ?? '';
}

/**
 * Reports looks at some items by the shop's own module, from a page without a feed: what their
 * pages would do, in a tenth of the time.
 *
 * @param page - Any page.
 * @param shop - The shop.
 * @param items - What is looked at.
 */
export async function lookAt(page: Page, shop: Shop, items: readonly Item[]): Promise<void> {
  await page.goto(`${shop.url}/cart`);
  await page.evaluate(async (looks) => {
    const source = '/assets/engine.js';
    const engine = (await import(source)) as Engine;
    for (const item of looks) await engine.report({ type: 'view_item', items: [{ ...item }] });
  }, items);
}

/**
 * Ids of the cards in a place, from top to bottom.
 *
 * @param place - A row, or the whole window.
 * @returns Item ids.
 */
export async function cardIds(place: Locator): Promise<string[]> {
  return place.getByTestId('card').evaluateAll((cards) => {
    return cards.map((card) => card.getAttribute('data-item-id') ?? '');
  });
}

/**
 * The items of one kind: the same category down to its last level.
 *
 * @param shop - The shop.
 * @param leaf - Name of the last level.
 * @returns In the server's order.
 */
export function itemsOf({ items }: Shop, leaf: string): Item[] {
  return items.filter(({ categoryPath }) => categoryPath?.at(-1) === leaf);
}

/**
 * Shifts of the layout that no input of the visitor explains.
 *
 * @param page - Any page.
 * @returns Their sum since it was opened.
 */
export async function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const entries = observer.takeRecords() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[];
    observer.disconnect();
    const own = entries.filter(({ hadRecentInput }) => !hadRecentInput);
    return own.reduce((sum, { value }) => sum + value, 0);
  });
}
