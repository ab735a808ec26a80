/** A browser with a profile of its own on the disk, that can be closed, killed and opened again. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';
import { openVisit } from './visit.mjs';

/** @typedef {import('playwright').BrowserContext} BrowserContext */
/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./visit.mjs').Visit} Visit */

/** @returns {string} A new folder for a profile. */
export function newProfile() {
  return mkdtempSync(join(tmpdir(), 'vitrine-profile-'));
}

/** @param {string} folder */
export function removeProfile(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 30 });
}

/**
 * @param {string} folder - Of the profile; no other browser has it.
 * @param {Site} site
 * @returns {Promise<{ context: BrowserContext, visit: Visit }>} A browser with the page open.
 */
export async function openProfile(folder, site) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS],
  });
  return { context, visit: await openVisit(context, `${site.url}/page.html`) };
}

/** @param {string} folder @returns {number[]} The browser's processes, its first one at the front. */
function processesOf(folder) {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const own = lines.filter((line) => line.includes(`--user-data-dir=${folder}`));
  own.sort((a, b) => Number(a.includes('--type=')) - Number(b.includes('--type=')));
  return own.map((line) => Number.parseInt(line, 10));
}

/**
 * Ends a browser without a chance to tidy up, as a power failure would, and waits until the last of
 * its processes is gone.
 *
 * @param {BrowserContext} context
 * @param {string} folder - Of its profile.
 */
export async function killBrowser(context, folder) {
  const closed = new Promise((resolve) => context.once('close', resolve));
  for (const id of processesOf(folder)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It went with the others.
    }
  }
  await closed;
  while (processesOf(folder).length > 0) await wait(10);
  for (const name of readdirSync(folder)) {
    if (name.startsWith('Singleton')) rmSync(join(folder, name), { force: true });
  }
}
