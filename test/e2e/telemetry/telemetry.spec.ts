/** What a shop that asks for reports is sent, and by whom. */
import type { Page } from '@playwright/test';
import type { Consent, Item } from '../../../src/core/types.ts';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const { now: _still, ...OPTIONS } = { ...REPEATABLE, device: 'js' } as const;

/** The reports that the shop's address gets. */
async function listen(page: Page): Promise<string[]> {
  const reports: string[] = [];
  await page.context().route('**/reports', async (route) => {
    const request = route.request();
    const { cookie, referer } = await request.allHeaders();
    expect([request.method(), cookie, referer]).toEqual(['POST', undefined, undefined]);
    reports.push(request.postData() ?? '');
    await route.fulfill({ status: 204 });
  });
  return reports;
}

interface Visit {
  readonly consent?: Consent;
  readonly kind: string;
  readonly workerUrl?: string;
}

/** Looks at items of a kind, then has a page ranked twice. */
async function visit(page: Page, items: readonly Item[], job: Visit): Promise<void> {
  const { consent = 'granted', kind, workerUrl } = job;
  const looks = items.filter(({ categoryPath }) => categoryPath?.[0] === kind).slice(0, 5);
  await openLibrary(page);
  await page.evaluate(
    async ({ seen, settings }) => {
      const vitrine = await window.library.createVitrine(settings);
      for (const item of seen) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      for (let n = 0; n < 2; n++) await vitrine.rerank('/data/demo.json');
    },
    {
      seen: looks,
      settings: {
        ...OPTIONS,
        consent,
        telemetry: { url: '/reports' },
        ...(workerUrl !== undefined && { workerUrl }),
      },
    },
  );
}

test('opposite shoppers send reports that differ in their digits alone', async ({
  browser,
  demoItems,
  server,
}) => {
  const sent: { answer: string; [field: string]: unknown }[] = [];
  for (const kind of ['Pets', 'Electronics']) {
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    const reports = await listen(page);
    const told = page.waitForResponse('**/reports');
    await visit(page, demoItems, { kind });
    await told;
    sent.push(...reports.map((report) => JSON.parse(report)));
    await context.close();
  }
  expect(sent).toHaveLength(2);
  const [one, other] = sent;
  expect({ ...one, answer: '' }).toEqual({ ...other, answer: '' });
  expect(one?.answer).toMatch(/^[01]+$/u);
  expect(one?.answer).toHaveLength(other?.answer.length ?? 0);
});

test('nothing is sent without consent, or with Global Privacy Control', async ({
  demoItems,
  page,
  workerAfter,
}) => {
  const reports = await listen(page);
  await visit(page, demoItems, { kind: 'Pets', consent: 'unknown' });
  const workerUrl = workerAfter('global-privacy-control.js');
  await visit(page, demoItems, { kind: 'Pets', workerUrl });
  // The first that may be sent: whatever the visits before had sent would stand before it.
  const told = page.waitForResponse('**/reports');
  await visit(page, demoItems, { kind: 'Pets' });
  await told;
  expect(reports).toHaveLength(1);
});
