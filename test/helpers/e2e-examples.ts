/** The examples, built once for each worker, on a server of their own for each test. */
import type { Page } from '@playwright/test';
import { type Workplace, makeWorkplace } from '../../scripts/examples/site.mjs';
import type { ProfileExport } from '../../src/core/types.ts';
import { expect, test as base } from './e2e.ts';
import { startStaticServer } from './static-server.mjs';
import type { StaticServer } from './static-server.mjs';

export { expect } from '@playwright/test';

/** React tells of mistakes that its production build is silent about. */
const DEVELOPMENT: NodeJS.ProcessEnv = { NODE_ENV: 'development' };

/** An example that is served. */
interface OpenSite extends StaticServer {
  /** Its folder. */
  readonly site: string;
}

interface Fixtures {
  /** Builds and serves an example. */
  readonly open: (name: string) => Promise<OpenSite>;
  /** Uncaught errors, and what was told on the console beside information; must be empty. */
  readonly problems: string[];
}

interface WorkerFixtures {
  readonly workplace: Workplace;
}

/** See the module's header. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  workplace: [
    async ({ browserName: _unused }, use) => {
      const workplace = makeWorkplace();
      await use(workplace);
      workplace.remove();
    },
    { scope: 'worker' },
  ],
  open: async ({ workplace }, use) => {
    const servers: StaticServer[] = [];
    await use(async (name) => {
      const site = workplace.siteOf(name, DEVELOPMENT);
      const server = await startStaticServer({ root: site });
      servers.push(server);
      return { ...server, site };
    });
    for (const server of servers) await server.close();
  },
  problems: [
    async ({ context }, use) => {
      const problems: string[] = [];
      context.on('weberror', (error) => problems.push(String(error.error())));
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(message.text());
      });
      await use(problems);
      expect(problems, 'problems in the pages').toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * What was recorded, as another instance on the page reads it from the disk.
 *
 * @param page - Of a site with `/vitrine/`.
 * @returns `view_item lamp-1` and so on, oldest first.
 */
export async function recorded(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // A variable: TypeScript must not look for it here.
    const script: string = '/vitrine/vitrine.js';
    const { createVitrine } = (await import(script)) as {
      createVitrine: (options: object) => Promise<{
        profile: { export: () => Promise<ProfileExport> };
        dispose: () => void;
      }>;
    };
    const vitrine = await createVitrine({ consent: 'granted' });
    const { log } = await vitrine.profile.export();
    vitrine.dispose();
    return log.map(({ itemId, type }) => `${type} ${itemId}`);
  });
}
