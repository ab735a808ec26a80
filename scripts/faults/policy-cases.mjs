/**
 * Policies of the shop's host (FAULTS.md 3.3, goal R8), with the files on the shop's own origin: the
 * worker runs where workers may run at all, else the server's order stands with a code.
 */
import { LIBRARY } from './site.mjs';
import { errorsOf, isServers, launch, makeFeeds, openVisit } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./site.mjs').Rule} Rule */
/** @typedef {import('./runner.mjs').Case} Case */

/** @param {string} policy @returns {Record<string, string>} As a header. */
const csp = (policy) => ({ 'content-security-policy': policy });

const SELF = "default-src 'self'; img-src 'self' data:; script-src 'self'";
const NONCE = "script-src 'nonce-faults' 'strict-dynamic'; object-src 'none'";
const TYPES = "require-trusted-types-for 'script'; trusted-types";
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * @typedef {object} Policy
 * @property {string} name
 * @property {Record<string, string>} headers - Of the page; of COEP, of its files too.
 * @property {boolean} [isBarred] - No worker may run.
 * @property {string} [workerUrl] - Where the worker is, when not beside the script.
 */

/**
 * @param {Site} site
 * @param {string} integrity - Of the worker in one file.
 * @returns {Policy[]} The twelve of R8, then the same with the worker on another host.
 */
function policies(site, integrity) {
  const cdn = new URL(site.cdn.url).origin;
  const whole = `${cdn}${LIBRARY}vitrine.whole.worker.js#${integrity}`;
  return [
    { name: 'none', headers: {} },
    { name: "`script-src 'self'`", headers: csp(SELF) },
    {
      name: "`script-src 'self'`, `worker-src blob:`",
      headers: csp(`${SELF}; worker-src 'self' blob:`),
    },
    { name: "`script-src 'self' 'wasm-unsafe-eval'`", headers: csp(`${SELF} 'wasm-unsafe-eval'`) },
    {
      name: "`script-src 'self' 'wasm-unsafe-eval'`, `worker-src blob:`",
      headers: csp(`${SELF} 'wasm-unsafe-eval'; worker-src 'self' blob:`),
    },
    { name: 'nonce and `strict-dynamic`', headers: csp(NONCE) },
    {
      name: 'nonce and `strict-dynamic`, `worker-src`',
      headers: csp(`${NONCE}; worker-src 'self' blob:`),
    },
    { name: "`worker-src 'none'`", headers: csp("worker-src 'none'"), isBarred: true },
    { name: 'Trusted Types with `vitrine`', headers: csp(`${TYPES} vitrine`) },
    { name: 'Trusted Types without `vitrine`', headers: csp(`${TYPES} other`), isBarred: true },
    { name: 'COOP and COEP', headers: ISOLATED },
    { name: '`sandbox allow-scripts`', headers: csp('sandbox allow-scripts'), isBarred: true },
    { name: 'another host, by its hash', headers: {}, workerUrl: whole },
    {
      name: 'another host, by its hash; `worker-src blob:`, `connect-src`',
      headers: csp(`${SELF}; worker-src blob:; connect-src 'self' ${cdn}`),
      workerUrl: whole,
    },
    {
      name: 'another host, by its hash; nonce and `strict-dynamic`',
      headers: csp(NONCE),
      workerUrl: whole,
    },
    {
      name: 'another host, by its hash; Trusted Types with `vitrine`',
      headers: csp(`${TYPES} vitrine`),
      workerUrl: whole,
    },
    { name: 'another host, by its hash; COOP and COEP', headers: ISOLATED, workerUrl: whole },
    {
      name: "another host, by its hash; `script-src 'self'` alone",
      headers: csp(SELF),
      workerUrl: whole,
      isBarred: true,
    },
  ];
}

/**
 * @param {Site} site
 * @returns {Policy[]} Of a worker on another host that is named by its address.
 */
function addressPolicies(site) {
  const cdn = new URL(site.cdn.url).origin;
  const address = `${cdn}${LIBRARY}vitrine.worker.js`;
  return [
    {
      name: 'another host, by its address; `worker-src` with `blob:` and that host',
      headers: csp(`${SELF} ${cdn}; worker-src blob: ${cdn}; connect-src 'self' ${cdn}`),
      workerUrl: address,
    },
    {
      name: 'another host, by its address; `worker-src` without `blob:`',
      headers: csp(`${SELF} ${cdn}; worker-src ${cdn}; connect-src 'self' ${cdn}`),
      workerUrl: address,
      isBarred: true,
    },
  ];
}

/**
 * @param {Site} site
 * @param {Policy} policy
 * @param {string} id
 * @returns {Case} It.
 */
function policyCase(site, { headers, isBarred = false, name, workerUrl }, id) {
  const run = async () => {
    // A sandboxed page is of no origin: even its own files come to it by CORS.
    const open = { 'access-control-allow-origin': '*' };
    const path = 'cross-origin-embedder-policy' in headers ? '' : 'page.html';
    site.server.rules.push({ path, headers }, { path: '', headers: open });
    const browser = await launch();
    try {
      const visit = await openVisit(await browser.newContext(), `${site.url}/page.html`);
      const made = await makeFeeds(visit.page, site, {
        device: 'wasm',
        ...(workerUrl && { workerUrl }),
      });
      const [feed] = made.feeds;
      const wrong = await errorsOf(visit);
      if (feed === undefined) return { wrong: ['no feed'], ended: 'no feed' };
      const expected = isBarred ? 'WORKER_UNAVAILABLE' : 'PERSONALIZED';
      if (feed.reason !== expected) wrong.push(`reason ${feed.reason}, expected ${expected}`);
      if (isBarred && !isServers(feed, site)) wrong.push('not the server’s order');
      const ended = isBarred ? 'server’s order' : `worker runs, ${feed.device}`;
      return { wrong, ended: `${ended}, ${feed.reason}`, ms: feed.ms };
    } finally {
      await browser.close();
      site.server.rules.length = 0;
    }
  };
  return { id, name, run };
}

/**
 * @param {Site} site
 * @returns {Case[]} One per policy.
 */
export function policyCases(site) {
  const all = [...policies(site, site.wholeIntegrity), ...addressPolicies(site)];
  return all.map((policy, i) => policyCase(site, policy, i < 12 ? `H${i + 1}` : ''));
}
