/**
 * A slice: the part of a pack that a page needs for one list of candidates, in one file that the
 * server sends with them. It is the same for every visitor.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import { hash32 } from '../core/rng.ts';
import { TABLE_NAMES } from '../ranker/table-signals.ts';
import type { AdditiveModel, SignalModel, TableName } from '../ranker/types.ts';
import { shortHash } from './id-hash.ts';
import { type ItemBlock, itemBlockSections, readItemBlock, SliceSections } from './item-block.ts';
import type { RankerPack } from './pack-codec.ts';
import { sha256 } from './pack-format.ts';

/** A decoded slice of C candidates. */
export interface PackSlice {
  /** Of the pack that it was cut from. */
  readonly packId: string;
  /** [C] from {@link hash32}. */
  readonly hashes: Int32Array;
  /** Candidate c's neighbours lie at pointers[c] … pointers[c + 1]. */
  readonly pointers: Int32Array;
  /** Short hash of each neighbour. */
  readonly neighbours: Int32Array;
  /** Weights beside the neighbours by table; 0 where it is none there. */
  readonly weights: ReadonlyMap<TableName, Float32Array>;
  /** The candidates' own numbers. */
  readonly items: ItemBlock;
  /** What the embedding needs besides. */
  readonly embedding: Pick<SignalModel['embedding'], 'dims' | 'ageWeight' | 'alpha' | 'history'>;
  /** The functions. */
  readonly ranker: AdditiveModel;
}

/** Their number is a byte. */
export const MOST_NEIGHBOURS = 255;

/** Settings of {@link encodeSlice}. */
export interface SliceOptions {
  /** Most neighbours per candidate, 1 to 255, default 24. */
  readonly neighbours?: number;
}

const DIGEST = 16;

/** What one candidate's neighbours weigh, beside the strongest of each table. */
function neighboursOf(
  { tables }: SignalModel,
  row: number,
  most: number,
): { sources: number[]; weights: Map<string, Map<number, number>> } {
  const importance = new Map<number, number>();
  const weights = new Map<string, Map<number, number>>();
  for (const [name, table] of Object.entries(tables)) {
    const own = new Map<number, number>();
    const start = row * table.width;
    const largest = table.weights[start] as number;
    for (let k = start; k < start + table.width; k++) {
      const source = table.sources[k] as number;
      if (source < 0) break;
      const weight = table.weights[k] as number;
      own.set(source, weight);
      importance.set(source, (importance.get(source) ?? 0) + weight / largest);
    }
    weights.set(name, own);
  }
  const sources = [...importance]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, most)
    .map(([source]) => source);
  return { sources, weights };
}

function neighbourSections(
  pack: RankerPack,
  rows: Int32Array,
  most: number,
): [string, SectionData][] {
  const { model, ids } = pack;
  const counts: number[] = [];
  const planes: [number[], number[], number[]] = [[], [], []];
  const names = Object.keys(model.tables);
  const codes = new Map(names.map((name) => [name, [] as number[]]));
  const scales = new Map(names.map((name) => [name, [] as number[]]));
  for (const row of rows) {
    const { sources, weights } = neighboursOf(model, row, most);
    counts.push(sources.length);
    for (const source of sources) {
      const hash = shortHash(hash32(ids[source] as string));
      for (const [p, plane] of planes.entries()) plane.push((hash >>> (8 * p)) & 0xff);
    }
    for (const name of names) {
      const own = sources.map((source) => weights.get(name)?.get(source) ?? 0);
      const scale = Math.max(0, ...own) / 255;
      scales.get(name)?.push(scale);
      const toCode = (weight: number): number =>
        weight > 0 ? Math.max(1, Math.round(weight / scale)) : 0;
      codes.get(name)?.push(...own.map(toCode));
    }
  }
  return [
    ['neighbours', Uint8Array.from(counts)],
    ...planes.map((plane, p): [string, SectionData] => [`hash.${p}`, Uint8Array.from(plane)]),
    ...names.flatMap((name): [string, SectionData][] => [
      [`table.${name}`, Uint8Array.from(codes.get(name) ?? [])],
      [`table.${name}.scales`, Float32Array.from(scales.get(name) ?? [])],
    ]),
  ];
}

/** Functions that are flat 0 are left out. */
function rankerSections({ names, knots, values }: AdditiveModel): [string, SectionData][] {
  const used = names.flatMap((_, j) => ((knots[j]?.length ?? 0) > 1 ? [j] : []));
  const flat = (lists: readonly Float32Array[]): Float32Array =>
    Float32Array.from(used.flatMap((j) => [...(lists[j] as Float32Array)]));
  return [
    ['ranker.names', new TextEncoder().encode(used.map((j) => names[j]).join(' '))],
    ['ranker.lengths', Uint16Array.from(used, (j) => knots[j]?.length ?? 0)],
    ['ranker.knots', flat(knots)],
    ['ranker.values', flat(values)],
  ];
}

