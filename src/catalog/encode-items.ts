/**
 * Items and segment descriptions → feature vectors, by one encoder.
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';
import type { BlockName, Item, SegmentDescription } from '../core/types.ts';
import { type AnalyzedText, analyzeItem, stem, tokenize } from './analyze-text.ts';
import { type FeatureSpace, spaceWith } from './blocks.ts';
import { blockOf, emptyVector, type RawVector, writeRow } from './encode-vector.ts';
import {
  type GeneratedModel,
  learnGenerated,
  writeGenerated,
  writeWanted,
} from './generated-block.ts';
import { IMAGE_DIMS, learnImages, writeImage } from './image-block.ts';
import { addLatent, type LatentTerms, learnLatentTerms } from './latent-terms.ts';
import {
  addBrands,
  addCategories,
  addDescribedCategories,
  learnBrands,
  learnCategories,
  type NameCodes,
} from './name-codes.ts';
import { learnPrices, type PriceModel, priceQuantile, writePriceBands } from './price-bands.ts';

/** Most terms of an item that count. */
const MAX_TERMS = 28;

/** What a list of items teaches the encoder. */
export interface CatalogModel {
  /** Feature space. */
  readonly space: FeatureSpace;
  /** Price bands. */
  readonly prices: PriceModel;
  /** Codes of category names. */
  readonly categories: NameCodes;
  /** Codes of brands. */
  readonly brands: NameCodes;
  /** Inverse document frequency of a term or named feature, above 0. */
  readonly idf: (term: string) => number;
  /** Vectors of terms. */
  readonly text: LatentTerms;
  /** Vectors of named features. */
  readonly features: LatentTerms;
  /** Synthetic scores; null when the list has none. */
  readonly generated: GeneratedModel | null;
  /** Middle of the pictures; null when the list has none. */
  readonly pictures: Float64Array | null;
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
  /** @returns The text analysis of one row, without those of the others. */
  readonly textOf: (row: number) => AnalyzedText;
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
      const hash = hash32(
        `${item.title ?? ''}\u0002${item.description ?? ''}\u0002${tags}\u0002${path}`,
      );
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

/** The item's most telling terms by tf-idf. */
function termsOf(text: AnalyzedText, idf: CatalogModel['idf']): Map<string, number> {
  const weighted = Array.from(text.terms, ([term, use]) => [term, use.weight * idf(term)] as const);
  if (weighted.length > MAX_TERMS) weighted.sort((a, b) => b[1] - a[1]);
  return new Map(weighted.slice(0, MAX_TERMS));
}

function featuresOf(text: AnalyzedText, idf: CatalogModel['idf']): Map<string, number> {
  return new Map(text.named.map(featureToken).map((token) => [token, idf(token)]));
}

/** A text as the encoder counts it. */
interface WeighedText {
  readonly terms: ReadonlyMap<string, number>;
  readonly features: ReadonlyMap<string, number>;
  readonly sentiment: number | null;
}

function weighText(text: AnalyzedText, idf: CatalogModel['idf']): WeighedText {
  const { sentiment } = text;
  return { terms: termsOf(text, idf), features: featuresOf(text, idf), sentiment };
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
 * @returns Vectors, masks and the model to encode more with.
 */
export function encodeItems(items: readonly Item[], cache: TextCache): EncodedItems {
  const analyzed = items.map((item) => cache.analyze(item));
  const idf = learnIdf(analyzed);
  // Weighed once: the model is learned from them, and the items are encoded from them.
  const weighed = analyzed.map((text) => weighText(text, idf));
  const model = learnModel(items, weighed, idf);
  const { space } = model;
  const data = new Float32Array(items.length * space.dims);
  const mask = new Float32Array(items.length * space.blocks.length);
  for (const [row, item] of items.entries()) {
    const vector = encodeWeighed(item, weighed[row] as WeighedText, model);
    writeRow(vector, data, mask, { row, weighted: false });
  }
  return {
    items,
    indexOf: new Map(items.map((item, row) => [item.id, row])),
    vectors: { data, rows: items.length, dims: space.dims },
    presence: { data: mask, rows: items.length, dims: space.blocks.length },
    analyzed,
    textOf: (row) => analyzed[row] as AnalyzedText,
    model,
  };
}

function learnModel(
  items: readonly Item[],
  weighed: readonly WeighedText[],
  idf: CatalogModel['idf'],
): CatalogModel {
  const generated = learnGenerated(items);
  const scores = generated === null ? 0 : generated.names.length + generated.latent;
  const pictures = learnImages(items);
  const space = spaceWith({ generated: scores, image: pictures === null ? 0 : IMAGE_DIMS });
  const size = (name: BlockName): number => blockOf(space, name).size;
  const terms = weighed.map((text) => text.terms);
  const features = weighed.map((text) => text.features);
  return {
    space,
    prices: learnPrices(items),
    categories: learnCategories(
      items.flatMap((item) => item.categoryPath ?? []),
      size('category'),
    ),
    brands: learnBrands(
      items.flatMap((item) => item.brand ?? []),
      size('brand'),
    ),
    idf,
    text: learnLatentTerms(terms, size('text')),
    features: learnLatentTerms(features, size('features')),
    generated,
    pictures,
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
  return encodeWeighed(item, weighText(text, model.idf), model);
}

function encodeWeighed(item: Item, text: WeighedText, model: CatalogModel): RawVector {
  const { space } = model;
  const vector = emptyVector(space);
  if (item.price !== undefined) {
    const { start, size } = blockOf(space, 'price');
    const quantile = priceQuantile(model.prices, item.price, item.categoryPath);
    writePriceBands(vector.values, start, size, [quantile]);
  }
  addCategories(vector, blockOf(space, 'category'), item.categoryPath ?? [], model.categories);
  if (item.brand !== undefined) {
    addBrands(vector, blockOf(space, 'brand'), [item.brand], model.brands);
  }
  addLatent(text.terms, model.text, vector.values, blockOf(space, 'text').start);
  addLatent(text.features, model.features, vector.values, blockOf(space, 'features').start);
  if (text.sentiment !== null) addSentiment(vector, text.sentiment);
  const { generated, pictures } = model;
  if (generated) {
    writeGenerated(vector.values, blockOf(space, 'generated').start, item, generated);
  }
  if (pictures) {
    writeImage(vector.values, blockOf(space, 'image').start, item.imageVector, pictures);
  }
  return vector;
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
  const categoryBlock = blockOf(space, 'category');
  addDescribedCategories(vector, categoryBlock, describes.categories ?? [], model.categories);
  addBrands(vector, blockOf(space, 'brand'), describes.brands ?? [], model.brands);
  const words = (describes.keywords ?? []).flatMap((keyword) => tokenize(keyword).map(stem));
  const weigh = (token: string): readonly [string, number] => [token, model.idf(token)];
  addLatent(words.map(weigh), model.text, vector.values, blockOf(space, 'text').start);
  const features = Object.entries(describes.features ?? {}).flatMap(([kind, values]) =>
    values.map((value) => featureToken({ kind, value })),
  );
  addLatent(features.map(weigh), model.features, vector.values, blockOf(space, 'features').start);
  const { generated } = model;
  const { attributes } = describes;
  if (generated && attributes) {
    writeWanted(vector.values, blockOf(space, 'generated').start, attributes, generated);
  }
  return vector;
}

const LEVELS = {
  low: [0.04, 0.12, 0.2],
  middle: [0.4, 0.5, 0.6],
  high: [0.8, 0.88, 0.96],
} as const;

function wantedQuantiles(describes: SegmentDescription, prices: PriceModel): readonly number[] {
  const { price } = describes;
  if (price === undefined) return [];
  if (typeof price === 'string') return LEVELS[price];
  const path = describes.categories?.slice(0, 1);
  const low = price.min === undefined ? 0 : priceQuantile(prices, price.min, path);
  const high = price.max === undefined ? 1 : priceQuantile(prices, price.max, path);
  return [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
}
