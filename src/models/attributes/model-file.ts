/**
 * A model ⇄ one binary file: 8-bit rows with a scale each, behind `core/binary.ts`'s header.
 *
 * The section `meta` is JSON with a version of its own, names and sizes; `check` is a checksum of
 * all other sections.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../../core/binary.ts';
import { VitrineError } from '../../core/errors.ts';
import { dequantise, quantiseSigned } from '../../pack/quantise.ts';
import { type EncoderShape, encoderShapes } from './encoder-shapes.ts';
import { type FileMeta, readMeta } from './file-meta.ts';
import type { AttributeModel, Block, ClassHead, ScoreHead } from './model.ts';
import { rowsOf, type Vocabulary } from './text-tokens.ts';
import type { WidePart } from './wide-part.ts';

/** Of this file's layout. */
const VERSION = 1;

/** Steps of idf: 1 to 13.75 in bytes. */
const IDF_STEPS = 20;

type Sections = Map<string, SectionData>;

/** Two FNV-1a lanes over the bytes of all sections but `check`, in their order. */
function checksum(sections: ReadonlyMap<string, SectionData>): Int32Array {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const [name, data] of sections) {
    if (name === 'check') continue;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let k = 0; k < bytes.length; k++) {
      a = Math.imul(a ^ (bytes[k] as number), 0x01000193);
      b = Math.imul(b ^ ((bytes[k] as number) + (k & 255)), 0x85ebca6b);
    }
  }
  return Int32Array.of(a, b);
}

/** Matrices get 8 bits; norms and biases, of few rows, stay as they are. */
function isExact(name: string): boolean {
  return name.includes('norm') || name.endsWith('ias');
}

function shapesOf(
  shape: EncoderShape,
  outputs: number,
  latent: number,
): Map<string, readonly [number, number]> {
  const shapes = encoderShapes(shape);
  shapes.set('head', [shape.width, outputs]);
  shapes.set('headBias', [1, outputs]);
  if (latent > 0) {
    shapes.set('latent', [shape.width, latent]);
    shapes.set('latentBias', [1, latent]);
  }
  return shapes;
}

function writeWeights(sections: Sections, model: AttributeModel): void {
  const exact: number[] = [];
  const bytes: number[] = [];
  const scales: number[] = [];
  for (const [name, { columns, values }] of model.weights) {
    if (isExact(name)) exact.push(...values);
    else {
      const quantised = quantiseSigned(values, columns);
      bytes.push(...quantised.integers);
      scales.push(...quantised.scales);
    }
  }
  const table = quantiseSigned(model.table, model.shape.width);
  sections.set('words', model.vocabulary.words);
  sections.set('table', table.integers);
  sections.set('tableScales', table.scales);
  sections.set('weights', Int8Array.from(bytes));
  sections.set('weightScales', Float32Array.from(scales));
  sections.set('exact', Float32Array.from(exact));
}

/** A term speaks of all classes at most. */
function fitsByte(classes: number): boolean {
  return classes <= 0xff;
}

function writeWide(sections: Sections, wide: WidePart): void {
  const values = quantiseSigned(wide.values, Math.max(1, wide.values.length));
  const counts = wide.keys.map((_, at) => (wide.offsets[at + 1] ?? 0) - (wide.offsets[at] ?? 0));
  sections.set('wideKeys', wide.keys);
  sections.set(
    'wideIdf',
    Uint8Array.from(wide.idf, (idf) => Math.round((idf - 1) * IDF_STEPS)),
  );
  // Terms that all have a weight for each class need neither numbers nor names of them.
  if (!counts.every((count) => count === wide.bias.length)) {
    const isByte = fitsByte(wide.bias.length);
    sections.set('wideCounts', isByte ? Uint8Array.from(counts) : Uint16Array.from(counts));
    sections.set('wideClasses', wide.classes);
  }
  sections.set('wideValues', values.integers);
  sections.set('wideScale', values.scales);
  sections.set('wideBias', wide.bias);
}

