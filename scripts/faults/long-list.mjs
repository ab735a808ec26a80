/** Lists of a million items: too long for a worker's memory, and for the page to look at. */
import { createServer } from 'node:http';

/** @typedef {import('node:http').ServerResponse} ServerResponse */

/** Items of one piece. */
const AT_ONCE = 2_000;

/** @param {number} index @returns {string} A record of some 126 bytes. */
function recordOf(index) {
  return JSON.stringify({ id: `i${index}`, title: `Thing ${index}`, price: 5 }).padEnd(125);
}

/**
 * @param {ServerResponse} response
 * @param {number} count
 * @returns {Promise<number>} Bytes that were taken, once the list or the connection has ended.
 */
async function sendList(response, count) {
  let sent = 0;
  response.setMaxListeners(0);
  for (let index = 0; index < count && !response.destroyed; index += AT_ONCE) {
    const records = Array.from({ length: AT_ONCE }, (_, i) => recordOf(index + i)).join(',');
    const piece = `${index === 0 ? '[' : ','}${records}${index + AT_ONCE < count ? '' : ']'}`;
    sent += piece.length;
    if (response.write(piece)) continue;
    await new Promise((resolve) => {
      response.once('drain', resolve);
      response.once('close', resolve);
    });
  }
  response.end();
  return sent;
}

/**
 * Serves a list that is made while it is sent.
 *
 * @param {number} count - Of items.
 * @returns {Promise<{ url: string, sent: () => number, close: () => void }>} `sent`: bytes, once the
 *   answer has ended.
 */
export async function serveList(count) {
  let sent = 0;
  const server = createServer((_, response) => {
    const type = 'application/json';
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': type });
    void sendList(response, count).then((bytes) => (sent = bytes));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/list.json`,
    sent: () => sent,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
