/**
 * From the README's ten lines to a page of one's own: its code as it stands there, the files that
 * `vitrine copy` writes, a list of items and a plain server.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../../../scripts/run.mjs';
import type { Item, Vitrine } from '../../../src/core/types.ts';
import { expect, recorded, test } from '../../helpers/e2e-examples.ts';

const README = readFileSync(`${ROOT}README.md`, 'utf8');
const KIND = 'Kettles';
const HEAD =
  '<!doctype html><meta charset="utf-8"><title>Mine</title><link rel="icon" href="data:,">';
/** What the README has in the place of the server's list. */
const LIST = /<ul>.*<\/ul>/u;

/** Code blocks in HTML, in their order. */
const BLOCKS = [...README.matchAll(/^```html\n(?<code>.*?)^```$/gmsu)].map(
  (match) => match.groups?.['code'] ?? '',
);
const FEED = BLOCKS[0] ?? '';
const TELLING = BLOCKS.find((code) => code.includes('vitrine_queue.push')) ?? '';

/** Writes the README's page, and one for each item, which tells as the README says. */
function writeSite(root: string): Item[] {
  const products = JSON.parse(readFileSync(join(root, 'products.json'), 'utf8')) as Item[];
  const items = products.map((item) => ({ ...item, url: `/p/${item.id}/` }));
  const links = items.map(({ title, url }) => `<li><a href="${url}">${title}</a></li>`);
  writeFileSync(join(root, 'candidates.json'), JSON.stringify(items));
  writeFileSync(
    join(root, 'index.html'),
    HEAD + FEED.replace(LIST, () => `<ul>${links.join('')}</ul>`),
  );
  const [tag = ''] = FEED.split('\n');
  for (const { id, title } of items) {
    mkdirSync(join(root, 'p', id), { recursive: true });
    const page = `${HEAD}${tag}${TELLING.replaceAll('lamp-1', id)}<h1>${title}</h1>`;
    writeFileSync(join(root, 'p', id, 'index.html'), page);
  }
  return items;
}

/** Clicks on a link to an item, and stays until the look is on the disk. */
async function lookAt(page: Page, { id, title = '' }: Item): Promise<void> {
  await page.locator('vitrine-feed').getByRole('link', { name: title }).first().click();
  await expect(page.getByRole('heading')).toHaveText(title);
  await expect.poll(() => recorded(page)).toContain(`view_item ${id}`);
}

test('the README’s ten lines are a page whose rows follow two clicks @plain', async ({
  open,
  page,
}) => {
  expect(FEED.trim().split('\n').length).toBeLessThanOrEqual(10);
  // Its address is in the code, and the README says what the list is.
  expect(FEED).toContain('candidates="/candidates.json"');
  expect(FEED).toMatch(LIST);
  expect(TELLING).toContain("'view_item'");
  const server = await open('plain');
  const items = writeSite(server.site);
  const kindOf = new Map(items.map(({ categoryPath, title }) => [title, categoryPath?.at(-1)]));
  const looks = items.filter(({ categoryPath }) => categoryPath?.at(-1) === KIND).slice(0, 2);

  const feed = page.locator('vitrine-feed');
  for (const item of looks) {
    await page.goto(`${server.url}/`);
    await lookAt(page, item);
  }
  await page.goto(`${server.url}/`);
  const row = feed.locator('section').first();
  await expect(row.locator('h2')).toHaveText(`More in ${KIND}`);
  await expect(row.locator('.why')).not.toBeEmpty();
  const titles = await row.locator('li b').allTextContents();
  expect(titles.length).toBeGreaterThan(2);
  expect(new Set(titles.map((title) => kindOf.get(title)))).toEqual(new Set([KIND]));
  await expect(feed.locator('> ul')).toHaveCount(0);

  // A card of the README's template leads to its item.
  const chosen = items.find(({ title }) => title === titles[0]);
  await lookAt(page, chosen ?? { id: '' });
  expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
});

test('before consent, the page as the README has it ranks in memory @plain', async ({
  open,
  page,
}) => {
  const before = 'data-consent="unknown"';
  expect(README).toContain(`before that \`${before}\``);
  const { site, url } = await open('plain');
  const looks = writeSite(site).filter(({ categoryPath }) => categoryPath?.at(-1) === KIND);
  const asked = FEED.replace('data-consent="granted"', before);
  writeFileSync(join(site, 'index.html'), HEAD + asked);
  await page.goto(`${url}/`);
  const found = await page.evaluate(
    async (ids) =>
      new Promise((resolve) => {
        const look = async (vitrine: Vitrine): Promise<void> => {
          for (const itemId of ids) await vitrine.track({ type: 'view_item', itemId });
          const { reason } = await vitrine.rerank('/candidates.json');
          resolve({ reason, databases: await indexedDB.databases() });
        };
        const scope = window as unknown as { vitrine_queue?: (typeof look)[] };
        (scope.vitrine_queue ??= []).push(look);
      }),
    looks.slice(0, 2).map(({ id }) => id),
  );
  expect(found).toEqual({ reason: 'PERSONALIZED', databases: [] });
});
