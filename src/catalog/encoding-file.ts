/**
 * Encoded candidates as one file: what a list taught is learned once, not on every page. Written by
 * `write-encoding.ts`.
 *
 * The model is put together only when something is encoded with it: a feed of the same list mostly
 * needs no more than the vectors.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { type FeatureSpace, spaceWith } from './blocks.ts';
import {
  type CatalogModel,
  encodeItems,
  type EncodedItems,
  type TextCache,
} from './encode-items.ts';
import { blockOf } from './encode-vector.ts';
import type { GeneratedModel } from './generated-block.ts';
import type { LatentTerms } from './latent-terms.ts';
import type { NameCodes } from './name-codes.ts';
import { textReader } from './text-lines.ts';

/** Raised when {@link encodeItems} gives other numbers: what older code wrote is then left alone. */
export const ENCODING_FORMAT = 1;

/** The words of a model; its numbers stand in one row, in the order of these fields. */
export interface EncodingWords {
  readonly idf: readonly string[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly prices: readonly (readonly [key: string, count: number])[];
  readonly text: readonly string[];
  readonly features: readonly string[];
  readonly generated: Pick<GeneratedModel, 'modelId' | 'names' | 'latent'> | null;
  readonly pictures: number;
}

function refuse(what: string): never {
  throw new VitrineError('PACK_FORMAT', `encoding: ${what}.`);
}

/** Takes numbers one part after the other. */
class Numbers {
  readonly #all: Float64Array;
  #at = 0;

  constructor(bytes: SectionData | undefined) {
    if (!(bytes instanceof Uint8Array) || bytes.length % 8 !== 0) refuse('no numbers');
    this.#all = new Float64Array(bytes.slice().buffer);
    if (!areFinite(this.#all)) refuse('numbers are not finite');
  }

  take(count: number): Float64Array {
    const part = this.#all.subarray(this.#at, this.#at + count);
    if (part.length !== count) refuse('numbers are missing');
    this.#at += count;
    return part;
  }

  end(): void {
    if (this.#at !== this.#all.length) refuse('too many numbers');
  }
}

/** Native searches: a loop of ours would run cold over all of them. */
function areFinite(values: Float64Array | Float32Array): boolean {
  return !values.includes(NaN) && !values.includes(Infinity) && !values.includes(-Infinity);
}

function takeCodes(tokens: readonly string[], dims: number, numbers: Numbers): NameCodes {
  return { dims, codes: new Map(tokens.map((token) => [token, numbers.take(dims)])) };
}

function takeTerms(terms: readonly string[], dims: number, numbers: Numbers): LatentTerms {
  const index = new Map(terms.map((term, row) => [term, row]));
  return { dims, index, vectors: numbers.take(terms.length * dims) };
}

function takeIdf(words: readonly string[], numbers: Numbers): CatalogModel['idf'] {
  const weights = numbers.take(words.length);
  const rest = numbers.take(1)[0] as number;
  const known = new Map(words.map((word, w) => [word, weights[w] as number]));
  return (word) => known.get(word) ?? rest;
}

/** Puts a model together. Throws where it does not fit the space. */
function readModel(sections: ReadonlyMap<string, SectionData>, space: FeatureSpace): CatalogModel {
  const text = new TextDecoder().decode(sections.get('list.words'));
  const words = JSON.parse(text) as EncodingWords;
  const numbers = new Numbers(sections.get('list.numbers'));
  const size = (name: 'category' | 'brand' | 'text' | 'features'): number =>
    blockOf(space, name).size;
  const { generated } = words;
  const scores = generated === null ? 0 : generated.names.length + generated.latent;
  // Read in the order in which they stand.
  const model = {
    space,
    idf: takeIdf(words.idf, numbers),
    categories: takeCodes(words.categories, size('category') - 1, numbers),
    brands: takeCodes(words.brands, size('brand') - 1, numbers),
    prices: {
      sorted: new Map(words.prices.map(([key, count]) => [key, numbers.take(count)])),
    },
    text: takeTerms(words.text, size('text'), numbers),
    features: takeTerms(words.features, size('features'), numbers),
    generated: generated && {
      ...generated,
      mean: numbers.take(scores),
      deviation: numbers.take(scores),
    },
    pictures: words.pictures === 0 ? null : numbers.take(words.pictures),
  };
  numbers.end();
  return model;
}

/** A model that is put together when it is first asked for more than its space. */
function lazyModel(space: FeatureSpace, read: () => CatalogModel): CatalogModel {
  let known: CatalogModel | undefined;
  const model = (): CatalogModel => (known ??= read());
  return {
    space,
    get prices() {
      return model().prices;
    },
    get categories() {
      return model().categories;
    },
    get brands() {
      return model().brands;
    },
    idf: (word) => model().idf(word),
    get text() {
      return model().text;
    },
    get features() {
      return model().features;
    },
    get generated() {
      return model().generated;
    },
    get pictures() {
      return model().pictures;
    },
  };
}

/**
 * Reads what `writeEncoding` wrote for the same items.
 *
 * @param bytes - The file.
 * @param items - N items, equal to those that were encoded.
 * @param cache - Text analyses, made when they are asked for.
 * @returns What {@link encodeItems} would give, number by number, and all sections of the file.
 *   A model that turns out to be damaged is learned anew.
 * @throws `PACK_FORMAT` or `PACK_VERSION` when the vectors are not those of N items.
 */
export function readEncoding(
  bytes: Uint8Array,
  items: readonly Item[],
  cache: TextCache,
): { readonly encoded: EncodedItems; readonly sections: ReadonlyMap<string, SectionData> } {
  const sections = readSections(bytes);
  const [rows, generated = 0, image = 0] = sections.get('list.shape') ?? [];
  const space = spaceWith({ generated, image });
  const vectors = readRows(sections.get('list.vectors'), items.length * space.dims);
  const mask = readRows(sections.get('list.presence'), items.length * space.blocks.length);
  if (rows !== items.length) refuse(`${rows} rows`);
  const textOf = textReader(sections.get('list.texts'), (row) => cache.analyze(items[row] as Item));
  const encoded: EncodedItems = {
    items,
    indexOf: new Map(items.map((item, row) => [item.id, row])),
    vectors: { data: vectors, rows, dims: space.dims },
    presence: { data: mask, rows, dims: space.blocks.length },
    get analyzed() {
      return items.map((_, row) => textOf(row));
    },
    textOf,
    model: lazyModel(space, () => {
      try {
        return readModel(sections, space);
      } catch {
        return encodeItems(items, cache).model;
      }
    }),
  };
  return { encoded, sections };
}

/**
 * Reads rows of numbers.
 *
 * @param data - A section.
 * @param length - Expected numbers.
 * @returns The same.
 * @throws `PACK_FORMAT` when it is something else or not finite.
 */
export function readRows(data: SectionData | undefined, length: number): Float32Array {
  if (!(data instanceof Float32Array) || data.length !== length || !areFinite(data)) {
    return refuse('rows do not fit');
  }
  return data;
}
