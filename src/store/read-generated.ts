/**
 * Generated segments as they lie on disk → known fields in fresh objects. A segment that is not
 * right is left out: it can be generated again, unlike a visitor's follows and blocks.
 *
 * @packageDocumentation
 */
import { type GeneratedSegment, MAX_GENERATED } from '../core/generated.ts';
import type { PriceRange, SegmentDescription } from '../core/types.ts';

const MAX_WORDS = 64;
const MAX_TEXT = 200;
const MAX_SENTENCE = 1_000;
const LEVELS: ReadonlySet<unknown> = new Set(['low', 'middle', 'high']);

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, most = MAX_TEXT): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most;
}

function words(value: unknown, most = MAX_WORDS): readonly string[] {
  return Array.isArray(value) ? value.slice(0, most).filter((word) => isText(word)) : [];
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function priceOf(value: unknown): SegmentDescription['price'] | undefined {
  if (LEVELS.has(value)) return value as 'low' | 'middle' | 'high';
  if (!isFields(value)) return undefined;
  const { min, max } = value;
  const range: PriceRange = {
    ...(isAmount(min) ? { min } : {}),
    ...(isAmount(max) ? { max } : {}),
  };
  return Object.keys(range).length > 0 ? range : undefined;
}

function featuresOf(value: unknown): SegmentDescription['features'] | undefined {
  if (!isFields(value)) return undefined;
  const entries = Object.entries(value)
    .slice(0, 16)
    .filter(([kind]) => isText(kind) && kind !== '__proto__')
    .map(([kind, list]) => [kind, words(list)] as const)
    .filter(([, list]) => list.length > 0);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function attributesOf(value: unknown): SegmentDescription['attributes'] | undefined {
  if (!isFields(value)) return undefined;
  const wanted = Object.entries(value)
    .slice(0, 24)
    .filter(([name, level]) => isText(name) && name !== '__proto__' && isEnd(level));
  return wanted.length > 0 ? (Object.fromEntries(wanted) as Record<string, 'low'>) : undefined;
}

function isEnd(value: unknown): value is 'low' | 'high' {
  return value === 'low' || value === 'high';
}

function describesOf(value: unknown): SegmentDescription | null {
  if (!isFields(value)) return null;
  const price = priceOf(value['price']);
  const features = featuresOf(value['features']);
  const attributes = attributesOf(value['attributes']);
  const lists = (['categories', 'brands', 'keywords'] as const)
    .map((name) => [name, words(value[name])] as const)
    .filter(([, list]) => list.length > 0);
  const describes = {
    ...(price === undefined ? {} : { price }),
    ...Object.fromEntries(lists),
    ...(features === undefined ? {} : { features }),
    ...(attributes === undefined ? {} : { attributes }),
  };
  return Object.keys(describes).length > 0 ? describes : null;
}

function readOne(value: unknown): GeneratedSegment | null {
  if (!isFields(value)) return null;
  const { id, name, description, seedId, version, born } = value;
  const describes = describesOf(value['describes']);
  if (!isText(id) || !isText(name) || describes === null) return null;
  return {
    id,
    name,
    origin: value['origin'] === 'visitor' ? 'visitor' : 'generated',
    description: isText(description, MAX_SENTENCE) ? description : '',
    describes,
    ...(isText(seedId) ? { seedId } : {}),
    version: isAmount(version) ? version : 1,
    generator: value['generator'] === 'vae' ? 'vae' : 'linear',
    state: value['state'] === 'confirmed' ? 'confirmed' : 'born',
    isAutomatic: value['isAutomatic'] === true,
    born: isAmount(born) ? born : 0,
    evidence: words(value['evidence']),
  };
}

/**
 * Reads a profile's generated segments.
 *
 * @param value - Anything found in the settings.
 * @returns At most 24 with distinct ids; never throws.
 */
export function readGenerated(value: unknown): readonly GeneratedSegment[] {
  const found = new Map<string, GeneratedSegment>();
  for (const entry of Array.isArray(value) ? value.slice(0, MAX_GENERATED) : []) {
    const segment = readOne(entry);
    if (segment !== null && !found.has(segment.id)) found.set(segment.id, segment);
  }
  return [...found.values()];
}
