/**
 * Writes what `encoding-file.ts` reads.
 *
 * @packageDocumentation
 */
import { type SectionData, writeSections } from '../core/binary.ts';
import type { AnalyzedText } from './analyze-text.ts';
import type { CatalogModel, EncodedItems } from './encode-items.ts';
import type { EncodingWords } from './encoding-file.ts';

/** No list has such a word: what it weighs is what all unknown words weigh. */
const UNKNOWN_WORD = '\u0000';

/** Terms and features as flat lists: a third of the text of objects. */
type Line = readonly [
  sentiment: number | null,
  terms: readonly (string | number)[],
  named: readonly string[],
];

function toLine({ named, sentiment, terms }: AnalyzedText): string {
  const line: Line = [
    sentiment,
    // Most words are written as they are shown; 0 stands for that.
    [...terms].flatMap(([term, { surface, weight }]) => [
      term,
      weight,
      surface === term ? 0 : surface,
    ]),
    named.flatMap(({ evidence, kind, value }) => [kind, value, evidence]),
  ];
  return JSON.stringify(line);
}

/** Text analyses as UTF-8; JSON has no line breaks of its own. */
function writeTexts(analyzed: readonly AnalyzedText[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(analyzed.map(toLine).join('\n'));
}

/** Words that weigh other than unknown ones. */
function weighedWords({ analyzed }: EncodedItems): string[] {
  const words = new Set<string>();
  for (const { named, terms } of analyzed) {
    for (const term of terms.keys()) words.add(term);
    for (const { kind, value } of named) words.add(`${kind}\u0001${value}`);
  }
  return [...words];
}

function wordsOf(encoded: EncodedItems): EncodingWords {
  const { brands, categories, features, generated, pictures, prices, text } = encoded.model;
  return {
    idf: weighedWords(encoded),
    categories: [...categories.codes.keys()],
    brands: [...brands.codes.keys()],
    prices: Array.from(prices.sorted, ([key, sorted]) => [key, sorted.length] as const),
    text: [...text.index.keys()],
    features: [...features.index.keys()],
    generated: generated && {
      modelId: generated.modelId,
      names: generated.names,
      latent: generated.latent,
    },
    pictures: pictures?.length ?? 0,
  };
}

function numbersOf(model: CatalogModel, words: EncodingWords): Float64Array {
  const { brands, categories, features, generated, idf, pictures, prices, text } = model;
  const parts: (Float64Array | readonly number[])[] = [
    [...words.idf, UNKNOWN_WORD].map(idf),
    ...categories.codes.values(),
    ...brands.codes.values(),
    ...prices.sorted.values(),
    text.vectors,
    features.vectors,
    ...(generated ? [generated.mean, generated.deviation] : []),
    ...(pictures ? [pictures] : []),
  ];
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Writes encoded items, without the items.
 *
 * @param encoded - From `encodeItems`.
 * @param more - Sections of the caller's own, at most 50; their names must not begin with `list.`.
 * @returns The file's bytes: about 3 kB per item.
 */
export function writeEncoding(
  encoded: EncodedItems,
  more: ReadonlyMap<string, SectionData>,
): Uint8Array<ArrayBuffer> {
  const { model, presence, vectors } = encoded;
  const words = wordsOf(encoded);
  const { generated } = words;
  const extra = generated === null ? 0 : generated.names.length + generated.latent;
  return writeSections(
    new Map<string, SectionData>([
      ['list.shape', Int32Array.of(vectors.rows, extra, words.pictures)],
      ['list.vectors', vectors.data],
      ['list.presence', presence.data],
      ['list.texts', writeTexts(encoded.analyzed)],
      ['list.words', new TextEncoder().encode(JSON.stringify(words))],
      ['list.numbers', new Uint8Array(numbersOf(model, words).buffer)],
      ...more,
    ]),
  );
}
