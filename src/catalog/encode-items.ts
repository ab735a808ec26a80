/**
 * Items and segment descriptions → feature vectors, by one encoder.
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';
import type { Item, SegmentDescription } from '../core/types.ts';
import { type AnalyzedText, analyzeItem, stem, tokenize } from './analyze-text.ts';
import { DEFAULT_SPACE, type FeatureSpace } from './blocks.ts';
import { addToken, blockOf, emptyVector, type RawVector, writeRow } from './encode-vector.ts';
import { learnPrices, type PriceModel, priceQuantile, writePriceBands } from './price-bands.ts';

/** What a list of items teaches the encoder. */
export interface CatalogModel {
  /** Feature space. */
  readonly space: FeatureSpace;
  /** Price bands. */
  readonly prices: PriceModel;
  /** Inverse document frequency of a term or named feature, above 0. */
  readonly idf: (term: string) => number;
}

/** Encoded items. */
export interface EncodedItems {
  /** N items in the server's order. */
  readonly items: readonly Item[];
  /** Row of an item id. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** [N, D] */
  readonly vectors: Matrix;
  /** [N, B] ones and zeros. */
  readonly presence: Matrix;
  /** Text analysis, one each. */
  readonly analyzed: readonly AnalyzedText[];
  /** What the list taught. */
  readonly model: CatalogModel;
}

/** Analyses texts once per content. */
export interface TextCache {
  /** @returns The analysis of the item's text. */
  analyze(item: Item): AnalyzedText;
}

/**
 * A cache of text analyses, keyed by content so that a changed text is analysed again.
 *
 * @param limit - Most entries; the oldest half is dropped past it.
 * @returns An empty cache.
 */
export function createTextCache(limit = 20_000): TextCache {
  const entries = new Map<string, { readonly hash: number; readonly analyzed: AnalyzedText }>();
  return {
    analyze(item) {
      const tags = item.tags?.join('\u0001') ?? '';
      const path = item.categoryPath?.join('\u0001') ?? '';
      const hash = hash32(`${item.title ?? ''}\u0002${item.description ?? ''}\u0002${tags}\u0002${path}`);
      const known = entries.get(item.id);
      if (known?.hash === hash) return known.analyzed;
      const analyzed = analyzeItem(item);
      if (entries.size >= limit) {
        let drop = limit >> 1;
        for (const id of entries.keys()) {
          if (drop-- <= 0) break;
          entries.delete(id);
        }
      }
      entries.set(item.id, { hash, analyzed });
      return analyzed;
    },
  };
}

function learnIdf(analyzed: readonly AnalyzedText[]): (term: string) => number {
  const frequency = new Map<string, number>();
  const count = (term: string): void => {
    frequency.set(term, (frequency.get(term) ?? 0) + 1);
  };
  for (const text of analyzed) {
    for (const term of text.terms.keys()) count(term);
    for (const token of new Set(text.named.map(featureToken))) count(token);
  }
  const total = analyzed.length + 1;
  return (term) => Math.log(1 + total / ((frequency.get(term) ?? 0) + 1));
}

function featureToken(feature: { readonly kind: string; readonly value: string }): string {
  return `${feature.kind}\u0001${feature.value}`;
}

/**
 * Encodes a list of items and learns price bands and word weights from it.
 *
 * Cost: linear in the texts; cached analyses are reused.
 *
 * @param items - Valid items, at most 50,000.
 * @param cache - Text analyses kept between calls.
 * @param space - Feature space, default D = 128.
 * @returns Vectors, masks and the model to encode more with.
 */
export function encodeItems(
  items: readonly Item[],
  cache: TextCache,
  space: FeatureSpace = DEFAULT_SPACE,
): EncodedItems {
  const analyzed = items.map((item) => cache.analyze(item));
  const model: CatalogModel = { space, prices: learnPrices(items), idf: learnIdf(analyzed) };
  const data = new Float32Array(items.length * space.dims);
  const mask = new Float32Array(items.length * space.blocks.length);
  for (const [row, item] of items.entries()) {
    const vector = encodeItem(item, analyzed[row] as AnalyzedText, model);
    writeRow(vector, data, mask, { row, weighted: false });
  }
  return {
    items,
    indexOf: new Map(items.map((item, row) => [item.id, row])),
    vectors: { data, rows: items.length, dims: space.dims },
    presence: { data: mask, rows: items.length, dims: space.blocks.length },
    analyzed,
    model,
  };
}

