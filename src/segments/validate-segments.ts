/**
 * Segments as the shop writes them → clean library entries, with a warning for what was mended.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../core/errors.ts';
import type { PriceRange, Segment, SegmentDescription, Warning } from '../core/types.ts';
import { slugOf } from './slug.ts';

/** A library entry before it is encoded. */
export type LibrarySegment = Pick<Segment, 'id' | 'name' | 'origin' | 'describes' | 'version'> &
  Partial<Pick<Segment, 'seedId' | 'description' | 'generator' | 'state' | 'isAutomatic'>>;

/** What came out of a list of segments. */
export interface ValidatedSegments {
  /** Usable segments in their order; ids are unique. */
  readonly segments: readonly LibrarySegment[];
  /** One entry per code. */
  readonly warnings: readonly Warning[];
}

const MAX_SEGMENTS = 500;
const MAX_WORDS = 64;
const MAX_WORD_LENGTH = 80;
const MAX_ATTRIBUTES = 24;
const META = new Set(['id', 'name', 'description']);
const LISTS = ['categories', 'brands', 'keywords'] as const;

type Warn = (code: VitrineErrorCode, first: string) => void;
type Draft = { -readonly [K in keyof SegmentDescription]: SegmentDescription[K] };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cleanWord(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const word = value.toWellFormed().trim().slice(0, MAX_WORD_LENGTH);
  return word.length > 0 ? word : undefined;
}

function cleanList(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const words = value.slice(0, MAX_WORDS).map(cleanWord);
  return [...new Set(words.filter((word) => word !== undefined))];
}

function cleanPrice(value: unknown): SegmentDescription['price'] | undefined {
  if (value === 'low' || value === 'middle' || value === 'high') return value;
  if (!isRecord(value)) return undefined;
  const bound = (key: 'min' | 'max'): PriceRange => {
    const limit = Object.hasOwn(value, key) ? value[key] : undefined;
    return typeof limit === 'number' && Number.isFinite(limit) && limit >= 0
      ? { [key]: limit }
      : {};
  };
  const range: PriceRange = { ...bound('min'), ...bound('max') };
  if (range.min === undefined && range.max === undefined) return undefined;
  return (range.min ?? 0) <= (range.max ?? Infinity) ? range : undefined;
}

function cleanFeatures(value: unknown): Record<string, readonly string[]> | undefined {
  if (!isRecord(value)) return undefined;
  const features = new Map<string, readonly string[]>();
  for (const [kind, values] of Object.entries(value).slice(0, 16)) {
    const words = cleanList(values).map((word) => word.toLowerCase());
    if (words.length > 0 && kind !== '__proto__') features.set(kind, words);
  }
  return features.size > 0 ? Object.fromEntries(features) : undefined;
}

function cleanAttributes(value: unknown): Record<string, 'low' | 'high'> | undefined {
  if (!isRecord(value)) return undefined;
  const wanted = new Map<string, 'low' | 'high'>();
  for (const [name, level] of Object.entries(value).slice(0, MAX_ATTRIBUTES)) {
    const isLevel = level === 'low' || level === 'high';
    if (isLevel && name.length <= MAX_WORD_LENGTH && name !== '__proto__') wanted.set(name, level);
  }
  return wanted.size > 0 ? Object.fromEntries(wanted) : undefined;
}

/** Reads one described field; false when the field is not known or unusable. */
function readField(draft: Draft, field: string, value: unknown): boolean {
  const list = LISTS.find((name) => name === field);
  if (list) {
    const words = cleanList(value);
    if (words.length > 0) draft[list] = words;
    return words.length > 0;
  }
  if (field === 'price') {
    const price = cleanPrice(value);
    if (price !== undefined) draft.price = price;
    return price !== undefined;
  }
  if (field === 'features') {
    const features = cleanFeatures(value);
    if (features) draft.features = features;
    return features !== undefined;
  }
  if (field === 'attributes') {
    const attributes = cleanAttributes(value);
    if (attributes) draft.attributes = attributes;
    return attributes !== undefined;
  }
  return false;
}

function readSegment(
  value: unknown,
  origin: LibrarySegment['origin'],
  warn: Warn,
): LibrarySegment | undefined {
  const name =
    isRecord(value) && Object.hasOwn(value, 'name') ? cleanWord(value['name']) : undefined;
  if (!isRecord(value) || name === undefined) {
    warn('SEGMENT_INVALID', 'a segment without a name');
    return undefined;
  }
  const draft: Draft = {};
  for (const [field, content] of Object.entries(value)) {
    if (META.has(field)) continue;
    if (!readField(draft, field, content))
      warn('SEGMENT_FIELD_UNKNOWN', `${name}: ${field.slice(0, 80)}`);
  }
  if (Object.keys(draft).length === 0) {
    warn('SEGMENT_INVALID', `${name} describes nothing`);
    return undefined;
  }
  const given = Object.hasOwn(value, 'id') ? cleanWord(value['id']) : undefined;
  const id = given ?? slugOf(name);
  if (id.length === 0) {
    warn('SEGMENT_INVALID', `${name} has no usable id`);
    return undefined;
  }
  return { id, name, origin, describes: draft, version: 1 };
}

/**
 * Validates a list of segments.
 *
 * @param input - Anything; only an array holds segments.
 * @param origin - Where they come from.
 * @returns Usable segments and warnings `SEGMENT_INVALID`, `SEGMENT_FIELD_UNKNOWN`; never throws.
 */
export function validateSegments(
  input: unknown,
  origin: LibrarySegment['origin'],
): ValidatedSegments {
  const warnings = new Map<VitrineErrorCode, { count: number; first: string }>();
  const warn: Warn = (code, first) => {
    const known = warnings.get(code);
    if (known) known.count++;
    else warnings.set(code, { count: 1, first });
  };
  const segments = new Map<string, LibrarySegment>();
  const list: readonly unknown[] = Array.isArray(input) ? input.slice(0, MAX_SEGMENTS) : [];
  if (input !== undefined && !Array.isArray(input)) warn('SEGMENT_INVALID', 'segments is no list');
  for (const value of list) {
    const segment = readSegment(value, origin, warn);
    if (!segment) continue;
    if (segments.has(segment.id)) {
      warn('SEGMENT_INVALID', `${segment.name}: the id ${segment.id} is taken`);
    } else {
      segments.set(segment.id, segment);
    }
  }
  return {
    segments: [...segments.values()],
    warnings: [...warnings].map(([code, { count, first }]) => ({ code, count, first })),
  };
}
