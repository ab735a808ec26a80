/**
 * Neighbour tables ⇄ `tables.bin`. Columns that no item uses are not written.
 *
 * @packageDocumentation
 */
import type { SectionData } from '../core/binary.ts';
import type { NeighbourTable, SignalModel, TableName } from '../ranker/types.ts';
import type { PackFiles } from './pack-format.ts';
import { quantiseWeights } from './quantise.ts';

import { expect, Sections } from './sections.ts';
import { shortWeights } from './short-scales.ts';

/** Wider tables are none of ours: a hostile header must not allocate. */
const MAX_WIDTH = 1024;

const TABLE_NAMES: readonly TableName[] = ['ease', 'together', 'next', 'ahead', 'basket'];

/** Source rows as 16 bits where they fit; the padding is all ones. */
function encodeSources(sources: Int32Array, numItems: number): SectionData {
  return numItems < 0xffff ? Uint16Array.from(sources, (s) => (s < 0 ? 0xffff : s)) : sources;
}

function decodeSources(data: SectionData): Int32Array {
  return data instanceof Uint16Array
    ? Int32Array.from(data, (s) => (s === 0xffff ? -1 : s))
    : Int32Array.from(data);
}

/** Columns up to the last one that any item uses; a shop without baskets has none. */
function usedWidth({ width, sources }: NeighbourTable): number {
  let used = 0;
  for (const [k, source] of sources.entries()) {
    if (source >= 0) used = Math.max(used, (k % width) + 1);
  }
  return used;
}

/** The first columns of a table; what is beyond its width is padding. */
function firstColumns(
  { width, sources, weights }: Pick<NeighbourTable, 'width' | 'sources' | 'weights'>,
  columns: number,
): NeighbourTable {
  const rows = sources.length / width;
  const cut = {
    width: columns,
    sources: new Int32Array(rows * columns).fill(-1),
    weights: new Float32Array(rows * columns),
  };
  const common = Math.min(width, columns);
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    cut.sources.set(sources.subarray(from, from + common), row * columns);
    cut.weights.set(weights.subarray(from, from + common), row * columns);
  }
  return cut;
}

/**
 * Sections of the tables.
 *
 * @param model - With its tables.
 * @param isCompact - Scales in 16 bits: two bytes per item and table fewer, weights up to 0.8 % off.
 * @returns By name, for `writeSections`.
 */
export function tableSections(model: SignalModel, isCompact = false): Map<string, SectionData> {
  const sections = new Map<string, SectionData>();
  for (const name of TABLE_NAMES) {
    const table = model.tables[name];
    sections.set(`${name}.width`, Int32Array.of(table.width));
    const used = usedWidth(table);
    if (used === 0) continue;
    const { sources, weights } = firstColumns(table, used);
    const quantise = isCompact ? shortWeights : quantiseWeights;
    const { integers, scales } = quantise(weights, used);
    sections.set(`${name}.sources`, encodeSources(sources, model.numItems));
    sections.set(`${name}.weights`, integers);
    sections.set(`${name}.weights.scales`, scales);
  }
  return sections;
}

function emptyTable(numItems: number, width: number): NeighbourTable {
  const size = numItems * width;
  return { width, sources: new Int32Array(size).fill(-1), weights: new Float32Array(size) };
}

/**
 * Reads the tables.
 *
 * @param files - Of the pack.
 * @param numItems - I.
 * @returns Tables as wide as they were.
 * @throws `PACK_FORMAT` when a shape does not hold or a source is no item.
 */
export function decodeTables(files: PackFiles['files'], numItems: number): SignalModel['tables'] {
  const sections = new Sections('tables.bin', files);
  const table = (name: TableName): NeighbourTable => {
    const width = sections.number(`${name}.width`);
    expect(width >= 1 && width <= MAX_WIDTH, `tables.bin: ${name}.width`);
    if (!sections.has(`${name}.sources`)) return emptyTable(numItems, width);
    const sources = decodeSources(sections.get(`${name}.sources`));
    const used = numItems === 0 ? 0 : sources.length / numItems;
    expect(used >= 1 && used <= width && Number.isInteger(used), `tables.bin: ${name}.sources`);
    expect(
      sources.every((source) => source >= -1 && source < numItems),
      `tables.bin: ${name}.sources`,
    );
    const weights = sections.matrix(`${name}.weights`, used, numItems);
    return firstColumns({ width: used, sources, weights }, width);
  };
  return {
    ease: table('ease'),
    together: table('together'),
    next: table('next'),
    ahead: table('ahead'),
    basket: table('basket'),
  };
}
