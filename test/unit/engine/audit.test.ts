/** What the visitor may see of the library's own doings. */
import { expect, it } from 'vitest';
import type { AuditedPlace } from '../../../src/core/privacy.ts';
import type { AuditFindings } from '../../../src/engine/describe-audit.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { NOW, openTab } from './fixtures.ts';

const PLACE: AuditedPlace = { kind: 'indexeddb', name: 'vitrine', bytes: 420, holds: 'the log' };
const FINDINGS: AuditFindings = {
  places: [PLACE],
  urls: [
    'http://localhost/vitrine.worker.js',
    'http://localhost/chunks/first.js',
    'https://shop.test/list.json',
    'https://shop.test/list.json',
    'https://shop.test/pack/manifest.json',
    'https://pictures.test/1.jpg',
  ],
  globalPrivacyControl: true,
};

const openAudit = async () => ({ lookAround: async () => FINDINGS });

it('says what is kept, where, whose word it is, and what was asked for', async () => {
  const fetchText = async (): Promise<string> => JSON.stringify(ITEMS.slice(0, 30));
  const pack = 'https://shop.test/pack/';
  const tab = await openTab({ pack, consent: 'unknown' }, { openAudit, fetchText });
  await tab.engine.setConsent('granted', 'the banner');
  await tab.engine.rerank('https://shop.test/list.json', {}, NOW);
  await tab.track('view_item', ...headphones(0, 1));
  await tab.track('purchase', 'plants-0');
  await tab.engine.setSegment('gardeners', 'followed');
  const audit = await tab.engine.audit();
  expect(audit.consent).toEqual({
    state: 'granted',
    by: 'the banner',
    whenUnknown: 'memory',
    isObserving: true,
    globalPrivacyControl: true,
  });
  const { newest, oldest } = audit.kept;
  expect(audit.kept).toMatchObject({
    events: 3,
    byType: { view_item: 2, purchase: 1 },
    items: 3,
    segments: 1,
    learned: 0,
  });
  expect((newest ?? 0) - (oldest ?? 0)).toBe(20_000);
  expect(audit.storage).toEqual([PLACE]);
  expect(audit.requests.map(({ count, why }) => [count, why.split(',')[0]])).toEqual([
    [1, 'a file of the library'],
    [1, 'a file of the library'],
    [2, 'the candidates of a page'],
    [1, 'the pack'],
    [1, 'named by the candidates: a picture'],
  ]);
  for (const said of ['granted, says the banner', '2 × view_item', '420 bytes', 'list.json']) {
    expect(audit.text).toContain(said);
  }
  // It crosses to the page.
  expect(structuredClone(audit)).toEqual(audit);
});

it('says so when there is nothing', async () => {
  const tab = await openTab({ consent: 'unknown', whenUnknown: 'server' });
  const audit = await tab.engine.audit();
  expect(audit).toMatchObject({
    consent: { state: 'unknown', by: null, whenUnknown: 'server', isObserving: false },
    storage: [],
    requests: [],
    kept: { events: 0, byType: {}, oldest: null, newest: null, items: 0 },
  });
  expect(audit.text).toContain('not taken note of');
});

it('survives a clock past the end of all dates', async () => {
  const tab = await openTab();
  await tab.engine.track({ type: 'view_item', itemId: 'a', time: 1e300 }, NOW);
  expect((await tab.engine.audit()).text).toContain('from ? to ?');
});

it('names the note that the page keeps of gift mode, while it is there', async () => {
  const tab = await openTab({}, { openAudit });
  expect((await tab.engine.audit(false)).storage).toEqual([PLACE]);
  const audit = await tab.engine.audit(true);
  expect(audit.storage).toMatchObject([
    PLACE,
    { kind: 'sessionStorage', name: 'vitrine-gift', bytes: 0 },
  ]);
  expect(audit.text).toContain('sessionStorage “vitrine-gift”, 0 bytes: that this tab is in gift');
});
