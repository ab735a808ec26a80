import { describe, expect, it } from 'vitest';
import { readSections, type SectionData, writeSections } from '../../../src/core/binary.ts';
import { isVitrineError } from '../../../src/core/errors.ts';
import { decodePack, encodePack, type RankerPack } from '../../../src/pack/pack-codec.ts';
import type { PackFiles } from '../../../src/pack/pack-format.ts';
import { sha256 } from '../../../src/pack/pack-format.ts';
import { scoreList } from '../../../src/ranker/additive-model.ts';
import { generatedCosine } from '../../../src/ranker/content-signals.ts';
import { createSignalEngine, SIGNALS } from '../../../src/ranker/signals.ts';
import { TABLE_NAMES } from '../../../src/ranker/table-signals.ts';
import type { ItemContent } from '../../../src/ranker/types.ts';
import { sequenceOf } from '../ranker/list-fixtures.ts';
import { encodedPack, TRAINING, trainedPack, withFile, withManifest } from './pack-fixtures.ts';

const PACK = trainedPack();
const ENCODED = await encodePack(PACK, TRAINING);
const DECODED = await decodePack(ENCODED);
const FILES = ['items.bin', 'tables.bin', 'embedding.bin', 'ranker.bin'];

/** The code that decoding ends with; null when it ends well. */
async function codeOf(pack: PackFiles): Promise<string | null> {
  try {
    await decodePack(pack);
    return null;
  } catch (error) {
    return isVitrineError(error) ? error.code : String(error);
  }
}

/** Largest difference, in parts of each row's largest value. */
function expectWithin(actual: Float32Array, expected: Float32Array, width: number, parts: number) {
  expect(actual.length).toBe(expected.length);
  for (let start = 0; start < expected.length; start += width) {
    const row = expected.subarray(start, start + width);
    const most = row.reduce((max, value) => Math.max(max, Math.abs(value)), 0) / parts;
    for (const [k, value] of row.entries()) {
      expect(Math.abs(actual[start + k]! - value)).toBeLessThanOrEqual(most * 1.000_1);
    }
  }
}

/** The pack with some sections of a file replaced, or left out, and signed anew. */
function changed(
  file: string,
  changes: Readonly<Record<string, SectionData | undefined>>,
): Promise<PackFiles> {
  const sections = new Map(readSections(ENCODED.files.get(file)!));
  for (const [name, data] of Object.entries(changes)) {
    expect(sections.has(name), name).toBe(true);
    if (data) sections.set(name, data);
    else sections.delete(name);
  }
  return withFile(ENCODED, file, writeSections(sections));
}

function scoresOf({ model, ranker }: RankerPack): Float64Array {
  const candidates = Int32Array.from({ length: model.numItems }, (_, row) => row);
  const signals = createSignalEngine(model)({ ...sequenceOf([3, 5, 6]), candidates });
  return Float64Array.from(scoreList(ranker, signals));
}

