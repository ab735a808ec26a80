/**
 * What is bounded, and what must not get out: lists of a million items (R11), residue on the disk
 * (R17), floods (R20), leaks (R21), names of the GPU (V8).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { serveList } from './long-list.mjs';
import { newProfile, openProfile, removeProfile } from './profile.mjs';
import { LIBRARY } from './site.mjs';
import { errorsOf, inBrowser, makeFeeds, openVisit } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('./runner.mjs').Case} Case */
/** @typedef {import('./runner.mjs').Outcome} Outcome */

const MILLION = 1_000_000;

/** A task that is longer is felt. */
const LONG_MS = 50;

/** Bytes of a list that may be on their way before its reader says that it has enough. */
const MOST_SENT = 40_000_000;

/** Chromium with little memory for scripts. */
const LITTLE_MEMORY = ['--js-flags=--max-old-space-size=256'];

/**
 * @param {string} id
 * @param {string} name
 * @param {(visit: Visit) => Promise<Outcome>} work - In a page of a browser of its own.
 * @param {{ site: Site, webgpu?: boolean, args?: readonly string[] }} where
 * @returns {Case}
 */
function pageCase(id, name, work, { site, ...how }) {
  const run = () => inBrowser(site, how, work);
  return { id, name, run, limitMs: 400_000 };
}

/** @typedef {{ ids: number, first: string, reason: string, told: string[], longest: number, idle: number }} Ranked */

/**
 * @param {Visit} visit
 * @param {string | number} list - Its address, or how many items the page itself makes.
 * @returns {Promise<Ranked>}
 */
function rankLong({ page }, list) {
  return page.evaluate(`window.faults.rankLong(${JSON.stringify(list)})`);
}

/**
 * @param {Ranked} ranked
 * @returns {Outcome}
 */
function judgeLong({ first, idle, ids, longest, reason, told }) {
  const wrong = [];
  if (ids < 5_000 || first !== 'i0') wrong.push(`${ids} ids, the first ${first}`);
  if (told.filter((code) => code === 'CANDIDATES_TOO_MANY').length !== 1 || told.length > 1) {
    wrong.push(`told ${told.join(', ')}`);
  }
  if (longest > idle + LONG_MS) {
    wrong.push(`held the page for ${Math.round(longest)} ms, ${Math.round(idle)} without us`);
  }
  const task = `longest task ${Math.round(longest)} ms, ${Math.round(idle)} ms without us`;
  return { wrong, ended: `${reason}, ${ids} ids in order; ${task}` };
}

/** @param {Site} site @returns {Case[]} R11, from an address and from the page's own memory. */
function longLists(site) {
  const name = 'a million items, 256 MB for scripts';
  const byAddress = async (/** @type {Visit} */ visit) => {
    const list = await serveList(MILLION);
    try {
      const { ended, wrong } = judgeLong(await rankLong(visit, list.url));
      const sent = list.sent();
      if (sent > MOST_SENT) wrong.push(`${sent} bytes were sent`);
      return { wrong, ended: `${ended}; ${(sent / 1e6).toFixed(1)} of 126 MB sent` };
    } finally {
      list.close();
    }
  };
  const ownList = async (/** @type {Visit} */ visit) => judgeLong(await rankLong(visit, MILLION));
  return [
    pageCase('R11', `${name}, by address`, byAddress, { site, args: LITTLE_MEMORY }),
    pageCase('R11', `${name}, of the page`, ownList, { site, args: LITTLE_MEMORY }),
  ];
}

const CANARY = 'canary7f3a';

/** A deleted row stays in its file until the browser writes that anew; pages cannot make it do so. */
const DATABASE_FILE = /^Default\/IndexedDB\/[^/]+\.leveldb\/\d+\.(?:ldb|log)$/u;

/** @param {string} folder @returns {string[]} Files in it that hold the canary, in either encoding. */
function filesWith(folder) {
  const needles = [Buffer.from(CANARY, 'latin1'), Buffer.from(CANARY, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return needles.some((needle) => bytes.includes(needle));
    })
    .map((path) => path.slice(folder.length + 1));
}

/**
 * @param {string} folder - Of the profile.
 * @param {Site} site
 * @param {{ consent: string, isErasing?: boolean }} how
 * @returns {Promise<{ wrong: string[], files: string[] }>} After three tabs and the browser's end.
 */
async function threeTabs(folder, site, { consent, isErasing = false }) {
  const first = await openProfile(folder, site);
  const others = [1, 2].map(() => openVisit(first.context, `${site.url}/page.html`));
  const tabs = [first.visit, ...(await Promise.all(others))];
  const wrong = [];
  for (const [i, { page }] of tabs.entries()) {
    await page.evaluate(`window.faults.leave('${consent}', '${CANARY}-${i}')`);
  }
  if (isErasing) {
    await tabs[0]?.page.evaluate('window.faults.left[0].profile.erase()');
    for (const { page } of tabs) {
      const events = await page.evaluate('window.faults.eventsLeft()');
      if (events !== 0) wrong.push(`${events} events in a tab after the erasure`);
    }
  }
  for (const tab of tabs) wrong.push(...(await errorsOf(tab)));
  await first.context.close();
  return { wrong, files: filesWith(folder) };
}

