/**
 * What features of an item need of its whole catalog, as one optional file of a pack: word weights,
 * latent vectors, names, price quantiles, segments with their levels. With it an item can be
 * enriched alone, and ten shards of a catalog give what the whole would.
 *
 * `catalog.bin` is cut to about 100 kB whatever the size of the catalog: the most frequent words and
 * names, and quantiles instead of prices.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import type { SegmentDescription } from '../core/types.ts';
import { CATALOG_FILE } from './pack-format.ts';
import { dequantise, quantiseSigned } from './quantise.ts';

/** Words with their weights, those with a latent vector first. */
export interface WordStats {
  /** Distinct stemmed terms, or named features as the encoder writes them. */
  readonly words: readonly string[];
  /** Inverse document frequency, one each, above 0. */
  readonly idf: Float32Array;
  /** k dimensions of a vector. */
  readonly dims: number;
  /** Row-major [n, k] of the first n words. */
  readonly vectors: Float32Array;
}

/** A name and how often it occurs. */
export type NameCount = readonly [name: string, count: number];

/** A segment as the catalog knows it. */
export interface SegmentStats {
  /** Unique. */
  readonly id: string;
  /** Title of its row. */
  readonly name: string;
  /** Where it comes from. */
  readonly origin: 'predefined' | 'generated' | 'merchant' | 'visitor';
  /** What it is about. */
  readonly describes: SegmentDescription;
  /** Of the segment's profile, from 1. */
  readonly version: number;
  /** Cosine that counts as fit 1; null: no item of the catalog is near. */
  readonly level: number | null;
  /** Items of the catalog that belong to it. */
  readonly support: number;
}

/** What a catalog taught. */
export interface CatalogStats {
  /** Items that it was learned from. */
  readonly numItems: number;
  /** Stemmed terms. */
  readonly terms: WordStats;
  /** Inverse document frequency of a term that is not listed. */
  readonly restIdf: number;
  /** Named features. */
  readonly features: WordStats;
  /** Category names at all levels, most frequent first. */
  readonly categories: readonly NameCount[];
  /** Brands, most frequent first. */
  readonly brands: readonly NameCount[];
  /** Ascending prices, or quantiles of them, by category key; `''` is the whole catalog. */
  readonly prices: readonly (readonly [key: string, prices: readonly number[]])[];
  /** Segments that items can belong to. */
  readonly segments: readonly SegmentStats[];
}

/** The part that is written as JSON. */
interface Head extends Omit<CatalogStats, 'terms' | 'features'> {
  readonly terms: readonly string[];
  readonly features: readonly string[];
  readonly dims: readonly [terms: number, features: number];
}

function wordSections(name: string, stats: WordStats): [string, SectionData][] {
  const { integers, scales } = quantiseSigned(stats.vectors, stats.dims);
  return [
    [`${name}.idf`, stats.idf],
    [`${name}.vectors`, integers],
    [`${name}.scales`, scales],
  ];
}

/**
 * Encodes the statistics; vectors as bytes with a scale per row.
 *
 * @param stats - Of a catalog.
 * @returns The file's bytes.
 */
export function encodeCatalogStats(stats: CatalogStats): Uint8Array<ArrayBuffer> {
  const { features, terms, ...rest } = stats;
  const head: Head = {
    ...rest,
    terms: terms.words,
    features: features.words,
    dims: [terms.dims, features.dims],
  };
  return writeSections(
    new Map<string, SectionData>([
      ['head', new TextEncoder().encode(JSON.stringify(head))],
      ...wordSections('terms', terms),
      ...wordSections('features', features),
    ]),
  );
}

function refuse(what: string): never {
  throw new VitrineError('PACK_FORMAT', `${CATALOG_FILE}: ${what}.`);
}

const LISTS = ['terms', 'features', 'categories', 'brands', 'prices', 'segments', 'dims'] as const;

type UncheckedHead = Partial<Record<keyof Head, unknown>> | null;

function readHead(data: SectionData | undefined): Head {
  let head: UncheckedHead;
  try {
    head = JSON.parse(new TextDecoder().decode(data)) as UncheckedHead;
  } catch {
    return refuse('the head is no JSON');
  }
  if (typeof head !== 'object' || head === null) return refuse('the head is no object');
  for (const name of LISTS) if (!Array.isArray(head[name])) refuse(`${name} is no list`);
  for (const name of ['numItems', 'restIdf'] as const) {
    if (typeof head[name] !== 'number') refuse(`${name} is no number`);
  }
  return head as Head;
}

function readWords(
  sections: ReadonlyMap<string, SectionData>,
  name: 'terms' | 'features',
  words: readonly string[],
  dims: number,
): WordStats {
  const idf = sections.get(`${name}.idf`);
  const integers = sections.get(`${name}.vectors`);
  const scales = sections.get(`${name}.scales`);
  const isWhole =
    idf instanceof Float32Array &&
    idf.length === words.length &&
    integers instanceof Int8Array &&
    scales instanceof Float32Array &&
    dims >= 1 &&
    integers.length === scales.length * dims &&
    scales.length <= words.length;
  if (!isWhole) return refuse(`${name} do not fit`);
  return { words, idf, dims, vectors: dequantise({ integers, scales }, dims) };
}

/**
 * Decodes what {@link encodeCatalogStats} wrote.
 *
 * @param bytes - The file; undefined in a pack without one.
 * @returns The statistics, vectors rounded to bytes; undefined for undefined.
 * @throws `PACK_FORMAT` or `PACK_VERSION`.
 */
export function decodeCatalogStats(bytes: Uint8Array | undefined): CatalogStats | undefined {
  if (bytes === undefined) return undefined;
  const sections = readSections(bytes);
  const { dims, features, terms, ...rest } = readHead(sections.get('head'));
  return {
    ...rest,
    terms: readWords(sections, 'terms', terms, dims[0]),
    features: readWords(sections, 'features', features, dims[1]),
  };
}
