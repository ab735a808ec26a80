/** Reads pictures as the feed's worker does: with the browser's own fetch, decoder and cache. */
import { browserPicturePorts } from '../../../src/engine/picture-ports.ts';
import { PictureReader } from '../../../src/engine/picture-reader.ts';
import type { Item } from '../../../src/core/types.ts';

/** What the test asks for. */
export interface PictureOrder {
  readonly items: readonly Item[];
  readonly pageUrl: string;
  readonly cacheName: string;
}

addEventListener('message', ({ data }: MessageEvent<PictureOrder>) => {
  const { cacheName, items, pageUrl } = data;
  const ports = browserPicturePorts(
    () => caches.open(cacheName),
    async () => undefined,
  );
  // What it rejects with reaches the test as the worker's error.
  new PictureReader(ports, { pageUrl }).read(items).then(postMessage, reportError);
});
