import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readPackFolder, writePackFolder } from '../../../src/cli/pack-folder.ts';
import { enrich } from '../../../src/cli/enrich.ts';
import type { Derived } from '../../../src/cli/enrich-item.ts';
import { train } from '../../../src/cli/train.ts';
import type { GeneratedFeatures } from '../../../src/core/generated-features.ts';
import { modelIdOf } from '../../../src/models/attributes/item-features.ts';
import { readModel, writeModel } from '../../../src/models/attributes/model-file.ts';
import { scoreItems } from '../../../src/models/attributes/score-items.ts';
import { decodePack, encodePack } from '../../../src/pack/pack-codec.ts';
import { drawnModel, TITLES } from '../../helpers/attribute-models.ts';
import { encodedPack } from '../pack/pack-fixtures.ts';
import { createFolder, failureOf, testFolder, writeData } from './data-folder.ts';

const KINDS = [
  ['Lovely leather boots', 'Soft and comfortable, not cheap.', ['shoes', 'boots']],
  ['Wireless headphones', 'Noise-cancelling bluetooth headphones in red.', ['audio', 'headphones']],
  ['Cast iron skillet', 'A durable pan for the oven.', ['kitchen', 'pans']],
] as const;

/** Items with everything that can be derived, each a little different. */
const CATALOG = Array.from({ length: 90 }, (_, i) => {
  const [title, description, categoryPath] = KINDS[i % 3]!;
  return {
    id: `i${i}`,
    title: `${title} ${i}`,
    description,
    categoryPath,
    price: 10 + i,
    stock: { shelf: i },
  };
});

type Line = Readonly<Record<string, unknown>> & { readonly derived: Derived };

const { dir, remove } = createFolder();
const pack = join(dir, 'pack');

const quiet = () => vi.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeAll(async () => {
  const silence = quiet();
  const data = writeData(join(dir, 'data'), { catalog: CATALOG });
  await train({ data, out: pack, protocol: 'all', seed: 1 });
  silence.mockRestore();
});

afterAll(remove);

beforeEach(() => {
  const silence = quiet();
  return () => silence.mockRestore();
});

