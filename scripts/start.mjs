/**
 * `npm start [-- --data DIR] [--port N]`: set-up, build and catalog where they are missing or old,
 * then the demo shop; prints its address and runs until it is interrupted.
 */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, run } from './run.mjs';
import { setUp } from './setup.mjs';

/** 0 asks the system for any free port. */
const DEFAULT_PORT = 4173;

/**
 * @param {string} text - Of `--port`.
 * @returns {number} A port.
 * @throws {Error} When it is none.
 */
function portOf(text) {
  const port = Number(text);
  if (/^\d{1,5}$/u.test(text) && port <= 65_535) return port;
  throw new Error(`--port ${text}: expected a whole number from 0 to 65535.`);
}

/**
 * Runs one of our scripts.
 *
 * @param {string} script - Path from the root.
 * @param {string} failure - What to say when it fails.
 * @param {readonly string[]} [args] - Its arguments.
 * @returns {Promise<void>} Settles when it succeeded.
 */
async function step(script, failure, args = []) {
  if ((await run(process.execPath, [script, ...args])) !== 0) throw new Error(failure);
}

/** @returns {boolean} Whether the demo's own catalog stands on the disk. */
function hasCatalog() {
  const folder = `${ROOT}demo/generated`;
  return existsSync(folder) && readdirSync(folder).length > 0;
}

/**
 * Starts on the wanted port, or on any free one when the default is taken.
 *
 * @param {string | undefined} data - Folder with another catalog.
 * @param {string | undefined} port - As given by the user.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} The running shop.
 */
async function openShop(data, port) {
  const { startDemoServer } = await import('./demo-server.mjs');
  const options = data === undefined ? {} : { data: resolve(data) };
  if (port !== undefined) return startDemoServer({ ...options, port: portOf(port) });
  try {
    return await startDemoServer({ ...options, port: DEFAULT_PORT });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
    return startDemoServer({ ...options, port: 0 });
  }
}

async function main() {
  const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string' } } });
  if (values.port !== undefined) portOf(values.port);
  if (values.data !== undefined && !existsSync(values.data)) {
    throw new Error(`--data ${values.data}: there is no such folder.`);
  }
  await setUp({ browser: false });
  const flags = ['--if-stale', '--js-only'];
  await step('scripts/build.mjs', 'The build failed; its reason stands above.', flags);
  if (values.data === undefined && !hasCatalog()) {
    console.log('Drawing the demo catalog …');
    await step('scripts/demo-catalog/main.mjs', 'The demo catalog could not be made.');
  }
  const shop = await openShop(values.data, values.port);
  console.log(`The demo shop is open at ${shop.url} (Ctrl+C closes it)`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void shop.close().then(() => process.exit(0)));
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
