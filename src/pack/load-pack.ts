/**
 * A pack over the network: the manifest first, then its files by content hash, from a cache where
 * the visitor's consent allows one.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { decodePack, type RankerPack } from './pack-codec.ts';
import { isWhole, LAZY_FILES, type PackFile, type PackManifest } from './pack-format.ts';

/** The part of the Cache API that is used; null where there is none or consent is missing. */
export type PackCache = Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>;

/** What loading needs. */
export interface LoadPackPorts {
  /** Fetches; rejects on network errors. */
  readonly fetch: (url: string) => Promise<Response>;
  /** Keeps what was loaded. */
  readonly cache: PackCache | null;
}

/** A pack and what its manifest says. */
export interface LoadedPack {
  /** As it was sent. */
  readonly manifest: PackManifest;
  /** Decoded; null when the kill switch is on, then nothing else was loaded. */
  readonly pack: RankerPack | null;
  /**
   * Fetches a file that is not loaded with the ranker, such as the attribute model.
   *
   * @param name - As in the manifest.
   * @returns Its verified bytes; null when the manifest names no such file, or is switched off.
   * @throws `PACK_FETCH`, or `PACK_INTEGRITY` when it is not the file that the manifest means.
   */
  readonly openFile: (name: string) => Promise<Uint8Array | null>;
}

/** A pack of more files or bytes is none of ours. */
const MAX_FILES = 64;
const MAX_BYTES = 256e6;

/**
 * Fetches what must be there.
 *
 * @param url - Absolute.
 * @param ports - Network.
 * @returns A response with a status of 2xx.
 * @throws `PACK_FETCH` otherwise.
 */
export async function fetchWhole(
  url: string,
  ports: Pick<LoadPackPorts, 'fetch'>,
): Promise<Response> {
  let response: Response;
  try {
    response = await ports.fetch(url);
  } catch (error) {
    throw new VitrineError('PACK_FETCH', String(error), { cause: error });
  }
  if (!response.ok) throw new VitrineError('PACK_FETCH', `${url}: HTTP ${response.status}`);
  return response;
}

/** Keeps a copy; a full disk only means that it is fetched again. */
async function keep(url: string, response: Response, cache: PackCache | null): Promise<void> {
  await cache?.put(url, response).catch(() => undefined);
}

/** What the address of a file is made of; a half of a surrogate pair has none. */
function isNamed(value: unknown): value is PackFile {
  const { bytes, name, sha256 } = (value ?? {}) as Partial<Record<keyof PackFile, unknown>>;
  const texts = [name, sha256];
  return (
    texts.every((text) => typeof text === 'string' && text.isWellFormed()) &&
    typeof bytes === 'number' &&
    bytes >= 0
  );
}

/** Network first, so that a new pack or a kill switch counts at once; the cache when offline. */
async function readManifest(url: string, ports: LoadPackPorts): Promise<PackManifest> {
  let response: Response;
  try {
    response = await fetchWhole(url, ports);
    await keep(url, response.clone(), ports.cache);
  } catch (error) {
    const kept = await ports.cache?.match(url).catch(() => undefined);
    if (kept === undefined) throw error;
    response = kept;
  }
  let manifest: Partial<PackManifest> | null;
  try {
    manifest = (await response.json()) as Partial<PackManifest> | null;
  } catch (error) {
    throw new VitrineError('PACK_FORMAT', `${url}: expected JSON.`, { cause: error });
  }
  const { files } = manifest ?? {};
  if (!Array.isArray(files) || files.length > MAX_FILES || !files.every(isNamed)) {
    throw new VitrineError('PACK_FORMAT', `${url}: no list of files.`);
  }
  const { packId = '' } = manifest as { readonly packId?: unknown };
  if (typeof packId !== 'string') throw new VitrineError('PACK_FORMAT', `${url}: packId.`);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (!(bytes <= MAX_BYTES)) throw new VitrineError('PACK_FORMAT', `${url}: ${bytes} bytes.`);
  return manifest as PackManifest;
}

/** By hash, so that a cache never mixes two versions of a pack. */
function urlOf(base: string, { name, sha256 }: PackFile): string {
  const url = new URL(encodeURIComponent(name), base);
  url.searchParams.set('v', String(sha256).slice(0, 16));
  return url.href;
}

async function readFile(url: string, ports: LoadPackPorts): Promise<Uint8Array> {
  const kept = await ports.cache?.match(url).catch(() => undefined);
  if (kept !== undefined) return new Uint8Array(await kept.arrayBuffer());
  const response = await fetchWhole(url, ports);
  await keep(url, response.clone(), ports.cache);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new VitrineError('PACK_FETCH', String(error), { cause: error });
  }
}

/** What earlier packs left goes. */
async function forgetOthers(urls: ReadonlySet<string>, cache: PackCache | null): Promise<void> {
  const kept = (await cache?.keys().catch(() => [])) ?? [];
  const old = kept.filter(({ url }) => !urls.has(url));
  for (const request of old) await cache?.delete(request).catch(() => false);
}

/** One file by itself; what the cache has damaged is fetched anew. */
async function openFile(base: string, file: PackFile, ports: LoadPackPorts): Promise<Uint8Array> {
  const url = urlOf(base, file);
  const first = await readFile(url, ports);
  if (await isWhole(first, file)) return first;
  await ports.cache?.delete(url).catch(() => false);
  const again = ports.cache === null ? first : await readFile(url, ports);
  if (await isWhole(again, file)) return again;
  await ports.cache?.delete(url).catch(() => false);
  throw new VitrineError('PACK_INTEGRITY', file.name);
}

/**
 * Loads, verifies and decodes a pack. A damaged copy in the cache is thrown away and fetched anew.
 * Files that the ranker does not read stay where they are until somebody asks for them.
 *
 * @param folder - Absolute URL of the pack's folder, or of its `manifest.json`.
 * @param ports - Network and cache.
 * @returns The pack.
 * @throws `PACK_FETCH`, `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY`.
 */
export async function loadPack(folder: string, ports: LoadPackPorts): Promise<LoadedPack> {
  const asFolder = folder.endsWith('/') || folder.endsWith('.json') ? folder : `${folder}/`;
  const base = new URL('manifest.json', asFolder).href;
  const manifest = await readManifest(base, ports);
  if (manifest.killSwitch) return { manifest, pack: null, openFile: async () => null };
  const entries = manifest.files.map((file) => ({ name: file.name, url: urlOf(base, file) }));
  const eager = entries.filter(({ name }) => !LAZY_FILES.has(name));
  const read = async (from: LoadPackPorts): Promise<RankerPack> => {
    const files = await Promise.all(
      eager.map(async ({ name, url }) => [name, await readFile(url, from)] as const),
    );
    return decodePack({ manifest, files: new Map(files) });
  };
  let pack: RankerPack;
  try {
    pack = await read(ports);
  } catch (error) {
    if (ports.cache === null) throw error;
    await forgetOthers(new Set([base]), ports.cache);
    pack = await read(ports);
  }
  await forgetOthers(new Set([base, ...entries.map(({ url }) => url)]), ports.cache);
  return {
    manifest,
    pack,
    openFile: async (name) => {
      const file = manifest.files.find((each) => each.name === name);
      return file === undefined ? null : openFile(base, file, ports);
    },
  };
}
