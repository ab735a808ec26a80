/** The demo's laboratory: rows are invented, items read, and the window learns. */
import type { Page } from '@playwright/test';
import type { Segment, Vitrine } from '../../../src/core/types.ts';
import { itemsOf, lookAt, openHome, profileOf, shiftsOf } from '../../helpers/e2e-shop.ts';
import type { Shop } from '../../helpers/e2e-site.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

/** Reading a shop and training models take their time on a busy machine. */
const PATIENT = { timeout: 60_000 };

async function openLaboratory(page: Page, shop: Shop): Promise<void> {
  await page.goto(`${shop.url}/laboratory`);
  await expect(page.locator('html')).toHaveAttribute('data-laboratory', 'open', PATIENT);
}

/** Waits until the bench has answered, and gives its answer. */
async function newsOf(page: Page, pattern: RegExp): Promise<string> {
  const news = page.getByTestId('row-news');
  await expect(news).toHaveText(pattern, PATIENT);
  return (await news.textContent()) ?? '';
}

/**
 * Has rows made by the simpler of the two models, at once. Training the other takes ten seconds and
 * more, and what the page does with a row does not depend on who made it.
 */
async function leaveTrainingOut(page: Page): Promise<void> {
  await page.route('**/train-on-device-*.js', (route) => route.fulfill({ status: 404 }));
}

async function chooseDirection(page: Page, words: string): Promise<void> {
  await page.locator('.choice', { hasText: words }).click();
}

async function nameOf(page: Page): Promise<string> {
  return (await page.getByTestId('draft-name').textContent()) ?? '';
}

test('a row is made, dragged further and back, kept, and stands first in the window', async ({
  page,
  shop,
}) => {
  test.slow();
  await openLaboratory(page, shop);
  await page.getByTestId('seed').selectOption('home-cooks');
  await chooseDirection(page, 'Cheaper');
  const news = await newsOf(page, /^Made: /);
  const near = await nameOf(page);
  expect(news).toContain(near);
  const cards = page.getByTestId('draft-shelf').getByTestId('card');
  expect(await cards.count()).toBeGreaterThan(5);
  const price = page.getByTestId('mean-price');
  const [own, old] = [await price.getAttribute('data-own'), await price.getAttribute('data-old')];
  // Bars beside each other: the longer one is full.
  expect(Math.max(Number(own), Number(old))).toBe(1);
  expect(Math.min(Number(own), Number(old))).toBeGreaterThan(0);

  const slider = page.getByTestId('temperature');
  for (let step = 0; step < 4; step++) await slider.press('ArrowRight');
  await expect(page.getByTestId('draft-name')).not.toHaveText(near, PATIENT);
  expect(await page.getByTestId('temperature-words').textContent()).toContain('0.8');
  for (let step = 0; step < 4; step++) await slider.press('ArrowLeft');
  // What was made of the same wish comes back.
  await expect(page.getByTestId('draft-name')).toHaveText(near, PATIENT);

  await page.getByTestId('keep').click();
  await newsOf(page, /^Kept: /);
  await expect(page.getByTestId('made-row')).toHaveCount(1);
  const { segments } = await profileOf(page);
  const followed = segments.filter((segment) => segment.followed);
  expect(followed.map(({ name }) => name)).toEqual([near]);

  expect(await openHome(page, shop)).toBe('PERSONALIZED');
  const first = page.getByTestId('feed-row').first();
  await expect(first).toHaveAttribute('data-row-kind', 'followed');
  await expect(first.locator('h2')).toHaveText(near);
});

test('a row that comes after its call was given up is taken in', async ({ page, shop }) => {
  test.slow();
  await leaveTrainingOut(page);
  await openLaboratory(page, shop);
  await page.evaluate(async () => {
    const source = '/assets/engine.js';
    const engine = (await import(source)) as { vitrine: () => Promise<Vitrine> };
    const { segments } = await engine.vitrine();
    const generate = segments.generate.bind(segments);
    segments.generate = async (request): Promise<Segment> => {
      // The worker goes on, as it does when it is slow.
      await generate(request);
      throw Object.assign(new Error('It had 10000 ms.'), { code: 'WORKER_TIMEOUT' });
    };
  });
  await page.getByTestId('make').click();
  await newsOf(page, /^Made: /);
  const { segments } = await profileOf(page);
  expect(segments.map(({ name, blocked }) => [name, blocked])).toEqual([
    [await nameOf(page), true],
  ]);
});

test('a row that is thrown away stands nowhere', async ({ page, shop }) => {
  test.slow();
  await leaveTrainingOut(page);
  await openLaboratory(page, shop);
  await page.getByTestId('seed').selectOption('gardeners');
  await page.getByTestId('make').click();
  await newsOf(page, /^Made: /);
  const name = await nameOf(page);
  await page.getByTestId('discard').click();
  await newsOf(page, /^Thrown away: /);
  await expect(page.getByTestId('draft-name')).toHaveCount(0);
  await expect(page.getByTestId('made-row')).toHaveCount(0);
  await expect(page.getByTestId('make')).toBeFocused();
  const { segments } = await profileOf(page);
  expect(segments.filter((segment) => segment.followed)).toEqual([]);
  expect(segments.find((segment) => segment.name === name)?.blocked).toBe(true);
});

