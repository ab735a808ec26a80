/** Firefox by WebDriver BiDi, which it speaks by itself: no driver is needed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBidi } from './bidi.mjs';
import { clickAt } from './driver.mjs';
import { start, whereIs } from './processes.mjs';

/** @typedef {import('./driver.mjs').Browser} Browser */
/** @typedef {import('./driver.mjs').RawTab} RawTab */
/** @typedef {import('./driver.mjs').Session} Session */
/** @typedef {import('./bidi.mjs').Bidi} Bidi */

const find = () => whereIs('firefox-esr') ?? whereIs('firefox');

/** Set beside those that Firefox itself recommends for tests (`remote.prefs.recommended`). */
const PREFERENCES = {
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
};

/** What the browser itself says of a file that is forbidden is no error of the page. */
const FORBIDDEN = /^(?:Content-Security-Policy:|None of the “sha)/u;

/**
 * @param {string} folder
 * @param {boolean} isPrivate - Whether every window is a private one.
 */
function writePreferences(folder, isPrivate) {
  const all = { ...PREFERENCES, 'browser.privatebrowsing.autostart': isPrivate };
  const lines = Object.entries(all).map(([name, value]) => `user_pref("${name}", ${value});\n`);
  writeFileSync(join(folder, 'user.js'), lines.join(''));
}

/**
 * @param {Bidi} bidi
 * @param {string} context - Of the tab.
 * @returns {RawTab}
 */
function tabOf(bidi, context) {
  return {
    open: async (url) => {
      await bidi.call('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    reload: async () => {
      await bidi.call('browsingContext.reload', { context, wait: 'complete' });
    },
    evaluate: async (expression) => {
      const answer = await bidi.call('script.evaluate', {
        expression,
        target: { context },
        awaitPromise: true,
      });
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
      return answer.result.value;
    },
    click: async (x, y) => {
      await bidi.call('input.performActions', { context, actions: clickAt(x, y) });
    },
    close: async () => void (await bidi.call('browsingContext.close', { context })),
  };
}

/** @param {string | null} profile @returns {Promise<Session>} */
async function open(profile) {
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'vitrine-firefox-'));
  writePreferences(folder, profile === null);
  const firefox = await start(
    find() ?? 'firefox-esr',
    ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', folder],
    { until: /WebDriver BiDi listening on (ws:\/\/\S+)/u },
  );
  const own = new Set();
  const errors = /** @type {string[]} */ ([]);
  const bidi = await connectBidi(`${firefox.found}/session`, (_, { level, source, text }) => {
    // The browser's own windows complain, too.
    if (level === 'error' && own.has(source.context) && !FORBIDDEN.test(text)) errors.push(text);
  });
  const { capabilities } = await bidi.call('session.new', { capabilities: {} });
  await bidi.call('session.subscribe', { events: ['log.entryAdded'] });
  return {
    version: capabilities.browserVersion,
    newTab: async () => {
      const { context } = await bidi.call('browsingContext.create', { type: 'tab' });
      own.add(context);
      return tabOf(bidi, context);
    },
    errors: async () => errors.splice(0),
    close: async () => {
      // Gone before it can answer, sometimes.
      await bidi.call('browser.close', {}).catch(() => undefined);
      await firefox.gone;
      await firefox.stop();
      bidi.close();
      if (profile === null) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @type {Browser} */
export const FIREFOX = {
  name: 'firefox',
  title: 'Firefox',
  packages: ['firefox-esr'],
  missing: () => (find() === undefined ? ['firefox-esr'] : []),
  open,
};
