/**
 * Makes a fresh machine ready: dependencies and, for the tests, a browser. Says what it does.
 * Run by `npm start` and `npm test`; does nothing, in milliseconds, when all is there.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { BROWSER_VARIABLE, findChromium } from './browser.mjs';
import { ROOT, run } from './run.mjs';

const STAMP = `${ROOT}node_modules/.vitrine-setup`;

/**
 * Sets the machine up.
 *
 * @param {{ browser: boolean }} needs - Whether a Chromium must be there at the end.
 * @returns {Promise<NodeJS.ProcessEnv>} What later commands need in their environment: the browser.
 * @throws {Error} When the dependencies or the browser cannot be installed; says what to do.
 */
export async function setUp({ browser }) {
  await installDependencies();
  const env = { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  return browser ? { ...env, [BROWSER_VARIABLE]: await provideBrowser() } : env;
}

/** Runs `npm ci` unless it was run for this very lock file. */
async function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.log('Set-up: installing the dependencies (npm ci) …');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund'], {
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    // npm leaves the test tools out when this says "production".
    NODE_ENV: 'development',
  });
  if (code !== 0) throw new Error('Set-up: `npm ci` failed; its reason stands above.');
  writeFileSync(STAMP, lock);
}

/** @returns {Promise<string>} Path of a Chromium, installed if there was none. */
async function provideBrowser() {
  for (const install of [undefined, installFromPlaywright, installFromDebian]) {
    await install?.();
    const path = findChromium();
    if (path !== undefined) return path;
  }
  throw new Error(
    `Set-up: no Chromium was found and none could be installed. Install one and name it in ${BROWSER_VARIABLE}.`,
  );
}

async function installFromPlaywright() {
  console.log('Set-up: no Chromium found; asking Playwright for one …');
  await run(process.execPath, [`${ROOT}node_modules/playwright/cli.js`, 'install', 'chromium'], {
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '',
  });
}

async function installFromDebian() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  console.log("Set-up: installing the system's Chromium (apt-get install chromium) …");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], env);
  await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    env,
  );
}
