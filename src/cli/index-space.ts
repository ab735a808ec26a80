/**
 * The feature space of an index: what the shop's catalog teaches, and its way into 64 dimensions.
 *
 * @packageDocumentation
 */
import { analyzeItem } from '../catalog/analyze-text.ts';
import { type CatalogModel, encodeItem, encodeItems } from '../catalog/encode-items.ts';
import { writeRow } from '../catalog/encode-vector.ts';
import { projectRows } from '../catalog-index/project-rows.ts';
import { isZeroRow, pickMatrixRows } from '../core/matrix-rows.ts';
import type { Matrix } from '../core/shapes.ts';
import type { Item } from '../core/types.ts';
import { emptySet } from '../core/vector-set.ts';
import { buildLibrary, encodeLibrary } from '../engine/library.ts';
import { restoreCatalog } from '../engine/restore-catalog.ts';
import { decodeCatalogStats, encodeCatalogStats } from '../pack/catalog-stats.ts';
import { statsOf } from './catalog-model.ts';
import { learnProjection } from './index-projection.ts';
import { startStage } from './progress.ts';

/** What items are encoded with. */
export interface IndexSpace {
  /** For the page, as a pack's `catalog.bin`. */
  readonly catalog: Uint8Array<ArrayBuffer>;
  /** [F, D]. */
  readonly projection: Matrix;
  /** The sample. */
  readonly sample: Matrix;
  /** The predefined segments, as far as the catalog has anything like them. */
  readonly segments: Matrix;
  /** @returns [R, D] unit rows of items. */
  readonly encode: (items: readonly Item[]) => Matrix;
}

function encodeRows(items: readonly Item[], model: CatalogModel): Matrix {
  const { space } = model;
  const set = emptySet(items.length, space.dims, space.blocks.length);
  for (const [row, item] of items.entries()) {
    const vector = encodeItem(item, analyzeItem(item), model);
    writeRow(vector, set.vectors.data, set.presence.data, { row, weighted: false });
  }
  return set.vectors;
}

function withoutZeros(matrix: Matrix): Matrix {
  const rows = Array.from({ length: matrix.rows }, (_, row) => row);
  return pickMatrixRows(
    matrix,
    rows.filter((row) => !isZeroRow(matrix, row)),
  );
}

/**
 * Learns a space.
 *
 * @param sample - Items from all over the catalog, at least one.
 * @returns Space; items are encoded with what the page will have, not with more.
 */
export function learnSpace(sample: readonly Item[]): IndexSpace {
  const { segments } = buildLibrary(null, true);
  const report = startStage('Learning the feature space');
  let done = 0;
  const encoded = encodeItems(sample, {
    analyze: (item) => {
      report(++done, 2 * sample.length);
      return analyzeItem(item);
    },
  });
  const catalog = encodeCatalogStats(statsOf(encoded, segments));
  const kept = decodeCatalogStats(catalog);
  if (kept === undefined) throw new TypeError('statistics that were written can be read');
  const model = restoreCatalog(kept);
  const rows = encodeRows(sample, model);
  const projection = learnProjection(rows);
  const library = encodeLibrary(segments, model).vectors;
  report(1, 1);
  return {
    catalog,
    projection,
    sample: projectRows(rows, projection),
    segments: withoutZeros(projectRows(library, projection)),
    encode: (items) => projectRows(encodeRows(items, model), projection),
  };
}