function metaOf({ classes, scores, shape, vocabulary, weights }: AttributeModel): FileMeta {
  return {
    version: VERSION,
    kind: classes === null ? 'scores' : 'classes',
    shape,
    grams: vocabulary.grams,
    latent: weights.get('latent')?.columns ?? 0,
    names: (scores ?? classes)?.names ?? [],
    attributes: scores?.attributes ?? [],
    trust: classes?.trust ?? 0,
  };
}

/**
 * Writes a model.
 *
 * @param model - Finite numbers; `weights` as {@link AttributeModel} says.
 * @returns The file's bytes; the same model gives the same bytes.
 */
export function writeModel(model: AttributeModel): Uint8Array<ArrayBuffer> {
  const { classes, scores, shape } = model;
  const meta = metaOf(model);
  const sections: Sections = new Map();
  sections.set('meta', new TextEncoder().encode(JSON.stringify(meta)));
  const order = shapesOf(shape, meta.names.length, meta.latent);
  const sorted = new Map([...order.keys()].map((name) => [name, model.weights.get(name) as Block]));
  writeWeights(sections, { ...model, weights: sorted });
  if (scores !== null) {
    sections.set('scoreTrust', scores.trust);
    writeWide(sections, scores.wide);
    sections.set('slope', scores.slope);
    sections.set('shift', scores.shift);
    sections.set('base', scores.base);
    if (Number.isFinite(scores.doubt)) sections.set('doubt', Float32Array.of(scores.doubt));
  }
  if (classes !== null) {
    sections.set('shift', classes.shift);
    sections.set('common', classes.common);
    writeWide(sections, classes.wide);
  }
  sections.set('check', checksum(sections));
  return writeSections(sections);
}

function refuse(detail: string): never {
  throw new VitrineError('PACK_FORMAT', `attribute model: ${detail}.`);
}

/** Takes sections out of a file, each of the type and length that it must have. */
class Reader {
  readonly #sections: ReadonlyMap<string, SectionData>;

  constructor(sections: ReadonlyMap<string, SectionData>) {
    this.#sections = sections;
  }

  has(name: string): boolean {
    return this.#sections.has(name);
  }

  take<T extends SectionData>(name: string, type: new () => T, length?: number): T {
    const data = this.#sections.get(name);
    if (!(data instanceof type)) return refuse(`section ${name} is missing or of another type`);
    if (length !== undefined && data.length !== length) {
      refuse(`section ${name}: got ${data.length} numbers, expected ${length}`);
    }
    if (data instanceof Float32Array && !data.every(Number.isFinite)) {
      refuse(`section ${name} holds what is no finite number`);
    }
    return data;
  }
}

function readWeights(reader: Reader, meta: FileMeta): Map<string, Block> {
  const shapes = [...shapesOf(meta.shape, meta.names.length, meta.latent)];
  const total = (isWanted: (name: string) => boolean, count: (r: number, c: number) => number) =>
    shapes.reduce((sum, [name, [r, c]]) => sum + (isWanted(name) ? count(r, c) : 0), 0);
  const isMatrix = (name: string): boolean => !isExact(name);
  const bytes = reader.take(
    'weights',
    Int8Array,
    total(isMatrix, (r, c) => r * c),
  );
  const scales = reader.take(
    'weightScales',
    Float32Array,
    total(isMatrix, (r) => r),
  );
  const exact = reader.take(
    'exact',
    Float32Array,
    total(isExact, (r, c) => r * c),
  );
  let [atByte, atScale, atExact] = [0, 0, 0];
  const blocks = shapes.map(([name, [rows, columns]]): [string, Block] => {
    const size = rows * columns;
    if (isExact(name)) {
      return [name, { rows, columns, values: exact.slice(atExact, (atExact += size)) }];
    }
    const integers = bytes.subarray(atByte, (atByte += size));
    const own = scales.subarray(atScale, (atScale += rows));
    return [name, { rows, columns, values: dequantise({ integers, scales: own }, columns) }];
  });
  return new Map(blocks);
}

