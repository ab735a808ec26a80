/** `npm start` in a clone, until the shop is open; its parts are told from the lines that it prints. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('./table.mjs').Step} Step */

/** The build tells its own time; npm may be silent. */
const BUILT = /^Built dist\/ in (?<seconds>[\d.]+) s/u;
const OPEN = /^The demo shop is open at (?<url>\S+)/u;
/** Of npm and its run of this script: the clone has its own. */
const OF_THIS_RUN = /^(?:npm_(?:package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/u;

/**
 * @param {number} begin - Milliseconds.
 * @param {readonly { text: string, ms: number }[]} lines - As printed, with the time; the last one ends the start.
 * @returns {Step[]} In their order; without a build, all of it is one part.
 */
export function partsOf(begin, lines) {
  const end = lines.at(-1)?.ms ?? begin;
  const built = lines.find(({ text }) => BUILT.test(text));
  if (built === undefined) return [{ name: '`npm start`', seconds: (end - begin) / 1000 }];
  const build = Number(BUILT.exec(built.text)?.groups?.['seconds']);
  return [
    { name: '`npm start`: dependencies', seconds: (built.ms - begin) / 1000 - build },
    { name: '`npm start`: build', seconds: build },
    { name: '`npm start`: demo catalog and server', seconds: (end - built.ms) / 1000 },
  ];
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
