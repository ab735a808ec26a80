import { beforeAll, describe, expect, it } from 'vitest';
import { loadPack, type PackCache } from '../../../src/pack/load-pack.ts';
import { encodePack } from '../../../src/pack/pack-codec.ts';
import type { PackFiles } from '../../../src/pack/pack-format.ts';
import { failureOf } from '../cli/data-folder.ts';
import { encodedPack, trainedPack, TRAINING, withManifest } from './pack-fixtures.ts';

const FOLDER = 'https://shop.test/packs/one/';

let packed: PackFiles;
let other: PackFiles;

beforeAll(async () => {
  packed = await encodedPack(1);
  other = await encodedPack(2);
});

/** A server of one pack; `change` may answer otherwise. */
function serve(
  files: PackFiles,
  change: (path: string, url: string) => Response | undefined = () => undefined,
): { fetch: (url: string) => Promise<Response>; asked: string[] } {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    const path = new URL(url).pathname.replace('/packs/one/', '');
    const changed = change(path, url);
    if (changed) return changed;
    if (path === 'manifest.json') return Response.json(files.manifest);
    const bytes = files.files.get(path);
    return bytes ? new Response(Uint8Array.from(bytes)) : new Response('', { status: 404 });
  };
  return { fetch, asked };
}

const FILE = { name: 'a', bytes: 1, sha256: '' };
/** `String` throws for it. */
const NO_TEXT = [{ toString: 1 }];

const offline = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

/** The Cache API over a map. */
function createCache(): PackCache & { urls: () => string[]; spoil: (part: string) => void } {
  const kept = new Map<string, Response>();
  const urlOf = (request: RequestInfo | URL): string =>
    request instanceof Request ? request.url : String(request);
  return {
    match: async (request) => kept.get(urlOf(request))?.clone(),
    put: async (request, response) => void kept.set(urlOf(request), response),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
    delete: async (request) => kept.delete(urlOf(request)),
    urls: () => [...kept.keys()],
    spoil(part) {
      for (const url of kept.keys()) if (url.includes(part)) kept.set(url, new Response('x'));
    },
  };
}

describe('loadPack', () => {
  it('decodes what was encoded, from a folder or its manifest', async () => {
    for (const url of [FOLDER, FOLDER.slice(0, -1), `${FOLDER}manifest.json`]) {
      const { manifest, pack } = await loadPack(url, { ...serve(packed), cache: null });
      expect(manifest.packId).toBe(packed.manifest.packId);
      expect(pack?.ids).toEqual(trainedPack(1).ids);
    }
  });

  it('asks for files by their hash, so that no cache mixes two packs', async () => {
    const one = serve(packed);
    const two = serve(other);
    await loadPack(FOLDER, { ...one, cache: null });
    await loadPack(FOLDER, { ...two, cache: null });
    expect(one.asked).toHaveLength(1 + packed.manifest.files.length);
    const both = new Set([...one.asked, ...two.asked]);
    const isShared = ({ name, sha256 }: { name: string; sha256: string }): boolean =>
      other.manifest.files.some((file) => file.name === name && file.sha256 === sha256);
    const shared = packed.manifest.files.filter(isShared).length;
    expect(both.size).toBe(1 + 2 * packed.manifest.files.length - shared);
  });

  it('loads from the cache when offline, and only files that changed when not', async () => {
    const cache = createCache();
    await loadPack(FOLDER, { ...serve(packed), cache });
    const { pack } = await loadPack(FOLDER, { fetch: offline, cache });
    expect(pack?.ids).toEqual(trainedPack(1).ids);
    const again = serve(packed);
    await loadPack(FOLDER, { ...again, cache });
    expect(again.asked).toEqual([`${FOLDER}manifest.json`]);
  });

  it('takes the new pack at once and forgets the files of the old', async () => {
    const cache = createCache();
    await loadPack(FOLDER, { ...serve(packed), cache });
    const { manifest } = await loadPack(FOLDER, { ...serve(other), cache });
    expect(manifest.packId).toBe(other.manifest.packId);
    expect(cache.urls()).toHaveLength(1 + other.manifest.files.length);
  });

  it('fetches anew what the cache has damaged', async () => {
    const cache = createCache();
    await loadPack(FOLDER, { ...serve(packed), cache });
    cache.spoil('items.bin');
    const { pack } = await loadPack(FOLDER, { ...serve(packed), cache });
    expect(pack?.ids).toEqual(trainedPack(1).ids);
  });

  it('works with a cache that fails in every way', async () => {
    const fail = (): Promise<never> =>
      Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const cache = { match: fail, put: fail, keys: fail, delete: fail };
    const { pack } = await loadPack(FOLDER, { ...serve(packed), cache });
    expect(pack?.ids).toEqual(trainedPack(1).ids);
  });

  it('loads nothing but the manifest when the kill switch is on', async () => {
    const server = serve(await withManifest(packed, { killSwitch: true }));
    const { pack } = await loadPack(FOLDER, { ...server, cache: null });
    expect(pack).toBeNull();
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['no network', () => ({ fetch: offline }), 'PACK_FETCH'],
    ['no manifest', () => serve(packed, () => new Response('', { status: 404 })), 'PACK_FETCH'],
    ['a page instead', () => serve(packed, () => new Response('<html>')), 'PACK_FORMAT'],
    ['null', () => serve(packed, () => Response.json(null)), 'PACK_FORMAT'],
    [
      'a list of nothing',
      () => serve({ ...packed, manifest: { ...packed.manifest, files: [null as never] } }),
      'PACK_FORMAT',
    ],
    [
      'a file whose hash is no text',
      () => serve(packed, () => Response.json({ files: [{ ...FILE, sha256: NO_TEXT }] })),
      'PACK_FORMAT',
    ],
    [
      'a file whose name has no address',
      () => serve(packed, () => Response.json({ files: [{ ...FILE, name: '\ud800' }] })),
      'PACK_FORMAT',
    ],
    [
      'an id that is no text',
      () => serve(packed, () => Response.json({ killSwitch: true, packId: NO_TEXT, files: [] })),
      'PACK_FORMAT',
    ],
    [
      'more bytes than any pack has',
      () => serve(packed, () => Response.json({ files: [{ name: 'a', bytes: 1e12 }] })),
      'PACK_FORMAT',
    ],
    [
      'a file that is not there',
      () => serve(packed, (path) => (path === 'tables.bin' ? Response.error() : undefined)),
      'PACK_FETCH',
    ],
    [
      'a file of another pack',
      () =>
        serve(packed, (path) =>
          path === 'tables.bin'
            ? new Response(Uint8Array.from(other.files.get(path) as Uint8Array))
            : undefined,
        ),
      'PACK_INTEGRITY',
    ],
  ])('refuses %s', async (_, server, code) => {
    const failure = await failureOf(() => loadPack(FOLDER, { ...server(), cache: null }));
    expect(failure.code).toBe(code);
  });
});

