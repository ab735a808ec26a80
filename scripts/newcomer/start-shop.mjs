/** `npm start` in a clone, until the shop is open; its parts are told from the lines that it prints. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('./table.mjs').Step} Step */

/** The shop is open: the last part ends. */
const OPEN = /^The demo shop is open at (?<url>\S+)/u;
/** Parts of a start, and the line with which each ends. */
const PARTS = /** @type {const} */ ([
  ['`npm start`: dependencies', /^added \d+ packages/u],
  ['`npm start`: build', /^Built dist\//u],
  ['`npm start`: demo catalog and server', OPEN],
]);
/** Of npm and its run of this script: the clone has its own. */
const OF_THIS_RUN = /^(?:npm_(?:package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/u;

/**
 * @param {number} begin - Milliseconds.
 * @param {readonly { text: string, ms: number }[]} lines - As printed, with the time.
 * @returns {Step[]} In their order. A part whose line was not printed is in the one after it.
 */
export function partsOf(begin, lines) {
  let from = begin;
  return PARTS.flatMap(([name, pattern]) => {
    const line = lines.find(({ text }) => pattern.test(text));
    if (line === undefined) return [];
    const seconds = (line.ms - from) / 1000;
    from = line.ms;
    return [{ name, seconds }];
  });
}

/**
 * Starts the shop on a free port.
 *
 * @param {string} folder - The clone.
 * @param {NodeJS.ProcessEnv} env - Added to ours.
 * @returns {Promise<{ url: string, steps: Step[], close: () => Promise<void> }>} The open shop, and what it took.
 * @throws {Error} When it ends without an open shop; its output was passed on.
 */
export async function startShop(folder, env) {
  const own = Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name));
  const begin = performance.now();
  // A group of its own: npm does not end what it started.
  const child = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: folder,
    detached: true,
    env: { ...Object.fromEntries(own), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const close = async () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  /** @type {{ text: string, ms: number }[]} */
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    const text = stripVTControlCharacters(line);
    lines.push({ text, ms: performance.now() });
    const url = OPEN.exec(text)?.groups?.['url'];
    if (url !== undefined) return { url, steps: partsOf(begin, lines), close };
  }
  await ended;
  throw new Error('`npm start` ended before the shop was open; its reason stands above.');
}
