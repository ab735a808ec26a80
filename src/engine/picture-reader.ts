/**
 * The part of the worker that reads pictures of candidates, for shops that ask for it: in idle
 * slices, two at a time, never while a feed is being made.
 *
 * Which pictures are fetched follows from the candidates alone, in the server's order: the requests
 * tell nothing of the visitor.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { pictureSize } from '../image/picture-size.ts';
import { describePicture } from '../image/picture-vector.ts';
import type { Pixels } from '../image/shrink.ts';
import { PictureCache, type PictureStore } from './picture-cache.ts';

/** What the reader is handed. */
export interface PicturePorts {
  /** Fetches without cookies; rejects on network errors, where CORS forbids it, and when aborted. */
  readonly fetch: (url: string, signal: AbortSignal) => Promise<Response>;
  /** Decodes to at most `side` pixels on the longer side; rejects or gives null when it cannot. */
  readonly decode: (blob: Blob, side: number) => Promise<Pixels | null>;
  /** Opens the store; null where there is none or the visitor has not consented. */
  readonly openStore: () => Promise<PictureStore | null>;
  /** Resolves once no feed is under way. */
  readonly free: () => Promise<void>;
  /** Calls back when the thread has nothing to do. */
  readonly whenIdle: (job: () => void) => void;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether the visitor asked the browser to save data: then nothing is fetched. */
  readonly isSaving: () => boolean;
}

/** Limits of a reader. */
export interface PictureOptions {
  /** Absolute URL of the page. */
  readonly pageUrl: string;
  /** Most pictures fetched by one page, default 200. */
  readonly most?: number;
}

/** Most bytes of a picture. */
const MAX_BYTES = 2_000_000;
/** Most pixels of a picture: 96 MB of memory while it is decoded. */
const MAX_PIXELS = 24e6;
/** A picture that takes longer is given up. */
const DEADLINE_MS = 10_000;
/** Pictures at a time. */
const LANES = 2;
/** The vector hardly changes with more pixels. */
const SIDE = 128;
/** Visitors leave: what was read is written after so many pictures, not only at the end. */
const SAVE_EVERY = 16;
/** After so many failures in a row, a server without CORS is left alone for the rest of the page. */
const PATIENCE = 5;

/** Of a format whose head we do not read, the browser says. */
const UNKNOWN = { width: 0, height: 0 };

/** What came of a fetch: a picture, nothing for good, or nothing this time. */
type Fetched = Blob | 'refused' | 'failed';

async function readBody(response: Response): Promise<Blob | null> {
  const reader = response.body?.getReader();
  if (!reader) return null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > MAX_BYTES) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}

/** Workers decode no SVG, and what is no picture need not be tried. */
function isDecodable(response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  const bytes = Number(response.headers.get('content-length') ?? 0);
  return type.startsWith('image/') && !type.startsWith('image/svg') && !(bytes > MAX_BYTES);
}

/** Reads pictures and remembers what they look like. */
export class PictureReader {
  readonly #cache: PictureCache;
  readonly #ports: PicturePorts;
  readonly #pageUrl: string;
  /** Failures since the last success, by origin. */
  readonly #failures = new Map<string, number>();
  /** Addresses that failed on this page. */
  readonly #failed = new Set<string>();
  #left: number;
  /** Number of the newest call of `read`; an older one gives way. */
  #calls = 0;

  /**
   * @param ports - See {@link PicturePorts}.
   * @param options - See {@link PictureOptions}.
   */
  constructor(ports: PicturePorts, options: PictureOptions) {
    this.#ports = ports;
    this.#pageUrl = options.pageUrl;
    this.#left = options.most ?? 200;
    this.#cache = new PictureCache(ports.openStore);
  }