function isAscending(keys: Int32Array): boolean {
  return keys.every((key, at) => at === 0 || key > (keys[at - 1] as number));
}

function readVocabulary(reader: Reader, meta: FileMeta): Vocabulary {
  const words = reader.take('words', Int32Array);
  if (!isAscending(words)) refuse('words are not in order');
  return { words, grams: meta.grams };
}

function readWide(reader: Reader, classes: number): WidePart {
  const keys = reader.take('wideKeys', Int32Array);
  if (!isAscending(keys)) refuse('terms are not in order');
  const isSparse = reader.has('wideCounts');
  const counts = isSparse
    ? fitsByte(classes)
      ? reader.take('wideCounts', Uint8Array, keys.length)
      : reader.take('wideCounts', Uint16Array, keys.length)
    : new Uint16Array(keys.length).fill(classes);
  const offsets = new Int32Array(keys.length + 1);
  for (const [at, count] of counts.entries()) offsets[at + 1] = (offsets[at] as number) + count;
  const size = offsets[keys.length] as number;
  const owners = isSparse
    ? reader.take('wideClasses', Uint8Array, size)
    : Uint8Array.from({ length: size }, (_, at) => at % classes);
  if (owners.some((owner) => owner >= classes))
    refuse('a term speaks of a class that is not there');
  const integers = reader.take('wideValues', Int8Array, size);
  const scales = reader.take('wideScale', Float32Array, size > 0 ? 1 : 0);
  const idf = reader.take('wideIdf', Uint8Array, keys.length);
  return {
    keys,
    idf: Float32Array.from(idf, (step) => 1 + step / IDF_STEPS),
    offsets,
    classes: owners,
    values: dequantise({ integers, scales }, Math.max(1, size)),
    bias: reader.take('wideBias', Float32Array, classes),
  };
}

function readScores(reader: Reader, { attributes, names }: FileMeta): ScoreHead {
  const take = (name: string): Float32Array => reader.take(name, Float32Array, names.length);
  return {
    names,
    attributes,
    trust: take('scoreTrust'),
    wide: readWide(reader, names.length),
    slope: take('slope'),
    shift: take('shift'),
    base: take('base'),
    doubt: reader.has('doubt') ? (reader.take('doubt', Float32Array, 1)[0] as number) : Infinity,
  };
}

function readClasses(reader: Reader, { trust, names }: FileMeta): ClassHead {
  const shift = reader.take('shift', Float32Array, names.length);
  const common = reader.take('common', Uint8Array, names.length);
  if (!common.includes(1)) refuse('no class is common');
  return { names, shift, common, trust, wide: readWide(reader, names.length) };
}

/**
 * Reads what {@link writeModel} wrote.
 *
 * @param bytes - A whole file.
 * @returns The model; its numbers differ from the written one's by at most half a step of 8 bits.
 * @throws `PACK_FORMAT` when it is something else, cut off or of impossible sizes; `PACK_VERSION`;
 *   `PACK_INTEGRITY` when its checksum does not match.
 */
export function readModel(bytes: Uint8Array): AttributeModel {
  const sections = readSections(bytes);
  const reader = new Reader(sections);
  const check = reader.take('check', Int32Array, 2);
  const meta = readMeta(reader.take('meta', Uint8Array), VERSION);
  const sum = checksum(sections);
  if (check[0] !== sum[0] || check[1] !== sum[1]) {
    throw new VitrineError('PACK_INTEGRITY', 'attribute model: the checksum is another one.');
  }
  const vocabulary = readVocabulary(reader, meta);
  const rows = rowsOf(vocabulary);
  const { width } = meta.shape;
  const table = {
    integers: reader.take('table', Int8Array, rows * width),
    scales: reader.take('tableScales', Float32Array, rows),
  };
  return {
    shape: meta.shape,
    vocabulary,
    table: dequantise(table, width),
    weights: readWeights(reader, meta),
    scores: meta.kind === 'scores' ? readScores(reader, meta) : null,
    classes: meta.kind === 'classes' ? readClasses(reader, meta) : null,
  };
}
