/**
 * What every end-to-end test stands on: a shop's plain web host that has the built files in a
 * nested folder, catalogs to rank, and the rule that no page hears of an error of ours.
 *
 * Served: `/some/folder/vitrine/` (dist/ and the scripts of test/e2e/workers/), `/pages/`
 * (test/e2e/), `/data/demo.json`, `/data/storefront.json` and what a test writes into `data`.
 */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { generateCatalog } from '../../scripts/demo-catalog/generate.mjs';
import type { Item } from '../../src/core/types.ts';
import { expect, test as base } from './e2e.ts';
import { startStaticServer } from './static-server.mjs';

export { expect } from '@playwright/test';

/** Folder of the built files on the test's host. */
export const LIBRARY = '/some/folder/vitrine/';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STOREFRONT = new URL('../../../shared/data/storefront/catalog.ndjson.gz', import.meta.url);

/** The demo shop, running. */
export interface Shop {
  /** Address without a slash at its end. */
  readonly url: string;
  /** Its candidates in the server's order. */
  readonly items: readonly Item[];
}

interface WorkerFixtures {
  /** Folder that the test's host serves. */
  readonly siteRoot: string;
  /** Items of the demo's own catalog. */
  readonly demoItems: readonly Item[];
  /** 2,944 items from outside the project; null where that catalog is not at hand. */
  readonly storefrontItems: readonly Item[] | null;
  /** The demo shop on its own catalog. */
  readonly shop: Shop;
}

interface TestFixtures {
  /** Writes a file into `/data/` and gives its path on the host. */
  readonly writeData: (name: string, text: string) => string;
  /**
   * Makes a worker file beside the built one that runs scripts of test/e2e/workers/ first, since
   * Playwright's init scripts do not reach workers. Gives its path for `workerUrl`.
   */
  readonly workerAfter: (...scripts: readonly string[]) => string;
  /** Uncaught errors and console errors of all pages; the test fails when there is one. */
  readonly pageErrors: string[];
}

function readStorefront(): readonly Item[] | null {
  try {
    const text = gunzipSync(readFileSync(STOREFRONT)).toString('utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Item);
  } catch {
    // A checkout without its neighbour: the tests that need it say so.
    return null;
  }
}

/** dist/ and the tests' own workers side by side, so that these find WASM and chunks. */
function linkSite(root: string): void {
  mkdirSync(join(root, LIBRARY), { recursive: true });
  mkdirSync(join(root, 'data'));
  symlinkSync(join(ROOT, 'test', 'e2e'), join(root, 'pages'));
  for (const folder of ['dist', join('test', 'e2e', 'workers')]) {
    for (const name of readdirSync(join(ROOT, folder))) {
      symlinkSync(join(ROOT, folder, name), join(root, LIBRARY, name));
    }
  }
}

/** The browser itself tells of missing files; everything else on the console is somebody's error. */
function isOurs(text: string): boolean {
  return !text.startsWith('Failed to load resource');
}

/** See the module's header. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  siteRoot: [
    async ({ demoItems, storefrontItems }, use) => {
      const root = mkdtempSync(join(tmpdir(), 'vitrine-e2e-'));
      linkSite(root);
      writeFileSync(join(root, 'data', 'demo.json'), JSON.stringify(demoItems));
      writeFileSync(join(root, 'data', 'storefront.json'), JSON.stringify(storefrontItems ?? []));
      await use(root);
      rmSync(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  demoItems: [
    async ({ browserName: _unused }, use) => use(generateCatalog({ seed: 1 }).items),
    { scope: 'worker' },
  ],
  storefrontItems: [
    async ({ browserName: _unused }, use) => use(readStorefront()),
    { scope: 'worker' },
  ],
  shop: [
    async ({ browserName: _unused }, use) => {
      // A folder of its own: two workers must not write demo/generated/ at the same time.
      const folder = mkdtempSync(join(tmpdir(), 'vitrine-shop-'));
      const { items, looks } = generateCatalog({ seed: 1 });
      const lines = items.map((item) => JSON.stringify(item)).join('\n');
      writeFileSync(join(folder, 'catalog.ndjson'), lines);
      writeFileSync(join(folder, 'looks.json'), JSON.stringify(looks));
      const { url, close } = await startDemoServer({ data: folder });
      const response = await fetch(`${url}/api/candidates.json`);
      await use({ url, items: (await response.json()) as Item[] });
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  server: async ({ siteRoot }, use) => {
    const server = await startStaticServer({ root: siteRoot });
    await use(server);
    await server.close();
  },
  writeData: async ({ siteRoot }, use) => {
    await use((name, text) => {
      writeFileSync(join(siteRoot, 'data', name), text);
      return `/data/${name}`;
    });
  },
  workerAfter: async ({ siteRoot }, use) => {
    await use((...scripts) => {
      const name = `after-${scripts.join('-').replaceAll(/[^a-z0-9]+/g, '-')}.worker.js`;
      const lines = [...scripts, 'vitrine.worker.js'].map((script) => `import './${script}';\n`);
      writeFileSync(join(siteRoot, LIBRARY, name), lines.join(''));
      return LIBRARY + name;
    });
  },
  pageErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(String(error.error())));
      context.on('console', (message) => {
        if (message.type() === 'error' && isOurs(message.text())) errors.push(message.text());
      });
      await use(errors);
      expect(errors, 'errors in the pages').toEqual([]);
    },
    { auto: true },
  ],
});
