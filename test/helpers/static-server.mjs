/**
 * A plain static file server for the end-to-end tests: what any web host does, nothing more.
 * Rules make it slow or broken on purpose. Alone: `node test/helpers/static-server.mjs [PORT]`.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @type {ReadonlyMap<string, string>} */
const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.ndjson', 'application/x-ndjson; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.wasm', 'application/wasm'],
]);

/**
 * What happens to requests whose path ends with `path`. The first rule that fits counts.
 *
 * @typedef {object} Rule
 * @property {string} path - End of the path, such as `vitrine.worker.js`; '' fits all.
 * @property {number} [status] - Answered instead of the file, without a body.
 * @property {number} [delayMs] - Waited before the answer.
 * @property {Readonly<Record<string, string>>} [headers] - Added to the answer.
 */

/**
 * A running server.
 *
 * @typedef {object} StaticServer
 * @property {string} url - `http://127.0.0.1:PORT`, no slash at its end.
 * @property {{ method: string, path: string }[]} requests - All that came, oldest first; the path with its query.
 * @property {Rule[]} rules - Read at each request: push to it to break something.
 * @property {() => Promise<void>} close - Stops it and cuts open connections.
 */

/**
 * Serves a folder on a free port of this machine.
 *
 * @param {{ root?: string, port?: number, rules?: Rule[] }} [options] - `root` defaults to the repository, `port` to a free one.
 * @returns {Promise<StaticServer>} When it listens.
 */
export async function startStaticServer({ root = repository(), port = 0, rules = [] } = {}) {
  /** @type {StaticServer['requests']} */
  const requests = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ method: request.method ?? '', path });
    answer(root, rules, path, response).catch((error) => response.destroy(error));
  });
  await new Promise((listening, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => listening(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  /** @returns {Promise<void>} When the last connection is gone. */
  const close = () =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}`, requests, rules, close };
}

function repository() {
  return fileURLToPath(new URL('../../', import.meta.url));
}

/**
 * @param {string} root - Folder.
 * @param {readonly Rule[]} rules - See {@link Rule}.
 * @param {string} url - Path and query of the request.
 * @param {import('node:http').ServerResponse} response - Answered here.
 */
async function answer(root, rules, url, response) {
  const file = fileFor(root, url);
  const rule = rules.find(({ path }) => (file ?? url).endsWith(path));
  if (rule?.delayMs !== undefined) await wait(rule.delayMs);
  const headers = { 'cache-control': 'no-store', ...rule?.headers };
  if (rule?.status !== undefined) {
    response.writeHead(rule.status, headers).end();
    return;
  }
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || found?.isFile() !== true) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  const type = TYPES.get(extname(file)) ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-length': found.size, ...headers });
  createReadStream(file).pipe(response);
}

/**
 * The file that a request means.
 *
 * @param {string} root - Folder that must not be left.
 * @param {string} url - Path and query of the request.
 * @returns {string | undefined} Absolute path; `undefined` for what is outside, hidden or no path.
 */
function fileFor(root, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    // A broken escape or address: no file has that name.
    return undefined;
  }
  if (path.includes('\0') || path.split(/[/\\]/u).some((part) => part.startsWith('.'))) {
    return undefined;
  }
  const base = resolve(root);
  const file = resolve(join(base, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(base + sep) ? file : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startStaticServer({ port: Number(process.argv[2] ?? 0) });
  process.stdout.write(`${url}\n`);
}