/** The lines that a catalog becomes; the catalog as records, or as a file's text. */
async function enriched(catalog: readonly object[] | string, by: string = pack): Promise<string[]> {
  const folder = testFolder();
  const data = writeData(join(folder, 'data'), typeof catalog === 'string' ? {} : { catalog });
  if (typeof catalog === 'string') writeFileSync(join(data, 'catalog.ndjson'), catalog);
  await enrich({ data, pack: by, out: join(folder, 'out') });
  return readFileSync(join(folder, 'out', 'catalog.ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1);
}

const parse = (line: string | undefined): Line => JSON.parse(line ?? '') as Line;

describe('enrich', () => {
  it('adds features with their evidence', async () => {
    const [line] = await enriched(CATALOG);
    const { derived } = parse(line);
    expect(derived.packId).toBe(readPackFolder(pack).manifest.packId);
    expect(derived.sentiment?.score).toBeGreaterThan(0);
    expect(derived.sentiment?.words).toContain('lovely');
    expect(derived.sentiment?.words).toContain('not cheap');
    expect(derived.features).toContainEqual({
      kind: 'material',
      value: 'leather',
      evidence: 'leather',
    });
    expect(derived.keywords.map(({ term }) => term)).toContain('boots');
    expect(derived.price).toEqual({ band: 'low', quantile: expect.any(Number) as number });
    expect(derived.price!.quantile).toBeLessThan(0.05);
    expect(derived.segments.length).toBeGreaterThan(0);
    const total = derived.segments.reduce((sum, { weight }) => sum + weight, 0);
    expect(total).toBeCloseTo(1, 3);
    for (const { because } of derived.segments) expect(because.length).toBeGreaterThan(0);
  });

  it('keeps the order, and every field of the shop byte for byte', async () => {
    const text =
      '{"id":12345678901234567890,"price":1.50,"odd":{"b":1,"a":[1.0]},"title":"Red boots"}\n\n' +
      '  { "id" : "z" }  \r\n{"__proto__":{"x":1},"id":"a"}';
    const lines = await enriched(text);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^\{"id":12345678901234567890,"price":1\.50,"odd":\{"b":1,"a":\[1\.0\]\},"title":"Red boots","derived":\{/,
    );
    expect(lines[1]).toMatch(/^\{ "id" : "z" ,"derived":\{/);
    expect(lines[2]).toMatch(/^\{"__proto__":\{"x":1\},"id":"a","derived":\{/);
  });

  it('gives three shards the same lines as the whole', async () => {
    const whole = await enriched(CATALOG);
    const shards = [CATALOG.slice(0, 10), CATALOG.slice(10, 11), CATALOG.slice(11)];
    const parts: string[][] = [];
    for (const shard of shards) parts.push(await enriched(shard));
    expect(parts.flat()).toEqual(whole);
  });

  it('replaces what an earlier run wrote', async () => {
    const once = await enriched(CATALOG.slice(0, 5));
    expect(await enriched(`${once.join('\n')}\n`)).toEqual(once);
  });

  it('leaves out what nothing is known of', async () => {
    const [line] = await enriched([{ id: 'bare' }]);
    expect(parse(line).derived).toEqual({
      packId: expect.any(String) as string,
      keywords: [],
      features: [],
      segments: [],
    });
  });

  it('enriches what the pack has never seen', async () => {
    const [line] = await enriched([
      { id: 'new', title: 'Zanzibar gizmo', price: 1e6, brand: 'Unheard', categoryPath: ['odd'] },
    ]);
    const { derived } = parse(line);
    expect(derived.keywords.map(({ term }) => term).sort()).toEqual(['gizmo', 'zanzibar']);
    expect(derived.price).toEqual({ band: 'high', quantile: 1 });
  });

  it('reads and writes gzip when the folder has it, and counts what it did', async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'data'));
    const text = CATALOG.map((item) => `${JSON.stringify(item)}\n`).join('');
    writeFileSync(join(folder, 'data', 'catalog.ndjson.gz'), gzipSync(text));
    const json = join(folder, 'figures.json');
    const said = await enrich({ data: join(folder, 'data'), pack, out: join(folder, 'out'), json });
    expect(readdirSync(join(folder, 'out'))).toEqual(['catalog.ndjson.gz']);
    const zipped = readFileSync(join(folder, 'out', 'catalog.ndjson.gz'));
    expect(gunzipSync(zipped).toString().split('\n').slice(0, -1)).toEqual(await enriched(CATALOG));
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      items: 90,
      // Headphones speak neither well nor badly.
      sentiment: 60,
      price: 90,
    });
    expect(said).toContain('90 items');
  });

  it('may write over the catalog that it reads', async () => {
    const data = writeData(testFolder(), { catalog: CATALOG });
    await enrich({ data, pack, out: data });
    const lines = readFileSync(join(data, 'catalog.ndjson'), 'utf8').split('\n').slice(0, -1);
    expect(lines).toEqual(await enriched(CATALOG));
    expect(readdirSync(data)).toEqual(['catalog.ndjson']);
  });

  it('does not write beside the same catalog in the other form', async () => {
    const folder = testFolder();
    const data = writeData(join(folder, 'data'), { catalog: CATALOG });
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'catalog.ndjson.gz'), 'x');
    const failure = await failureOf(() => enrich({ data, pack, out: join(folder, 'out') }));
    expect(failure.code).toBe('OPTION_INVALID');
    expect(readdirSync(join(folder, 'out'))).toEqual(['catalog.ndjson.gz']);
  });

  it.each([
    ['{"id":"a"}\n{"id":\n', 'catalog.ndjson:2: expected a JSON object'],
    ['{"id":"a"}\n[]\n', 'catalog.ndjson:2: expected a JSON object'],
    ['{"id":"a"}\n\n{"title":"x"}\n', 'catalog.ndjson:3: expected "id", got nothing'],
  ])('names the line of %j and writes nothing', async (text, expected) => {
    const folder = testFolder();
    writeFileSync(join(folder, 'catalog.ndjson'), text);
    const out = join(folder, 'out');
    const { code, message } = await failureOf(() => enrich({ data: folder, pack, out }));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain(expected);
    expect(readdirSync(out)).toEqual([]);
  });

  it('names a file that is no gzip', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'catalog.ndjson.gz'), '{"id":"a"}\n');
    const out = join(folder, 'out');
    const { code, message } = await failureOf(() => enrich({ data: folder, pack, out }));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('catalog.ndjson.gz: expected gzip');
    expect(readdirSync(out)).toEqual([]);
  });

  it('says so when the pack holds no statistics of its catalog, and when there is no catalog', async () => {
    const folder = testFolder();
    const old = join(folder, 'old');
    writePackFolder(old, await encodedPack());
    const data = writeData(join(folder, 'data'), { catalog: CATALOG });
    const out = join(folder, 'out');
    const failure = await failureOf(() => enrich({ data, pack: old, out }));
    expect(failure.code).toBe('PACK_FORMAT');
    expect(failure.message).toContain('no catalog.bin');
    const missing = await failureOf(() => enrich({ data: folder, pack, out }));
    expect(missing.message).toContain('expected catalog.ndjson or catalog.ndjson.gz');
    expect(existsSync(out)).toBe(false);
  });
});

