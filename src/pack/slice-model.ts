/**
 * A slice and a visitor's items → a small pack of just these, ranked by the same code as a whole one.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../core/binary.ts';
import { hash32 } from '../core/rng.ts';
import type { NeighbourTable, SignalModel, TableName } from '../ranker/types.ts';
import { gatherContent } from './content-codec.ts';
import { shortHash } from './id-hash.ts';
import { type ItemBlock, itemBlockSections, readItemBlock, SliceSections } from './item-block.ts';
import type { RankerPack } from './pack-codec.ts';
import type { PackSlice } from './slice-codec.ts';

/** An item that the visitor met, with what was kept of it. */
export interface MetItem {
  /** Id. */
  readonly id: string;
  /** Traits of an earlier slice, see {@link traitsOf}; undefined when there are none. */
  readonly traits?: string | undefined;
}

/** Numbers of one item, or none. */
interface Row {
  readonly block: ItemBlock;
  readonly at: number;
}

function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** What is no text of ours counts as nothing: it comes from the disk. */
function toBytes(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/**
 * What the page keeps of an item that the visitor meets, since no later slice may be asked for it.
 *
 * @param pack - Of the current candidates, from {@link localPack}.
 * @param packId - Of the pack that the slice was cut from.
 * @param id - Item id.
 * @returns About 0.6 kB of text; undefined for an item that the pack does not know.
 */
export function traitsOf(pack: RankerPack, packId: string, id: string): string | undefined {
  const row = pack.ids.indexOf(id);
  if (row < 0) return undefined;
  const sections = new Map<string, SectionData>([
    ['pack', new TextEncoder().encode(packId)],
    ...itemBlockSections(pack.model, Int32Array.of(row)),
  ]);
  return toText(writeSections(sections));
}

/** Numbers of another pack mean something else; they are not used. */
function readTraits(traits: string | undefined, slice: PackSlice): Row | undefined {
  if (traits === undefined) return undefined;
  try {
    const sections = new SliceSections(readSections(toBytes(traits)));
    if (new TextDecoder().decode(sections.get('pack', Uint8Array)) !== slice.packId)
      return undefined;
    const block = readItemBlock(sections, slice.embedding.dims);
    return block.count === 1 ? { block, at: 0 } : undefined;
  } catch {
    return undefined; // damaged or of another release: as if nothing had been kept
  }
}

/** [rows, width] of what each row has; zeros or `missing` where it has nothing. */
function gather(
  rows: readonly (Row | undefined)[],
  pick: (block: ItemBlock) => Float32Array,
  width: number,
  missing = 0,
): Float32Array {
  const data = new Float32Array(rows.length * width).fill(missing);
  for (const [i, row] of rows.entries()) {
    if (row === undefined) continue;
    data.set(pick(row.block).subarray(row.at * width, (row.at + 1) * width), i * width);
  }
  return data;
}

/** An item's attributes as numbers of the catalog, with their weights. */
function attributesOf(row: Row | undefined): readonly (readonly [number, number])[] {
  if (row === undefined) return [];
  const { pointers, index, weight } = row.block.attributes;
  const [from, to] = [pointers[row.at] as number, pointers[row.at + 1] as number];
  return Array.from(index.subarray(from, to), (attribute, e) => [
    attribute,
    weight[from + e] as number,
  ]);
}

/** Numbers from 0 for the attributes that these rows have. */
function gatherAttributes(rows: readonly (Row | undefined)[]): SignalModel['attributes'] {
  const numbers = new Map<number, number>();
  const pointers = new Int32Array(rows.length + 1);
  const index: number[] = [];
  const weight: number[] = [];
  for (const [i, row] of rows.entries()) {
    for (const [attribute, value] of attributesOf(row)) {
      const number = numbers.get(attribute) ?? numbers.size;
      numbers.set(attribute, number);
      index.push(number);
      weight.push(value);
    }
    pointers[i + 1] = index.length;
  }
  const weights = Float32Array.from(weight);
  return {
    count: numbers.size,
    pointers,
    index: Int32Array.from(index),
    weight: weights,
    raw: weights,
  };
}

/** Only neighbours that the visitor met can ever count. */
function gatherTable(
  slice: PackSlice,
  name: TableName,
  numItems: number,
  rowOf: ReadonlyMap<number, number>,
): NeighbourTable {
  const { pointers, neighbours } = slice;
  const weights = slice.weights.get(name) as Float32Array;
  const lists = Array.from({ length: slice.items.count }, (_, c) => {
    const found: { source: number; weight: number }[] = [];
    for (let k = pointers[c] as number; k < (pointers[c + 1] as number); k++) {
      const source = rowOf.get(neighbours[k] as number);
      const weight = weights[k] as number;
      if (source !== undefined && weight > 0) found.push({ source, weight });
    }
    return found.sort((a, b) => b.weight - a.weight || a.source - b.source);
  });
  const width = Math.max(1, ...lists.map(({ length }) => length));
  const table = {
    width,
    sources: new Int32Array(numItems * width).fill(-1),
    weights: new Float32Array(numItems * width),
  };
  for (const [c, list] of lists.entries()) {
    for (const [k, { source, weight }] of list.entries()) {
      table.sources[c * width + k] = source;
      table.weights[c * width + k] = weight;
    }
  }
  return table;
}

/**
 * Makes a pack of a slice's candidates and the visitor's items. What is not known of an item that
 * the visitor met (no traits, other pack) leaves its signals at 0; its neighbours still count.
 *
 * @param slice - Decoded.
 * @param ids - Candidates; only those in the slice get a row.
 * @param met - Items of the visitor's history; candidates among them need no traits.
 * @returns Ids and model, and the slice's functions.
 */
export function localPack(
  slice: PackSlice,
  ids: readonly string[],
  met: readonly MetItem[],
): RankerPack {
  const places = new Map(Array.from(slice.hashes, (hash, c) => [hash, c]));
  const placeOf = (id: string): number | undefined => places.get(hash32(id) | 0);
  // A row of the slice that is neither a candidate nor met keeps its place without a name.
  const own = Array.from(slice.hashes, (_, c) => `\u0000${c}`);
  for (const id of [...met.map((item) => item.id), ...ids]) {
    const place = placeOf(id);
    if (place !== undefined) own[place] = id;
  }
  const others = met.filter(({ id }) => placeOf(id) === undefined);
  const all = [...own, ...others.map(({ id }) => id)];
  const rows: (Row | undefined)[] = [
    ...own.map((_, at): Row => ({ block: slice.items, at })),
    ...others.map(({ traits }) => readTraits(traits, slice)),
  ];
  const isMet = new Set(met.map(({ id }) => id));
  const rowOf = new Map<number, number>();
  for (const [row, id] of all.entries()) if (isMet.has(id)) rowOf.set(shortHash(hash32(id)), row);
  const tables = Object.fromEntries(
    Array.from(slice.weights.keys(), (name) => [name, gatherTable(slice, name, all.length, rowOf)]),
  ) as SignalModel['tables'];
  const { dims } = slice.embedding;
  const stat = (pick: (block: ItemBlock) => Float32Array): Float32Array =>
    gather(rows, pick, 1, Number.NaN);
  const parts = rows.map((row) => row && { content: row.block.content, row: row.at });
  const model: SignalModel = {
    numItems: all.length,
    attributes: gatherAttributes(rows),
    logPrice: stat(({ logPrice }) => logPrice),
    tables,
    attributeLift: new Float32Array(0),
    stats: {
      popularity: stat(({ stats }) => stats.popularity),
      lateness: stat(({ stats }) => stats.lateness),
      attributePopularity: stat(({ stats }) => stats.attributePopularity),
      page: stat(({ stats }) => stats.page),
      place: stat(({ stats }) => stats.place),
      section: stat(({ stats }) => stats.section),
      shelf: stat(({ stats }) => stats.shelf),
    },
    embedding: {
      ...slice.embedding,
      source: gather(rows, ({ source }) => source, dims),
      target: gather(rows, ({ target }) => target, dims),
      bias: gather(rows, ({ bias }) => bias, 1),
    },
    content: slice.items.content && gatherContent(parts, slice.items.content.dims),
  };
  return { ids: all, model, ranker: slice.ranker };
}