describe('openFile', () => {
  const MODEL = Uint8Array.of(1, 2, 3, 4);
  let withModel: PackFiles;
  beforeAll(async () => {
    withModel = await encodePack({ ...trainedPack(1), attributeFile: MODEL }, TRAINING);
  });
  const isModel = (url: string): boolean => url.includes('attributes.bin');

  it('fetches the attribute model when it is asked for, not with the ranker', async () => {
    const server = serve(withModel);
    const { openFile, pack } = await loadPack(FOLDER, { ...server, cache: null });
    expect(pack?.ids).toEqual(trainedPack(1).ids);
    expect(server.asked.filter(isModel)).toEqual([]);
    expect(await openFile('attributes.bin')).toEqual(MODEL);
    expect(server.asked.filter(isModel)).toHaveLength(1);
  });

  it('has nothing under a name that the manifest does not know', async () => {
    const server = serve(packed);
    const { openFile } = await loadPack(FOLDER, { ...server, cache: null });
    const before = server.asked.length;
    expect(await openFile('attributes.bin')).toBeNull();
    expect(await openFile('../secret')).toBeNull();
    expect(server.asked).toHaveLength(before);
  });

  it('has nothing when the kill switch is on', async () => {
    const server = serve(await withManifest(withModel, { killSwitch: true }));
    const { openFile } = await loadPack(FOLDER, { ...server, cache: null });
    expect(await openFile('attributes.bin')).toBeNull();
  });

  it('is served by the cache when offline, and kept over the next start', async () => {
    const cache = createCache();
    const first = await loadPack(FOLDER, { ...serve(withModel), cache });
    await first.openFile('attributes.bin');
    const next = await loadPack(FOLDER, { fetch: offline, cache });
    expect(await next.openFile('attributes.bin')).toEqual(MODEL);
  });

  it('fetches anew what the cache has damaged', async () => {
    const cache = createCache();
    const { openFile } = await loadPack(FOLDER, { ...serve(withModel), cache });
    await openFile('attributes.bin');
    cache.spoil('attributes.bin');
    expect(await openFile('attributes.bin')).toEqual(MODEL);
    expect(await openFile('attributes.bin')).toEqual(MODEL);
  });

  it.each([
    ['another file in its place', () => new Response('nothing of ours'), 'PACK_INTEGRITY'],
    ['a file that is not there', () => new Response('', { status: 404 }), 'PACK_FETCH'],
  ])('refuses %s and keeps nothing of it', async (_, answer, code) => {
    const cache = createCache();
    const server = serve(withModel, (path) => (isModel(path) ? answer() : undefined));
    const { openFile } = await loadPack(FOLDER, { ...server, cache });
    expect((await failureOf(() => openFile('attributes.bin'))).code).toBe(code);
    expect(cache.urls().filter(isModel)).toEqual([]);
  });
});
