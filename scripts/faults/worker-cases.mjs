/**
 * Faults of the worker (FAULTS.md W5, W8-W10, goal R7): the server's order stands in time, with the
 * right code, and the next worker ranks again where there may be one.
 */
import { ROOT } from '../run.mjs';
import { LIBRARY } from './site.mjs';
import { errorsOf, isServers, launch, makeFeeds, openVisit, wrongWith } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./site.mjs').Rule} Rule */
/** @typedef {import('./visit.mjs').Shown} Shown */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('./runner.mjs').Case} Case */
/** @typedef {import('./runner.mjs').Outcome} Outcome */
/** @typedef {import('../../src/core/types.ts').Stats} Stats */

/** A feed has 4 s; the machine may be busy with others. */
const BOOT_MS = 5_000;
/** A worker that had nothing to do is missed after 1.5 s. */
const IDLE_MS = 2_500;

/** What a third party's script could do, too. */
const KEEP_WORKERS = `${ROOT}test/faults/keep-workers.js`;

/** A hash of nothing that is here. */
const WRONG_HASH = `sha384-${'A'.repeat(64)}`;

/**
 * Opens the page with rules of the server in force, which end with the case.
 *
 * @param {Site} site
 * @param {readonly Rule[]} rules
 * @param {(visit: Visit) => Promise<Outcome>} work
 * @returns {Promise<Outcome>} With what the page heard of.
 */
async function underRules(site, rules, work) {
  site.server.rules.push(...rules);
  const browser = await launch();
  try {
    const context = await browser.newContext();
    await context.addInitScript({ path: KEEP_WORKERS });
    const visit = await openVisit(context, `${site.url}/page.html`);
    const outcome = await work(visit);
    return { ...outcome, wrong: [...outcome.wrong, ...(await errorsOf(visit))] };
  } finally {
    await browser.close();
    site.server.rules.length = 0;
  }
}

/**
 * @param {Shown | undefined} feed
 * @param {Site} site
 * @param {string} code
 * @param {number} limitMs
 * @returns {string[]} What is wrong with a feed that should be the server's order.
 */
function notServers(feed, site, code, limitMs) {
  if (feed === undefined) return ['no feed'];
  const wrong = [];
  if (!isServers(feed, site)) wrong.push('not the server’s order');
  if (feed.reason !== code) wrong.push(`reason ${feed.reason}, expected ${code}`);
  if (feed.ms > limitMs) wrong.push(`took ${Math.round(feed.ms)} ms`);
  return wrong;
}

/**
 * A worker that never comes to be.
 *
 * @param {Site} site
 * @param {string} name
 * @param {{ code?: string, rules?: readonly Rule[], workerUrl?: string, id?: string }} how
 * @returns {Case}
 */
function bootCase(site, name, { code = 'WORKER_UNAVAILABLE', id = '', rules = [], workerUrl }) {
  const run = () =>
    underRules(site, rules, async ({ page }) => {
      const options = { timeoutMs: 4_000, ...(workerUrl && { workerUrl }) };
      const { feeds } = await makeFeeds(page, site, options, { looks: [] });
      const [feed] = feeds;
      const wrong = notServers(feed, site, code, BOOT_MS);
      return { wrong, ended: `server’s order, ${feed?.reason}`, ms: feed?.ms ?? Number.NaN };
    });
  return { id, name, run };
}

/** @param {Visit} visit @returns {Promise<{ feed: Shown, stats: Stats }>} Of the same instance. */
function again({ page }) {
  return page.evaluate('window.faults.again()');
}

/**
 * A worker that is there and breaks, time and again: two more are started, then it is let be.
 *
 * @param {Site} site
 * @param {string} name
 * @param {{ code: string, limitMs: number, workerUrl?: string, strike?: (visit: Visit) => Promise<unknown> }} how -
 *   `strike` breaks it from outside.
 * @returns {Case}
 */
