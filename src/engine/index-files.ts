/**
 * The files of an index over the network, whole and by content hash, from a cache where the visitor's
 * consent allows one.
 *
 * What is fetched, and in which order, depends on the manifest alone: never on what the visitor does.
 *
 * @packageDocumentation
 */
import { filesOf, type IndexFile, type IndexManifest } from '../catalog-index/index-format.ts';
import { toVitrineError, VitrineError } from '../core/errors.ts';
import { isWhole } from '../pack/pack-format.ts';

/** The part of the Cache API that is used. */
export type IndexCache = Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>;

/** Effects. */
export interface IndexFilePorts {
  /** Fetches; rejects on network errors. */
  readonly fetch: (url: string) => Promise<Response>;
  /** Opens the cache; null where there is none or nothing may be kept. */
  readonly openCache: () => Promise<IndexCache | null>;
}

/** Files that are fetched at the same time. */
const AT_ONCE = 4;

/** Files of one index. */
export class IndexFiles {
  readonly #manifest: IndexManifest;
  readonly #base: string;
  readonly #ports: IndexFilePorts;
  readonly #cache: IndexCache | null;
  /** Those that were in the cache, and those that are by now. */
  readonly #kept: ReadonlySet<string>;
  readonly #written = new Set<string>();
  /** Verified, by name; the browser keeps large ones on the disk. */
  readonly #blobs = new Map<string, Blob>();

  private constructor(
    at: { readonly manifest: IndexManifest; readonly base: string },
    ports: IndexFilePorts,
    cache: IndexCache | null,
    kept: ReadonlySet<string>,
  ) {
    this.#manifest = at.manifest;
    this.#base = at.base;
    this.#ports = ports;
    this.#cache = cache;
    this.#kept = kept;
  }

  /**
   * Looks what the cache holds; what earlier indexes left there goes.
   *
   * @param manifest - Checked.
   * @param base - Absolute URL that file names are relative to.
   * @param ports - See {@link IndexFilePorts}.
   * @returns Files, none of them read.
   */
  static async open(
    manifest: IndexManifest,
    base: string,
    ports: IndexFilePorts,
  ): Promise<IndexFiles> {
    const cache = await ports.openCache().catch(() => null);
    const requests = (await cache?.keys().catch(() => [])) ?? [];
    const own = new Set(filesOf(manifest).map((file) => urlOf(base, file)));
    for (const { url } of requests) if (!own.has(url)) await cache?.delete(url).catch(() => false);
    const kept = new Set(requests.map(({ url }) => url));
    return new IndexFiles({ manifest, base }, ports, cache, kept);
  }

  /**
   * Reads a file. A damaged copy in the cache is thrown away and fetched anew.
   *
   * @param file - Of the manifest.
   * @returns Its verified bytes.
   * @throws `INDEX_FETCH`, or `INDEX_INTEGRITY` when it is not the file that the manifest means.
   */
  async read(file: IndexFile): Promise<Uint8Array> {
    const url = urlOf(this.#base, file);
    const kept = this.#kept.has(url) ? await this.#cached(url) : undefined;
    if (kept && (await isWhole(kept, file))) return kept;
    const bytes = await this.#fetch(url);
    if (!(await isWhole(bytes, file))) throw new VitrineError('INDEX_INTEGRITY', file.name);
    await this.#keep(url, bytes);
    return bytes;
  }

  /**
   * Brings all details here, without keeping them in memory.
   *
   * @throws As {@link IndexFiles.read}.
   */
  async fetchDetails(): Promise<void> {
    await this.each(this.#manifest.details, async (file) => {
      if (this.#kept.has(urlOf(this.#base, file))) return;
      const bytes = await this.read(file);
      const isKept = this.#written.has(urlOf(this.#base, file));
      if (!isKept) this.#blobs.set(file.name, new Blob([bytes as BlobPart]));
    });
  }

  /**
   * A file of details that is here; nothing is requested, since which one is wanted would tell.
   *
   * @param file - Of the manifest.
   * @returns Verified.
   * @throws `INDEX_FETCH` when the cache has lost it, `INDEX_INTEGRITY` when it is damaged there.
   */
  async details(file: IndexFile): Promise<Blob> {
    const known = this.#blobs.get(file.name);
    if (known) return known;
    const url = urlOf(this.#base, file);
    const bytes = await this.#cached(url);
    if (!bytes) throw new VitrineError('INDEX_FETCH', `${file.name} is no longer in the cache.`);
    if (!(await isWhole(bytes, file))) {
      await this.#cache?.delete(url).catch(() => false);
      throw new VitrineError('INDEX_INTEGRITY', `${file.name} in the cache.`);
    }
    const blob = new Blob([bytes as BlobPart]);
    this.#blobs.set(file.name, blob);
    return blob;
  }

  /**
   * Does something with several files, four at a time, in their order.
   *
   * @param files - Of the manifest.
   * @param job - With one of them and its place in the list.
   * @throws What a job rejects with first; no further one is begun then.
   */
  async each(
    files: readonly IndexFile[],
    job: (file: IndexFile, place: number) => Promise<void>,
  ): Promise<void> {
    const waiting = files.entries();
    let isOver = false;
    const work = async (): Promise<void> => {
      for (const [place, file] of waiting) {
        if (isOver) return;
        await job(file, place);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      isOver = true;
    }
  }

  /** A full disk only means that it is fetched again by the next page. */
  async #keep(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      await this.#cache?.put(url, new Response(bytes));
      if (this.#cache !== null) this.#written.add(url);
    } catch {
      // Stays in memory.
    }
  }

  async #cached(url: string): Promise<Uint8Array | undefined> {
    const response = await this.#cache?.match(url).catch(() => undefined);
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async #fetch(url: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const response = await this.#ports.fetch(url);
      if (!response.ok) throw new VitrineError('INDEX_FETCH', `${url}: HTTP ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw toVitrineError(error, 'INDEX_FETCH');
    }
  }
}

/** By hash, so that no cache mixes two indexes. */
function urlOf(base: string, { name, sha256 }: IndexFile): string {
  const url = new URL(encodeURIComponent(name), base);
  url.searchParams.set('v', sha256.slice(0, 16));
  return url.href;
}
