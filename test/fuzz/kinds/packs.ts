/** Packs and slices: the default one, spoilt, with hashes made right again so that deeper checks are reached. */
import fc from 'fast-check';
import { readPackFolder } from '../../../src/cli/pack-folder.ts';
import { openPack, openSlice } from '../../../src/engine/fetch-pack.ts';
import { decodePack } from '../../../src/pack/pack-codec.ts';
import { type PackManifest, packIdOf, sha256 } from '../../../src/pack/pack-format.ts';
import { encodeSlice } from '../../../src/pack/slice-codec.ts';
import type { Feed } from '../../../src/core/types.ts';
import { type Damage, damage, spoil } from '../bytes.ts';
import { expectSo } from '../check-feed.ts';
import type { Kind } from '../kind.ts';
import { openPage, type PageParts, refusedOr } from '../page.ts';
import { anything, cook, type Recipe } from '../recipes.ts';
import { ITEMS } from '../shop.ts';

const URL_OF_PACK = 'https://shop.test/pack/';
const URL_OF_SLICE = 'https://shop.test/slice.bin';
const DIGEST = 16;
const FILES = ['items.bin', 'tables.bin', 'embedding.bin', 'ranker.bin'] as const;

/** Beside what the pack's files are refused by: what cannot be fetched. */
const CODES = ['PACK_'];

type Files = (url: string) => Uint8Array<ArrayBuffer> | undefined;

/** Opens it by itself, to see the error, then makes feeds with it. */
async function feedWith(files: Files, wanted: 'pack' | 'slice'): Promise<void> {
  const fetch = async (url: string): Promise<Response> => {
    const bytes = files(new URL(url).pathname.split('/').at(-1) as string);
    return new Response(bytes ?? null, { status: bytes ? 200 : 404 });
  };
  const open = async (): ReturnType<typeof openPack> =>
    wanted === 'pack'
      ? openPack(URL_OF_PACK, { fetch, openCache: async () => null })
      : openSlice(URL_OF_SLICE, { fetch });
  const opened = await refusedOr(open, CODES);
  const held = async (): ReturnType<typeof openPack> => opened ?? open();
  const pause = (): Promise<never> => new Promise(() => undefined);
  const packs: PageParts['packs'] = { open: held, openSlice: held, pause };
  const page = await openPage(wanted === 'pack' ? { pack: URL_OF_PACK } : {}, { packs });
  const sent = wanted === 'pack' ? ITEMS : { items: ITEMS, slice: URL_OF_SLICE };
  const isRefused = opened === undefined || opened.isKilled;
  for (const isList of [false, true]) {
    expectAnswer(await page.rerank(sent, isList), isRefused);
    await page.browse(ITEMS.slice(2, 6).map(({ id }) => id));
  }
  const { rows } = await page.rerank(sent);
  const shown = rows[0]?.items[0];
  if (shown) await page.engine.explain(shown.itemId);
}

/** What was refused must leave the server's order standing. */
function expectAnswer({ order, personalized, reason }: Feed, isRefused: boolean): void {
  if (!isRefused || reason === 'COLD_START') return;
  expectSo(!personalized, () => `personalised with a refused pack: ${reason}`);
  const isServers = order.every((id, place) => id === ITEMS[place]?.id);
  expectSo(isServers, () => `not the server’s order: ${reason}`);
}

const pack = readPackFolder('packs/default');

/** What is changed in the manifest. */
const manifestField = fc.tuple(
  fc.constantFrom(
    'format',
    'version',
    'packId',
    'numItems',
    'numAttributes',
    'training',
    'signals',
    'killSwitch',
    'files',
  ),
  anything(['name', 'bytes', 'sha256', 'length', 'protocol'], 'sendable'),
);

interface PackInput {
  readonly damages: readonly (readonly [(typeof FILES)[number], Damage])[];
  readonly field: readonly [string, Recipe] | null;
  /** Whether the hashes are made to fit. */
  readonly isSealed: boolean;
}

async function runPack({ damages, field, isSealed }: PackInput): Promise<void> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of FILES) files.set(name, Uint8Array.from(pack.files.get(name) as Uint8Array));
  for (const [name, change] of damages) {
    files.set(name, spoil(files.get(name) as Uint8Array, change));
  }
  const own: Record<string, unknown> = structuredClone({ ...pack.manifest });
  if (isSealed) {
    own['files'] = await Promise.all(
      [...files].map(async ([name, bytes]) => ({
        name,
        bytes: bytes.length,
        sha256: await sha256(bytes),
      })),
    );
  }
  if (field) own[field[0]] = cook(field[1]);
  const text = (): string =>
    JSON.stringify(own, (_, value) => (typeof value === 'bigint' ? 0 : value));
  if (isSealed && field?.[0] !== 'packId') {
    try {
      const body = JSON.parse(text()) as PackManifest;
      own['packId'] = await packIdOf(body);
    } catch {
      return; // what JSON cannot say does not come over the network
    }
  }
  let manifest: Uint8Array<ArrayBuffer>;
  try {
    manifest = Uint8Array.from(new TextEncoder().encode(text()));
  } catch {
    return; // the same
  }
  await feedWith((name) => (name === 'manifest.json' ? manifest : files.get(name)), 'pack');
}

/** Packs by URL of their folder. */
export const packs: Kind<PackInput> = {
  inputs: fc.record({
    damages: fc.array(fc.tuple(fc.constantFrom(...FILES), damage), { minLength: 0, maxLength: 2 }),
    field: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, manifestField),
    isSealed: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  }),
  run: runPack,
};

interface SliceInput {
  readonly damages: readonly Damage[];
  readonly isSealed: boolean;
}

let slice: Promise<Uint8Array> | undefined;

async function cutSlice(): Promise<Uint8Array> {
  const ids = ITEMS.map(({ id }) => id);
  return encodeSlice(await decodePack(pack), pack.manifest.packId, ids);
}

async function runSlice({ damages, isSealed }: SliceInput): Promise<void> {
  slice ??= cutSlice();
  const whole = await slice;
  let body = Uint8Array.from(whole.subarray(0, -DIGEST));
  for (const change of damages) body = spoil(body, change);
  const hex = await sha256(body);
  const digest = isSealed
    ? Uint8Array.from({ length: DIGEST }, (_, n) =>
        Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16),
      )
    : whole.subarray(-DIGEST);
  const file = new Uint8Array(body.length + DIGEST);
  file.set(body);
  file.set(digest, body.length);
  await feedWith(() => file, 'slice');
}

/** Slices that come with the candidates. */
export const slices: Kind<SliceInput> = {
  inputs: fc.record({
    damages: fc.array(damage, { minLength: 1, maxLength: 2 }),
    isSealed: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  }),
  run: runSlice,
};
