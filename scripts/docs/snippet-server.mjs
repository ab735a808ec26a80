/**
 * The shop on which snippets of the docs run: the built files under `/vitrine/`, a small candidate
 * server, a pack, an index, and a picture for every picture. What no snippet should ask for is a 404,
 * which the check takes for a fault.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { generateCatalog } from '../demo-catalog/generate.mjs';
import { newestChange } from '../files.mjs';
import { ROOT } from '../run.mjs';

/** @typedef {{ status: number, type: string, body: string | Buffer }} Answer */

const SHOP = `${ROOT}temp/docs/shop`;
const INDEX = `${ROOT}temp/docs/index`;
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** @type {ReadonlyMap<string, string>} */
const TYPES = new Map([
  ['.html', HTML],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.json', JSON_TYPE],
  ['.wasm', 'application/wasm'],
]);

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';

/** What browsers and snippets ask for and nobody has to have. */
const EMPTY = new Set(['/vitrine-reports', '/favicon.ico']);

/** Where a path leads, by its beginning. @type {readonly (readonly [string, string])[]} */
const FOLDERS = [
  ['/vitrine/', 'dist/'],
  ['/packs/2026-11/', 'packs/default/'],
  ['/index/', 'temp/docs/index/'],
  ['/check/', 'scripts/docs/'],
];

/** Items that the docs speak of, before those of the demo shop. */
const NAMED = [
  ['lamp-1', 'Brass table lamp'],
  ['lamp-2', 'Brass floor lamp'],
  ['lamp-7', 'Brass wall lamp'],
  ['lamp-9', 'Copper desk lamp'],
].map(([id = '', title], place) => ({
  id,
  title,
  description: 'A warm, dimmable light made of brushed brass with a linen shade.',
  categoryPath: ['Home', 'Lighting', 'Lamps'],
  brand: 'Norda',
  price: 49 + place,
  currency: 'EUR',
  tags: ['lamp', 'brass'],
  image: `/images/${id}.svg`,
  url: `/p/${id}`,
  generated: {
    modelId: '4a2937185d01f6f3',
    scores: { comfort: 0.31, durability: 0.72 },
    latent: [],
    evidence: [{ score: 'durability', word: 'brass', move: 0.21 }],
    guessing: false,
  },
}));
const RUG = { id: 'rug-3', title: 'Wool rug', categoryPath: ['Home', 'Rugs'], price: 180 };

/** @returns {readonly Record<string, unknown>[]} The shop's candidates. */
function candidates() {
  return [...NAMED, RUG, ...generateCatalog().items];
}

/**
 * Makes an index of the candidates by the command line, unless one is there that is newer than it.
 *
 * @param {string} lines - The candidates as NDJSON.
 */
function makeIndex(lines) {
  if (newestChange([INDEX]) > newestChange([`${ROOT}dist/vitrine.cli.js`])) return;
  mkdirSync(SHOP, { recursive: true });
  writeFileSync(`${SHOP}/catalog.ndjson`, lines);
  const args = [`${ROOT}dist/vitrine.cli.js`, 'index', '--data', SHOP, '--out', INDEX];
  execFileSync(process.execPath, args, { stdio: 'pipe' });
}

/**
 * @param {string} path - Of a request.
 * @returns {Answer | undefined} A file of one of the folders.
 */
function fileAnswer(path) {
  const [from, to] = FOLDERS.find(([begin]) => path.startsWith(begin)) ?? [];
  if (from === undefined || path.includes('..')) return undefined;
  const file = `${ROOT}${to}${path.slice(from.length)}`;
  if (!existsSync(file)) return undefined;
  const type = TYPES.get(extname(file)) ?? 'application/octet-stream';
  return { status: 200, type, body: readFileSync(file) };
}

/**
 * @param {ReadonlyMap<string, string>} texts - Pages and scripts, by path.
 * @returns {(path: string) => Answer} What the shop answers.
 */
function shopOf(texts) {
  const items = candidates();
  const lines = `${items.map((item) => JSON.stringify(item)).join('\n')}\n`;
  makeIndex(lines);
  const whole = JSON.stringify(items);
  return (path) => {
    const text = texts.get(path);
    if (text !== undefined) {
      return { status: 200, type: TYPES.get(extname(path)) ?? HTML, body: text };
    }
    const file = fileAnswer(path);
    if (file !== undefined) return file;
    if (EMPTY.has(path)) return { status: 204, type: HTML, body: '' };
    if (path.endsWith('.ndjson')) return { status: 200, type: 'application/x-ndjson', body: lines };
    if (path.endsWith('candidates.json')) return { status: 200, type: JSON_TYPE, body: whole };
    if (path.startsWith('/images/')) return { status: 200, type: 'image/svg+xml', body: PICTURE };
    return { status: 404, type: HTML, body: 'Not here' };
  };
}

/**
 * @param {ReadonlyMap<string, string>} texts - Pages and scripts to serve besides, by path.
 * @returns {Promise<{ url: string, close: () => void }>} Its address without a slash at its end.
 */
export async function startSnippetServer(texts) {
  const answer = shopOf(texts);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const { body, status, type } = answer(decodeURIComponent(pathname));
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