/**
 * Encodes one item.
 *
 * @param item - A valid item.
 * @param text - Its text analysis.
 * @param model - What the candidates taught.
 * @returns Raw blocks; {@link writeRow} normalises them.
 */
export function encodeItem(item: Item, text: AnalyzedText, model: CatalogModel): RawVector {
  const { space } = model;
  const vector = emptyVector(space);
  if (item.price !== undefined) {
    const { start, size } = blockOf(space, 'price');
    const quantile = priceQuantile(model.prices, item.price, item.categoryPath);
    writePriceBands(vector.values, start, size, [quantile]);
  }
  addCategory(vector, item.categoryPath ?? []);
  if (item.brand !== undefined) {
    addToken(vector, blockOf(space, 'brand'), item.brand.toLowerCase(), 1);
  }
  const textBlock = blockOf(space, 'text');
  for (const [term, use] of text.terms) addToken(vector, textBlock, term, use.weight * model.idf(term));
  const featureBlock = blockOf(space, 'features');
  for (const feature of text.named) {
    const token = featureToken(feature);
    addToken(vector, featureBlock, token, model.idf(token));
  }
  if (text.sentiment !== null) addSentiment(vector, text.sentiment);
  return vector;
}

/** A level counts by its whole name and, when it has several words, by each word. */
function addCategory(vector: RawVector, names: readonly string[]): void {
  const block = blockOf(vector.space, 'category');
  for (const name of names) {
    const words = tokenize(name).map(stem);
    addToken(vector, block, words.join(' '), 1);
    if (words.length < 2) continue;
    for (const word of words) addToken(vector, block, word, 1 / words.length);
  }
}

/** A direction in the plane: -1 and 1 are a right angle apart. */
function addSentiment(vector: RawVector, sentiment: number): void {
  const { start } = blockOf(vector.space, 'sentiment');
  const angle = ((sentiment + 1) / 4) * Math.PI;
  vector.values[start] = Math.sin(angle);
  vector.values[start + 1] = Math.cos(angle);
}

/**
 * Encodes a segment's description in the items' space.
 *
 * @param describes - The segment in words.
 * @param model - What the candidates taught (price bands, word weights).
 * @returns Raw blocks; what is not described stays absent.
 */
export function encodeDescription(describes: SegmentDescription, model: CatalogModel): RawVector {
  const { space } = model;
  const vector = emptyVector(space);
  const { start, size } = blockOf(space, 'price');
  writePriceBands(vector.values, start, size, wantedQuantiles(describes, model.prices));
  for (const name of describes.categories ?? []) addCategory(vector, [name]);
  const brandBlock = blockOf(space, 'brand');
  for (const brand of describes.brands ?? []) addToken(vector, brandBlock, brand.toLowerCase(), 1);
  const textBlock = blockOf(space, 'text');
  for (const keyword of describes.keywords ?? []) {
    for (const word of tokenize(keyword)) {
      const term = stem(word);
      addToken(vector, textBlock, term, model.idf(term));
    }
  }
  const featureBlock = blockOf(space, 'features');
  for (const [kind, values] of Object.entries(describes.features ?? {})) {
    for (const value of values) {
      const token = featureToken({ kind, value });
      addToken(vector, featureBlock, token, model.idf(token));
    }
  }
  return vector;
}

const LEVELS = { low: [0.04, 0.12, 0.2], middle: [0.4, 0.5, 0.6], high: [0.8, 0.88, 0.96] } as const;

function wantedQuantiles(describes: SegmentDescription, prices: PriceModel): readonly number[] {
  const { price } = describes;
  if (price === undefined) return [];
  if (typeof price === 'string') return LEVELS[price];
  const path = describes.categories?.slice(0, 1);
  const low = price.min === undefined ? 0 : priceQuantile(prices, price.min, path);
  const high = price.max === undefined ? 1 : priceQuantile(prices, price.max, path);
  return [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
}
