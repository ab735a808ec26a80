import { describe, expect, it } from 'vitest';
import { analyzeItem } from '../../../src/catalog/analyze-text.ts';
import {
  createTextCache,
  encodeDescription,
  encodeItem,
  type EncodedItems,
} from '../../../src/catalog/encode-items.ts';
import { ENCODING_FORMAT, readEncoding } from '../../../src/catalog/encoding-file.ts';
import { writeEncoding } from '../../../src/catalog/write-encoding.ts';
import { readSections, type SectionData, writeSections } from '../../../src/core/binary.ts';
import { VitrineError } from '../../../src/core/errors.ts';
import { hash32 } from '../../../src/core/rng.ts';
import type { Item, SegmentDescription } from '../../../src/core/types.ts';
import { catalogOf, encode } from './encode-fixtures.ts';

const LIST = catalogOf(60);

/** The same with scores, pictures, and gaps. */
const RICH = LIST.map((item, i): Item => {
  const generated = {
    modelId: 'm1',
    scores: { comfort: (i % 7) / 7, style: (i % 5) / 5 },
    latent: [(i % 3) / 3],
    evidence: [],
    guessing: i % 11 === 0,
  };
  const imageVector = Array.from({ length: 24 }, (_, k) => ((i * 7 + k * 3) % 13) / 13);
  const { brand: _brand, price: _price, ...bare } = item;
  return i % 9 === 0 ? bare : { ...item, generated, imageVector };
});

const STRANGER: Item = {
  id: 'stranger',
  title: 'Water-resistant leather boots, not for beginners',
  description: 'Terrible soles; 2 kg. It is the shop’s best pair.',
  categoryPath: ['Shoes', 'Boots'],
  brand: 'Nobody',
  price: 17,
};

const WISH: SegmentDescription = {
  categories: ['boots', 'tents'],
  keywords: ['leather', 'waterproof', 'unheard-of'],
  features: { material: ['leather'] },
  attributes: { comfort: 'high' },
  price: 'low',
};

const read = (bytes: Uint8Array, items: readonly Item[]): EncodedItems =>
  readEncoding(bytes, items, createTextCache()).encoded;

const written = (items: readonly Item[]): Uint8Array<ArrayBuffer> =>
  writeEncoding(encode(items), new Map());

/** Everything that a model says of something that is not in the list. */
function saidBy({ model }: EncodedItems): readonly Float64Array[] {
  const text = analyzeItem(STRANGER);
  return [
    encodeItem(STRANGER, text, model).values,
    encodeDescription(WISH, model).values,
    encodeDescription({ price: { min: 10, max: 50 }, brands: ['Nobody'] }, model).values,
    Float64Array.from([...text.terms.keys()], model.idf),
  ];
}

/** A file with one section changed. */
function changed(
  bytes: Uint8Array,
  name: string,
  change: (data: SectionData) => SectionData,
): Uint8Array {
  const sections = new Map(readSections(bytes));
  sections.set(name, change(sections.get(name) as SectionData));
  return writeSections(sections);
}

describe.each([
  ['a plain list', LIST],
  ['a list with scores and pictures', RICH],
  ['a single item', LIST.slice(0, 1)],
])('an encoding that was written, of %s', (_name, items) => {
  const before = encode(items);
  const after = read(written(items), items);

  it('has the same vectors', () => {
    expect(after.vectors).toEqual(before.vectors);
    expect(after.presence).toEqual(before.presence);
    expect(after.indexOf).toEqual(before.indexOf);
    expect(after.model.space).toEqual(before.model.space);
  });

  it('has a model that encodes to the same numbers', () => {
    expect(saidBy(after)).toEqual(saidBy(before));
    const { idf: _before, ...model } = before.model;
    const { idf: _after, ...same } = after.model;
    expect(same).toEqual(model);
  });

  it('has the same text analyses, each made once', () => {
    expect(after.analyzed).toEqual(before.analyzed);
    expect(after.textOf(0)).toBe(after.textOf(0));
    expect([...after.textOf(0).terms]).toEqual([...before.textOf(0).terms]);
  });
});

describe('a file that is not what it should be', () => {
  const bytes = written(LIST);
  const refusals: readonly (readonly [string, Uint8Array, readonly Item[]])[] = [
    ['another list', bytes, LIST.slice(1)],
    ['no file', new Uint8Array(), LIST],
    ['a part of it', bytes.slice(0, bytes.length >> 1), LIST],
    ['a number that is none', changed(bytes, 'list.vectors', (data) => data.fill(NaN)), LIST],
    ['an endless number', changed(bytes, 'list.vectors', (data) => data.fill(Infinity)), LIST],
    ['bytes for floats', changed(bytes, 'list.presence', () => new Uint8Array(360)), LIST],
    ['another space', changed(bytes, 'list.shape', () => Int32Array.of(60, 3, 0)), LIST],
    ['no shape', changed(bytes, 'list.shape', () => new Int32Array()), LIST],
  ];

  it.each(refusals)('is refused: %s', (_name, file, items) => {
    expect(() => read(file, items)).toThrow(VitrineError);
  });

  it.each([
    ['list.words', () => new TextEncoder().encode('{')],
    ['list.words', () => new TextEncoder().encode('{"idf":[]}')],
    ['list.numbers', (data: SectionData) => data.slice(8)],
    ['list.numbers', (data: SectionData) => data.slice(1)],
    ['list.numbers', (data: SectionData) => data.fill(255)],
    ['list.numbers', (data: SectionData) => Uint8Array.of(...data, ...new Uint8Array(8))],
  ])('gives a model that is learned anew: %s', (name, change) => {
    expect(saidBy(read(changed(bytes, name, change), LIST))).toEqual(saidBy(encode(LIST)));
  });

  it.each(['', '\n\n', '[1,2,3]', '[null,["a"],[]]', '[null,[],[1,2,3]]', '{}', 'null'])(
    'has its texts analysed anew: %j',
    (line) => {
      const file = changed(bytes, 'list.texts', () => new TextEncoder().encode(line));
      expect(read(file, LIST).analyzed).toEqual(encode(LIST).analyzed);
    },
  );
});

it('keeps sections of the caller’s own', () => {
  const own = writeEncoding(encode(LIST), new Map([['own', Uint8Array.of(7)]]));
  const { sections } = readEncoding(own, LIST, createTextCache());
  expect(sections.get('own')).toEqual(Uint8Array.of(7));
});

it('has another format when the encoder gives other numbers', () => {
  const { presence, vectors } = encode(RICH);
  // Rounded: the last bits of a logarithm are the machine's own.
  const rounded = [...vectors.data, ...presence.data].map((value) => value.toFixed(3));
  const told = rounded.map((value) => (value === '-0.000' ? '0.000' : value)).join();
  // Not equal? Then raise ENCODING_FORMAT, and write what is found now.
  expect([ENCODING_FORMAT, hash32(told)]).toEqual([1, 1_503_008_171]);
});
