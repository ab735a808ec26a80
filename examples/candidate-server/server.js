/**
 * Candidates by URL: `/candidates.json`, `?q=warm lamp`, `?category=Kitchen`. The same address has
 * the same answer for everybody, so a CDN may keep it; who asks is neither known nor needed.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { find } from './find.js';

/** As many as a page can rank at once without a thought. */
const LIMIT = 500;
/** A minute old is new; an old answer may stand for ten while a new one is fetched. */
const CACHE = 'public, max-age=60, stale-while-revalidate=600';

const text = (params, name) => params.get(name)?.trim().slice(0, 100) || null;

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname !== '/candidates.json') return response.writeHead(404).end();
  if (!['GET', 'HEAD'].includes(request.method)) return response.writeHead(405).end();
  const items = await find({
    query: text(searchParams, 'q'),
    category: text(searchParams, 'category'),
    limit: LIMIT,
  });
  const body = JSON.stringify(items);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { 'cache-control': CACHE, etag, 'access-control-allow-origin': '*' };
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, 'content-type': 'application/json; charset=utf-8' });
  return response.end(request.method === 'HEAD' ? undefined : body);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error.message);
    // Vitrine keeps the list that the page has.
    if (!response.headersSent) response.writeHead(503, { 'cache-control': 'no-store' });
    response.end();
  });
});
server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`http://localhost:${server.address().port}/candidates.json`);
});
