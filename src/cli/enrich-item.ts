/**
 * One item → its derived features with their evidence (docs/enrich.md). Pure, and nothing is kept
 * from one item to the next: shards of a catalog give the lines that the whole gives.
 *
 * @packageDocumentation
 */
import { analyzeItem, keywordsOf } from '../catalog/analyze-text.ts';
import { type PriceModel, priceQuantile } from '../catalog/price-bands.ts';
import type { NamedFeature } from '../core/explanation.ts';
import type { Item } from '../core/types.ts';
import { restoreCatalog } from '../engine/restore-catalog.ts';
import type { CatalogStats } from '../pack/catalog-stats.ts';
import { createSegmentFinder, type ExplainedMembership } from './segment-stats.ts';
import { sentimentWords } from './sentiment-evidence.ts';

/** Where a price stands among its like. */
export interface PricePlace {
  /** The lowest third, the middle one, the highest one. */
  readonly band: 'low' | 'middle' | 'high';
  /** Share of the prices below, 0 to 1. */
  readonly quantile: number;
}

/** Features of an item that its own fields and the catalog's statistics give. */
export interface Derived {
  /** Pack that they were derived with. */
  readonly packId: string;
  /** -1 to 1, with the words that say so; missing without such words. */
  readonly sentiment?: { readonly score: number; readonly words: readonly string[] };
  /** Most telling words or phrases, heaviest first, at most 8. */
  readonly keywords: readonly { readonly term: string; readonly weight: number }[];
  /** Named product features with the words that say so. */
  readonly features: readonly NamedFeature[];
  /** Missing without a price. */
  readonly price?: PricePlace;
  /** At most three; the weights sum to 1. */
  readonly segments: readonly ExplainedMembership[];
}

/** @returns The derived features of an item. */
export type Enricher = (item: Item) => Derived;

const MAX_KEYWORDS = 8;
const BANDS = ['low', 'middle', 'high'] as const;

function round(value: number): number {
  return Number(value.toFixed(4));
}

function placeOf(price: number, path: readonly string[], prices: PriceModel): PricePlace {
  const quantile = priceQuantile(prices, price, path);
  const band = BANDS[Math.min(2, Math.floor(quantile * 3))] as PricePlace['band'];
  return { band, quantile: round(quantile) };
}

/**
 * Makes the function that enriches items.
 *
 * @param stats - Of the pack.
 * @param packId - Of the pack.
 * @returns See {@link Enricher}; cost is linear in an item's text, at most 400 words.
 * @throws `PACK_FORMAT` when the statistics are of another feature space.
 */
export function createEnricher(stats: CatalogStats, packId: string): Enricher {
  const model = restoreCatalog(stats);
  const segmentsOf = createSegmentFinder(stats.segments, model);
  return (item) => {
    const text = analyzeItem(item);
    const keywords = keywordsOf(text, model.idf, MAX_KEYWORDS);
    const { categoryPath = [], price } = item;
    return {
      packId,
      ...(text.sentiment === null
        ? {}
        : { sentiment: { score: round(text.sentiment), words: sentimentWords(item) } }),
      keywords: keywords.map(({ term, weight }) => ({ term, weight: round(weight) })),
      features: text.named,
      ...(price === undefined ? {} : { price: placeOf(price, categoryPath, model.prices) }),
      segments: segmentsOf(item, text).map(({ because, segmentId, weight }) => ({
        segmentId,
        weight: round(weight),
        because: because.map(({ block, share }) => ({ block, share: round(share) })),
      })),
    };
  };
}
