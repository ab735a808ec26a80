/**
 * Answers with validators and compression. An answer depends on its address only, so that any cache
 * may keep it for everybody; there are no cookies.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * @typedef {object} Answer
 * @property {number} [status] - Default 200.
 * @property {string} type - Content type.
 * @property {string | Buffer} body - Content.
 * @property {string} [cache] - Cache-Control; default one minute, then stale while it is renewed.
 */

const PAGE_CACHE = 'public, max-age=60, stale-while-revalidate=600';
const SMALLEST_TO_COMPRESS = 1024;
const COMPRESSED_KEPT = 64;

/**
 * The strictest policy that the library needs: own files, and WASM for that one tier. `data:` is for
 * the pictures that a page draws itself.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Pictures are drawings: they may style themselves and load nothing. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** @type {Map<string, string>} */
const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.bin', 'application/octet-stream'],
]);

/** @type {Map<string, Buffer>} */
const compressed = new Map();

/**
 * Sends an answer, or 304 when the visitor's cache already has it.
 *
 * @param {Request} request - GET or HEAD.
 * @param {Response} response - Where to.
 * @param {Answer} answer - What.
 */
export function send(request, response, { status = 200, type, body, cache = PAGE_CACHE }) {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const encoding = pickEncoding(request, type, bytes.length);
  const etag = `"${hash}${encoding === '' ? '' : `-${encoding}`}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', cache);
  response.setHeader('Vary', 'Accept-Encoding');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Content-Security-Policy', type === 'image/svg+xml' ? PICTURE_POLICY : POLICY);
  if (status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const content = compress(bytes, encoding, hash);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', content.length);
  if (encoding !== '') response.setHeader('Content-Encoding', encoding);
  response.writeHead(status);
  response.end(request.method === 'HEAD' ? undefined : content);
}

/**
 * Reads a file below a folder.
 *
 * @param {string} folder - Absolute folder.
 * @param {string} path - Path from the address, decoded.
 * @param {readonly string[]} extensions - Which kinds may be read.
 * @param {string} [cache] - Cache-Control; default: ask each time whether it changed.
 * @returns {Promise<Answer | null>} Null when there is no such file, or it lies elsewhere.
 */
export async function readStatic(folder, path, extensions, cache = 'public, no-cache') {
  const full = normalize(join(folder, path));
  const type = TYPES.get(extname(full));
  if (!full.startsWith(folder + sep) || type === undefined) return null;
  if (path.includes('\0') || !extensions.includes(extname(full))) return null;
  try {
    return { type, body: await readFile(full), cache };
  } catch {
    // Missing, or a folder: to a visitor both are a page that is not there.
    return null;
  }
}

/**
 * @param {Request} request - The request.
 * @param {string} type - Content type.
 * @param {number} length - Bytes.
 * @returns {'br' | 'gzip' | ''} How to compress.
 */
function pickEncoding(request, type, length) {
  if (length < SMALLEST_TO_COMPRESS || type === 'application/wasm') return '';
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : '';
}

/**
 * @param {Buffer} bytes - Content.
 * @param {'br' | 'gzip' | ''} encoding - How.
 * @param {string} hash - Of the content.
 * @returns {Buffer} Compressed content; the latest ones are kept.
 */
function compress(bytes, encoding, hash) {
  if (encoding === '') return bytes;
  const key = `${encoding}:${hash}`;
  const known = compressed.get(key);
  if (known !== undefined) return known;
  const made =
    encoding === 'gzip'
      ? gzipSync(bytes)
      : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  const oldest = compressed.keys().next();
  if (compressed.size >= COMPRESSED_KEPT && !oldest.done) compressed.delete(oldest.value);
  compressed.set(key, made);
  return made;
}
