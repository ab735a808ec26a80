/**
 * Goal R2: the browser wipes the origin's database without a word, after its log was torn or the whole
 * browser was killed. It is noticed, and what was lost comes back but for the last few interactions.
 */
import { killBrowser, newProfile, openProfile, removeProfile } from './profile.mjs';
import { databaseFolder, tearLog } from './torn-log.mjs';
import { createRandom } from './random.mjs';
import { errorsOf, takenAcks } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Looked} Looked */
/** @typedef {import('./visit.mjs').Visit} Visit */
/** @typedef {import('./runner.mjs').Case} Case */

/** The copy is made every eight interactions, so no more may be missing. */
const MOST_LOST = 8;

/** Largest part that is cut off a log; its records have some 400 bytes. */
const LARGEST_CUT = 600;

const OPTIONS = JSON.stringify({
  consent: 'granted',
  logLevel: 'silent',
  device: 'js',
});

/**
 * @param {Visit} visit
 * @param {number} atLeast - Interactions that should be there.
 * @returns {Promise<Looked>} What is kept, once all of them are there or time is up.
 */
async function look(visit, atLeast) {
  return visit.page.evaluate(`window.faults.look(${OPTIONS}, ${atLeast})`);
}

/**
 * @param {readonly string[]} acks - All that was acknowledged.
 * @param {Looked} found
 * @returns {{ wrong: string[], lost: number, restored: number }} What is wrong after a wipe.
 */
function compare(acks, { codes, ids, stats }) {
  const there = new Set(ids);
  const lost = acks.filter((id) => !there.has(id)).length;
  const { restored } = stats.storage;
  const wrong = [];
  if (lost > MOST_LOST) wrong.push(`lost ${lost} of ${acks.length}`);
  if (there.size < ids.length) wrong.push('something is there twice');
  if (restored !== undefined && lost > restored.lostUpTo) {
    wrong.push(`lost ${lost}, said at most ${restored.lostUpTo}`);
  }
  if (lost > 0 && restored === undefined)
    wrong.push(`lost ${lost} and said nothing; ${codes.join()}`);
  return { wrong, lost, restored: restored?.events ?? 0 };
}

/**
 * @param {Site} site
 * @param {number} runs
 * @returns {Case} Logs are torn at as many sizes.
 */
function tornCase(site, runs) {
  const run = async () => {
    const wrong = [];
    let [wipes, most] = [0, 0];
    for (let i = 0; i < runs; i++) {
      const cut = 1 + Math.floor((i * (LARGEST_CUT - 1)) / Math.max(1, runs - 1));
      const folder = newProfile();
      takenAcks(site);
      for (const [part, count] of [30, 5].entries()) {
        const { context, visit } = await openProfile(folder, site);
        await visit.page.evaluate(`window.faults.pump(${OPTIONS}, 'p${part}', ${count})`);
        wrong.push(...(await errorsOf(visit)));
        await context.close();
        // The first opening after it looks healthy; at the second the browser wipes everything.
        if (part === 0) tearLog(databaseFolder(folder, site.url), cut);
      }
      const { context, visit } = await openProfile(folder, site);
      const acks = takenAcks(site);
      const compared = compare(acks, await look(visit, acks.length));
      wipes += compared.restored > 0 ? 1 : 0;
      most = Math.max(most, compared.lost);
      wrong.push(
        ...(await errorsOf(visit)),
        ...compared.wrong.map((line) => `${cut} bytes: ${line}`),
      );
      await context.close();
      removeProfile(folder);
    }
    const ended = `${runs} sizes, ${wipes} times restored, at most ${most} lost`;
    return { wrong: [...wrong, ...(wipes > 0 ? [] : ['nothing was ever wiped'])], ended };
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
    const wrong = [];
    const folder = newProfile();
    const acks = /** @type {string[]} */ ([]);
    let [wipes, most] = [0, 0];
    takenAcks(site);
    try {
      for (let kill = 0; kill < runs; kill++) {
        const first = await openProfile(folder, site);
        await first.visit.page.evaluate(`void window.faults.pump(${OPTIONS}, 'b${kill}')`);
        await first.visit.page.waitForTimeout(300 + random() * 400);
        await killBrowser(first.context, folder);
        const next = await openProfile(folder, site);
        acks.push(...takenAcks(site));
        const found = await look(next.visit, acks.length);
        const compared = compare(acks, found);
        wipes += compared.restored > 0 ? 1 : 0;
        most = Math.max(most, compared.lost);
        wrong.push(
          ...(await errorsOf(next.visit)),
          ...compared.wrong.map((line) => `kill ${kill}: ${line}`),
        );
        // What is lost once stays lost.
        const there = new Set(found.ids);
        acks.splice(0, acks.length, ...acks.filter((id) => there.has(id)));
        await next.context.close();
      }
    } finally {
      removeProfile(folder);
    }
    const ended = `${runs} kills, ${wipes} times restored, at most ${most} lost`;
    return { wrong, ended };
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
