/**
 * The vectors of one job, laid out in the WASM memory for the kernels.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import type { Matrix } from '../core/shapes.ts';
import type { KernelFormat } from './kernel-format.ts';
import { type KernelInstance, aligned } from './kernel-instance.ts';
import { inverseWeights } from './presence-classes.ts';
import { tileWidths } from './vector-tiles.ts';

/** Bytes of a tile's record: kernel, table, vectors from and to, width; i32 each. */
const RECORD_BYTES = 20;

const LARGEST_FLOAT = 3.4028234663852886e38;

/** Where a job may write, and what its items are. */
export interface JobPlace {
  /** The kernels and their memory. */
  readonly instance: KernelInstance;
  /** Of the items. */
  readonly format: KernelFormat;
  /** First free byte. */
  readonly start: number;
  /** D, padded. */
  readonly padded: number;
  /** [C, B] of the items. */
  readonly masks: Matrix;
}

/** A job's vectors in memory. */
export interface VectorJob {
  /** Records of the tiles. */
  readonly tiles: number;
  /** Their end. */
  readonly tilesEnd: number;
  /** First free byte behind them. */
  readonly end: number;
}

/** A tile while it is written. */
interface Tile {
  readonly first: number;
  readonly width: number;
  readonly table: number;
  readonly data: number;
  readonly dataEnd: number;
}

function placeTiles({ format, masks, padded }: JobPlace, vectors: number, start: number): Tile[] {
  let at = start;
  let first = 0;
  return tileWidths(vectors).map((width) => {
    const table = at;
    const data = aligned(table + 4 * masks.rows * width);
    const dataEnd = data + 4 * width * (padded / format.dimsStep);
    const tile = { first, width, table, data, dataEnd };
    at = aligned(dataEnd + width * format.tailBytes);
    first += width;
    return tile;
  });
}

/**
 * Writes vectors and their tables of factors; grows the memory where it must.
 *
 * @param place - See {@link JobPlace}.
 * @param set - [V, D] and [V, B], V at least 1; checked before.
 * @param extra - Bytes wanted behind them.
 * @returns Addresses.
 * @throws `DEVICE_LOST` without memory.
 */
export function writeVectors(place: JobPlace, set: VectorSet, extra: number): VectorJob {
  const { format, instance, masks, padded, start } = place;
  const { data, dims, rows } = set.vectors;
  const tilesEnd = start + RECORD_BYTES * tileWidths(rows).length;
  const tiles = placeTiles(place, rows, aligned(tilesEnd));
  // The vectors as they come wait where the job's results will be.
  const last = tiles.at(-1) as Tile;
  const end = aligned(last.dataEnd + last.width * format.tailBytes);
  instance.reserve(end + Math.max(extra, data.byteLength));
  const { floats, ints, kernels } = instance;
  floats.set(data, end / 4);
  const inverse = inverseWeights(masks, set.presence);
  const pack = format.packVector(kernels);
  const levels = format.vectorLevels(dims);
  for (const [t, { data: to, dataEnd, first, table, width }] of tiles.entries()) {
    const record = [format.firstTile + width - 1, table, to, dataEnd, width];
    ints.set(record, (start + t * RECORD_BYTES) / 4);
    for (let w = 0; w < width; w++) {
      const from = end + 4 * (first + w) * dims;
      const factor = pack(from, dims, to + 4 * w, 4 * width, padded, levels);
      for (let c = 0; c < masks.rows; c++) {
        const exact = factor * (inverse[c * rows + first + w] as number);
        floats[table / 4 + c * width + w] = Math.min(exact, LARGEST_FLOAT);
      }
    }
  }
  return { tiles: start, tilesEnd, end };
}
