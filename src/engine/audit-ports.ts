/**
 * What a browser's worker finds when it looks around for everything of ours.
 *
 * @packageDocumentation
 */
import type { AuditedPlace } from '../core/privacy.ts';
import type { Buckets } from '../store/places.ts';
import type { AuditFindings } from './describe-audit.ts';

/** All names of ours begin so, but that of the database, which the shop may choose. */
const PREFIX = 'vitrine-';

/** What caches hold, by the last word of their names. */
const CACHED: ReadonlyMap<string, string> = new Map([
  ['packs', 'the pack, the same for everybody'],
  ['scores', 'what the pack’s model says of candidates'],
  ['pictures', 'what pictures of candidates look like'],
  ['index', 'parts of a large catalog'],
  ['tiers', 'how fast this device computes'],
  ['encodings', 'vectors of the last lists of candidates'],
  ['reports', 'what the shop was told in noise, and when'],
  ['backup', 'nothing but that the copy of the profile is to be emptied'],
  ['bucket', 'nothing but that the storage bucket is to be emptied'],
  ['database', 'nothing but that the database is to be emptied'],
]);

/** A place that is not there, or may not be looked at, holds nothing. */
async function found<T>(look: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await look();
  } catch {
    return [];
  }
}

async function sizeOfCache(name: string): Promise<number> {
  const cache = await caches.open(name);
  let bytes = 0;
  for (const response of await cache.matchAll()) bytes += (await response.blob()).size;
  return bytes;
}

function cachesOf(storage: string): Promise<readonly AuditedPlace[]> {
  return found(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(`${storage}-`));
    return Promise.all(
      names.map(async (name) => ({
        kind: 'cache' as const,
        name,
        bytes: await sizeOfCache(name),
        holds: CACHED.get(/[^-]*$/u.exec(name)?.[0] ?? '') ?? 'answers of the shop’s server',
      })),
    );
  });
}

function databasesOf(storage: string, bytes: number | null): Promise<readonly AuditedPlace[]> {
  return found(async () => {
    const all = await indexedDB.databases();
    const holds = 'your interactions, the items they speak of, your choices, what was learned';
    return all
      .filter(({ name }) => name === storage)
      .map(() => ({ kind: 'indexeddb' as const, name: storage, bytes, holds }));
  });
}

async function sizeOfFiles(folder: FileSystemDirectoryHandle): Promise<number> {
  let bytes = 0;
  for await (const entry of folder.values()) {
    if (entry.kind === 'file') bytes += (await entry.getFile()).size;
  }
  return bytes;
}

function filesOf(): Promise<readonly AuditedPlace[]> {
  return found(async () => {
    const places: AuditedPlace[] = [];
    for await (const entry of (await navigator.storage.getDirectory()).values()) {
      if (!entry.name.startsWith(PREFIX)) continue;
      const bytes = entry.kind === 'directory' ? await sizeOfFiles(entry) : null;
      const holds = 'a copy of the profile, for the day that the browser loses it';
      places.push({ kind: 'opfs', name: entry.name, bytes, holds });
    }
    return places;
  });
}

function bucketsOf(): Promise<readonly AuditedPlace[]> {
  return found(async () => {
    const { storageBuckets } = navigator as unknown as { storageBuckets: Buckets };
    const names = (await storageBuckets.keys()).filter((name) => name.startsWith(PREFIX));
    const holds = 'the profile, or a copy of it, where the database cannot be opened';
    return names.map((name) => ({ kind: 'bucket' as const, name, bytes: null, holds }));
  });
}

/**
 * Looks around in this worker. Changes nothing.
 *
 * @param storage - `storageName` of the instance.
 * @param bytes - Size of the profile; null when it is not known.
 * @returns What lies on the device, and what was asked for. Never rejects.
 */
export async function lookAround(storage: string, bytes: number | null): Promise<AuditFindings> {
  const places = await Promise.all([
    databasesOf(storage, bytes),
    cachesOf(storage),
    filesOf(),
    bucketsOf(),
  ]);
  const entries = performance.getEntriesByType('resource');
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
  return {
    places: places.flat(),
    urls: [globalThis.location.href, ...entries.map(({ name }) => name)],
    globalPrivacyControl: globalPrivacyControl ?? null,
  };
}
