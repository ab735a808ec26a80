/** What the demo shop's page does to its own thread while a feed comes in, the processor slowed. */
import { startDemoServer } from '../demo-server.mjs';

/** Times slower. */
const SLOWED = 4;

/** Collects long tasks and layout shifts from the page's first moment on. */
const OBSERVE = `
  window.longest = 0;
  window.shifted = 0;
  const look = (type, add) =>
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
  look('longtask', ({ duration }) => (window.longest = Math.max(window.longest, duration)));
  look('layout-shift', ({ hadRecentInput, value }) => hadRecentInput || (window.shifted += value));
`;

/** Looks at items as their pages would report it. */
const LOOK = `(async () => {
  const { report } = await import('/assets/engine.js');
  const links = await (await fetch('/')).text();
  const ids = [...new Set([...links.matchAll(/data-item-id="([^"]+)"/g)].map(([, id]) => id))];
  for (const id of ids.slice(0, 5)) await report({ type: 'view_item', itemId: id });
  return ids.length;
})()`;

/** Visits; the machine's own work makes tasks longer, never shorter. */
const VISITS = 3;

/** @typedef {{ longestTaskMs: number, cls: number }} PageFigures */

/**
 * @param {import('playwright').BrowserContext} context
 * @param {string} url - Of the demo.
 * @param {boolean} hasFeed - Whether our script is there.
 * @returns {Promise<PageFigures>} Of one visit; 0 without a task over 50 ms.
 */
async function visit(context, url, hasFeed) {
  const page = await context.newPage();
  await page.addInitScript(OBSERVE);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  if (hasFeed) await page.locator('vitrine-feed[data-reason=PERSONALIZED]').waitFor();
  /** @type {PageFigures} */
  const figures = await page.evaluate('({ longestTaskMs: window.longest, cls: window.shifted })');
  await page.close();
  return figures;
}

/**
 * @param {readonly PageFigures[]} visits
 * @returns {PageFigures} The shortest of the longest tasks, the largest shift.
 */
function summary(visits) {
  return {
    longestTaskMs: Math.min(...visits.map(({ longestTaskMs }) => longestTaskMs)),
    cls: Math.max(...visits.map(({ cls }) => cls)),
  };
}

/**
 * Opens the demo's first page as a visitor who is known.
 *
 * @param {import('playwright').Browser} browser
 * @returns {Promise<PageFigures & { withoutUsMs: number }>} The last is the longest task of the
 *   same page when our script cannot be fetched: what the page itself costs.
 */
export async function measureMainThread(browser) {
  const shop = await startDemoServer();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${shop.url}/cart`);
    await page.evaluate(LOOK);
    await page.close();
    /** @type {{ own: PageFigures[], without: PageFigures[] }} */
    const visits = { own: [], without: [] };
    for (let n = 0; n < VISITS; n++) {
      visits.own.push(await visit(context, shop.url, true));
      await context.route('**/dist/**', (route) => route.abort());
      visits.without.push(await visit(context, shop.url, false));
      await context.unroute('**/dist/**');
    }
    return { ...summary(visits.own), withoutUsMs: summary(visits.without).longestTaskMs };
  } finally {
    await context.close();
    await shop.close();
  }
}
