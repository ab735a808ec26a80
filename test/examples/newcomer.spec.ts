/** From the README's ten lines to a page of one's own, with nothing but a small server. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run.mjs';
import { expect, test } from '../helpers/e2e-examples.ts';

const README = readFileSync(`${ROOT}README.md`, 'utf8');

/** Code blocks in HTML, in their order. */
const BLOCKS = [...README.matchAll(/^```html\n(?<code>.*?)^```$/gmsu)].map(
  (match) => match.groups?.['code'] ?? '',
);

test('a newcomer gets personalised rows after two looks', async ({ open, page }) => {
  const [page10 = ''] = BLOCKS;
  const telling = BLOCKS.find((code) => code.includes('vitrine_queue.push')) ?? '';
  expect(page10.trim().split('\n').length).toBeLessThanOrEqual(10);
  // Its address is in the code, and the README says what the list is.
  expect(page10).toContain('candidates="/candidates.json"');
  const head =
    '<!doctype html><meta charset="utf-8"><title>Mine</title><link rel="icon" href="data:,">';
  const server = await open('plain');
  const { requests, site: root } = server;
  const items = readFileSync(join(root, 'products.json'), 'utf8');
  writeFileSync(join(root, 'candidates.json'), items);
  writeFileSync(join(root, 'index.html'), head + page10);
  const looks = (JSON.parse(items) as { id: string }[]).filter(({ id }) => id.startsWith('kettle'));
  const tag = page10.split('\n')[0] ?? '';
  for (const { id } of looks.slice(0, 2)) {
    writeFileSync(join(root, `${id}.html`), head + tag + telling.replaceAll('lamp-1', id));
  }

  await page.goto(`${server.url}/`);
  await expect(page.getByText("Your server's list, as it is today")).toBeVisible();
  for (const { id } of looks.slice(0, 2)) {
    await page.goto(`${server.url}/${id}.html`);
    // The queue is run once the instance is there; what it was told is on the disk then.
    await page.evaluate(
      (itemId) =>
        new Promise<void>((resolve) => {
          const { vitrine_queue: queue } = window as unknown as {
            vitrine_queue: { push: (command: (vitrine: never) => void) => void };
          };
          queue.push((vitrine: { profile: { get: () => Promise<{ recent: object[] }> } }) => {
            void (async () => {
              for (;;) {
                const { recent } = await vitrine.profile.get();
                if (JSON.stringify(recent).includes(itemId)) return resolve();
              }
            })();
          });
        }),
      id,
    );
  }
  await page.goto(`${server.url}/`);
  const row = page.locator('vitrine-feed section').first();
  await expect(row.locator('h2')).not.toBeEmpty();
  await expect(row.locator('.why')).not.toBeEmpty();
  await expect(row.locator('li b').first()).not.toBeEmpty();
  expect(requests.every(({ method }) => method === 'GET')).toBe(true);
});
