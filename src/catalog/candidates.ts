/**
 * The border of the catalog: whatever the shop hands over becomes valid items, the ids of what is
 * too much, and warnings. Imports nothing outside core and this room.
 *
 * @packageDocumentation
 */
import { VitrineError, type VitrineErrorCode } from '../core/errors.ts';
import type { Item, Warning } from '../core/types.ts';
import {
  FORBIDDEN_NAMES,
  type Report,
  TEXT_LIMITS,
  readId,
  readList,
  readNumber,
  readPrice,
  readText,
  readUrl,
} from './candidate-fields.ts';
import { type RawFields, type ReadField, findRecords, readRecord } from './candidate-formats.ts';
import { readGeneratedFeatures, readImageVector } from './model-fields.ts';

/** Most records looked at, however many came. */
const MAX_RECORDS = 1_000_000;

/** What became of the candidates. */
export interface NormalizedCandidates {
  /** Valid items with distinct ids, in the server's order, at most `maxItems`. */
  readonly items: Item[];
  /** Valid, distinct ids beyond `maxItems`, in the server's order. */
  readonly overflow: string[];
  /** One per code, in the order of their first case; empty when all was well. */
  readonly warnings: Warning[];
}

/**
 * Turns candidates of any known format into valid items.
 *
 * Only listed fields are copied; a bad field is left out and its item kept. Lists that are too
 * long, duplicates, records without id and all else that was mended are counted in `warnings`.
 * Cost: linear in the number of records; a text costs no more than its limit.
 *
 * @param input - An array of records or a container, as {@link findRecords} knows them. May be
 *   hostile: Proxies, throwing getters and sparse arrays are read as far as they allow.
 * @param options - `maxItems`, at least 1.
 * @returns Items, ids beyond the limit, warnings. No usable item: `CANDIDATES_EMPTY` among them.
 * @throws {@link VitrineError} `CANDIDATES_FORMAT` when the input is no list and no container.
 * @example normalizeCandidates([{ id: 7, title: 'Lamp' }], { maxItems: 100 }).items
 * // [{ id: '7', title: 'Lamp' }]
 */
export function normalizeCandidates(
  input: unknown,
  options: { readonly maxItems: number },
): NormalizedCandidates {
  const records = findRecords(input, readOwn);
  if (records === null) {
    const got = input === null ? 'null' : typeof input;
    throw new VitrineError('CANDIDATES_FORMAT', `Got ${got}; expected an array of items.`);
  }
  const tally = new WarningTally();
  const items: Item[] = [];
  const overflow: string[] = [];
  const seen = new Set<string>();
  const total = lengthOf(records);
  const looked = Math.min(total, MAX_RECORDS);
  for (let index = 0; index < looked; index++) {
    const raw = rawFields(elementOf(records, index), index, tally);
    if (raw === null) continue;
    const id = distinctId(raw.id, index, seen, tally);
    if (id === null) continue;
    if (items.length < options.maxItems) items.push(toItem(id, raw, tally));
    else overflow.push(id);
  }
  const left = overflow.length + total - looked;
  if (left > 0) tally.add('CANDIDATES_TOO_MANY', overflow[0] ?? `[${looked}]`, left);
  if (items.length === 0) tally.add('CANDIDATES_EMPTY', '');
  return { items, overflow, warnings: tally.list() };
}

/** Reads an own field; what cannot be read is {@link UNREADABLE}, which every reader rejects. */
const readOwn: ReadField = (from, field) => {
  if (typeof from !== 'object' || from === null) return undefined;
  try {
    if (!Object.hasOwn(from, field)) return undefined;
    return (from as Record<string, unknown>)[field] ?? undefined;
  } catch {
    return UNREADABLE;
  }
};

/** Stands for a value whose getter threw: a function is no scalar, no list and no object. */
const UNREADABLE: unknown = (): void => undefined;

function lengthOf(records: readonly unknown[]): number {
  try {
    const { length } = records;
    return Number.isSafeInteger(length) && length > 0 ? length : 0;
  } catch {
    return 0; // a Proxy that hides its length holds nothing for us
  }
}

