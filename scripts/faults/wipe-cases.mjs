/**
 * Goal R2: the browser wipes the origin's database without a word, after its log was torn or the whole
 * browser was killed. It is noticed, and what was lost comes back but for the last few interactions.
 */
import { statSync } from 'node:fs';
import { killBrowser, newProfile, openProfile, removeProfile } from './profile.mjs';
import { databaseFolder, tearLog } from './torn-log.mjs';
import { createRandom } from './random.mjs';
import { errorsOf, takenAcks } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Looked} Looked */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('./runner.mjs').Case} Case */

/** What a page, and the one before it, may leave without a copy. */
const MOST_LOST = 8;

/** Largest part that is cut off a log; its records have some 400 bytes. */
const LARGEST_CUT = 600;

/** Of a visit whose page makes as many events. */
const EVENTS = [30, 5];

const OPTIONS = JSON.stringify({
  consent: 'granted',
  logLevel: 'silent',
  device: 'js',
});

/**
 * The browser deletes the folder of databases that it cannot read, and makes another.
 *
 * @param {string} folder - Of the profile.
 * @param {Site} site
 * @returns {string} Tells the folder from one of the same name; '' without one.
 */
function markOf(folder, { url }) {
  const found = statSync(databaseFolder(folder, url), { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.birthtimeMs}`;
}

/** What several wipes came to. */
class Tally {
  #wiped = 0;
  #restored = 0;
  #tails = 0;
  #most = 0;
  /** @type {string[]} */
  wrong = [];

  /** How often the browser wiped the database. */
  get wiped() {
    return this.#wiped;
  }

  /**
   * Counts one.
   *
   * @param {string} name - Of it.
   * @param {boolean} isWiped - Whether the browser deleted the database.
   * @param {readonly string[]} acks - All that was acknowledged.
   * @param {Looked} found - What is there now.
   */
  add(name, isWiped, acks, found) {
    const { restored } = found.stats.storage;
    const lost = this.#judge(name, isWiped, acks, found);
    if (isWiped) {
      this.#wiped += 1;
      if (restored !== undefined) this.#restored += 1;
    } else if (restored === undefined && lost > 0) {
      // A cut at the very end of a record leaves a whole log: that record is gone, and the browser
      // finds nothing to wipe, nor anybody else to notice.
      this.#tails += 1;
    }
    this.#most = Math.max(this.#most, lost);
  }

  /**
   * @param {string} name
   * @param {boolean} isWiped
   * @param {readonly string[]} acks
   * @param {Looked} found
   * @returns {number} How many are lost.
   */
  #judge(name, isWiped, acks, { codes, ids, stats }) {
    const there = new Set(ids);
    const lost = acks.filter((id) => !there.has(id)).length;
    const { restored } = stats.storage;
    const say = (/** @type {string} */ what) => this.wrong.push(`${name}: ${what}`);
    if (lost > MOST_LOST) say(`lost ${lost} of ${acks.length}`);
    if (there.size < ids.length) say('something is there twice');
    if (restored !== undefined && lost > restored.lostUpTo) {
      say(`lost ${lost}, said at most ${restored.lostUpTo}`);
    }
    if (isWiped && acks.length > lost && restored === undefined) {
      say(`wiped, lost ${lost}, and said nothing; ${codes.join()}`);
    }
    return lost;
  }

  /** @param {string} times - Of what. @returns {string} All of it, in words. */
  told(times) {
    const told = `${times}, ${this.#wiped} wiped, ${this.#restored} noticed and restored`;
    const tails = this.#tails === 0 ? '' : `, ${this.#tails} times an end lost without a wipe`;
    return `${told}${tails}, at most ${this.#most} lost`;
  }
}

/**
 * @param {Visit} visit
 * @param {number} atLeast - Interactions that should be there.
 * @returns {Promise<Looked>} What is kept, once all of them are there or time is up.
 */
async function look(visit, atLeast) {
  return visit.page.evaluate(`window.faults.look(${OPTIONS}, ${atLeast})`);
}

/**
 * @param {Site} site
 * @param {number} runs
 * @returns {Case} Logs are torn at as many sizes.
 */
function tornCase(site, runs) {
  const run = async () => {
    const tally = new Tally();
    for (let i = 0; i < runs; i++) {
      const cut = 1 + Math.floor((i * (LARGEST_CUT - 1)) / Math.max(1, runs - 1));
      const folder = newProfile();
      takenAcks(site);
      for (const [part, count] of EVENTS.entries()) {
        const { context, visit } = await openProfile(folder, site);
        await visit.page.evaluate(`window.faults.pump(${OPTIONS}, 'p${part}', ${count})`);
        tally.wrong.push(...(await errorsOf(visit)));
        await context.close();
        // The first opening after it looks healthy; at the second the browser wipes everything.
        if (part === 0) tearLog(databaseFolder(folder, site.url), cut);
      }
      const before = markOf(folder, site);
      const { context, visit } = await openProfile(folder, site);
      const acks = takenAcks(site);
      const found = await look(visit, acks.length);
      tally.add(`${cut} bytes`, markOf(folder, site) !== before, acks, found);
      tally.wrong.push(...(await errorsOf(visit)));
      await context.close();
      removeProfile(folder);
    }
    if (tally.wiped === 0) tally.wrong.push('nothing was ever wiped');
    return { wrong: tally.wrong, ended: tally.told(`${runs} sizes`) };
  };
  return { id: 'R2a', name: 'end of the log cut off', run, limitMs: runs * 60_000 };
}

/**
 * @param {Site} site
 * @param {number} runs
 * @returns {Case} The whole browser is killed as often.
 */
function killCase(site, runs) {
  const run = async () => {
    const random = createRandom('browsers');
    const tally = new Tally();
    const folder = newProfile();
    const acks = /** @type {string[]} */ ([]);
    takenAcks(site);
    try {
      for (let kill = 0; kill < runs; kill++) {
        const first = await openProfile(folder, site);
        await first.visit.page.evaluate(`void window.faults.pump(${OPTIONS}, 'b${kill}')`);
        await first.visit.page.waitForTimeout(300 + random() * 400);
        await killBrowser(first.context, folder);
        const before = markOf(folder, site);
        const next = await openProfile(folder, site);
        acks.push(...takenAcks(site));
        const found = await look(next.visit, acks.length);
        const isWiped = before !== '' && markOf(folder, site) !== before;
        tally.add(`kill ${kill}`, isWiped, acks, found);
        tally.wrong.push(...(await errorsOf(next.visit)));
        // What is lost once stays lost.
        const there = new Set(found.ids);
        acks.splice(0, acks.length, ...acks.filter((id) => there.has(id)));
        await next.context.close();
      }
    } finally {
      removeProfile(folder);
    }
    return { wrong: tally.wrong, ended: tally.told(`${runs} kills`) };
  };
  return { id: 'R2b', name: 'whole browser killed', run, limitMs: runs * 60_000 };
}

/**
 * @param {Site} site
 * @param {{ runs: number }} options - Of each kind.
 * @returns {Case[]} Both.
 */
export function wipeCases(site, { runs }) {
  return [tornCase(site, runs), killCase(site, runs)];
}
