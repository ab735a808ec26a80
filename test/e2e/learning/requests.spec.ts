/** Who chose much and who chose nothing ask for the same files, though only one of them learns. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLibrary, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';
import { listenBefore } from '../../helpers/e2e-traffic.ts';

const PACK = fileURLToPath(new URL('../../../packs/default/', import.meta.url));

/** Longer than what everybody loads waits after a feed. */
const WATCHED_MS = 5_000;

test(
  'learning asks the server for nothing',
  { tag: '@plain' },
  async ({ browser, baseURL, siteRoot, demoItems }) => {
    test.slow();
    cpSync(PACK, join(siteRoot, 'data', 'requests-pack'), { recursive: true });
    const looks = demoItems.filter((_, i) => i % 7 === 0).slice(0, 60);
    const visits = [];
    for (const chosen of [looks, []]) {
      const ears = await listenBefore(baseURL ?? '');
      ears.turnTo('page');
      const context = await browser.newContext({ baseURL: ears.url });
      const page = await context.newPage();
      await openLibrary(page);
      const verdict = await page.evaluate(
        async ({ options, items, ms }) => {
          const vitrine = await window.library.createVitrine(options);
          const learned = new Promise<string>((resolve) => {
            vitrine.on('learn', (result) => resolve(result.verdict));
          });
          for (const item of items) {
            await vitrine.track({ type: 'view_item', items: [{ ...item }] });
          }
          await vitrine.rerank('/data/demo.json');
          await new Promise((resolve) => setTimeout(resolve, ms));
          // A long run is waited for; the visitor who chose nothing has none.
          const nothing = new Promise<null>((resolve) => setTimeout(() => resolve(null)));
          const first = await (items.length > 0 ? learned : Promise.race([learned, nothing]));
          vitrine.dispose();
          return first;
        },
        {
          options: { ...REPEATABLE, consent: 'granted', pack: '/data/requests-pack' } as const,
          items: chosen,
          ms: WATCHED_MS,
        },
      );
      visits.push({ verdict, requests: [...new Set(ears.heard.get('page'))].toSorted() });
      await context.close();
      await ears.close();
    }
    const [keen, idle] = visits;
    expect(keen?.verdict).toMatch(/^(?:kept|discarded)$/);
    expect(idle?.verdict).toBeNull();
    expect(keen?.requests).toEqual(idle?.requests);
  },
);
