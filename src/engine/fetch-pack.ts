/**
 * The part of the worker that only shops with a pack load: fetching, decoding, ranking.
 *
 * @packageDocumentation
 */
import { fetchWhole, loadPack, type PackCache } from '../pack/load-pack.ts';
import { decodeSlice } from '../pack/slice-codec.ts';
import type { OpenPack } from './pack-keeper.ts';
import { createPackRanker, createSliceRanker } from './pack-ranker.ts';

/** What {@link openPack} needs. */
export interface OpenPackPorts {
  /** Fetches; rejects on network errors. */
  readonly fetch: (url: string) => Promise<Response>;
  /** Opens the cache; null where there is none or nothing may be kept. */
  readonly openCache: () => Promise<PackCache | null>;
}

/**
 * Opens a pack.
 *
 * @param url - Absolute URL of its folder.
 * @param ports - See {@link OpenPackPorts}.
 * @returns The pack.
 * @throws `PACK_FETCH`, `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY`.
 */
export async function openPack(url: string, ports: OpenPackPorts): Promise<OpenPack> {
  const cache = await ports.openCache().catch(() => null);
  const { manifest, openFile, pack } = await loadPack(url, { fetch: ports.fetch, cache });
  const isTrained = pack !== null && pack.ranker.names.length > 0;
  return {
    packId: String(manifest.packId),
    isKilled: pack === null,
    ranker: isTrained ? createPackRanker(pack) : null,
    openFile,
  };
}

/**
 * Opens a slice; the browser's own cache keeps it.
 *
 * @param url - Absolute URL of the file.
 * @param ports - See {@link OpenPackPorts}.
 * @returns The slice, as a pack.
 * @throws `PACK_FETCH`, `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY`.
 */
export async function openSlice(
  url: string,
  ports: Pick<OpenPackPorts, 'fetch'>,
): Promise<OpenPack> {
  const response = await fetchWhole(url, ports);
  const slice = await decodeSlice(new Uint8Array(await response.arrayBuffer()));
  const ranker = createSliceRanker(slice);
  return { packId: slice.packId, isKilled: false, ranker, openFile: async () => null };
}
