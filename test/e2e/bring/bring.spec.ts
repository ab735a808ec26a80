/** "Bring your own catalog": read on the page, told line by line, arranged, and sent nowhere. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { exampleCatalog } from '../../../demo/bring-example.js';
import type { Item } from '../../../src/core/types.ts';
import { cardIds } from '../../helpers/e2e-shop.ts';
import { expect, test } from '../../helpers/e2e-site.ts';
import { listenBefore } from '../../helpers/e2e-traffic.ts';

/** Twenty thousand items on a busy machine. */
const PATIENT = { timeout: 60_000 };
const MANY = 20_000;

async function bring(page: Page, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.getByTestId('file').setInputFiles({ name, mimeType: 'text/plain', buffer });
}

/** Waits until so many catalogs and corrections were read and arranged. */
async function expectBrought(page: Page, count: number): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-brought', String(count), PATIENT);
}

test('a catalog of 20,000 items is arranged, told apart and read, and nothing of it is sent @plain', async ({
  page,
  shop,
}) => {
  test.slow();
  const listener = await listenBefore(shop.url);
  listener.turnTo('bring');
  await page.goto(`${listener.url}/bring`);
  await page.waitForLoadState('networkidle');
  const start = Date.now();
  await bring(page, 'own.csv', `${exampleCatalog(MANY)}EX-1,a,b\n,No id,c,d,1 EUR,e,f\n`);
  const rows = page.getByTestId('feed-row');
  await expect(rows.first()).toBeVisible(PATIENT);
  const first = Date.now() - start;
  await expectBrought(page, 1);
  const all = Date.now() - start;
  process.stdout.write(`20,000 items: first rows after ${first} ms, all after ${all} ms\n`);

  await expect(page.getByTestId('facts')).toHaveText('20,000 items from own.csv, read as CSV.');
  await expect(page.getByTestId('problems').locator('summary')).toHaveText(
    '2 lines left out; first: line 20002, 3 fields, but the first line names 7',
  );
  await page.getByTestId('problems').locator('summary').click();
  await expect(page.getByTestId('problem').nth(1)).toHaveText('Line 20003: no id');
  expect((await cardIds(rows.first())).slice(0, 3)).toEqual(['EX-1', 'EX-2', 'EX-3']);

  // Segments with their items; as for a shopper of one kind, rows are of that kind.
  const cooks = page.locator('[data-testid="kind"][data-segment-id="home-cooks"]');
  expect(Number(await cooks.getAttribute('data-support'))).toBeGreaterThan(1000);
  await cooks.click();
  await expect(page.getByTestId('rows-status')).toContainText('Home cooks', PATIENT);
  await expect(
    page.getByTestId('feed').getByRole('heading', { name: 'Home cooks', exact: true }),
  ).toBeVisible();
  await expect(page.getByTestId('read-item').first().getByTestId('score').first()).toBeVisible(
    PATIENT,
  );

  await listener.close();
  const heard = listener.heard.get('bring') ?? [];
  expect(heard.filter((line) => !line.startsWith('GET /'))).toEqual([]);
  expect(heard.filter((line) => /EX-|Frying|own\.csv/u.test(line))).toEqual([]);
  const databases = await page.evaluate(() => indexedDB.databases());
  expect(databases.map(({ name }) => name)).not.toContain('alder-bring');
});

test('columns are corrected by hand, and what is pressed arranges the rows @plain', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/bring`);
  const renamed = exampleCatalog(600).replace('name,', 'what we call it,');
  await bring(page, 'own.csv', renamed);
  await expectBrought(page, 1);
  await expect(page.getByTestId('facts')).toContainText('0 items');
  await page.getByTestId('map-title').selectOption('what we call it');
  await expect(page.getByTestId('facts')).toContainText('600 items');
  await expectBrought(page, 2);

  // What was made of it can be taken along.
  const saving = page.waitForEvent('download');
  await page.getByTestId('save').click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  expect(
    saved
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Item),
  ).toHaveLength(600);
  expect(JSON.parse(saved.split('\n', 1)[0] ?? '')).toMatchObject({ id: 'EX-1', price: 35.4 });

  const cards = page.getByTestId('feed').getByTestId('card');
  await cards.first().getByRole('button').press('Enter');
  const look = page.getByTestId('look');
  await expect(look.getByRole('heading').first()).toHaveText('Classic Frying Pan, Black');
  await page.keyboard.press('Escape');
  await expect(look).toHaveCount(0);
  for (const id of ['EX-16', 'EX-31']) {
    const card = page.locator(`[data-testid="card"][data-item-id="${id}"]`).first();
    await card.getByRole('button').click();
    await page.getByTestId('look-close').click();
  }
  await expect(page.getByTestId('rows-status')).toContainText('Arranged by what you pressed');
  await expect(
    page.getByTestId('feed').getByRole('heading', { name: 'More in Pans' }),
  ).toBeVisible();
});

const GOOGLE = `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>g1</g:id><title><![CDATA[Oak & Ash <item> Table]]></title><g:price>199.00 EUR</g:price>
<g:product_type>Home &gt; Tables</g:product_type><link>https://shop.example/g1</link></item>
<item><g:id>g2</g:id><title>Fork & knife</item>
<item><g:id>g3</g:id><title>Linen Shirt</title><g:price>49 EUR</g:price></item>
</channel></rss>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>a1</g:id><title>Dog Bed</title><link href="https://shop.example/a1"/><g:price>9 USD</g:price></entry>
<entry><g:id>a2</g:id><title>Wool Rug</title><g:price>99 USD</g:price></entry>
</feed>`;

test('feeds of Google, exports of Shopify and pasted text are read by their own names @plain', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/bring`);
  const facts = page.getByTestId('facts');
  const shelf = page.getByTestId('feed');

  await bring(page, 'feed.xml', GOOGLE);
  await expect(facts).toHaveText('2 items from feed.xml, read as XML feed.');
  await expectBrought(page, 1);
  await expect(shelf.getByText('Oak & Ash Table')).toBeVisible();
  await expect(page.getByTestId('problems')).toContainText(
    'first: line 5, tags that do not close each other',
  );
  await expect(page.getByTestId('map-url')).toHaveValue('link');

  await bring(page, 'atom.xml', ATOM);
  await expect(facts).toHaveText('2 items from atom.xml, read as XML feed.');
  await expectBrought(page, 2);
  await expect(page.getByTestId('problems')).toBeEmpty();

  const shopify =
    'Handle,Title,Body (HTML),Vendor,Type,Variant Price\n' +
    'lamp,Brass Lamp,"<p>Warm,\nbright</p>",Norda,Lamps,49.00\nlamp,,,,,59.00\nrug,Wool Rug,,Ostra,Rugs,180.00\n';
  await bring(page, 'products_export.csv', shopify);
  await expect(facts).toHaveText(
    '2 items from products_export.csv, read as CSV. 1 further line added a variant or a picture to them.',
  );
  await expectBrought(page, 3);
  await expect(shelf.getByText('Brass Lamp')).toBeVisible();

  await page.getByText('Paste text instead').click();
  await page.getByTestId('paste').fill('id\ttitle\tprice\nx1\tDesk Lamp\t20,50 €\nx2\tRug\t9 €\n');
  await page.getByTestId('paste-read').click();
  await expect(facts).toHaveText('2 items from the pasted text, read as tab-separated text.');
  await expect(shelf.getByText('€20.50')).toBeVisible();
});
