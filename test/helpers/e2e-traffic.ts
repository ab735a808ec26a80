/** What a server hears of its visitors: a proxy before it that writes down every request. */
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that listens. */
export interface Listener {
  /** Address to visit instead of the server's, without a slash at its end. */
  readonly url: string;
  /** Says which page the visitor is on from now on. */
  readonly turnTo: (page: string) => void;
  /** Method, path and body of each request, by page, in order of arrival. */
  readonly heard: ReadonlyMap<string, readonly string[]>;
  /** Closes the proxy. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a proxy on a free port.
 *
 * @param target - Address of the server.
 * @returns The proxy.
 */
export async function listenBefore(target: string): Promise<Listener> {
  const heard = new Map<string, string[]>();
  let list: string[] = [];
  const server = createServer((asked, answer) => {
    const { method = '', url = '', headers } = asked;
    const page = list;
    const place = page.push(`${method} ${url}`) - 1;
    const chunks: Buffer[] = [];
    const onward = send(new URL(url, target), { method, headers }, (found) => {
      // What a browser may keep for a minute is asked for each time: how fast a test is must not count.
      const isBrief = found.headers['cache-control']?.includes('stale-while-revalidate');
      const kept = isBrief ? { ...found.headers, 'cache-control': 'no-store' } : found.headers;
      answer.writeHead(found.statusCode ?? 502, kept);
      found.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      page[place] = `${method} ${url} ${Buffer.concat(chunks).toString()}`.trim();
    });
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    turnTo(page) {
      list = [];
      heard.set(page, list);
    },
    heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
