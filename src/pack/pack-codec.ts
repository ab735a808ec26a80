/**
 * A trained ranker ⇄ the files of a pack.
 *
 * @packageDocumentation
 */
import { type SectionData, writeSections } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import { unitRows } from '../core/unit-rows.ts';
import type { AdditiveModel, Attributes, SignalModel } from '../ranker/types.ts';
import { type CatalogStats, decodeCatalogStats, encodeCatalogStats } from './catalog-stats.ts';
import {
  ATTRIBUTES_FILE,
  CATALOG_FILE,
  isWhole,
  LAZY_FILES,
  PACK_VERSION,
  type PackFile,
  type PackFiles,
  type PackManifest,
  packIdOf,
  type PackTraining,
  sha256,
} from './pack-format.ts';
import { contentSections, readContent } from './content-codec.ts';
import { encodeFloats } from './palette.ts';
import { quantiseSigned } from './quantise.ts';
import { expect, Sections } from './sections.ts';
import { decodeTables, tableSections } from './table-sections.ts';

/** What a pack holds. */
export interface RankerPack {
  /** Item ids, I. */
  readonly ids: readonly string[];
  /** What signals are computed from. */
  readonly model: SignalModel;
  /** The ranker. */
  readonly ranker: AdditiveModel;
  /** What enriching items needs of the catalog; a pack may do without. */
  readonly catalog?: CatalogStats | undefined;
  /** File of the attribute model, for those who score items; a pack may do without. */
  readonly attributeFile?: Uint8Array<ArrayBuffer> | undefined;
}

function embeddingSections({ embedding }: SignalModel): Map<string, SectionData> {
  const source = quantiseSigned(embedding.source, embedding.dims);
  const target = quantiseSigned(embedding.target, embedding.dims);
  return new Map<string, SectionData>([
    ['shape', Int32Array.of(embedding.dims, embedding.history)],
    ['alpha', Float32Array.of(embedding.alpha)],
    ['source', source.integers],
    ['source.scales', source.scales],
    ['target', target.integers],
    ['target.scales', target.scales],
    ['bias', embedding.bias],
    ['age', embedding.ageWeight],
  ]);
}

/** Numbers below `count` in the fewest bytes. */
function shortest(numbers: Int32Array, count: number): SectionData {
  if (count <= 0x100) return Uint8Array.from(numbers);
  return count <= 0x10000 ? Uint16Array.from(numbers) : numbers;
}

/** Weights are left out: they are the raw ones at unit length. */
function attributeSections({ count, pointers, index, raw }: Attributes): [string, SectionData][] {
  const lengths = pointers.subarray(1).map((end, row) => end - (pointers[row] as number));
  const isShort = lengths.every((length) => length <= 0xff);
  return [
    ['attributes.count', Int32Array.of(count)],
    ['attributes.lengths', isShort ? Uint8Array.from(lengths) : lengths],
    ['attributes.index', shortest(index, count)],
    ...encodeFloats('attributes.raw', raw),
  ];
}

function itemSections(pack: RankerPack): Map<string, SectionData> {
  const { attributes, attributeLift, logPrice, stats } = pack.model;
  const lift = quantiseSigned(attributeLift, Math.max(1, attributes.count));
  return new Map<string, SectionData>([
    ['ids', new TextEncoder().encode(JSON.stringify(pack.ids))],
    ...encodeFloats('price', logPrice),
    ...encodeFloats('popularity', stats.popularity),
    ...encodeFloats('lateness', stats.lateness),
    ...encodeFloats('attributePopularity', stats.attributePopularity),
    ...encodeFloats('page', stats.page),
    ...encodeFloats('place', stats.place),
    ...encodeFloats('section', stats.section),
    ...encodeFloats('shelf', stats.shelf),
    ...attributeSections(attributes),
    ['lift', lift.integers],
    ['lift.scales', lift.scales],
    ...contentSections(pack.model.content),
  ]);
}

function rankerSections(ranker: AdditiveModel): Map<string, SectionData> {
  const flat = (lists: readonly Float32Array[]): Float32Array =>
    Float32Array.from(lists.flatMap((list) => [...list]));
  return new Map<string, SectionData>([
    ['lengths', Int32Array.from(ranker.knots, (knots) => knots.length)],
    ['knots', flat(ranker.knots)],
    ['values', flat(ranker.values)],
  ]);
}

/** How a pack is written. */
export interface EncodePackOptions {
  /** In fewer bytes where that costs a little precision. */
  readonly isCompact?: boolean;
}

/**
 * Encodes a pack.
 *
 * @param pack - Ids, model, ranker.
 * @param training - How it was trained.
 * @param options - See {@link EncodePackOptions}.
 * @returns Manifest and files.
 */
export async function encodePack(
  pack: RankerPack,
  training: PackTraining,
  options: EncodePackOptions = {},
): Promise<PackFiles> {
  const contents = new Map([
    ['items.bin', writeSections(itemSections(pack))],
    ['tables.bin', writeSections(tableSections(pack.model, options.isCompact))],
    ['embedding.bin', writeSections(embeddingSections(pack.model))],
    ['ranker.bin', writeSections(rankerSections(pack.ranker))],
  ]);
  if (pack.catalog) contents.set(CATALOG_FILE, encodeCatalogStats(pack.catalog));
  if (pack.attributeFile) contents.set(ATTRIBUTES_FILE, pack.attributeFile);
  const files: PackFile[] = [];
  for (const [name, bytes] of contents) {
    files.push({ name, bytes: bytes.length, sha256: await sha256(bytes) });
  }
  const body = {
    format: 'vitrine-pack',
    version: PACK_VERSION,
    numItems: pack.model.numItems,
    numAttributes: pack.model.attributes.count,
    training,
    signals: pack.ranker.names,
    killSwitch: false,
    files,
  } as const;
  return { manifest: { ...body, packId: await packIdOf(body) }, files: contents };
}

