/** The drawer of the shopper's taste on a page with a strict policy and Trusted Types, by keyboard. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import type { Item, Profile, Vitrine } from '../../../src/core/types.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const PAGE = '/pages/taste/page.html';
const passphrase = 'ein längerer Satz';

declare global {
  interface Window {
    vitrine_queue?: ((vitrine: Vitrine) => void)[];
  }
}

/** Looks at things, in the order of the calls. */
async function look(page: Page, looks: readonly Item[]): Promise<void> {
  await page.evaluate(async (items) => {
    const vitrine = await new Promise<Vitrine>((resolve) => {
      (window.vitrine_queue ??= []).push(resolve);
    });
    for (const item of items) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
  }, looks);
}

const profileOf = (page: Page): Promise<Profile> =>
  page.evaluate(async () => {
    const vitrine = await new Promise<Vitrine>((resolve) => {
      (window.vitrine_queue ??= []).push(resolve);
    });
    return vitrine.profile.get();
  });

const drawerOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Your taste' });

/** A visitor who was interested in pets and a few other things, on a new page. */
async function visited(page: Page, items: readonly Item[]): Promise<void> {
  await page.goto(PAGE);
  const pets = items.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 4);
  await look(page, [...pets, ...items.slice(0, 3)]);
  await page.reload();
  await expect(page.locator('vitrine-feed section').first()).toBeVisible();
}

/** Opens the drawer as a keyboard does. */
async function open(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Your taste', exact: true }).focus();
  await page.keyboard.press('Enter');
  const drawer = drawerOf(page);
  await expect(drawer.getByRole('heading', { name: 'What you did here lately' })).toBeVisible();
  return drawer;
}

test('what is known is corrected, muted, forgotten and erased by keyboard @plain', async ({
  page,
  demoItems,
}) => {
  await visited(page, demoItems);
  const drawer = await open(page);
  await expect(drawer.getByRole('heading', { name: 'Your taste' })).toBeFocused();
  const slider = drawer.getByRole('slider', { name: 'More or less of Pet owners' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'None of it');
  const pets = page.locator('vitrine-feed section h2', { hasText: 'Pet owners' });
  await expect(pets).toHaveCount(0);
  await expect(slider).toBeFocused();
  const { segments } = await profileOf(page);
  expect(segments.find(({ name }) => name === 'Pet owners')).toMatchObject({
    factor: 0,
    weight: 0,
  });
  const forget = drawer.getByRole('button', { name: /^Forget: / });
  const before = await forget.count();
  const name = await forget.first().getAttribute('aria-label');
  await forget.first().press('Enter');
  await expect(drawer.getByRole('status')).toHaveText('Forgotten: one thing you did.');
  await expect(forget).toHaveCount(before - 1);
  await expect(forget.first()).toBeFocused();
  expect(await forget.first().getAttribute('aria-label')).not.toBe(name);
  const mute = drawer.getByRole('button', { name: 'Mute: Pet owners' });
  await mute.press('Enter');
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect(slider).toBeDisabled();
  await drawer.getByText('See for yourself').press('Enter');
  await expect(drawer.getByText(/addresses were asked for/)).toBeVisible();
  await drawer.getByRole('button', { name: 'Erase everything' }).press('Enter');
  // Who presses return twice has erased nothing.
  await page.keyboard.press('Enter');
  expect((await profileOf(page)).recent).toHaveLength(before - 1);
  await drawer.getByRole('button', { name: 'Erase everything' }).press('Enter');
  await drawer.getByRole('button', { name: 'Yes, erase' }).press('Enter');
  await expect(drawer.getByRole('status')).toHaveText(/^Erased/);
  expect(await profileOf(page)).toMatchObject({ events: 0, recent: [] });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Your taste', exact: true })).toBeFocused();
});

test('each mute is undone in the drawer, also of a row of the visitor’s own @plain', async ({
  page,
  demoItems,
}) => {
  await visited(page, demoItems);
  const own = await page.evaluate(async () => {
    const vitrine = await new Promise<Vitrine>((resolve) => {
      (window.vitrine_queue ??= []).push(resolve);
    });
    await vitrine.segments.block('visitor:pets');
    await vitrine.segments.block('pet-owners');
    const { segments } = await vitrine.profile.get();
    return segments.filter(({ blocked }) => blocked).map(({ name }) => name);
  });
  expect(own.toSorted()).toEqual(['More in Pets', 'Pet owners']);
  const drawer = await open(page);
  for (const name of own) {
    const mute = drawer.getByRole('button', { name: `Mute: ${name}` });
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await mute.press('Enter');
    await expect(drawer.getByRole('status')).toHaveText(`Unmuted: ${name}.`);
  }
  const { segments } = await profileOf(page);
  expect(segments.filter(({ blocked }) => blocked)).toEqual([]);
  // What comes by itself is listed no more; the others can be muted again.
  await expect(drawer.getByRole('button', { name: 'Mute: More in Pets' })).toHaveCount(0);
});

test('gift mode outlives the page, learns nothing, and a capsule is carried over @plain', async ({
  browser,
  page,
  server,
  demoItems,
}) => {
  await visited(page, demoItems);
  const drawer = await open(page);
  await drawer.getByRole('switch', { name: 'Gift mode' }).press('Space');
  await expect(drawer.getByRole('status')).toHaveText(/^Gift mode is on/);
  await page.keyboard.press('Escape');
  await page.reload();
  // The first thing that is done on the page, before the drawer's file may be there.
  const [gift, own] = demoItems.slice(20, 22) as [Item, Item];
  await look(page, [gift]);
  expect((await profileOf(page)).gift).toBe(true);
  await page.getByRole('button', { name: 'End gift mode' }).press('Enter');
  await expect(page.getByText('Gift mode: nothing is learned')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Your taste', exact: true })).toBeFocused();
  await look(page, [own]);
  const { recent } = await profileOf(page);
  const seen = recent.map(({ itemId }) => itemId);
  expect(seen[0]).toBe(own.id);
  expect(seen).not.toContain(gift.id);

  await open(page);
  const carry = drawer.getByRole('region', { name: 'Take it to your phone' });
  const out = carry.locator('form').first();
  await out.getByLabel('Passphrase').fill('short');
  await out.getByRole('button').press('Enter');
  await expect(drawer.getByRole('status')).toHaveText(/needs eight characters/);
  await out.getByLabel('Passphrase').fill(passphrase);
  const saving = page.waitForEvent('download');
  await out.getByLabel('Passphrase').press('Enter');
  const path = await (await saving).path();
  expect(readFileSync(path, 'utf8')).toMatch(/^vitrine-capsule:/);

  const other = await (await browser.newContext({ baseURL: server.url })).newPage();
  await other.goto(PAGE);
  await expect(other.locator('vitrine-feed p').first()).toBeVisible();
  const phone = await open(other);
  const arriving = phone.locator('form').last();
  await arriving.getByLabel('File').setInputFiles(path);
  await arriving.getByLabel('Passphrase').fill('another sentence');
  await arriving.getByRole('button', { name: 'Bring it in' }).press('Enter');
  await expect(phone.getByRole('status')).toHaveText(/does not open/);
  await arriving.getByLabel('Passphrase').fill(passphrase);
  await arriving.getByRole('button', { name: 'Bring it in' }).press('Enter');
  await expect(phone.getByRole('status')).toHaveText(/^Brought in: \d+ things you did/);
  expect((await profileOf(other)).recent.map(({ itemId }) => itemId)).toEqual(seen);
  await expect(arriving.getByLabel('Passphrase')).toHaveValue('');
  await other.context().close();
});