/** @param {Site} site @returns {Case} R17. */
function residueCase(site) {
  const run = async () => {
    const folder = newProfile();
    try {
      const before = await threeTabs(folder, site, { consent: 'unknown' });
      const wrong = [...before.wrong];
      if (before.files.length > 0) wrong.push(`before consent in ${before.files.join(', ')}`);
      const kept = await threeTabs(folder, site, { consent: 'granted' });
      wrong.push(...kept.wrong);
      if (kept.files.length === 0) wrong.push('nothing was kept, so nothing is proved');
      const after = await threeTabs(folder, site, { consent: 'granted', isErasing: true });
      wrong.push(...after.wrong);
      const others = after.files.filter((path) => !DATABASE_FILE.test(path));
      if (others.length > 0) wrong.push(`after the erasure in ${others.join(', ')}`);
      const own = after.files.length - others.length;
      const ended = `${before.files.length} files before consent, ${kept.files.length} with it, ${others.length} after an erasure, and ${own} that Chromium has not tidied up`;
      return { wrong, ended };
    } finally {
      removeProfile(folder);
    }
  };
  return { id: 'R17', name: 'residue on the disk, three tabs', run };
}

/** @param {Site} site @returns {Case} R20. */
function floodCase(site) {
  const work = async (/** @type {Visit} */ { page }) => {
    /** @type {{ kept: number, seconds: number, drift: number, honest: number, history: number, dropped: number, codes: string[] }} */
    const found = await page.evaluate('window.faults.flood(100_000)');
    const { codes, drift, dropped, history, honest, kept, seconds } = found;
    const wrong = [];
    if (kept > seconds / 10 + 1) wrong.push(`${kept} kept in ${seconds.toFixed(0)} s`);
    // What was clicked a second later has faded a little less.
    if (drift > honest + 1e-3) wrong.push(`moved by ${drift}, honest clicks by ${honest}`);
    if (history !== 20) wrong.push(`${history} of 20 earlier interactions left`);
    if (dropped !== 100_000 - kept) wrong.push(`${dropped} counted as left out`);
    if (!codes.includes('EVENT_FLOOD')) wrong.push('nobody was told');
    const moved = `moved by ${drift.toFixed(3)}, honest clicks by ${honest.toFixed(3)}`;
    return { wrong, ended: `${kept} kept in ${seconds.toFixed(0)} s; ${moved}` };
  };
  return pageCase('R20', '100,000 clicks by a script', work, { site });
}

/** What the strange GPU is called; the worker's own file has a name, too. */
const NAMES = /canary-(?!adapter)/u;

/** @param {Site} site @returns {Case} V8. */
function adapterCase(site) {
  const work = async (/** @type {Visit} */ { page }) => {
    const said = /** @type {string[]} */ ([]);
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => said.push(`${request.url()} ${request.postData() ?? ''}`));
    const workerUrl = `${LIBRARY}canary-adapter.worker.js`;
    const options = { consent: 'granted', logLevel: 'info', device: 'webgpu', workerUrl };
    /** @type {{ hits: string[], device: string, told: string }} */
    const found = await page.evaluate(`window.faults.tellAll(${JSON.stringify(options)})`);
    const wrong = [];
    if (found.hits.length === 0) wrong.push('nobody asked for the names');
    if (found.device !== 'webgpu') wrong.push(`the feed was made on ${found.device}`);
    if (NAMES.test(found.told)) wrong.push('the names are in what is told or kept');
    if (said.some((line) => NAMES.test(line))) {
      wrong.push('the names are in the console or in a request');
    }
    return {
      wrong,
      ended: `asked for, and in none of ${found.told.length} characters told or kept`,
    };
  };
  return pageCase('V8', 'names of the GPU', work, { site, webgpu: true });
}

const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Lost devices, and the feeds of each of their instances. */
const LOSSES = 10;
const FEEDS = 30;

/** @param {Site} site @returns {Case} R21, short. */
function leakCase(site) {
  const work = async (/** @type {Visit} */ visit) => {
    const options = {
      device: /** @type {const} */ ('webgpu'),
      workerUrl: `${LIBRARY}gpu-faults.worker.js?items=${site.items.length}&fault=destroy&at=3`,
    };
    const tensors = new Set();
    const sizes = [];
    let [feeds, losses] = [0, 0];
    for (let loss = 0; loss < LOSSES; loss++) {
      const made = await makeFeeds(visit.page, site, options, { feeds: FEEDS });
      losses += made.hits.length > 0 ? 1 : 0;
      feeds += made.feeds.length;
      tensors.add(made.stats.tensors);
      /** @type {number} */
      const size = await visit.page.evaluate('window.faults.heap()');
      sizes.push(size);
    }
    const [early = 0, late = 0] = [sizes[2], sizes.at(-1)];
    const growth = late / early - 1;
    const wrong = [];
    if (losses < LOSSES) wrong.push(`${losses} devices were lost`);
    if (growth > 0.05) wrong.push(`${early} bytes grew to ${late}`);
    if (tensors.size > 1) wrong.push(`tensors: ${[...tensors].join(', ')}`);
    const share = `${(100 * growth).toFixed(1)} %`;
    return {
      wrong,
      ended: `${feeds} feeds, ${losses} devices lost: memory ${share}, ${[...tensors].join()} tensors`,
    };
  };
  const args = ['--enable-blink-features=ForceEagerMeasureMemory'];
  const test = pageCase('R21', 'leaks', work, { site, webgpu: true, args });
  const run = async () => {
    // Memory is told to isolated pages only.
    site.server.rules.push({ path: '', headers: ISOLATED });
    try {
      return await test.run();
    } finally {
      site.server.rules.length = 0;
    }
  };
  return { ...test, run };
}

/**
 * @param {Site} site
 * @returns {Case[]}
 */
export function limitCases(site) {
  return [
    ...longLists(site),
    residueCase(site),
    floodCase(site),
    adapterCase(site),
    leakCase(site),
  ];
}
