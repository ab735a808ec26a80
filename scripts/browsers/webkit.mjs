/**
 * WebKitGTK by WebKitWebDriver (W3C WebDriver), in a window of our own on a display that nobody sees.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../run.mjs';
import { clickAt } from './driver.mjs';
import { freePort, start, whereIs } from './processes.mjs';

/** @typedef {import('./driver.mjs').Browser} Browser */
/** @typedef {import('./driver.mjs').RawTab} RawTab */
/** @typedef {import('./driver.mjs').Session} Session */
/** @typedef {import('./processes.mjs').Started} Started */
/** @typedef {(method: string, path: string, body?: object) => Promise<any>} Call */

const WINDOW = `${ROOT}scripts/browsers/webkit-window.py`;
const PROGRAMS = ['WebKitWebDriver', 'Xvfb'];
const PYTHON = '/usr/bin/python3';
const BINDINGS =
  "import gi; gi.require_version('WebKit2', '4.1'); from gi.repository import WebKit2";

/** Longest work in a page, and longest wait for a browser that ends. */
const [SCRIPT_MS, END_MS] = [120_000, 15_000];

/** What the browser itself says of a file that is forbidden is no error of the page. */
const FORBIDDEN = / due to access control checks\.$/u;

/** @returns {boolean} Whether Python finds WebKitGTK. */
function hasBindings() {
  try {
    execFileSync(PYTHON, ['-c', BINDINGS], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // no Python, or it does not
  }
}

/** @param {string} address @returns {Call} Rejects with what the driver says. */
function driverAt(address) {
  return async (method, path, body) => {
    const response = await fetch(address + path, {
      method,
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
}

/** @param {Call} call - Until somebody answers. */
async function ready(call) {
  const end = Date.now() + END_MS;
  for (;;) {
    try {
      await call('GET', '/status');
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(50);
    }
  }
}

/**
 * @param {string} console - Its file.
 * @param {number} seen - Characters of it.
 * @returns {string[]} New errors in it.
 */
function errorsIn(console, seen) {
  const lines = readFileSync(console, 'utf8').slice(seen).split('\n');
  return lines.filter((line) => /CONSOLE (?:JS )?ERROR/u.test(line) && !FORBIDDEN.test(line));
}

/** @param {string} console @returns {Promise<void>} When the window's process has ended. */
async function ended(console) {
  const id = Number.parseInt(readFileSync(console, 'utf8'), 10);
  for (const end = Date.now() + END_MS; Date.now() < end; await wait(50)) {
    try {
      process.kill(id, 0);
    } catch {
      return;
    }
  }
  process.kill(id, 'SIGKILL');
}

/**
 * @param {Call} call - Of the session.
 * @param {string} handle
 * @returns {RawTab}
 */
function tabOf(call, handle) {
  const turn = () => call('POST', '/window', { handle });
  return {
    open: async (url) => {
      await turn();
      await call('POST', '/url', { url });
    },
    reload: async () => {
      await turn();
      await call('POST', '/refresh', {});
    },
    evaluate: async (expression) => {
      await turn();
      // A promise in a value: the driver alone would not tell what it rejected with.
      const script = `return ${expression}.then((value) => ({ value }), (error) => ({ error: String(error) }))`;
      const { error, value } = await call('POST', '/execute/sync', { script, args: [] });
      if (error !== undefined) throw new Error(error);
      return value;
    },
    click: async (x, y) => {
      await turn();
      await call('POST', '/actions', { actions: clickAt(x, y) });
    },
    close: async () => {
      await turn();
      await call('DELETE', '/window');
    },
  };
}

/** @returns {Promise<{ call: Call, stop: () => Promise<void> }>} A driver on a display. */
async function startDriver() {
  const display = await start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x960x24'], {
    until: /^(\d+)\n/u,
  });
  const port = await freePort();
  // The driver itself says nothing: it is asked, and a shell tells that it was started.
  const driver = await start('sh', ['-c', `echo started; exec WebKitWebDriver --port=${port}`], {
    until: /started/u,
    env: { DISPLAY: `:${display.found}`, WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  });
  const call = driverAt(`http://127.0.0.1:${port}`);
  await ready(call);
  const stop = async () => {
    await driver.stop();
    await display.stop();
  };
  return { call, stop };
}

/** @param {string | null} profile @returns {Promise<Session>} */
async function open(profile) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-webkit-'));
  const console = join(folder, 'console.txt');
  const { call, stop } = await startDriver();
  const browser = { binary: WINDOW, args: [console, ...(profile === null ? [] : [profile])] };
  const { capabilities, sessionId } = await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browser } },
  });
  const own = /** @type {Call} */ (
    (method, path, body) => call(method, `/session/${sessionId}${path}`, body)
  );
  await own('POST', '/timeouts', { script: SCRIPT_MS });
  // A new window needs one that is there: the first one stays.
  const home = await own('GET', '/window');
  let seen = 0;
  return {
    version: capabilities.browserVersion,
    newTab: async () => {
      await own('POST', '/window', { handle: home });
      const { handle } = await own('POST', '/window/new', { type: 'tab' });
      return tabOf(own, handle);
    },
    errors: async () => {
      const found = errorsIn(console, seen);
      seen = readFileSync(console, 'utf8').length;
      return found;
    },
    close: async () => {
      await own('DELETE', '');
      if (existsSync(console)) await ended(console);
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @type {Browser} */
export const WEBKIT = {
  name: 'webkit',
  title: 'WebKitGTK',
  packages: ['webkit2gtk-driver', 'gir1.2-webkit2-4.1', 'python3-gi', 'xvfb'],
  missing: () => {
    const programs = PROGRAMS.filter((name) => whereIs(name) === undefined);
    return hasBindings() ? programs : [...programs, 'WebKitGTK for Python'];
  },
  open,
};
