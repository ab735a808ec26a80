/**
 * Faults of the GPU (FAULTS.md 3.2, goal R4), made in the worker's WebGPU: the feed is that of plain
 * JavaScript or the server's, and the figures name why the device was left.
 */
import { LIBRARY } from './site.mjs';
import { inBrowser, makeFeeds, wrongWith } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Made} Made */
/** @typedef {import('./visit.mjs').Shown} Shown */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('../../src/core/types.ts').Stats} Stats */
/** @typedef {import('./runner.mjs').Case} Case */
/** @typedef {import('./runner.mjs').Outcome} Outcome */

/** Feeds per case: the device, left or opened again, must go on to be right. */
const FEEDS = 3;

/**
 * One that a worker's own code can make: `[id, name, fault and place, code of the device left]`. No
 * code: WebGPU goes on.
 *
 * @type {readonly (readonly [string, string, string, string?])[]}
 */
const FAULTS = [
  ['G1a', 'adapter is null', 'adapter-null', 'DEVICE_UNAVAILABLE'],
  ['G1b', 'adapter never settles', 'adapter-pending', 'DEVICE_TIMEOUT'],
  ['G1c', 'device request rejects', 'device-rejects', 'DEVICE_UNAVAILABLE'],
  ['G2a', '`device.destroy()` in a job', 'destroy&at=3'],
  ['G3', 'broken shader', 'shader&at=1', 'DEVICE_LOST'],
  ['G4a', 'results scaled by 1.5', 'scaled&at=1', 'DEVICE_WRONG_RESULT'],
  ['G4b', 'zeros after the first run', 'zeros&at=2', 'DEVICE_WRONG_RESULT'],
  ['G5', 'out of memory', 'memory&at=1', 'DEVICE_LOST'],
  ['G6', 'pipeline takes 3 s', 'slow-pipeline&at=1'],
];

/** The same kinds at other places, beside the list. */
/** @type {typeof FAULTS} */
const MORE = [
  ['', 'no WebGPU at all', 'none', 'DEVICE_UNAVAILABLE'],
  ['', 'adapter request rejects', 'adapter-rejects', 'DEVICE_UNAVAILABLE'],
  ['', 'zeros in one workgroup', 'group&at=6', 'DEVICE_WRONG_RESULT'],
  ['', 'numbers of the run before', 'stale&at=6', 'DEVICE_WRONG_RESULT'],
  ['', 'NaN in a later job', 'nan&at=6', 'DEVICE_WRONG_RESULT'],
];

/**
 * @param {Site} site
 * @param {string} fault - And its place.
 * @returns {string} A worker's address.
 */
function gpuWorker(site, fault) {
  return `${LIBRARY}gpu-faults.worker.js?items=${site.items.length}&fault=${fault}`;
}

/**
 * @param {Visit} visit
 * @param {Site} site
 * @returns {Promise<string[]>} What plain JavaScript makes of the same visitor, feed by feed.
 */
export async function plainFeeds({ page }, site) {
  const { feeds } = await makeFeeds(page, site, { device: 'js' }, { feeds: FEEDS });
  return feeds.map(({ visible }) => visible);
}

/**
 * @param {Visit} visit
 * @param {Site} site
 * @param {readonly string[]} plain - See {@link plainFeeds}.
 * @param {string} fault - And its place.
 * @returns {Promise<{ made: Made, wrong: string[] }>} What came of it, and feeds that are wrong.
 */
export async function feedsDespite(visit, site, plain, fault) {
  const options = { device: /** @type {const} */ ('webgpu'), workerUrl: gpuWorker(site, fault) };
  const made = await makeFeeds(visit.page, site, options, { feeds: FEEDS });
  const wrong = plain.flatMap((expected, i) => wrongWith(made.feeds[i], { site, plain: expected }));
  return { made, wrong };
}

/** @param {Stats} stats @returns {string} Codes of devices left, or where the work is done. */
function endOf({ device, devicesLeft }) {
  const left = devicesLeft.map(({ code }) => code).join(', ');
  return left === '' ? `goes on with ${device}` : `${left}, goes on with ${device}`;
}

