/** A list that takes its time: rows are there before its last line is. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Feed } from '../../../src/core/types.ts';
import { openLibrary, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const PIECES = 6;
const PIECE_MS = 250;

test('rows of NDJSON are told of while it arrives', async ({ page, demoItems }) => {
  const lines = demoItems.map((item) => `${JSON.stringify(item)}\n`);
  const size = Math.ceil(lines.length / PIECES);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*' });
    const send = async (): Promise<void> => {
      for (let at = 0; at < lines.length; at += size) {
        response.write(lines.slice(at, at + size).join(''));
        await wait(PIECE_MS);
      }
      response.end();
    };
    void send();
  }).listen(0, '127.0.0.1');
  await openLibrary(page);
  const { port } = server.address() as AddressInfo;
  const told = await page.evaluate(
    async ({ options, url, looks }) => {
      const vitrine = await window.library.createVitrine(options);
      const early: Feed[] = [];
      vitrine.on('feed', (feed) => early.push(feed));
      for (const itemId of looks) {
        await vitrine.track({ type: 'view_item', items: [{ id: itemId }] });
      }
      const feed = await vitrine.rerank(url);
      vitrine.dispose();
      return { early, feed };
    },
    {
      options: { ...REPEATABLE, timeoutMs: 30_000 },
      url: `http://127.0.0.1:${port}/list.ndjson`,
      looks: demoItems.slice(0, 5).map(({ id }) => id),
    },
  );
  server.close();
  expect(told.feed.order).toHaveLength(demoItems.length);
  expect(told.feed.isPartial).toBeUndefined();
  const partial = told.early.filter(({ isPartial }) => isPartial);
  expect(partial.length).toBeGreaterThan(0);
  // Each knows more than the one before; the last of all is the call's own.
  const counts = told.early.map(({ order }) => order.length);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(told.early.at(-1)).toEqual(told.feed);
});