describe('enrich with a model of attributes', { timeout: 60_000 }, () => {
  const scored = join(dir, 'scored');
  const linear = join(dir, 'linear');
  const model = drawnModel(4);

  /** The trained pack with a model beside it. */
  async function withModel(folder: string, file: Uint8Array<ArrayBuffer>): Promise<void> {
    const files = readPackFolder(pack);
    const whole = await decodePack(files);
    const { training } = files.manifest;
    writePackFolder(folder, await encodePack({ ...whole, attributeFile: file }, training));
  }

  beforeAll(async () => {
    await withModel(scored, writeModel(model));
    const scores = { ...model.scores!, trust: Float32Array.of(0, 0) };
    await withModel(linear, writeModel({ ...model, scores }));
  });

  const items = TITLES.map((title, i) => ({ id: `t${i}`, title: `Soft ${title}`, generated: 'x' }));

  it('adds what the model says, rounded, with the words that it goes by', async () => {
    const lines = (await enriched(items, scored)).map(parse);
    const file = writeModel(model);
    const expected = await scoreItems(readModel(file), items as never, { evidence: 2 });
    for (const [i, { derived, generated }] of lines.entries()) {
      const { evidence, guessing, latent, modelId, scores } = generated as GeneratedFeatures;
      expect(derived.packId).toBe(readPackFolder(scored).manifest.packId);
      expect(modelId).toBe(await modelIdOf(file));
      expect(scores['comfort']).toBeCloseTo(expected[i]!.scores[0]!, 3);
      expect(String(scores['comfort']).length).toBeLessThanOrEqual('0.1234'.length);
      expect(latent).toHaveLength(4);
      expect(latent[0]).toBeCloseTo(expected[i]!.latent[0]!, 2);
      expect(evidence).toContainEqual({ score: 'comfort', word: 'soft', move: expect.any(Number) });
      expect(guessing).toBe(expected[i]!.guessing);
    }
  });

  it('names words of the linear path as well where the encoder has no say', async () => {
    const [line] = (await enriched(items, linear)).map(parse);
    const { evidence, latent } = line!['generated'] as GeneratedFeatures;
    expect(latent.some((value) => value !== 0)).toBe(true);
    expect(evidence.map(({ word }) => word)).toContain('soft');
  });

  it('gives three shards the same lines as the whole, and the same lines again', async () => {
    const whole = await enriched(CATALOG.slice(0, 30), scored);
    const parts: string[][] = [];
    for (const [from, to] of [
      [0, 7],
      [7, 8],
      [8, 30],
    ] as const) {
      parts.push(await enriched(CATALOG.slice(from, to), scored));
    }
    expect(parts.flat()).toEqual(whole);
    expect(await enriched(`${whole.join('\n')}\n`, scored)).toEqual(whole);
  });

  it('counts what was said, and how much of it is a guess', async () => {
    const folder = testFolder();
    const data = writeData(join(folder, 'data'), {
      catalog: [...items, { id: 'odd', title: 'Zanzibar gizmo' }],
    });
    const json = join(folder, 'figures.json');
    await enrich({ data, pack: scored, out: join(folder, 'out'), json });
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      items: 5,
      generated: 5,
      guessing: 1,
    });
  });

  it('leaves the shop’s own field alone when the pack has no model', async () => {
    const [line] = await enriched(items.slice(0, 1));
    expect(parse(line)['generated']).toBe('x');
  });

  it('refuses a pack whose model is damaged', async () => {
    const bad = join(dir, 'bad');
    await withModel(bad, Uint8Array.of(1, 2, 3));
    expect((await failureOf(() => enriched(items, bad))).code).toBe('PACK_FORMAT');
  });
});
