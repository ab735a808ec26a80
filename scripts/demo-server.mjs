/**
 * The demo shop's server: plain Node, no dependency, the same pages for every visitor.
 *
 *     node scripts/demo-server.mjs [--data DIR] [--port NUMBER]
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { send } from './demo-server/respond.mjs';
import { route } from './demo-server/routes.mjs';
import { openShop } from './demo-server/shop.mjs';

const DEFAULT_PORT = 4173;
const HOST = '127.0.0.1';

/**
 * Starts the shop on this machine.
 *
 * @param {object} [options] - What to serve, and where.
 * @param {string} [options.data] - Folder with catalog.ndjson[.gz] in the interchange format;
 *   default: the demo's own catalog, generated when it is missing.
 * @param {number} [options.port] - Default 0: any free port.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} Its address without a trailing
 *   slash, and the function that stops it.
 * @throws {Error} When the catalog cannot be read (file and line) or the port is taken.
 * @example const shop = await startDemoServer(); await fetch(shop.url); await shop.close();
 */
export async function startDemoServer({ data, port = 0 } = {}) {
  const shop = openShop(data);
  const server = createServer((request, response) => {
    answer(shop, request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://${HOST}:${address.port}`, close: () => closeServer(server) };
}

/**
 * @param {import('./demo-server/shop.mjs').Shop} shop - The shop.
 * @param {import('node:http').IncomingMessage} request - A request.
 * @param {import('node:http').ServerResponse} response - Its response.
 */
async function answer(shop, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const address = `http://shop${request.url ?? '/'}`;
  if (URL.canParse(address)) send(request, response, await route(shop, new URL(address)));
  else response.writeHead(400).end();
}

/**
 * @param {import('node:http').Server} server - A running server.
 * @returns {Promise<void>} Settles when it is closed.
 */
async function closeServer(server) {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(() => resolve(undefined));
  });
}

/** Runs the server as a script until it is interrupted. */
async function main() {
  const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string' } } });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port: got ${values.port}, expected a number from 0 to 65535`);
  }
  const shop = await startDemoServer(
    values.data === undefined ? { port } : { data: values.data, port },
  );
  process.stdout.write(`The demo shop is open at ${shop.url}\n`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void shop.close().then(() => process.exit(0)));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((/** @type {Error} */ error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
