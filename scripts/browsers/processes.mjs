/** Programs that a driver starts, found, watched and ended. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * @param {string} name
 * @returns {string | undefined} Its path, by the PATH.
 */
export function whereIs(name) {
  const paths = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false; // the next one
    }
  });
}

/** @returns {Promise<number>} A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

/**
 * A program that was started.
 *
 * @typedef {object} Started
 * @property {string} found - What it said that it was waited for.
 * @property {Promise<unknown>} gone - Settles with its end.
 * @property {() => Promise<void>} stop - Ends it, first politely.
 */

/** How long a program may take to start, and to end by itself. */
const [START_MS, END_MS] = [60_000, 15_000];

/**
 * Starts a program and waits until it says something.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ until: RegExp, env?: NodeJS.ProcessEnv }} how - What it says when it is ready; its first
 *   group is `found`.
 * @returns {Promise<Started>}
 */
export function start(command, args, { env = {}, until }) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const stop = async () => {
    child.kill();
    const late = new AbortController();
    await Promise.race([gone, wait(END_MS, undefined, { ref: false, signal: late.signal })]);
    late.abort();
    end();
    process.off('exit', end);
  };
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (/** @type {string} */ why) => {
      clearTimeout(timer);
      end();
      reject(new Error(`${command}: ${why}: ${said.slice(-500)}`));
    };
    const timer = setTimeout(() => fail('did not start'), START_MS);
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk.toString()).slice(-5_000);
      const found = until.exec(said);
      if (found === null) return;
      clearTimeout(timer);
      resolve({ found: found[1] ?? '', gone, stop });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}