/** @param {readonly Shown[]} feeds @returns {number} Milliseconds of the slowest. */
function slowest(feeds) {
  return Math.max(0, ...feeds.map(({ ms }) => ms));
}

/**
 * @param {Site} site
 * @param {readonly [string, string, string, string?]} row - Of {@link FAULTS}.
 * @returns {Case} It.
 */
function faultCase(site, [id, name, fault, code]) {
  const run = () =>
    inBrowser(site, { webgpu: true }, async (visit) => {
      const plain = await plainFeeds(visit, site);
      const { made, wrong } = await feedsDespite(visit, site, plain, fault);
      const { devicesLeft } = made.stats;
      const codes = devicesLeft.map((left) => `${left.device} ${left.code}`);
      const expected = code === undefined ? [] : [`webgpu ${code}`];
      if (made.hits.length === 0) wrong.push('the fault did not strike');
      if (codes.join() !== expected.join()) {
        wrong.push(`left: ${codes.join()}, expected ${expected.join()}`);
      }
      return { wrong, ended: endOf(made.stats), ms: slowest(made.feeds) };
    });
  return { id, name, run };
}

/**
 * @param {Site} site
 * @returns {Case} The GPU's process crashes twice under an instance.
 */
function crashCase(site) {
  const run = () =>
    inBrowser(site, { webgpu: true }, async (visit) => {
      const [plain = ''] = await plainFeeds(visit, site);
      const options = { device: /** @type {const} */ ('webgpu') };
      const made = await makeFeeds(visit.page, site, options, { keep: true });
      const wrong = wrongWith(made.feeds[0], { site, plain });
      if (made.stats.device !== 'webgpu') wrong.push(`began on ${made.stats.device}`);
      const session = await visit.page.context().browser()?.newBrowserCDPSession();
      const times = [];
      let stats = made.stats;
      for (let crash = 0; crash < 2; crash++) {
        // It answers when there is a new process, or never.
        session?.send('Browser.crashGpuProcess').catch(() => undefined);
        await visit.page.waitForTimeout(500);
        /** @type {{ feed: Shown, stats: Stats }} */
        const again = await visit.page.evaluate('window.faults.again()');
        wrong.push(...wrongWith(again.feed, { site, plain }));
        times.push(again.feed);
        ({ stats } = again);
      }
      if (!stats.devicesLeft.some(({ device }) => device === 'webgpu')) {
        wrong.push('WebGPU was not left after two losses');
      }
      return { wrong, ended: endOf(stats), ms: slowest(times) };
    });
  return { id: 'G2b', name: 'GPU process crashes twice', run };
}

/**
 * @param {Site} site
 * @returns {Case} Whoever does not ask for WebGPU by name gets no software adapter.
 */
function softwareCase(site) {
  const run = () =>
    inBrowser(site, { webgpu: true }, async (visit) => {
      const options = { pack: '/pack/', workerUrl: gpuWorker(site, 'count') };
      const made = await makeFeeds(visit.page, site, options, { feeds: FEEDS, keep: true });
      // The model that scores items opens a device by itself, some seconds after the feed.
      await visit.page.waitForFunction('window.faults.hits.includes("adapter")', undefined, {
        timeout: 60_000,
      });
      /** @type {{ stats: Stats }} */
      const { stats } = await visit.page.evaluate('window.faults.again()');
      /** @type {string[]} */
      const hits = await visit.page.evaluate('window.faults.hits');
      const wrong = hits.includes('device') ? ['a software GPU was opened'] : [];
      if (stats.device === 'webgpu') wrong.push('feeds are made on a software GPU');
      return { wrong, ended: `looked at, not used; ${stats.device}`, ms: slowest(made.feeds) };
    });
  return { id: 'G8', name: 'software adapter is not preferred', run };
}

/**
 * @param {Site} site
 * @returns {Case[]} The ten of R4, G8, and more of the same kinds.
 */
export function gpuCases(site) {
  const cases = [...FAULTS, ...MORE].map((row) => faultCase(site, row));
  cases.splice(4, 0, crashCase(site));
  return [...cases, softwareCase(site)];
}
