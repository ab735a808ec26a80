/**
 * What a pack or an index keeps of a catalog → the encoder that the catalog taught.
 *
 * @packageDocumentation
 */
import { DEFAULT_SPACE } from '../catalog/blocks.ts';
import type { CatalogModel } from '../catalog/encode-items.ts';
import { blockOf } from '../catalog/encode-vector.ts';
import type { LatentTerms } from '../catalog/latent-terms.ts';
import { learnBrands, learnCategories } from '../catalog/name-codes.ts';
import { VitrineError } from '../core/errors.ts';
import type { CatalogStats, NameCount, WordStats } from '../pack/catalog-stats.ts';

function* repeat(names: readonly NameCount[]): Generator<string> {
  for (const [name, count] of names) for (let i = 0; i < count; i++) yield name;
}

function restoreLatent({ dims, vectors, words }: WordStats, expected: number): LatentTerms {
  if (dims !== expected) {
    throw new VitrineError('PACK_FORMAT', 'catalog.bin: made for another feature space.');
  }
  const index = new Map(words.slice(0, vectors.length / dims).map((word, row) => [word, row]));
  return { dims, index, vectors: Float64Array.from(vectors) };
}

/**
 * The encoder that a catalog taught, from what a pack kept of it.
 *
 * @param stats - Of the pack.
 * @returns A model that encodes items and segments; the same statistics give the same vectors.
 * @throws `PACK_FORMAT` when they were made for another feature space.
 */
export function restoreCatalog(stats: CatalogStats): CatalogModel {
  const space = DEFAULT_SPACE;
  const idf = new Map<string, number>();
  for (const { idf: weights, words } of [stats.terms, stats.features]) {
    for (const [w, word] of words.entries()) idf.set(word, weights[w] as number);
  }
  const sorted = new Map(
    stats.prices.map(([key, prices]) => [key, Float64Array.from(prices, Math.log1p)]),
  );
  return {
    space,
    prices: { sorted },
    categories: learnCategories(repeat(stats.categories), blockOf(space, 'category').size),
    brands: learnBrands(repeat(stats.brands), blockOf(space, 'brand').size),
    idf: (word) => idf.get(word) ?? stats.restIdf,
    text: restoreLatent(stats.terms, blockOf(space, 'text').size),
    features: restoreLatent(stats.features, blockOf(space, 'features').size),
    generated: null,
    pictures: null,
  };
}