describe('encodePack', () => {
  it('lists its four files with sizes and hashes', async () => {
    expect(ENCODED.manifest.files.map(({ name }) => name)).toEqual(FILES);
    expect([...ENCODED.files.keys()]).toEqual(FILES);
    for (const { name, bytes, sha256: hash } of ENCODED.manifest.files) {
      const content = ENCODED.files.get(name)!;
      expect(bytes).toBe(content.length);
      expect(hash).toBe(await sha256(content.slice()));
    }
  });

  it('tells how it was trained and what it holds', () => {
    expect(ENCODED.manifest).toMatchObject({
      format: 'vitrine-pack',
      version: 1,
      numItems: PACK.ids.length,
      numAttributes: PACK.model.attributes.count,
      training: TRAINING,
      signals: PACK.ranker.names,
      killSwitch: false,
    });
    expect(ENCODED.manifest.packId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('gives the same packId for the same training, another for another', async () => {
    const again = await encodedPack();
    expect(again.manifest).toEqual(ENCODED.manifest);
    expect((await encodedPack(2)).manifest.packId).not.toBe(ENCODED.manifest.packId);
    const other = await encodePack(PACK, { ...TRAINING, seed: 2 });
    expect(other.manifest.packId).not.toBe(ENCODED.manifest.packId);
  });
});

describe('decodePack', () => {
  it('gives back ids, attributes, prices, statistics and functions unchanged', () => {
    const { logPrice, numItems, stats } = PACK.model;
    // Category paths are learned from; what was learned of them is in the statistics.
    const { section: _section, ...attributes } = PACK.model.attributes;
    expect(DECODED.ids).toEqual(PACK.ids);
    expect(DECODED.model).toMatchObject({ attributes, logPrice, numItems, stats });
    expect(logPrice.some(Number.isNaN)).toBe(true);
    expect(DECODED.ranker).toEqual(PACK.ranker);
  });

  it('gives back the neighbours unchanged and their weights within a scale', () => {
    for (const name of TABLE_NAMES) {
      const [table, back] = [PACK.model.tables[name], DECODED.model.tables[name]];
      expect(back.width).toBe(table.width);
      expect(back.sources).toEqual(table.sources);
      expectWithin(back.weights, table.weights, table.width, 255);
      expect(back.weights.map(Math.sign)).toEqual(table.weights.map(Math.sign));
    }
    expect(PACK.model.tables.next.sources).toContain(-1);
  });

  it('gives back the weights of a compact pack within 1 %, in fewer bytes', async () => {
    const compact = await encodePack(PACK, TRAINING, { isCompact: true });
    const sizeOf = ({ files }: PackFiles): number => files.get('tables.bin')!.length;
    expect(sizeOf(compact)).toBeLessThan(sizeOf(ENCODED));
    const { tables } = (await decodePack(compact)).model;
    for (const name of TABLE_NAMES) {
      const table = PACK.model.tables[name];
      expect(tables[name].sources).toEqual(table.sources);
      expectWithin(tables[name].weights, table.weights, table.width, 250);
      expect(tables[name].weights.map(Math.sign)).toEqual(table.weights.map(Math.sign));
    }
  });

  it('writes no column that no item uses', () => {
    const written = readSections(ENCODED.files.get('tables.bin')!);
    expect(PACK.model.tables.basket.sources.every((source) => source < 0)).toBe(true);
    expect(written.has('basket.sources')).toBe(false);
    expect(DECODED.model.tables.basket).toEqual(PACK.model.tables.basket);
    expect(written.get('next.sources')!.length).toBeLessThan(PACK.model.tables.next.sources.length);
  });

  it('gives back embedding and lift within half a scale', () => {
    const { attributeLift, attributes, embedding } = PACK.model;
    const back = DECODED.model.embedding;
    const { source, target, ...rest } = embedding;
    expectWithin(back.source, source, embedding.dims, 254);
    expectWithin(back.target, target, embedding.dims, 254);
    expect(back).toMatchObject({ ...rest, alpha: Math.fround(rest.alpha) });
    expectWithin(DECODED.model.attributeLift, attributeLift, attributes.count, 254);
  });

  it('gives back scores nearly as they were, segments unchanged and their shares within a step', () => {
    const [content, back] = [PACK.model.content!, DECODED.model.content!];
    for (let item = 0; item < PACK.ids.length; item++) {
      const own = generatedCosine(content, item, item);
      const row = (from: ItemContent): Float32Array =>
        from.generated.subarray(4 * item, 4 * item + 4);
      const dot = row(back).reduce((sum, value, k) => sum + value * row(content)[k]!, 0);
      expect(dot).toBeCloseTo(own, 3);
    }
    expect([...back.generated].some((value) => value === 0)).toBe(true);
    expect([back.dims, back.numSegments]).toEqual([content.dims, content.numSegments]);
    expect(back.segments).toEqual(content.segments);
    for (const [k, share] of content.shares.entries()) {
      expect(Math.abs(back.shares[k]! - share)).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
    }
  });

  it('reads packs of earlier releases, which say nothing of scores and segments', async () => {
    const without = { ...PACK, model: { ...PACK.model, content: undefined } };
    const encoded = await encodePack(without, TRAINING);
    const names = [...readSections(encoded.files.get('items.bin')!).keys()];
    expect(names.filter((name) => /generated|segments/u.test(name))).toEqual([]);
    const { model } = await decodePack(encoded);
    expect(model.content).toBeUndefined();
    const candidates = Int32Array.of(0, 1, 2);
    const signals = createSignalEngine(model)({ ...sequenceOf([3, 5]), candidates });
    const isContent = (k: number): boolean =>
      /^(?:generated|segments)\./u.test(SIGNALS[k % SIGNALS.length]!.name);
    expect(signals.filter((_, k) => isContent(k)).every((value) => value === 0)).toBe(true);
  });

  it('keeps the attribute model, and does without it when it was not loaded', async () => {
    const attributeFile = Uint8Array.of(5, 6, 7);
    const encoded = await encodePack({ ...PACK, attributeFile }, TRAINING);
    expect((await decodePack(encoded)).attributeFile).toEqual(attributeFile);
    const files = new Map(encoded.files);
    files.delete('attributes.bin');
    expect((await decodePack({ ...encoded, files })).attributeFile).toBeUndefined();
    files.set('attributes.bin', Uint8Array.of(5, 6, 8));
    expect(await codeOf({ ...encoded, files })).toBe('PACK_INTEGRITY');
  });

  it('ranks as before it was encoded', () => {
    const [before, after] = [scoresOf(PACK), scoresOf(DECODED)];
    const spread = Math.max(...before) - Math.min(...before);
    expect(spread).toBeGreaterThan(0);
    for (const [c, score] of before.entries()) {
      expect(Math.abs(after[c]! - score)).toBeLessThan(0.05 * spread);
    }
  });

  it('changes nothing more when it is encoded again', async () => {
    const again = await decodePack(await encodePack(DECODED, TRAINING));
    expect(again.ids).toEqual(DECODED.ids);
    expect(again.ranker).toEqual(DECODED.ranker);
    expect(again.model.tables.ease.sources).toEqual(DECODED.model.tables.ease.sources);
  });

  it('keeps wide catalogs, whose rows do not fit in 16 bits', async () => {
    const { tables } = PACK.model;
    const wide = { ...PACK, model: { ...PACK.model, numItems: 70_000 } };
    const { files } = await encodePack(wide, TRAINING);
    const sections = readSections(files.get('tables.bin')!);
    const isItem = (source: number): boolean => source >= 0;
    const sources = Array.from(sections.get('next.sources') as Int32Array);
    expect(sources.filter(isItem)).toEqual(Array.from(tables.next.sources).filter(isItem));
    expect(sections.get('next.sources')).toBeInstanceOf(Int32Array);
    const narrow = readSections(ENCODED.files.get('tables.bin')!);
    expect(narrow.get('next.sources')).toBeInstanceOf(Uint16Array);
  });
});

describe('a damaged pack', () => {
  it.each(FILES)('is rejected when any byte of %s has changed', async (name) => {
    const bytes = ENCODED.files.get(name)!;
    for (const at of [0, 4, 9, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const copy = bytes.slice();
      copy[at] = (copy[at] as number) ^ 1;
      const files = new Map(ENCODED.files).set(name, copy);
      expect(await codeOf({ ...ENCODED, files })).toBe('PACK_INTEGRITY');
    }
  });

  it.each(FILES)('is rejected when %s is missing, cut off or longer', async (name) => {
    const files = new Map(ENCODED.files);
    const bytes = ENCODED.files.get(name)!;
    files.delete(name);
    expect(await codeOf({ ...ENCODED, files })).toBe('PACK_INTEGRITY');
    files.set(name, bytes.slice(0, -1));
    expect(await codeOf({ ...ENCODED, files })).toBe('PACK_INTEGRITY');
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(await codeOf({ ...ENCODED, files: files.set(name, longer) })).toBe('PACK_INTEGRITY');
  });

  it.each(FILES)('is rejected when its manifest does not list %s', async (name) => {
    const listed = ENCODED.manifest.files.filter((file) => file.name !== name);
    const files = new Map(ENCODED.files);
    files.delete(name);
    const pack = { ...(await withManifest(ENCODED, { files: listed })), files };
    expect(await codeOf(pack)).toBe('PACK_FORMAT');
  });

  it('is told apart by format and version', async () => {
    expect(await codeOf(await withManifest(ENCODED, { format: 'zip' }))).toBe('PACK_FORMAT');
    expect(await codeOf(await withManifest(ENCODED, { version: 2 }))).toBe('PACK_VERSION');
    expect(await codeOf(await withManifest(ENCODED, { version: '1' }))).toBe('PACK_VERSION');
    const textless = [{ toString: 1 }];
    expect(await codeOf(await withManifest(ENCODED, { version: textless }))).toBe('PACK_VERSION');
    const bytes = ENCODED.files.get('items.bin')!.slice();
    new DataView(bytes.buffer).setUint16(4, 2, true);
    expect(await codeOf(await withFile(ENCODED, 'items.bin', bytes))).toBe('PACK_VERSION');
  });

  it('is rejected when its signals are no list of names', async () => {
    for (const signals of [undefined, 'popularity', [1]]) {
      expect(await codeOf(await withManifest(ENCODED, { signals }))).toBe('PACK_FORMAT');
    }
  });

  it.each(['knots', 'values'])('is rejected when its %s are no finite numbers', async (name) => {
    const lists = name === 'knots' ? PACK.ranker.knots : PACK.ranker.values;
    const length = lists.reduce((sum, list) => sum + list.length, 0);
    const broken = new Float32Array(length);
    broken[length - 1] = Number.NaN;
    expect(await codeOf(await changed('ranker.bin', { [name]: broken }))).toBe('PACK_FORMAT');
  });

  it('is rejected when sections are missing or of another type', async () => {
    for (const [file, changes] of [
      ['items.bin', { ids: undefined }],
      ['items.bin', { ids: new TextEncoder().encode('{}') }],
      ['items.bin', { ids: new TextEncoder().encode('[1]') }],
      ['items.bin', { price: Int32Array.of(1) }],
      ['items.bin', { 'attributes.lengths': new Float32Array(1) }],
      ['items.bin', { lift: new Int32Array(9) }],
      ['tables.bin', { 'ease.weights.scales': undefined }],
      ['tables.bin', { 'ease.sources': Uint16Array.of(1) }],
      ['tables.bin', { 'next.width': Int32Array.of(0) }],
      ['tables.bin', { 'next.width': Int32Array.of(1) }],
      ['tables.bin', { 'basket.width': Int32Array.of(1e9) }],
      ['tables.bin', { 'next.weights': new Float32Array(9) }],
      ['items.bin', { 'attributes.lengths': Int32Array.of(0, 1e9) }],
      ['items.bin', { 'attributes.lengths': new Uint8Array(PACK.ids.length) }],
      ['items.bin', { 'attributes.raw.palette': new Float32Array(1) }],
      ['items.bin', { 'attributes.raw.palette': undefined }],
      ['items.bin', { 'attributes.count': Int32Array.of(-5) }],
      ['embedding.bin', { bias: new Float32Array(1) }],
      ['ranker.bin', { lengths: Int32Array.of(1) }],
      ['ranker.bin', { knots: new Float32Array(1) }],
      ['embedding.bin', { shape: undefined }],
      ['embedding.bin', { source: new Float32Array(9) }],
      ['ranker.bin', { lengths: Int8Array.of(1) }],
      ['items.bin', { generated: new Float32Array(9) }],
      ['items.bin', { generated: new Int8Array(PACK.ids.length * 4 - 1) }],
      ['items.bin', { 'segments.lengths': new Uint8Array(1) }],
      ['items.bin', { 'segments.lengths': new Uint8Array(PACK.ids.length).fill(200) }],
      ['items.bin', { segments: new Uint8Array(1) }],
      ['items.bin', { 'segments.shares': undefined }],
    ] as const) {
      expect(await codeOf(await changed(file, changes)), JSON.stringify([file, changes])).toBe(
        'PACK_FORMAT',
      );
    }
  });

  it('is rejected when its manifest was changed without signing it anew', async () => {
    for (const changes of [{ packId: '0' }, { killSwitch: true }, { numItems: 1 }]) {
      const manifest = { ...ENCODED.manifest, ...changes };
      expect(await codeOf({ ...ENCODED, manifest })).toBe('PACK_INTEGRITY');
    }
  });

  it.each(['price', 'popularity', 'lateness', 'attributePopularity', 'page', 'place'])(
    'is rejected when %s is not as long as the list of items',
    async (name) => {
      const short = new Float32Array(PACK.ids.length - 1);
      expect(await codeOf(await changed('items.bin', { [name]: short }))).toBe('PACK_FORMAT');
    },
  );
});
