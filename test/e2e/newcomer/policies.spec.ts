/** The Content Security Policies that SECURITY.md gives, as they stand there: with each the worker runs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../../../scripts/run.mjs';
import type { Vitrine } from '../../../src/core/types.ts';
import { expect, test } from '../../helpers/e2e-examples.ts';
import { startStaticServer } from '../../helpers/static-server.mjs';

const ROW = /^\| (?<how>[^|]+) \| `(?<policy>[^`|]+(?:-src|trusted-types) [^`|]+)` \|$/gmu;
const NONCE = 'nonce-of-this-test';
const CORS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Policies by how it is loaded. */
const POLICIES = new Map(
  [...readFileSync(`${ROOT}SECURITY.md`, 'utf8').matchAll(ROW)].map(({ groups }) => [
    groups?.['how'] ?? '',
    groups?.['policy'] ?? '',
  ]),
);
const BY_ADDRESS = 'another origin, by address';

/** Looks at two kettles, and tells what the next feed was made by. */
async function rank(page: Page): Promise<object> {
  return page.evaluate(
    async () =>
      new Promise<object>((resolve) => {
        const told = async (vitrine: Vitrine): Promise<void> => {
          const items = ['kettle-01', 'kettle-14'];
          for (const itemId of items) await vitrine.track({ type: 'view_item', itemId });
          await vitrine.rerank('/products.json');
          const { reason } = await vitrine.rerank('/products.json');
          const { device, worker } = await vitrine.stats();
          resolve({ reason, device, worker });
        };
        const { vitrine_queue: queue } = window as unknown as { vitrine_queue: (typeof told)[] };
        queue.push(told);
      }),
  );
}

test('SECURITY.md gives a policy for each way to load it @plain', () => {
  expect([...POLICIES.keys()].map((how) => how.split(' (', 1)[0])).toEqual([
    'your own origin',
    'with a nonce',
    BY_ADDRESS,
    'Trusted Types',
  ]);
});

for (const [how, policy] of POLICIES) {
  test(`the policy for “${how}” lets the worker rank @plain`, async ({ open, page }) => {
    const { rules, site, url } = await open('plain');
    const folder = join(site, 'vitrine');
    const cdn = await startStaticServer({ root: folder, rules: [{ path: '', headers: CORS }] });
    const base = how === BY_ADDRESS ? cdn.url : '/vitrine';
    const tag = `<script type="module" nonce="${NONCE}" src="${base}/vitrine.js" data-consent="granted" data-device="wasm"></script>`;
    writeFileSync(
      join(site, 'strict.html'),
      `<!doctype html><meta charset="utf-8"><title>Strict</title><link rel="icon" href="data:,">${tag}`,
    );
    const header = policy
      .replaceAll('https://cdn.example', cdn.url)
      .replace('nonce-…', `nonce-${NONCE}`);
    const headers = { 'content-security-policy': header };
    // A worker obeys the policy that its own response carries.
    rules.push({ path: 'strict.html', headers }, { path: '.js', headers });
    try {
      await page.goto(`${url}/strict.html`);
      await page.waitForFunction(() => 'vitrine_queue' in window);
      const ranked = await rank(page);
      expect(ranked).toEqual({ reason: 'PERSONALIZED', device: 'wasm', worker: 'running' });
    } finally {
      await cdn.close();
    }
  });
}
