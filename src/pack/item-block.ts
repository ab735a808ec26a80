/**
 * Some items' own numbers, quantised: what slices hold of their candidates, and what a page keeps
 * of the items that its visitor met.
 *
 * @packageDocumentation
 */
import type { SectionData } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import type { ItemContent, ItemStats, SignalModel } from '../ranker/types.ts';
import { contentSections, gatherContent, readContent } from './content-codec.ts';
import { dequantise, quantiseSigned } from './quantise.ts';

/** Numbers of n items. */
export interface ItemBlock {
  /** n. */
  readonly count: number;
  /** [n, E] */
  readonly source: Float32Array;
  /** [n, E] */
  readonly target: Float32Array;
  /** [n] */
  readonly bias: Float32Array;
  /** [n] natural log, NaN when unknown. */
  readonly logPrice: Float32Array;
  /** Each [n]. */
  readonly stats: ItemStats;
  /** Row i's attributes lie at pointers[i] … pointers[i + 1]. */
  readonly attributes: {
    readonly pointers: Int32Array;
    readonly index: Int32Array;
    readonly weight: Float32Array;
  };
  /** What models say of the items; undefined when nothing. */
  readonly content: ItemContent | undefined;
}

const STATS = [
  'popularity',
  'lateness',
  'attributePopularity',
  'page',
  'place',
  'section',
  'shelf',
] as const;
/** Code of NaN among 16-bit codes. */
const UNKNOWN = 0xffff;
const STEPS = UNKNOWN - 1;

/** Lowest and highest known value, then 16-bit codes between them. */
function encodeColumn(name: string, values: Float32Array): [string, SectionData][] {
  const known = values.filter((value) => !Number.isNaN(value));
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
  const scale = high > low ? STEPS / (high - low) : 0;
  const codes = Uint16Array.from(values, (value) =>
    Number.isNaN(value) ? UNKNOWN : Math.round((value - low) * scale),
  );
  return [
    [`${name}.range`, Float32Array.of(low, high)],
    [name, codes],
  ];
}

/** Sections of a slice by name, checked as they are read. */
export class SliceSections {
  readonly #sections: ReadonlyMap<string, SectionData>;

  /** @param sections - As read from a file. */
  constructor(sections: ReadonlyMap<string, SectionData>) {
    this.#sections = sections;
  }

  /**
   * @param name - Of a section.
   * @param type - What it must hold.
   * @param length - How much, when that is known.
   * @returns Its data.
   * @throws `PACK_FORMAT` when it is missing or something else.
   */
  get<T extends SectionData>(name: string, type: new (n: number) => T, length?: number): T {
    const data = this.#sections.get(name);
    if (data instanceof type && (length === undefined || data.length === length)) return data;
    throw new VitrineError('PACK_FORMAT', `slice: ${name} is missing or does not fit.`);
  }

  /**
   * @param name - Of a section.
   * @returns Its data; undefined when it is not there.
   */
  find(name: string): SectionData | undefined {
    return this.#sections.get(name);
  }

  /**
   * @param name - Of a column.
   * @param length - n.
   * @returns n numbers, NaN where unknown.
   */
  column(name: string, length: number): Float32Array {
    const codes = this.get(name, Uint16Array, length);
    const [low = 0, high = 0] = this.get(`${name}.range`, Float32Array, 2);
    const step = high > low ? (high - low) / STEPS : 0;
    return Float32Array.from(codes, (code) => (code === UNKNOWN ? Number.NaN : low + code * step));
  }

  /**
   * @param name - Of a matrix of bytes with a scale per row.
   * @param rows - n.
   * @param width - Columns.
   * @returns [n, width]
   */
  matrix(name: string, rows: number, width: number): Float32Array {
    const integers = this.get(name, Int8Array, rows * width);
    return dequantise({ integers, scales: this.get(`${name}.scales`, Float32Array, rows) }, width);
  }
}

function pickRows(data: Float32Array, rows: Int32Array, width: number): Float32Array {
  const picked = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    picked.set(data.subarray(row * width, (row + 1) * width), i * width);
  }
  return picked;
}

/** The content of some rows as sections. */
function contentOf(content: ItemContent | undefined, rows: Int32Array): [string, SectionData][] {
  if (content === undefined) return [];
  const parts = Array.from(rows, (row) => ({ content, row }));
  return contentSections(gatherContent(parts, content.dims));
}

/**
 * Encodes the numbers of some items.
 *
 * @param model - Of the pack.
 * @param rows - Item rows, n.
 * @returns Sections.
 */
export function itemBlockSections(model: SignalModel, rows: Int32Array): [string, SectionData][] {
  const { embedding, attributes, stats, logPrice } = model;
  const { dims } = embedding;
  const source = quantiseSigned(pickRows(embedding.source, rows, dims), dims);
  const target = quantiseSigned(pickRows(embedding.target, rows, dims), dims);
  const lengths: number[] = [];
  const index: number[] = [];
  const weight: number[] = [];
  for (const row of rows) {
    const [from, to] = [attributes.pointers[row] as number, attributes.pointers[row + 1] as number];
    lengths.push(to - from);
    index.push(...attributes.index.subarray(from, to));
    for (const value of attributes.weight.subarray(from, to)) weight.push(Math.round(value * 255));
  }
  return [
    ['source', source.integers],
    ['source.scales', source.scales],
    ['target', target.integers],
    ['target.scales', target.scales],
    ...encodeColumn('bias', pickRows(embedding.bias, rows, 1)),
    ...encodeColumn('price', pickRows(logPrice, rows, 1)),
    ...STATS.flatMap((name) => encodeColumn(name, pickRows(stats[name], rows, 1))),
    ['attributes', Uint8Array.from(lengths)],
    ['attributes.index', Uint16Array.from(index)],
    ['attributes.weight', Uint8Array.from(weight)],
    ...contentOf(model.content, rows),
  ];
}

/**
 * Decodes what {@link itemBlockSections} encoded.
 *
 * @param sections - Of a file.
 * @param dims - E.
 * @returns The items' numbers.
 * @throws `PACK_FORMAT` when something is missing or does not fit.
 */
export function readItemBlock(sections: SliceSections, dims: number): ItemBlock {
  const lengths = sections.get('attributes', Uint8Array);
  const count = lengths.length;
  const pointers = new Int32Array(count + 1);
  for (const [i, length] of lengths.entries()) pointers[i + 1] = (pointers[i] as number) + length;
  const total = pointers[count] as number;
  const column = (name: string): Float32Array => sections.column(name, count);
  return {
    count,
    source: sections.matrix('source', count, dims),
    target: sections.matrix('target', count, dims),
    bias: column('bias'),
    logPrice: column('price'),
    stats: {
      popularity: column('popularity'),
      lateness: column('lateness'),
      attributePopularity: column('attributePopularity'),
      page: column('page'),
      place: column('place'),
      section: column('section'),
      shelf: column('shelf'),
    },
    attributes: {
      pointers,
      index: Int32Array.from(sections.get('attributes.index', Uint16Array, total)),
      weight: Float32Array.from(
        sections.get('attributes.weight', Uint8Array, total),
        (code) => code / 255,
      ),
    },
    content: readContent((name) => sections.find(name), count),
  };
}
