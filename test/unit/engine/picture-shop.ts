/** Ports of a picture reader over a made-up server. */
import { FeedTurns } from '../../../src/engine/feed-turns.ts';
import { PictureReader, type PicturePorts } from '../../../src/engine/picture-reader.ts';
import type { PictureStore } from '../../../src/engine/picture-cache.ts';
import type { Item } from '../../../src/core/types.ts';

/** Page that the items are on. */
const PAGE_URL = 'https://shop.example/list/page.html';

/** What the server answers; a missing path is not found. */
export type Pages = Readonly<Record<string, () => Response | Promise<Response>>>;

/** A picture whose body names its colour. */
export function picture(colour: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(colour, { headers: { 'content-type': 'image/png', ...headers } });
}

const COLOURS: ReadonlyMap<string, readonly number[]> = new Map([
  ['red', [200, 30, 30, 255]],
  ['blue', [30, 50, 200, 255]],
  ['nothing', [0, 0, 0, 0]],
]);

/** A store in memory. */
export function memoryStore(): PictureStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    match: async (url) => {
      const text = texts.get(url as string);
      return text === undefined ? undefined : new Response(text);
    },
    put: async (url, response) => void texts.set(url as string, await response.text()),
  };
}

/** A reader with everything that a test may look at or change. */
export interface PictureShop {
  readonly reader: PictureReader;
  /** The reader waits for feeds made here. */
  readonly turns: FeedTurns;
  /** Addresses in the order of their requests. */
  readonly requests: string[];
  /** Addresses of which a picture was decoded. */
  readonly decoded: string[];
  /** Most requests at one time. */
  readonly busiest: () => number;
  /** Ends all waits for a deadline. */
  readonly passTime: () => void;
}

/**
 * Opens a reader.
 *
 * @param pages - What the server answers, by path.
 * @param changes - Other ports and the most requests.
 * @returns The reader and its notes.
 */
export function openShop(
  pages: Pages,
  changes: Partial<PicturePorts> & { readonly most?: number } = {},
): PictureShop {
  const requests: string[] = [];
  const decoded: string[] = [];
  const waits: (() => void)[] = [];
  const turns = new FeedTurns();
  let open = 0;
  let busiest = 0;
  const { most, ...ports } = changes;
  const reader = new PictureReader(
    {
      fetch: async (url) => {
        requests.push(url);
        busiest = Math.max(busiest, ++open);
        try {
          await new Promise((resolve) => setTimeout(resolve));
          const page = pages[new URL(url).pathname];
          return page ? await page() : new Response('', { status: 404 });
        } finally {
          open--;
        }
      },
      decode: async (blob) => {
        const text = await blob.text();
        decoded.push(text);
        const pixel = COLOURS.get(text);
        if (!pixel) throw new Error('damaged');
        return { data: pixel, width: 1, height: 1 };
      },
      openStore: async () => null,
      free: turns.free,
      whenIdle: (job) => void setTimeout(job),
      pause: () => new Promise((resolve) => waits.push(resolve)),
      now: () => 1_000,
      isSaving: () => false,
      ...ports,
    },
    { pageUrl: PAGE_URL, ...(most === undefined ? {} : { most }) },
  );
  const passTime = (): void => waits.splice(0).forEach((pass) => pass());
  return { reader, turns, requests, decoded, busiest: () => busiest, passTime };
}

/** Items `0`, `1` … with the pictures of these paths. */
export function itemsWith(...images: readonly string[]): Item[] {
  return images.map((image, i) => ({ id: String(i), image }));
}