/** Checks sizes and hashes of the files, and the manifest's; only lazy files may be missing. */
async function verify({ manifest, files }: PackFiles): Promise<void> {
  if (manifest.format !== 'vitrine-pack') throw new VitrineError('PACK_FORMAT', 'manifest.json');
  if (manifest.version !== PACK_VERSION) {
    throw new VitrineError('PACK_VERSION', `got ${JSON.stringify(manifest.version)}.`);
  }
  if ((await packIdOf(manifest)) !== manifest.packId) {
    throw new VitrineError('PACK_INTEGRITY', 'manifest.json');
  }
  for (const file of manifest.files) {
    const { name } = file;
    const bytes = files.get(name);
    if (!bytes && LAZY_FILES.has(name)) continue;
    if (!bytes) throw new VitrineError('PACK_INTEGRITY', `${name} is missing.`);
    if (!(await isWhole(bytes, file))) throw new VitrineError('PACK_INTEGRITY', name);
  }
}

function decodeEmbedding(files: PackFiles['files'], numItems: number): SignalModel['embedding'] {
  const sections = new Sections('embedding.bin', files);
  const dims = sections.number('shape', 0);
  expect(dims >= 1, 'embedding.bin: shape');
  return {
    dims,
    source: sections.matrix('source', dims, numItems),
    target: sections.matrix('target', dims, numItems),
    bias: sections.floats('bias', numItems),
    ageWeight: sections.floats('age'),
    alpha: sections.number('alpha'),
    history: sections.number('shape', 1),
  };
}

function decodeAttributes(items: Sections, count: number, numItems: number): Attributes {
  const lengths = items.integers('attributes.lengths');
  const index = items.integers('attributes.index');
  const pointers = new Int32Array(lengths.length + 1);
  for (const [row, length] of lengths.entries()) {
    pointers[row + 1] = (pointers[row] as number) + length;
  }
  expect(
    lengths.length === numItems &&
      lengths.every((length) => length >= 0) &&
      pointers.at(-1) === index.length,
    'items.bin: attributes.lengths',
  );
  expect(
    count >= 0 && index.every((attribute) => attribute >= 0 && attribute < count),
    'items.bin: attributes',
  );
  const raw = items.floats('attributes.raw', index.length);
  return { count, pointers, index, weight: unitRows(raw, pointers), raw };
}

function decodeRanker(manifest: PackManifest, files: PackFiles['files']): AdditiveModel {
  const sections = new Sections('ranker.bin', files);
  const lengths = sections.integers('lengths');
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const { signals } = manifest as { readonly signals: unknown };
  expect(
    Array.isArray(signals) && signals.every((name) => typeof name === 'string'),
    'manifest.json: signals',
  );
  expect(
    lengths.length === manifest.signals.length && lengths.every((length) => length >= 0),
    'ranker.bin: lengths',
  );
  const split = (data: Float32Array): Float32Array[] => {
    let at = 0;
    return Array.from(lengths, (length) => data.slice(at, (at += length)));
  };
  const knots = sections.floats('knots', total);
  const values = sections.floats('values', total);
  expect(
    knots.every(Number.isFinite) && values.every(Number.isFinite),
    'ranker.bin: knots or values',
  );
  return { names: manifest.signals, knots: split(knots), values: split(values) };
}

function readIds(data: SectionData): string[] {
  let ids: unknown;
  try {
    ids = JSON.parse(new TextDecoder().decode(data));
  } catch {
    ids = undefined;
  }
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw new VitrineError('PACK_FORMAT', 'items.bin: ids are no list of texts.');
  }
  return ids;
}

/**
 * Verifies and decodes a pack.
 *
 * @param pack - Manifest and files; of the lazy ones those that are there.
 * @returns What it holds, dequantised.
 * @throws `PACK_FORMAT`, `PACK_VERSION` or `PACK_INTEGRITY`.
 */
export async function decodePack(pack: PackFiles): Promise<RankerPack> {
  await verify(pack);
  const { manifest, files } = pack;
  const items = new Sections('items.bin', files);
  const ids = readIds(items.get('ids'));
  const numItems = ids.length;
  const count = items.number('attributes.count');
  const model: SignalModel = {
    numItems,
    attributes: decodeAttributes(items, count, numItems),
    logPrice: items.floats('price', numItems),
    tables: decodeTables(files, numItems),
    attributeLift: items.matrix('lift', Math.max(1, count), count),
    stats: {
      popularity: items.floats('popularity', numItems),
      lateness: items.floats('lateness', numItems),
      attributePopularity: items.floats('attributePopularity', numItems),
      page: items.floats('page', numItems),
      place: items.floats('place', numItems),
      section: items.floats('section', numItems),
      shelf: items.floats('shelf', numItems),
    },
    embedding: decodeEmbedding(files, numItems),
    content: readContent((name) => items.find(name), numItems),
  };
  const catalog = decodeCatalogStats(files.get(CATALOG_FILE));
  const file = files.get(ATTRIBUTES_FILE);
  const attributeFile = file && Uint8Array.from(file);
  return { ids, model, ranker: decodeRanker(manifest, files), catalog, attributeFile };
}
