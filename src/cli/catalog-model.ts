/**
 * A catalog → what a pack keeps of it.
 *
 * @packageDocumentation
 */
import { analyzeItem } from '../catalog/analyze-text.ts';
import { type CatalogModel, type EncodedItems, encodeItems } from '../catalog/encode-items.ts';
import type { LatentTerms } from '../catalog/latent-terms.ts';
import type { PriceModel } from '../catalog/price-bands.ts';
import type { Item } from '../core/types.ts';
import { buildLibrary } from '../engine/library.ts';
import { restoreCatalog } from '../engine/restore-catalog.ts';
import {
  type CatalogStats,
  decodeCatalogStats,
  encodeCatalogStats,
  type NameCount,
  type WordStats,
} from '../pack/catalog-stats.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import { evenly } from './evenly.ts';
import type { Report } from './progress.ts';
import { measureSegments, segmentWords } from './segment-stats.ts';

/** What keeps the file near 100 kB; past them the less frequent are left out. */
const LIMITS = { items: 50_000, terms: 1_800, vectors: 850, names: 450, priced: 90, prices: 18 };

function byCount(a: NameCount, b: NameCount): number {
  return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
}

function countNames(names: Iterable<string>): NameCount[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(byCount);
}

/** Words that have a vector and are in `first`, then by frequency; those with a vector lead. */
function selectWords(
  counted: readonly NameCount[],
  latent: LatentTerms,
  first: ReadonlySet<string>,
  idf: CatalogModel['idf'],
): WordStats {
  const known = counted.map(([word]) => word);
  const near = known.filter((word) => latent.index.has(word));
  const wanted = near.filter((word) => first.has(word));
  const leading = new Set([...wanted, ...near].slice(0, LIMITS.vectors));
  const words = [...new Set([...leading, ...known])].slice(0, LIMITS.terms);
  const { dims } = latent;
  const vectors = new Float32Array(leading.size * dims);
  for (const [row, word] of [...leading].entries()) {
    const at = (latent.index.get(word) as number) * dims;
    vectors.set(latent.vectors.subarray(at, at + dims), row * dims);
  }
  return { words, idf: Float32Array.from(words, idf), dims, vectors };
}

/** Mid-quantiles of a list that is too long. */
function thinned(sorted: readonly number[]): number[] {
  if (sorted.length <= LIMITS.prices) return [...sorted];
  const step = sorted.length / LIMITS.prices;
  return Array.from(
    { length: LIMITS.prices },
    (_, k) => sorted[Math.floor((k + 0.5) * step)] as number,
  );
}

/** Prices by category key, the largest categories first; the whole catalog is always among them. */
function thinPrices({ sorted }: PriceModel): CatalogStats['prices'] {
  return [...sorted]
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, LIMITS.priced)
    .map(([key, logs]) => {
      const prices = Array.from(logs, (log) => Number(Math.expm1(log).toPrecision(12)));
      return [key, thinned(prices)] as const;
    });
}

/**
 * What is kept of items that were encoded.
 *
 * @param encoded - A catalog, or an even sample of it.
 * @param segments - Words that they ask for are kept first.
 * @returns Statistics without segments, small whatever the catalog.
 */
export function statsOf(encoded: EncodedItems, segments: readonly LibrarySegment[]): CatalogStats {
  const { analyzed, items, model } = encoded;
  const wanted = segmentWords(segments);
  const terms = countNames(analyzed.flatMap((text) => [...text.terms.keys()]));
  // A feature of a single item has no vector, and its weight is used for nothing else.
  const features = Array.from(model.features.index.keys(), (word) => [word, 1] as const);
  const left = terms[LIMITS.terms]?.[0];
  return {
    numItems: items.length,
    terms: selectWords(terms, model.text, wanted, model.idf),
    restIdf: model.idf(left ?? ''),
    features: selectWords(features, model.features, wanted, model.idf),
    categories: countNames(items.flatMap((item) => item.categoryPath ?? [])).slice(0, LIMITS.names),
    brands: countNames(items.flatMap((item) => item.brand ?? [])).slice(0, LIMITS.names),
    prices: thinPrices(model.prices),
    segments: [],
  };
}

/**
 * Learns what a pack keeps of a catalog.
 *
 * @param items - Items; of more than 50,000 an even sample is looked at.
 * @param report - Told about the items that were looked at.
 * @returns Statistics with the segments of the library, small whatever the catalog.
 */
export function learnCatalog(items: readonly Item[], report?: Report): CatalogStats {
  const { segments } = buildLibrary(null, true);
  const sample = evenly(items, LIMITS.items);
  let done = 0;
  const encoded = encodeItems(sample, {
    analyze: (item) => {
      report?.(++done, 2 * sample.length);
      return analyzeItem(item);
    },
  });
  const stats = statsOf(encoded, segments);
  // Measured with what is kept, so that levels and vectors of enriched items belong together.
  const kept = decodeCatalogStats(encodeCatalogStats(stats)) ?? stats;
  const measured = measureSegments(encoded, segments, restoreCatalog(kept));
  report?.(1, 1);
  const share = items.length / Math.max(1, sample.length);
  return {
    ...stats,
    segments: measured.map((segment) => ({
      ...segment,
      support: Math.round(segment.support * share),
    })),
  };
}
