/** Indexes of large catalogs: manifest and files, spoilt, with hashes made right again. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkManifest, type IndexManifest } from '../../../src/catalog-index/index-format.ts';
import { indexCatalog } from '../../../src/cli/index-catalog.ts';
import { IndexKeeper } from '../../../src/engine/index-keeper.ts';
import { sha256 } from '../../../src/pack/pack-format.ts';
import { type Damage, damage, spoil } from '../bytes.ts';
import type { Kind } from '../kind.ts';
import { openPage, refusedOr } from '../page.ts';
import { anything, cook, type Recipe } from '../recipes.ts';
import { CATALOG } from '../shop.ts';

const NUM_ITEMS = 200;

interface Shop {
  readonly manifest: IndexManifest;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

async function makeShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-fuzz-'));
  try {
    const lines = CATALOG.slice(0, NUM_ITEMS).map((item) => JSON.stringify(item));
    writeFileSync(join(folder, 'catalog.ndjson'), lines.join('\n'));
    const out = join(folder, 'index');
    await indexCatalog({ data: folder, out });
    const files = readdirSync(out).map(
      (name) => [name, Uint8Array.from(readFileSync(join(out, name)))] as const,
    );
    const text = readFileSync(join(out, 'manifest.json'), 'utf8');
    return { manifest: JSON.parse(text) as IndexManifest, files: new Map(files) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let shop: Promise<Shop> | undefined;

interface Input {
  readonly damages: readonly (readonly [number, Damage])[];
  readonly field: readonly [string, Recipe] | null;
  /** Whether sizes and hashes are made to fit. */
  readonly isSealed: boolean;
}

const inputs: fc.Arbitrary<Input> = fc.record({
  damages: fc.array(fc.tuple(fc.nat(20), damage), { maxLength: 2 }),
  field: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    fc.tuple(
      fc.constantFrom(
        'vitrineIndex',
        'indexId',
        'numItems',
        'numLists',
        'dimensions',
        'recall',
        'items',
        'lists',
        'rows',
        'details',
      ),
      anything(['name', 'bytes', 'sha256', 'length', 'id'], 'sendable'),
    ),
  ),
  isSealed: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
});

async function sealed(manifest: IndexManifest, files: Shop['files']): Promise<object> {
  const seal = async ({ name }: { readonly name: string }): Promise<object> => {
    const bytes = files.get(name) as Uint8Array<ArrayBuffer>;
    return { name, bytes: bytes.length, sha256: await sha256(bytes) };
  };
  return {
    lists: await seal(manifest.lists),
    rows: await Promise.all(manifest.rows.map(seal)),
    details: await Promise.all(manifest.details.map(seal)),
  };
}

async function run({ damages, field, isSealed }: Input): Promise<void> {
  shop ??= makeShop();
  const { files: whole, manifest } = await shop;
  const files = new Map(whole);
  const names = [manifest.lists, ...manifest.rows, ...manifest.details].map(({ name }) => name);
  for (const [n, change] of damages) {
    const name = names[n % names.length] as string;
    files.set(name, spoil(files.get(name) as Uint8Array, change));
  }
  const sent = {
    ...manifest,
    ...(isSealed ? await sealed(manifest, files) : {}),
    ...(field ? { [field[0]]: cook(field[1]) } : {}),
  };
  await refusedOr(async () => checkManifest(sent), ['INDEX_']);
  const keeper = new IndexKeeper({
    fetch: async (url) => {
      const bytes = files.get(new URL(url).pathname.split('/').at(-1) as string);
      return new Response(bytes ?? null, { status: bytes ? 200 : 404 });
    },
    openCache: async () => null,
    pause: () => new Promise(() => undefined),
    isSaving: () => false,
  });
  const page = await openPage({}, { openIndex: async () => keeper });
  await page.browse(CATALOG.slice(40, 44).map(({ id }) => id));
  await page.rerank(sent);
}

/** See the top of this file. */
export const indexes: Kind<Input> = { inputs, run };