function elementOf(records: readonly unknown[], index: number): unknown {
  try {
    return records[index];
  } catch {
    return undefined; // counted as ITEM_INVALID by the caller
  }
}

function rawFields(record: unknown, index: number, tally: WarningTally): RawFields | null {
  if (typeof record !== 'object' || record === null) {
    tally.add('ITEM_INVALID', `[${index}]`);
    return null;
  }
  const raw = readRecord(record, readOwn);
  const forbidden = FORBIDDEN_NAMES.find((name) => readOwn(record, name) !== undefined);
  if (forbidden !== undefined) tally.add('ITEM_FIELD_REJECTED', `[${index}].${forbidden}`);
  return raw;
}

function distinctId(
  value: unknown,
  index: number,
  seen: Set<string>,
  tally: WarningTally,
): string | null {
  const id = readId(value);
  if (id === null) {
    tally.add('ITEM_WITHOUT_ID', `[${index}]`);
    return null;
  }
  if (seen.has(id)) {
    tally.add('ITEM_DUPLICATE', id);
    return null;
  }
  seen.add(id);
  return id;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function toItem(id: string, raw: RawFields, tally: WarningTally): Item {
  const report: Report = (code, field) => tally.add(code, `${id}.${field}`);
  const item: Writable<Item> = { id };
  const set = <K extends keyof Item>(field: K, read: () => Item[K] | undefined): void => {
    const value = guarded(read, field, report);
    if (value !== undefined) item[field] = value;
  };
  set('title', () => readText(raw.title, TEXT_LIMITS.title, 'title', report));
  set('description', () => {
    return readText(raw.description, TEXT_LIMITS.description, 'description', report);
  });
  set('categoryPath', () => readList(raw.categoryPath, 'categoryPath', report));
  set('brand', () => readText(raw.brand, TEXT_LIMITS.name, 'brand', report));
  set('price', () => readPrice(raw.price, report));
  set('currency', () => readCurrency(raw.currency, report));
  set('rating', () => readNumber(raw.rating, 5, 'rating', report));
  set('ratingCount', () => {
    return readNumber(raw.ratingCount, Number.MAX_SAFE_INTEGER, 'ratingCount', report);
  });
  set('tags', () => readList(raw.tags, 'tags', report));
  set('image', () => readUrl(raw.image, 'image', report));
  set('url', () => readUrl(raw.url, 'url', report));
  set('available', () => readFlag(raw.available, report));
  set('generated', () => made(raw.generated, readGeneratedFeatures, 'generated', report));
  set('imageVector', () => made(raw.imageVector, readImageVector, 'imageVector', report));
  return item;
}

/** What a model made; there and unusable: refused. */
function made<T>(
  value: unknown,
  read: (value: unknown) => T | undefined,
  field: string,
  report: Report,
): T | undefined {
  if (value === undefined) return undefined;
  const result = read(value);
  if (result === undefined) report('ITEM_FIELD_REJECTED', field);
  return result;
}

/** A Proxy or getter inside a field may throw; then that field is refused and the item kept. */
function guarded<T>(read: () => T | undefined, field: string, report: Report): T | undefined {
  try {
    return read();
  } catch {
    report('ITEM_FIELD_REJECTED', field);
    return undefined;
  }
}

function readCurrency(value: unknown, report: Report): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[a-z]{3}$/i.test(value)) return value.toUpperCase();
  report('ITEM_FIELD_REJECTED', 'currency');
  return undefined;
}

function readFlag(value: unknown, report: Report): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  report('ITEM_FIELD_REJECTED', 'available');
  return undefined;
}

/** Counts warnings: one per code, with the first case. */
class WarningTally {
  readonly #byCode = new Map<VitrineErrorCode, { count: number; first: string }>();

  add(code: VitrineErrorCode, first: string, count = 1): void {
    const entry = this.#byCode.get(code);
    if (entry === undefined) this.#byCode.set(code, { count, first });
    else entry.count += count;
  }

  list(): Warning[] {
    return [...this.#byCode].map(([code, entry]) => ({ code, ...entry }));
  }
}
