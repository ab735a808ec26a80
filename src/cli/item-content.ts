/**
 * What a pack's ranker is told of items by other models: synthetic scores and segments.
 *
 * @packageDocumentation
 */
import { analyzeItem } from '../catalog/analyze-text.ts';
import { learnGenerated, writeGenerated } from '../catalog/generated-block.ts';
import type { Item } from '../core/types.ts';
import { restoreCatalog } from '../engine/restore-catalog.ts';
import {
  type CatalogStats,
  decodeCatalogStats,
  encodeCatalogStats,
} from '../pack/catalog-stats.ts';
import { MOST_SEGMENTS } from '../ranker/content-signals.ts';
import type { ItemContent } from '../ranker/types.ts';
import { createSegmentFinder } from './segment-stats.ts';

/** [I, G] as the page's feature vectors have them, rows of unit length. */
function generatedRows(items: readonly Item[]): Pick<ItemContent, 'dims' | 'generated'> {
  const model = learnGenerated(items);
  if (model === null) return { dims: 0, generated: new Float32Array(0) };
  const dims = model.names.length + model.latent;
  const generated = new Float32Array(items.length * dims);
  const row = new Float64Array(dims);
  for (const [i, item] of items.entries()) {
    row.fill(0);
    writeGenerated(row, 0, item, model);
    const length = Math.hypot(...row);
    if (length > 0)
      generated.set(
        row.map((value) => value / length),
        i * dims,
      );
  }
  return { dims, generated };
}

type SegmentRows = Pick<ItemContent, 'numSegments' | 'segments' | 'shares'>;

/** [I, 3] by the rule of `vitrine enrich`. */
function segmentRows(items: readonly Item[], stats: CatalogStats): SegmentRows {
  const kept = decodeCatalogStats(encodeCatalogStats(stats)) ?? stats;
  const find = createSegmentFinder(kept.segments, restoreCatalog(kept));
  const numberOf = new Map<string, number>();
  const segments = new Int32Array(items.length * MOST_SEGMENTS).fill(-1);
  const shares = new Float32Array(items.length * MOST_SEGMENTS);
  for (const [i, item] of items.entries()) {
    for (const [k, { segmentId, weight }] of find(item, analyzeItem(item)).entries()) {
      const number = numberOf.get(segmentId) ?? numberOf.size;
      numberOf.set(segmentId, number);
      segments[i * MOST_SEGMENTS + k] = number;
      shares[i * MOST_SEGMENTS + k] = weight;
    }
  }
  if (numberOf.size > 0) return { numSegments: numberOf.size, segments, shares };
  return { numSegments: 0, segments: new Int32Array(0), shares: new Float32Array(0) };
}

/**
 * Learns what the ranker is told.
 *
 * @param items - The catalog with what the attribute model says of it, I.
 * @param stats - Of the catalog, with its segments.
 * @returns Scores beside the catalog's mean, and memberships; parts that no item has are empty.
 */
export function learnContent(items: readonly Item[], stats: CatalogStats): ItemContent {
  return { ...generatedRows(items), ...segmentRows(items, stats) };
}
