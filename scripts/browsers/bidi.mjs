/** WebDriver BiDi, as far as it is used: commands with answers, and events. */

/** @typedef {{ id?: number, type?: string, method?: string, result?: any, params?: any, error?: string, message?: string }} Message */

/**
 * A connection.
 *
 * @typedef {object} Bidi
 * @property {(method: string, params: object) => Promise<any>} call - Rejects with the browser's error.
 * @property {() => void} close
 */

/**
 * Connects to a browser.
 *
 * @param {string} address - WebSocket.
 * @param {(method: string, params: any) => void} heard - Called with each event.
 * @returns {Promise<Bidi>} When it is open.
 */
export async function connectBidi(address, heard) {
  if (typeof WebSocket === 'undefined') {
    throw new Error('No WebSocket: run by `node --experimental-websocket` (20.10 or newer).');
  }
  const socket = new WebSocket(address);
  const waiting = /** @type {Map<number, (answer: Message) => void>} */ (new Map());
  socket.addEventListener('message', ({ data }) => {
    const message = /** @type {Message} */ (JSON.parse(String(data)));
    if (message.id === undefined) heard(message.method ?? '', message.params);
    else waiting.get(message.id)?.(message);
  });
  const closed = { type: 'error', error: 'closed', message: 'The browser is gone.' };
  socket.addEventListener('close', () => {
    for (const answer of waiting.values()) answer(closed);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`No connection to ${address}.`)));
  });
  let last = 0;
  return {
    call: (method, params) => {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ error, message, result, type }) => {
          waiting.delete(id);
          if (type === 'error') reject(new Error(`${method}: ${error}: ${message}`));
          else resolve(result);
        });
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    close: () => socket.close(),
  };
}
