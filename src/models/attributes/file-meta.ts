/**
 * The JSON part of a model file, checked.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../../core/errors.ts';
import { type AttributeDeclaration, readAttributes } from './declare-attributes.ts';
import type { EncoderShape } from './encoder-shapes.ts';

/** Names and sizes. */
export interface FileMeta {
  /** Of the layout. */
  readonly version: number;
  /** Which head. */
  readonly kind: 'scores' | 'classes';
  readonly shape: EncoderShape;
  /** Rows for letters in threes. */
  readonly grams: number;
  /** Latent dimensions. */
  readonly latent: number;
  /** Of scores or classes. */
  readonly names: readonly string[];
  /** Declarations of scores; empty for classes. */
  readonly attributes: readonly AttributeDeclaration[];
  /** Share of the encoder beside a wide part; 0 without one. */
  readonly trust: number;
}

/** Sizes beyond these are no compact model: a hostile file must not allocate. */
const MOST = { width: 256, heads: 16, layers: 8, hidden: 1024 } as const;
const MAX_GRAMS = 100_000;
const MAX_LATENT = 128;
const MAX_NAMES = 256;

function refuse(detail: string): never {
  throw new VitrineError('PACK_FORMAT', `attribute model: ${detail}.`);
}

function count(value: unknown, name: string, least: number, most: number): number {
  const isCount =
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  return isCount ? (value as number) : refuse(`${name}: expected ${least} to ${most}`);
}

function readShape(value: unknown): EncoderShape {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const size = (name: keyof typeof MOST): number => count(fields[name], name, 1, MOST[name]);
  const shape = {
    width: size('width'),
    heads: size('heads'),
    layers: size('layers'),
    hidden: size('hidden'),
  };
  if (shape.width % shape.heads !== 0) refuse('the width is no multiple of the heads');
  return shape;
}

function readNames(value: unknown): string[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MAX_NAMES;
  if (!isList) return refuse(`names: expected 1 to ${MAX_NAMES}`);
  if (!value.every((name): name is string => typeof name === 'string')) refuse('names: no text');
  return value;
}

/** Declarations in the order of the names. */
function readOwnAttributes(value: unknown, names: readonly string[]): AttributeDeclaration[] {
  let attributes: AttributeDeclaration[];
  try {
    attributes = readAttributes(value);
  } catch (error) {
    throw new VitrineError('PACK_FORMAT', 'attribute model: declarations.', { cause: error });
  }
  const isSame =
    attributes.length === names.length && attributes.every(({ name }, o) => name === names[o]);
  return isSame ? attributes : refuse('declarations are not those of the names');
}

/**
 * Reads the JSON part.
 *
 * @param bytes - UTF-8.
 * @param version - The one that can be read.
 * @returns Checked fields.
 * @throws `PACK_FORMAT`, `PACK_VERSION`.
 */
export function readMeta(bytes: Uint8Array, version: number): FileMeta {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new VitrineError('PACK_FORMAT', 'attribute model: no JSON.', { cause: error });
  }
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (fields['version'] !== version) {
    const got = JSON.stringify(fields['version']) ?? 'none';
    throw new VitrineError('PACK_VERSION', `attribute model: got ${got}, expected ${version}.`);
  }
  const { kind, trust } = fields;
  if (kind !== 'scores' && kind !== 'classes') refuse('kind: expected scores or classes');
  if (typeof trust !== 'number' || !(trust >= 0 && trust <= 1)) refuse('trust: expected 0 to 1');
  const names = readNames(fields['names']);
  return {
    version,
    kind,
    trust,
    shape: readShape(fields['shape']),
    grams: count(fields['grams'], 'grams', 1, MAX_GRAMS),
    latent: count(fields['latent'], 'latent', 0, MAX_LATENT),
    names,
    attributes: kind === 'scores' ? readOwnAttributes(fields['attributes'], names) : [],
  };
}