function breakCase(site, name, { code, limitMs, strike, workerUrl }) {
  const run = () =>
    underRules(site, [], async (visit) => {
      // The disk forgets by the real clock, and a new worker knows what is on the disk.
      /** @type {import('./visit.mjs').Options} */
      const options = { consent: 'granted', now: undefined, timeoutMs: 4_000, workerUrl };
      const made = await makeFeeds(visit.page, site, options, { keep: true });
      const wrong = [];
      const broken = [];
      let reason = made.feeds[0]?.reason;
      for (let round = 0; round < 3; round++) {
        if (reason !== 'PERSONALIZED') wrong.push(`before break ${round}: ${reason}`);
        await strike?.(visit);
        const { feed } = await again(visit);
        broken.push(feed.ms);
        wrong.push(...notServers(feed, site, code, limitMs));
        // A loop is given up some seconds after the feed that it cost.
        ({ reason } = (await soundAgain(visit)).feed);
      }
      const last = await again(visit);
      wrong.push(...notServers(last.feed, site, 'WORKER_LOST', IDLE_MS));
      if (last.stats.worker !== 'lost')
        wrong.push(`worker ${last.stats.worker} after three breaks`);
      return { wrong, ended: `${code}, ranks again twice, then off`, ms: Math.max(...broken) };
    });
  return { id: '', name, run };
}

/**
 * Waits for the next worker.
 *
 * @param {Visit} visit
 * @returns {Promise<{ feed: Shown, stats: Stats }>} Of the first feed from a worker that answers, or
 *   when there is none any more.
 */
async function soundAgain(visit) {
  for (;;) {
    const next = await again(visit);
    if (next.feed.reason === 'PERSONALIZED' || next.stats.worker === 'lost') return next;
  }
}

/**
 * @param {Site} site
 * @returns {Case} No WebAssembly in the worker, by its own policy; the feed is made all the same.
 */
function wasmCase(site) {
  const policy = { 'content-security-policy': "script-src 'self'" };
  const run = () =>
    underRules(site, [{ path: 'vitrine.worker.js', headers: policy }], async ({ page }) => {
      const plain = await makeFeeds(page, site, { device: 'js' });
      const made = await makeFeeds(page, site, { device: 'wasm' });
      const expected = plain.feeds[0]?.visible ?? '';
      const wrong = wrongWith(made.feeds[0], { site, plain: expected });
      const left = made.stats.devicesLeft.map(({ code, device }) => `${device} ${code}`);
      if (!left.includes('wasm DEVICE_UNAVAILABLE')) wrong.push(`left: ${left.join()}`);
      const { device = '', ms = Number.NaN } = made.feeds[0] ?? {};
      return { wrong, ended: `DEVICE_UNAVAILABLE, goes on with ${device}`, ms };
    });
  return { id: '', name: 'WebAssembly forbidden in the worker', run };
}

/**
 * @param {Site} site
 * @returns {Case[]} The eight of R7, and more of the same kinds.
 */
export function workerCases(site) {
  const worker = (/** @type {string} */ fault) =>
    `${LIBRARY}worker-faults.worker.js?fault=${fault}`;
  const file = 'vitrine.worker.js';
  const html = { 'content-type': 'text/html' };
  const forbidden = { 'content-security-policy': "worker-src 'none'" };
  const cases = [
    bootCase(site, 'boot blocked by policy', {
      rules: [{ path: 'page.html', headers: forbidden }],
    }),
    breakCase(site, 'throws in a job', {
      code: 'WORKER_LOST',
      limitMs: 1_500,
      workerUrl: worker('throw&at=2'),
    }),
    breakCase(site, 'loops in a job', {
      code: 'WORKER_TIMEOUT',
      limitMs: BOOT_MS,
      workerUrl: worker('loop&at=2'),
    }),
    breakCase(site, 'terminated without a word', {
      code: 'WORKER_LOST',
      limitMs: IDLE_MS,
      strike: ({ page }) => page.evaluate('for (const worker of workers) worker.terminate()'),
    }),
    wasmCase(site),
    bootCase(site, 'bytes of another hash', {
      workerUrl: `${site.cdn.url}${LIBRARY}vitrine.whole.worker.js#${WRONG_HASH}`,
    }),
    bootCase(site, 'file is missing (404)', { rules: [{ path: file, status: 404 }] }),
    bootCase(site, 'file takes 30 s', {
      code: 'WORKER_TIMEOUT',
      rules: [{ path: file, delayMs: 30_000 }],
    }),
  ].map((test, i) => ({ ...test, id: `W${i + 1}` }));
  return [
    ...cases,
    bootCase(site, 'HTML instead of the file', { rules: [{ path: file, headers: html }] }),
    bootCase(site, 'throws at boot', { workerUrl: worker('boot-throw') }),
    bootCase(site, 'loops at boot', { code: 'WORKER_TIMEOUT', workerUrl: worker('boot-loop') }),
  ];
}
