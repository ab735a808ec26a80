/** The candidate server on a PostgreSQL of its own, and a page that takes its candidates from there. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run.mjs';
import type { Item } from '../../src/core/types.ts';
import { expect, recorded, test } from '../helpers/e2e-examples.ts';
import { type Postgres, startPostgres } from '../helpers/postgres.ts';

const PRODUCTS = JSON.parse(readFileSync(`${ROOT}examples/products.json`, 'utf8')) as Item[];

test.skip(process.env['VITRINE_POSTGRES'] === undefined, 'npm run test:examples -- --postgres');

let postgres: Postgres;
let server: ChildProcess;
let address = '';

test.beforeAll(async ({ workplace }) => {
  postgres = startPostgres();
  const cwd = join(workplace.folder, 'candidate-server');
  cpSync(`${ROOT}examples/candidate-server`, cwd, { recursive: true });
  const env = { ...process.env, ...postgres.env, PORT: '0' };
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd,
    stdio: 'ignore',
  });
  const load = ['load.js', `${ROOT}examples/products.json`];
  // Twice: loading again takes the place of what was there.
  for (const _ of [1, 2]) execFileSync(process.execPath, load, { cwd, env, stdio: 'pipe' });
  server = spawn(process.execPath, ['server.js'], { cwd, env });
  const [line] = (await once(server.stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  address = String(line).trim();
});
test.afterAll(() => {
  server?.kill();
  postgres?.stop();
});

async function idsOf(query: string): Promise<string[]> {
  const items = (await (await fetch(address + query)).json()) as Item[];
  return items.map(({ id }) => id);
}

test('without a question: the catalog in the shop’s order, as it was loaded', async () => {
  const response = await fetch(address);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual(PRODUCTS);
});

test('finds words in titles before words in descriptions, and categories', async () => {
  const kettles = PRODUCTS.filter(({ categoryPath }) => categoryPath?.includes('Kettles'));
  const found = await idsOf('?q=kettles');
  expect(found.slice(0, kettles.length).toSorted()).toEqual(kettles.map(({ id }) => id).toSorted());
  expect(await idsOf('?category=Kettles')).toEqual(kettles.map(({ id }) => id));
  expect(await idsOf('?q=-kettle&category=Kettles')).toEqual([]);
  for (const hostile of ["'; drop table items; --", '"unclosed', '& | !', '\\']) {
    expect(Array.isArray(await idsOf(`?q=${encodeURIComponent(hostile)}`))).toBe(true);
  }
  expect(await idsOf('')).toHaveLength(PRODUCTS.length);
});

test('is cacheable: the same for everybody, and 304 when it has not changed', async () => {
  const first = await fetch(`${address}?q=lamp`, { headers: { cookie: 'who=a' } });
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{43}"$/u);
  expect(first.headers.get('cache-control')).toMatch(
    /^public, max-age=60, stale-while-revalidate=/u,
  );
  expect(first.headers.get('set-cookie')).toBeNull();
  expect(first.headers.get('vary')).toBeNull();
  const again = await fetch(`${address}?q=lamp`, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const other = await fetch(`${address}?q=kettle`, { headers: { 'if-none-match': etag } });
  expect(other.status).toBe(200);
  const sent = await fetch(address, { method: 'POST', body: '{}' });
  expect(sent.status).toBe(405);
  expect((await fetch(address.replace('candidates', 'others'))).status).toBe(404);
});

test('feeds a page on another origin', async ({ open, page }) => {
  const { site, url } = await open('plain');
  const html = readFileSync(join(site, 'plain', 'index.html'), 'utf8');
  writeFileSync(join(site, 'plain', 'index.html'), html.replace('/products.json', address));
  await page.goto(`${url}/plain/`);
  await page.locator('vitrine-feed').waitFor();
  for (const id of ['kettle-01', 'kettle-14']) {
    await page.goto(`${url}/plain/product.html#${id}`);
    await page.reload();
    await expect(page.locator('body')).toHaveAttribute('data-told', 'view_item');
  }
  expect((await recorded(page)).length).toBeGreaterThan(1);
  await page.goto(`${url}/plain/`);
  await expect(page.locator('vitrine-feed section h2').first()).not.toBeEmpty();
});
