/**
 * Goal R1: tabs killed in four ways while they track. What was acknowledged is there afterwards, once
 * and whole.
 */
import { ROOT } from '../run.mjs';
import { createRandom } from './random.mjs';
import { errorsOf, launch, openVisit, takenAcks } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('./visit.mjs').Looked} Looked */
/** @typedef {import('./runner.mjs').Case} Case */

/** Kills after which another database is used: older interactions make room at 5,000. */
const PER_DATABASE = 20;

/** From the first acknowledgement to the kill, at most. */
const MOST_MS = 200;

/** @type {Record<string, (visit: Visit) => Promise<unknown>>} */
const WAYS = {
  'renderer crashes': async ({ page }) => {
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    // It has nobody left to answer it.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  },
  'page is closed': ({ page }) => page.close({ runBeforeUnload: false }),
  'worker is terminated': ({ page }) =>
    page.evaluate('window.faults.stop(); for (const worker of workers) worker.terminate()'),
  'page navigates': ({ page }) => page.goto('about:blank'),
};

/**
 * @param {Site} site
 * @param {string} way
 * @param {number} runs
 * @returns {Case}
 */
function killCase(site, way, runs) {
  const run = async () => {
    const random = createRandom(way);
    const browser = await launch();
    const context = await browser.newContext();
    await context.addInitScript({ path: `${ROOT}test/faults/keep-workers.js` });
    const wrong = [];
    let acknowledged = 0;
    try {
      let acks = /** @type {string[]} */ ([]);
      for (let kill = 0; kill < runs; kill++) {
        if (kill % PER_DATABASE === 0) acks = [];
        const storageName = `kills-${Math.floor(kill / PER_DATABASE)}`;
        const options = JSON.stringify({
          consent: 'granted',
          storageName,
          logLevel: 'silent',
          device: 'js',
        });
        const visit = await openVisit(context, `${site.url}/page.html`);
        takenAcks(site);
        await visit.page.evaluate(`void window.faults.pump(${options}, 'k${kill}')`);
        while (!site.server.requests.some(({ path }) => path.startsWith('/ack/'))) {
          await visit.page.waitForTimeout(5);
        }
        await visit.page.waitForTimeout(random() * MOST_MS);
        await WAYS[way]?.(visit);
        await visit.page.close().catch(() => undefined);
        const next = await openVisit(context, `${site.url}/page.html`);
        /** @type {Looked} */
        const found = await next.page.evaluate(`window.faults.look(${options})`);
        const taken = takenAcks(site);
        acks.push(...taken);
        acknowledged += taken.length;
        const there = new Set(found.ids);
        const lost = acks.filter((id) => !there.has(id));
        if (lost.length > 0) wrong.push(`kill ${kill}: lost ${lost.join(', ')}`);
        if (there.size < found.ids.length) wrong.push(`kill ${kill}: something is there twice`);
        if (found.stats.storage.mode !== 'indexeddb')
          wrong.push(`kill ${kill}: ${found.stats.storage.mode}`);
        wrong.push(...visit.errors, ...(await errorsOf(next)));
        await next.page.close();
      }
    } finally {
      await browser.close();
    }
    const ended = `${runs} kills, ${acknowledged} acknowledged, ${wrong.length === 0 ? 'none lost' : 'see above'}`;
    return { wrong, ended };
  };
  return { id: 'R1', name: way, run, limitMs: 30_000 + runs * 10_000 };
}

/**
 * @param {Site} site
 * @param {{ runs: number }} options - Shared out over the four ways.
 * @returns {Case[]} One per way.
 */
export function killCases(site, { runs }) {
  return Object.keys(WAYS).map((way) => killCase(site, way, Math.ceil(runs / 4)));
}