test('a direction that is refused says why, and nothing is made', async ({ page, shop }) => {
  test.slow();
  await openLaboratory(page, shop);
  const toward = page.getByTestId('toward');
  await toward.fill('more muslim');
  await toward.press('Enter');
  const refusal = await newsOf(page, /sensitive/);
  expect(refusal).toContain('a shop should not sort people by');
  await toward.fill('xqzzywv');
  await toward.press('Enter');
  await newsOf(page, /Nothing in this shop has to do with these words/);
  await expect(page.getByTestId('draft-name')).toHaveCount(0);
  const { segments } = await profileOf(page);
  expect(segments).toEqual([]);
});

test('nothing moves by itself, and every control has a name', async ({ page, shop }) => {
  test.slow();
  await leaveTrainingOut(page);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await openLaboratory(page, shop);
    await page.getByTestId('make').press('Enter');
    await newsOf(page, /^(?!Making)./);
    expect(await shiftsOf(page), `at ${width} px`).toBeLessThan(0.001);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(width);
  }
  const nameless = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('main :is(button, input, select, progress)')];
    const isNamed = (control: Element): boolean => {
      const { labels } = control as { readonly labels?: NodeListOf<HTMLElement> };
      const texts = [control.ariaLabel, control.textContent, labels?.[0]?.textContent];
      return texts.some((text) => (text ?? '').trim() !== '');
    };
    return controls.filter((control) => !isNamed(control)).map(({ outerHTML }) => outerHTML);
  });
  expect(nameless).toEqual([]);
});

test('what was read in an item stands with its words, here and in the shop', async ({
  page,
  shop,
}) => {
  test.slow();
  await openLaboratory(page, shop);
  const reading = page.getByTestId('reading');
  // What was read is kept once all of it was read.
  await expect(reading).toHaveText('1,526 of 1,526 read.', { timeout: 120_000 });
  await page.getByTestId('find').fill('towel');
  const items = page.getByTestId('read-item');
  await expect(items).toHaveCount(6);
  for (const item of await items.all()) {
    await expect(item).toContainText(/towel/i);
    await expect(item.getByTestId('score').first()).toBeVisible(PATIENT);
  }
  const scores = await items.getByTestId('score').evaluateAll((lines) => {
    return lines.map((line) => Number((line as HTMLElement).dataset['value']));
  });
  expect(scores.filter((score) => !(score >= 0 && score <= 1))).toEqual([]);
  await expect(items.getByTestId('evidence').first()).toBeVisible();
  const sure = items.filter({ hasNot: page.getByTestId('guessing') }).first();
  const id = (await sure.getAttribute('data-item-id')) ?? '';

  await page.goto(`${shop.url}/p/${id}`);
  const impression = page.getByTestId('impression');
  await expect(impression).toContainText('How it strikes us');
  await expect(impression.getByTestId('score').first()).toBeVisible(PATIENT);
  expect(await impression.getByTestId('score').count()).toBeLessThanOrEqual(3);
  await page.getByTestId('why-button').first().click();
  await expect(page.getByTestId('why').getByTestId('score').first()).toBeVisible();
});

test('learning runs to a verdict, and can be taken back', async ({ page, shop }) => {
  test.slow();
  // Fewer than it takes to begin by itself.
  await lookAt(page, shop, itemsOf(shop, 'Frying pans').slice(0, 16));
  await openLaboratory(page, shop);
  await page.getByTestId('learn-start').click();
  const news = page.getByTestId('learn-news');
  await expect(news).toHaveAttribute('data-verdict', /^(kept|discarded)$/, PATIENT);
  await expect(page.getByTestId('loss-curve').locator('.loss-line')).toHaveAttribute('d', /^M0/);
  for (const gate of ['gate-before', 'gate-after']) {
    const value = Number(await page.getByTestId(gate).getAttribute('data-value'));
    expect(value, gate).toBeGreaterThan(0);
    expect(value, gate).toBeLessThanOrEqual(1);
  }
  const verdict = await news.getAttribute('data-verdict');
  const versions = page.getByTestId('version');
  await expect(versions).toHaveCount(verdict === 'kept' ? 2 : 1);
  const asTrained = page.locator('[data-testid=version][data-version="0"]');
  const back = asTrained.getByTestId('rollback');
  if (verdict === 'kept') await back.click();
  await expect(asTrained).toHaveAttribute('aria-current', 'true');
  await expect(back).toHaveCount(0);
});

test('without enough to learn from it says so, and nothing changes', async ({ page, shop }) => {
  await openLaboratory(page, shop);
  await page.getByTestId('learn-start').click();
  await expect(page.getByTestId('learn-news')).toHaveAttribute('data-verdict', 'too-little');
  await expect(page.getByTestId('version')).toHaveCount(1);
  await expect(page.getByTestId('learn-start')).toBeEnabled();
});

test('what is made asks the server for nothing but the library’s files', async ({ page, shop }) => {
  test.slow();
  await openLaboratory(page, shop);
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByTestId('make').click();
  await newsOf(page, /^Made: /);
  await page.getByTestId('find').fill('lamp');
  await expect(page.getByTestId('read-item').first()).toContainText(/lamp/i);
  await page.getByTestId('keep').click();
  await newsOf(page, /^Kept: /);
  const isLibrary = (path: string): boolean =>
    path.startsWith('/dist/') || path.startsWith('/packs/');
  expect(asked.filter((path) => !isLibrary(path))).toEqual([]);
});
