/** What the cases of storage have in common: a page that tracks, and a look at what is kept. */
import { errorsOf, launch, openVisit, takenAcks } from './visit.mjs';

/** @typedef {import('playwright').BrowserContext} BrowserContext */
/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Looked} Looked */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('../../src/core/types.ts').Stats} Stats */
/** @typedef {import('./runner.mjs').Case} Case */
/** @typedef {import('./runner.mjs').Outcome} Outcome */

/** A feed that takes longer hangs: the time of each is told, but the machine may be busy. */
export const LIMIT_MS = 10_000;

export const OPTIONS = /** @type {const} */ ({
  consent: 'granted',
  logLevel: 'silent',
  device: 'js',
});
const TEXT = JSON.stringify(OPTIONS);

/** @param {Stats} stats @returns {string} Where the profile is kept, and why there. */
export function placeOf({ storage: { mode, reason, restored } }) {
  const back = restored === undefined ? '' : `, ${restored.events} brought back`;
  return `${mode}${reason === null ? '' : `, ${reason}`}${back}`;
}

/**
 * @param {Visit} visit
 * @param {number} [atLeast] - Interactions to wait for.
 * @returns {Promise<Looked>} What is kept now.
 */
export function look({ page }, atLeast = 0) {
  return page.evaluate(`window.faults.look(${TEXT}, ${atLeast})`);
}

/**
 * @param {Visit} visit
 * @param {string} prefix
 * @param {number} count - Interactions.
 * @returns {Promise<Stats>} When all are acknowledged.
 */
export function pump({ page }, prefix, count) {
  return page.evaluate(`window.faults.pump(${TEXT}, '${prefix}', ${count})`);
}

/**
 * What is wrong: a feed that is late, and losses that nobody told of.
 *
 * @param {Site} site - Knows what was acknowledged.
 * @param {Looked} found
 * @param {readonly Stats[]} [before] - Of instances that were there when it happened.
 * @returns {string[]}
 */
export function untold(site, { codes, ids, ms, stats }, before = []) {
  const there = new Set(ids);
  const lost = takenAcks(site).filter((id) => !there.has(id)).length;
  const places = [...before, stats].map(({ storage }) => storage);
  const reason = places.find((place) => place.reason !== null);
  const restored = places.find((place) => place.restored !== undefined)?.restored;
  const wrong = ms > LIMIT_MS ? [`the feed took ${Math.round(ms)} ms`] : [];
  const isTold =
    reason !== undefined ||
    restored !== undefined ||
    codes.some((code) => code.startsWith('STORE'));
  if (lost > 0 && !isTold) wrong.push(`lost ${lost} without a word`);
  if (reason === undefined && restored !== undefined && lost > restored.lostUpTo) {
    wrong.push(`lost ${lost}, said at most ${restored.lostUpTo}`);
  }
  return wrong;
}

/**
 * @param {Site} site
 * @param {string} name
 * @param {(context: BrowserContext, visit: Visit) => Promise<Outcome>} work
 * @returns {Case} In a new browser.
 */
export function openCase(site, name, work) {
  const run = async () => {
    const browser = await launch();
    try {
      takenAcks(site);
      const context = await browser.newContext();
      const visit = await openVisit(context, `${site.url}/page.html`);
      const outcome = await work(context, visit);
      return { ...outcome, wrong: [...outcome.wrong, ...(await errorsOf(visit))] };
    } finally {
      await browser.close();
    }
  };
  return { id: '', name, run };
}
