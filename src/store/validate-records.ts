/**
 * What lies on disk is outside data: other scripts of the page, older and newer versions of this
 * library and broken disks write there. Each reader below copies known own fields into a fresh
 * object, or says null; none throws.
 *
 * @packageDocumentation
 */
import { TEXT_LIMITS, readUrl } from '../catalog/candidate-fields.ts';
import { readGeneratedFeatures, readImageVector } from '../catalog/model-fields.ts';
import { readFactors } from '../core/segment-factors.ts';
import type { InteractionType, Item, LogRecord, Settings } from '../core/types.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';
import { readGenerated } from './read-generated.ts';

const MAX_ID: number = TEXT_LIMITS.id;
/** Longest text of a pack's numbers; a cut one is refused where it is read. */
const MAX_TRAITS = 4_000;
/** Most entries of the lists in the settings. */
const MAX_LIST = 1_000;
/** The range of `Date`, ECMA-262 §21.4.1.1; beyond it `toISOString` throws. */
const MAX_TIME = 8.64e15;

type Fields = Readonly<Record<string, unknown>>;

/** The value as an object whose fields may be read, or null. */
function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

/** An own field, so that nothing is read from a prototype; undefined when absent. */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
}

function numberIn(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}

function textOf(value: unknown, most: number): string | undefined {
  return typeof value === 'string' ? value.slice(0, most) : undefined;
}

function textsOf(value: unknown, most: number): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.slice(0, most).filter((entry: unknown) => typeof entry === 'string');
  return texts.map((text) => text.slice(0, TEXT_LIMITS.name));
}

function idsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.length <= MAX_LIST && value.every(isId) ? [...value] : null;
}

/** http(s) or relative, so that a tampered snapshot cannot bring a script back onto the page. */
function urlOf(value: unknown): string | undefined {
  return readUrl(value, 'url', () => undefined);
}

/** Leaves out the fields that are undefined, as `exactOptionalPropertyTypes` wants it. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/**
 * Reads a log record: id, time, type and item must be right, a wrong optional field is left out.
 *
 * @param value - Anything found in the log.
 * @returns A fresh record with known fields only, or null when it is not usable.
 * @example readLogRecord({ eventId: 'e', time: 0, type: 'view_item', itemId: 'i', x: 1 })
 * // { eventId: 'e', time: 0, type: 'view_item', itemId: 'i' }
 */
export function readLogRecord(value: unknown): LogRecord | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const eventId = own(fields, 'eventId');
  const time = numberIn(own(fields, 'time'), -MAX_TIME, MAX_TIME);
  const type = own(fields, 'type');
  const itemId = own(fields, 'itemId');
  if (!isId(eventId) || !isId(itemId) || time === undefined) return null;
  if (typeof type !== 'string' || !Object.hasOwn(INTERACTION_WEIGHTS, type)) return null;
  const optional = defined({
    rowId: textOf(own(fields, 'rowId'), MAX_ID),
    segmentId: textOf(own(fields, 'segmentId'), MAX_ID),
    propensity: numberIn(own(fields, 'propensity'), 0, 1),
    quantity: numberIn(own(fields, 'quantity'), 0, Number.MAX_SAFE_INTEGER),
  });
  return { eventId, time, type: type as InteractionType, itemId, ...optional };
}

/**
 * Reads an item snapshot: the id must be right, a wrong field is left out, a long text is cut.
 * Texts were cleaned when they came in; to clean them again would change them.
 *
 * @param value - Anything found among the items.
 * @returns A fresh item with known fields only, or null when it has no usable id.
 * @example readItem({ id: 'i', price: NaN, url: 'javascript:0' }) // { id: 'i' }
 */
export function readItem(value: unknown): Item | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const id = own(fields, 'id');
  if (!isId(id)) return null;
  const available = own(fields, 'available');
  const optional = defined({
    title: textOf(own(fields, 'title'), TEXT_LIMITS.title),
    description: textOf(own(fields, 'description'), TEXT_LIMITS.description),
    categoryPath: textsOf(own(fields, 'categoryPath'), 8),
    brand: textOf(own(fields, 'brand'), MAX_ID),
    price: numberIn(own(fields, 'price'), 0, Number.MAX_VALUE),
    currency: textOf(own(fields, 'currency'), 3),
    rating: numberIn(own(fields, 'rating'), 0, 5),
    ratingCount: numberIn(own(fields, 'ratingCount'), 0, Number.MAX_VALUE),
    tags: textsOf(own(fields, 'tags'), 64),
    image: urlOf(own(fields, 'image')),
    url: urlOf(own(fields, 'url')),
    available: typeof available === 'boolean' ? available : undefined,
    generated: readGeneratedFeatures(own(fields, 'generated')),
    imageVector: readImageVector(own(fields, 'imageVector')),
    traits: textOf(own(fields, 'traits'), MAX_TRAITS),
  });
  return { id, ...optional };
}

/**
 * Reads the settings, whole or not at all: half of a visitor's choices would be somebody else's. Of
 * generated segments and corrections, which came later, only what is wrong is left out.
 *
 * @param value - Anything found under the settings' key.
 * @returns Fresh settings, or null when the seed or a list is not right.
 * @example readSettings({ seed: 7, followed: ['tech'], blocked: [] })
 */
export function readSettings(value: unknown): Settings | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const seed = numberIn(own(fields, 'seed'), -Number.MAX_VALUE, Number.MAX_VALUE);
  const followed = idsOf(own(fields, 'followed'));
  const blocked = idsOf(own(fields, 'blocked'));
  if (seed === undefined || followed === null || blocked === null) return null;
  const generated = readGenerated(own(fields, 'generated'));
  const weights = readFactors(own(fields, 'weights'), isId);
  return {
    seed,
    followed,
    blocked,
    ...(generated.length > 0 ? { generated } : {}),
    ...(weights ? { weights } : {}),
  };
}
