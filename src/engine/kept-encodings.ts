/**
 * Encoded candidates, kept from page to page in the Cache API: whoever comes back to a list need not
 * wait until it is learned again.
 *
 * It holds what the shop's own list says, under a hash of the list; nothing about the visitor.
 *
 * @packageDocumentation
 */
import type { EncodedItems, TextCache } from '../catalog/encode-items.ts';
import { ENCODING_FORMAT, readEncoding, readRows } from '../catalog/encoding-file.ts';
import { hexOf, type SectionData } from '../core/binary.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import type { Item } from '../core/types.ts';

/** The part of the Cache API that is used. */
type EncodingCache = Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>;

/** Vectors of a library's segments, by the library's hash. */
export interface KeptSegments {
  /** Of the library. */
  readonly packId: string;
  /** [S, D], masks with block weights. */
  readonly vectors: VectorSet;
}

/** What was kept. */
export interface KeptEncoding {
  /** As if encoded now. */
  readonly encoded: EncodedItems;
  /** The segments that went with it; null: none fit. */
  readonly segments: KeptSegments | null;
}

/** What keeping needs. */
export interface KeptEncodingsPorts {
  /** Opens the cache; null where there is none or nothing may be kept. */
  readonly openCache: () => Promise<EncodingCache | null>;
  /** SHA-256 of bytes; rejects where the browser has none. */
  readonly digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Never asked for over the network. */
const FOLDER = `https://vitrine.invalid/encodings/${ENCODING_FORMAT}/`;

/** Longer lists are not kept: about 1.5 MB. */
const MOST_ITEMS = 600;

/** A feed waits no longer for a disk, in milliseconds; what it keeps takes a few. */
const WAIT_MS = 300;

/** Lists kept; the oldest goes first. */
const MOST_LISTS = 6;

function readSegments(
  sections: ReadonlyMap<string, SectionData>,
  { model }: EncodedItems,
): KeptSegments | null {
  try {
    const { blocks, dims } = model.space;
    const data = sections.get('segments.vectors');
    const rows = (data?.length ?? 0) / dims;
    const presence = readRows(sections.get('segments.presence'), rows * blocks.length);
    const vectors: VectorSet = {
      vectors: { data: readRows(data, rows * dims), rows, dims },
      presence: { data: presence, rows, dims: blocks.length },
    };
    return { packId: new TextDecoder().decode(sections.get('segments.of')), vectors };
  } catch {
    return null;
  }
}

/** Keeps encodings. */
export class KeptEncodings {
  readonly #ports: KeptEncodingsPorts;
  readonly #kept = new WeakSet<EncodedItems>();
  /** A list that is not there is written under the address that it was looked up by. */
  readonly #urls = new WeakMap<readonly Item[], Promise<string>>();
  /** Nothing is kept on this page any more. */
  #isErased = false;
  /** Opened ahead, for the first list. */
  #opening: Promise<EncodingCache | null> | undefined;

  /** @param ports - See {@link KeptEncodingsPorts}. */
  constructor(ports: KeptEncodingsPorts) {
    this.#ports = ports;
  }

  /**
   * Opens the cache beside all else that a first feed waits for, where there may be something in it.
   *
   * @param ports - See {@link KeptEncodingsPorts}; left out, nothing is kept.
   * @param isKnown - Whether the visitor did something before: others leave no cache behind.
   * @returns Undefined without ports.
   */
  static of(ports: KeptEncodingsPorts | undefined, isKnown: boolean): KeptEncodings | undefined {
    if (!ports) return undefined;
    const made = new KeptEncodings(ports);
    if (isKnown) made.#opening = ports.openCache().catch(() => null);
    return made;
  }

  /**
   * Looks a list up.
   *
   * @param items - Valid items.
   * @param texts - Text analyses, for those that are asked for.
   * @returns Null when nothing usable was kept of this very list, and after 0.3 s. Never rejects.
   */
  async recall(items: readonly Item[], texts: TextCache): Promise<KeptEncoding | null> {
    const late = this.#ports.pause(WAIT_MS).then(() => null);
    return Promise.race([this.#read(items, texts), late]);
  }

  async #read(items: readonly Item[], texts: TextCache): Promise<KeptEncoding | null> {
    try {
      const cache = await this.#open(items);
      if (!cache) return null;
      const response = await cache.match(await this.#urlOf(items));
      if (!response) return null;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { encoded, sections } = readEncoding(bytes, items, texts);
      this.#kept.add(encoded);
      return { encoded, segments: readSegments(sections, encoded) };
    } catch {
      return null;
    }
  }

  /**
   * Keeps an encoding where the visitor's consent allows it.
   *
   * @param encoded - Of a whole list.
   * @param segments - Those that say nothing about the visitor; asked for when it is written.
   * @returns Resolves when it is written or given up. Never rejects.
   */
  async keep(encoded: EncodedItems, segments: () => KeptSegments): Promise<void> {
    if (this.#kept.has(encoded)) return;
    this.#kept.add(encoded);
    try {
      // The page has its feed first.
      await this.#ports.pause(0);
      const cache = await this.#open(encoded.items);
      if (cache) await this.#write(cache, encoded, segments());
      // Consent may come later.
      else this.#kept.delete(encoded);
    } catch {
      // A full disk only means that it is encoded again.
    }
  }

  /** Keeps nothing from now on; what is on the disk is the caller's to delete. */
  clear(): void {
    this.#isErased = true;
  }

  async #write(
    cache: EncodingCache,
    encoded: EncodedItems,
    { packId, vectors }: KeptSegments,
  ): Promise<void> {
    const more = new Map<string, SectionData>([
      ['segments.of', new TextEncoder().encode(packId)],
      ['segments.vectors', vectors.vectors.data],
      ['segments.presence', vectors.presence.data],
    ]);
    const { writeEncoding } = await import('./answers.ts');
    await cache.put(await this.#urlOf(encoded.items), new Response(writeEncoding(encoded, more)));
    const keys = await cache.keys();
    const old = keys.filter(({ url }) => !url.startsWith(FOLDER));
    const ours = keys.filter((key) => !old.includes(key));
    // They come in the order in which they were put.
    for (const key of [...old, ...ours.slice(0, -MOST_LISTS)]) await cache.delete(key);
  }

  async #open(items: readonly Item[]): Promise<EncodingCache | null> {
    const opening = this.#opening;
    this.#opening = undefined;
    if (this.#isErased || items.length > MOST_ITEMS) return null;
    return (await opening) ?? this.#ports.openCache();
  }

  #urlOf(items: readonly Item[]): Promise<string> {
    const url = this.#urls.get(items) ?? this.#hash(items);
    this.#urls.set(items, url);
    return url;
  }

  async #hash(items: readonly Item[]): Promise<string> {
    const bytes = new TextEncoder().encode(JSON.stringify(items));
    return FOLDER + hexOf(new Uint8Array(await this.#ports.digest(bytes)));
  }
}