  /**
   * Reads the pictures of candidates that have no `imageVector`; a later call or {@link clear} ends
   * an earlier one after the picture it is at. Never rejects: a picture that cannot be had is left
   * out, and not tried again on this page.
   *
   * @param items - Candidates in the server's order.
   * @returns Vectors by item id, of this call and of earlier ones.
   */
  async read(items: readonly Item[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const call = ++this.#calls;
    await this.#cache.load(this.#ports.now());
    const waiting = this.#unread(items);
    const lanes = Array.from({ length: LANES }, () => this.#work(waiting, call));
    await Promise.all(lanes);
    await this.#save(call);
    const found = new Map<string, readonly number[]>();
    for (const item of items) {
      const vector = this.#vectorOf(item);
      if (vector) found.set(item.id, vector);
    }
    return found;
  }

  /**
   * Adds what is known to items without an `imageVector`. Cost: a look-up each.
   *
   * @param items - Candidates.
   * @returns The items in the same order; those that gain nothing are the same objects.
   */
  addTo(items: readonly Item[]): Item[] {
    return items.map((item) => {
      const imageVector = item.imageVector === undefined ? this.#vectorOf(item) : undefined;
      return imageVector ? { ...item, imageVector } : item;
    });
  }

  /** Ends what is under way, after the picture it is at, and forgets what was read. */
  clear(): void {
    this.#calls++;
    this.#cache.clear();
  }

  #urlOf({ image }: Item): URL | undefined {
    if (image === undefined) return undefined;
    try {
      const url = new URL(image, this.#pageUrl);
      return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
    } catch {
      return undefined; // no address: the same as no picture
    }
  }

  #vectorOf(item: Item): readonly number[] | undefined {
    const url = this.#urlOf(item);
    return (url && this.#cache.get(url.href)) ?? undefined;
  }

  #unread(items: readonly Item[]): URL[] {
    const unread = new Map<string, URL>();
    for (const item of items) {
      const url = item.imageVector === undefined ? this.#urlOf(item) : undefined;
      if (!url || this.#failed.has(url.href) || this.#cache.get(url.href) !== undefined) continue;
      unread.set(url.href, url);
    }
    return [...unread.values()];
  }

  async #work(waiting: URL[], call: number): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => this.#ports.whenIdle(resolve));
      await this.#ports.free();
      const isOver = call !== this.#calls || this.#ports.isSaving();
      const url = isOver ? undefined : this.#next(waiting);
      if (url === undefined) return;
      await this.#readOne(url);
      if (this.#left % SAVE_EVERY === 0) await this.#save(call);
    }
  }

  /** After an erasure, what is still under way leaves nothing behind. */
  async #save(call: number): Promise<void> {
    if (call === this.#calls) await this.#cache.save();
  }

  /** The next address whose server has not been failing, as long as the page has requests left. */
  #next(waiting: URL[]): URL | undefined {
    if (this.#left <= 0) return undefined;
    let url = waiting.shift();
    while (url && (this.#failures.get(url.origin) ?? 0) >= PATIENCE) url = waiting.shift();
    if (url) this.#left--;
    return url;
  }

  async #readOne({ href, origin }: URL): Promise<void> {
    const fetched = await this.#fetch(href);
    if (fetched === 'failed') {
      this.#failed.add(href);
      this.#failures.set(origin, (this.#failures.get(origin) ?? 0) + 1);
      return;
    }
    this.#failures.delete(origin);
    const vector = fetched === 'refused' ? null : await this.#describe(fetched);
    this.#cache.set(href, vector, this.#ports.now());
  }

  async #fetch(url: string): Promise<Fetched> {
    const abort = new AbortController();
    const late = this.#ports.pause(DEADLINE_MS).then((): Fetched => {
      abort.abort();
      return 'failed';
    });
    const arriving = async (): Promise<Fetched> => {
      const response = await this.#ports.fetch(url, abort.signal);
      // A server in trouble may be well tomorrow; what is missing or too large stays so.
      if (response.status >= 500) return 'failed';
      if (!response.ok || !isDecodable(response)) {
        abort.abort();
        return 'refused';
      }
      return (await readBody(response)) ?? 'refused';
    };
    return Promise.race([arriving().catch((): Fetched => 'failed'), late]);
  }

  async #describe(blob: Blob): Promise<readonly number[] | null> {
    try {
      const { width, height } = pictureSize(new Uint8Array(await blob.arrayBuffer())) ?? UNKNOWN;
      if (width * height > MAX_PIXELS) return null;
      await this.#ports.free();
      const pixels = await this.#ports.decode(blob, SIDE);
      await this.#ports.free();
      return pixels && describePicture(pixels);
    } catch {
      return null; // damaged, or of a format that this browser does not know
    }
  }
}
