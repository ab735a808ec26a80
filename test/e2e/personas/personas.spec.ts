/** Shoppers to watch: the window follows them step by step, and the visitor's profile is untouched. */
import {
  cardIds,
  eraseAll,
  itemsOf,
  lookAt,
  openHome,
  openOwnWindow,
  profileOf,
  shiftsOf,
  windowReason,
} from '../../helpers/e2e-shop.ts';
import { shareOf } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const KIND = 'Dog beds';

test('a persona changes the window step by step, and the visitor’s own comes back @plain', async ({
  page,
  shop,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lookAt(page, shop, itemsOf(shop, 'Headphones').slice(0, 5));
  await openOwnWindow(page, shop);
  const own = await profileOf(page);
  const first = page.getByTestId('feed-row').first();
  const feed = page.locator('vitrine-feed');
  const shareOfKind = async (leaf: string): Promise<number> => {
    return shareOf(await cardIds(first), shop.items, (item) => item.categoryPath?.at(-1) === leaf);
  };
  expect(await shareOfKind('Headphones')).toBeGreaterThanOrEqual(0.7);

  // By keyboard; with less motion wished for it waits for each step.
  const button = page.getByTestId('persona').filter({ hasText: 'Ada' });
  await button.press('Enter');
  const watch = page.getByTestId('watch');
  await expect(page.getByTestId('watch-pause')).toBeFocused();
  await expect(feed).toHaveAttribute('data-reason', 'COLD_START');
  for (const steps of ['1', '2', '3']) {
    await page.getByTestId('watch-step').press('Enter');
    await expect(watch).toHaveAttribute('data-steps', steps);
  }
  await expect(page.getByTestId('watch-line')).toContainText('of the first 12 are new here');
  expect(await shareOfKind(KIND)).toBeGreaterThanOrEqual(0.7);
  // What is pressed in a window that is not one's own goes nowhere.
  await first.getByTestId('card').first().locator('a').click();
  await expect(page.getByTestId('watch-line')).toContainText('Ada’s window');

  await page.keyboard.press('Escape');
  await expect(watch).toHaveCount(0);
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(async () => shareOfKind('Headphones')).toBeGreaterThanOrEqual(0.7);
  expect(await windowReason(page)).toBe('PERSONALIZED');
  const after = await profileOf(page);
  const looksOf = ({ recent }: typeof own): unknown[] =>
    recent.filter(({ type }) => type !== 'view_item_list');
  expect(looksOf(after)).toEqual(looksOf(own));
  expect(after.segments).toEqual(own.segments);
  const databases = await page.evaluate(() => indexedDB.databases());
  expect(databases.map(({ name }) => name)).toEqual(['vitrine']);
});

test('a persona goes on alone until paused, moves nothing by itself, and says when it is over @plain', async ({
  page,
  shop,
}) => {
  await page.clock.install();
  await openHome(page, shop);
  await page.getByTestId('persona').first().click();
  const watch = page.getByTestId('watch');
  const tick = async (): Promise<string | null> => {
    await page.clock.runFor(1000);
    return watch.getAttribute('data-steps');
  };
  await expect.poll(tick).toBe('2');
  await page.getByTestId('watch-pause').click();
  await expect(page.getByTestId('watch-step')).toBeEnabled();
  for (let steps = 3; steps <= 8; steps++) {
    await page.getByTestId('watch-step').click();
    await expect.poll(tick).toBe(String(steps));
  }
  await expect(page.getByTestId('watch-line')).toContainText('That was Mara');
  await expect(page.getByTestId('watch-stop')).toBeFocused();
  expect(await shiftsOf(page)).toBe(0);
});

test('the switch says how the window differs, from both sides @plain', async ({ page, shop }) => {
  // While the browser takes its pictures of cards that glide, it gives presses to nobody.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openOwnWindow(page, shop);
  const line = page.getByTestId('difference');
  await expect(line).toHaveText(/^\d+ of the first 12 are new here; \d+ moved up/u);
  const mark = page.getByTestId('feed-row').first().getByTestId('card-mark').first();
  await expect(mark).toContainText('places higher than in the shop’s order');
  const chosen = await cardIds(page.locator('[data-row-kind]:not([data-row-kind="server"])'));
  await page.getByTestId('order-shop').check({ force: true });
  await expect(line).toHaveText(/^Your window shows \d+ others in the first 12 places\.$/u);
  // What the shop adds at the end of the window is no choice of the visitor's.
  const marked = page.getByTestId('card').filter({ has: page.getByTestId('card-mark') });
  await expect(marked.filter({ hasNotText: 'Yours, too' })).toHaveCount(0);
  const ids = await marked.evaluateAll((cards) =>
    cards.map((card) => card.getAttribute('data-item-id') ?? ''),
  );
  expect(ids.filter((id) => !chosen.includes(id))).toEqual([]);
  await expect(page.locator('html')).toHaveAttribute('data-feed', 'shop');
  await page.getByTestId('order-visitor').check({ force: true });
  await expect(line).toHaveText(/moved up/u);
  expect(await shiftsOf(page)).toBe(0);

  // Nothing of it is left when the visitor is nobody again.
  await page.getByTestId('panel-open').click();
  await eraseAll(page);
  await expect(line).toHaveText(/^Look at a few things/u);
  await expect(page.getByTestId('card-mark')).toHaveCount(0);
});

declare global {
  interface Window {
    hasMoved?: boolean;
  }
}

test('a card’s picture becomes that of its page, and stays still for who wants it still @plain', async ({
  page,
  shop,
}) => {
  await page.addInitScript(() => {
    addEventListener('pagereveal', ({ viewTransition }) => {
      window.hasMoved = viewTransition !== null;
    });
  });
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion });
    await page.goto(`${shop.url}/c/kitchen`);
    await page.getByTestId('listing').getByTestId('card').first().locator('a').click();
    await expect(page.getByTestId('product')).toBeVisible();
    const hasMoved = await page.evaluate(() => window.hasMoved);
    expect(hasMoved, reducedMotion).toBe(reducedMotion === 'no-preference');
  }
});
