/** Runs the checks in one browser and says what came of each. */
import { Tab } from './driver.mjs';
import { Stage } from './stage.mjs';

/** @typedef {import('./driver.mjs').Browser} Browser */
/** @typedef {import('./site.mjs').Site} Site */

/**
 * One behaviour.
 *
 * @typedef {object} Check
 * @property {string} name - What holds.
 * @property {(stage: Stage) => Promise<string | void>} run - Rejects when it does not; what it returns
 *   is told beside it, such as what stands in for something that the browser lacks.
 */

/** @typedef {{ name: string, note: string, wrong: string[] }} Row */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} title
 * @property {string} version
 * @property {Record<string, boolean>} offers - What the browser has.
 * @property {Row[]} rows
 */

/** Longest check: what takes longer hangs. */
const LIMIT_MS = 120_000;

/** @param {unknown} error @returns {string} Its words, and the line of the check. */
function whatIsWrong(error) {
  if (!(error instanceof Error)) return String(error);
  const at = error.stack?.split('\n').find((line) => line.includes('/checks/'));
  return `${error.message.slice(0, 2_000)}${at === undefined ? '' : `\n${at}`}`;
}

/**
 * @param {Check} check
 * @param {Stage} stage
 * @returns {Promise<Row>} Settles, whatever the browser does.
 */
async function runCheck({ name, run }, stage) {
  const wrong = /** @type {string[]} */ ([]);
  let note = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('hangs')), LIMIT_MS);
  });
  try {
    await stage.begin();
    note = String((await Promise.race([run(stage), late])) ?? '');
  } catch (error) {
    wrong.push(whatIsWrong(error));
  } finally {
    clearTimeout(timer);
  }
  try {
    wrong.push(...(await stage.end()).map((error) => `in the page: ${error}`));
  } catch (error) {
    wrong.push(`The browser is gone: ${String(error)}`);
  }
  return { name, note, wrong };
}

/** @param {Stage} stage @returns {Promise<Record<string, boolean>>} What the browser has. */
async function offersOf(stage) {
  await stage.begin();
  const raw = await (await stage.session()).newTab();
  const tab = new Tab(raw);
  await tab.open(`${stage.server.url}/browsers/page.html`);
  await tab.until((page) => page.own?.isReady);
  const offers = await tab.evaluate((page) => page.probe());
  await tab.close();
  await stage.end();
  return offers;
}

/**
 * Runs checks, each on an origin of its own.
 *
 * @param {Browser} browser
 * @param {Site} site
 * @param {readonly Check[]} checks
 * @param {(result: Result) => void} keep - Called after each, with what was found until then.
 * @returns {Promise<readonly Row[]>} One per check.
 */
export async function runChecks(browser, site, checks, keep) {
  const stage = new Stage(browser, site);
  try {
    const { version } = await stage.session();
    console.log(`${browser.title} ${version}`);
    const offers = await offersOf(stage);
    const rows = [];
    for (const check of checks) {
      const start = performance.now();
      const row = await runCheck(check, stage);
      const verdict = row.wrong.length === 0 ? 'ok    ' : 'FAILED';
      const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
      console.log(`${verdict} ${browser.name} ${row.name}${row.note && `: ${row.note}`} (${time})`);
      for (const line of row.wrong) console.log(`       ${line}`);
      rows.push(row);
      keep({ name: browser.name, title: browser.title, version, offers, rows });
    }
    return rows;
  } finally {
    await stage.close();
  }
}