/**
 * Cuts a slice. The lift between attributes is left out: it is a table of the whole catalog.
 *
 * @param pack - Decoded.
 * @param packId - Its content hash.
 * @param ids - Candidates; those that the pack does not know are left out.
 * @param options - See {@link SliceOptions}.
 * @returns The file, with its own digest at its end.
 */
export async function encodeSlice(
  pack: RankerPack,
  packId: string,
  ids: readonly string[],
  options: SliceOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { neighbours = 24 } = options;
  const rowOf = new Map(pack.ids.map((id, row) => [id, row]));
  const known = [...new Set(ids)].filter((id) => rowOf.has(id));
  const rows = Int32Array.from(known, (id) => rowOf.get(id) as number);
  const { embedding } = pack.model;
  const body = writeSections(
    new Map<string, SectionData>([
      ['pack', new TextEncoder().encode(packId)],
      ['ids', Int32Array.from(known, (id) => hash32(id))],
      ['embedding', Int32Array.of(embedding.dims, embedding.history)],
      ['embedding.alpha', Float32Array.of(embedding.alpha)],
      ['embedding.age', embedding.ageWeight],
      ...neighbourSections(pack, rows, neighbours),
      ...itemBlockSections(pack.model, rows),
      ...rankerSections(pack.ranker),
    ]),
  );
  const file = new Uint8Array(body.length + DIGEST);
  file.set(body);
  file.set(await digestOf(body), body.length);
  return file;
}

async function digestOf(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const hex = await sha256(body);
  return Uint8Array.from({ length: DIGEST }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

function readRanker(sections: SliceSections): AdditiveModel {
  const names = textOf(sections.get('ranker.names', Uint8Array));
  const lengths = sections.get('ranker.lengths', Uint16Array);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const split = (name: string): Float32Array[] => {
    const data = sections.get(name, Float32Array, total);
    if (!data.every(Number.isFinite)) throw new VitrineError('PACK_FORMAT', `slice: ${name}.`);
    let at = 0;
    return Array.from(lengths, (length) => data.slice(at, (at += length)));
  };
  const list = names === '' ? [] : names.split(' ');
  if (list.length !== lengths.length) throw new VitrineError('PACK_FORMAT', 'slice: ranker.');
  return { names: list, knots: split('ranker.knots'), values: split('ranker.values') };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Per candidate a scale, per neighbour a code. */
function readWeights(sections: SliceSections, name: TableName, pointers: Int32Array): Float32Array {
  const count = pointers.length - 1;
  const codes = sections.get(`table.${name}`, Uint8Array, pointers[count]);
  const scales = sections.get(`table.${name}.scales`, Float32Array, count);
  const weights = new Float32Array(codes.length);
  for (let c = 0; c < count; c++) {
    for (let k = pointers[c] as number; k < (pointers[c + 1] as number); k++) {
      weights[k] = (codes[k] as number) * (scales[c] as number);
    }
  }
  return weights;
}

/**
 * Verifies and decodes a slice.
 *
 * @param file - As {@link encodeSlice} wrote it.
 * @returns The slice.
 * @throws `PACK_INTEGRITY` when its digest is another, `PACK_FORMAT` or `PACK_VERSION`.
 */
export async function decodeSlice(file: Uint8Array): Promise<PackSlice> {
  const body = Uint8Array.from(file.subarray(0, Math.max(0, file.length - DIGEST)));
  const raw = readSections(body);
  const digest = await digestOf(body);
  if (!digest.every((byte, i) => byte === file[body.length + i])) {
    throw new VitrineError('PACK_INTEGRITY', 'slice');
  }
  const sections = new SliceSections(raw);
  const hashes = sections.get('ids', Int32Array);
  const [dims = 0, history = 0] = sections.get('embedding', Int32Array, 2);
  if (dims < 1) throw new VitrineError('PACK_FORMAT', 'slice: embedding.');
  const items = readItemBlock(sections, dims);
  const counts = sections.get('neighbours', Uint8Array, items.count);
  if (hashes.length !== items.count) throw new VitrineError('PACK_FORMAT', 'slice: ids.');
  const pointers = new Int32Array(items.count + 1);
  for (const [c, count] of counts.entries()) pointers[c + 1] = (pointers[c] as number) + count;
  const total = pointers[items.count] as number;
  const planes = [0, 1, 2].map((p) => sections.get(`hash.${p}`, Uint8Array, total));
  const plane = (p: number, k: number): number => (planes[p]?.[k] ?? 0) << (8 * p);
  return {
    packId: textOf(sections.get('pack', Uint8Array)),
    hashes,
    pointers,
    neighbours: Int32Array.from(
      { length: total },
      (_, k) => plane(0, k) | plane(1, k) | plane(2, k),
    ),
    weights: new Map(TABLE_NAMES.map((name) => [name, readWeights(sections, name, pointers)])),
    items,
    embedding: {
      dims,
      history,
      ageWeight: sections.get('embedding.age', Float32Array),
      alpha: sections.get('embedding.alpha', Float32Array, 1)[0] as number,
    },
    ranker: readRanker(sections),
  };
}
