/**
 * An exported profile → known fields in fresh objects, or a refusal. It comes from outside: each
 * record, item and choice goes through the readers of what lies on disk.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Item, LogRecord, Settings } from '../core/types.ts';
import { DEFAULT_RETENTION } from '../store/retention.ts';
import { readItem, readLogRecord, readSettings } from '../store/validate-records.ts';

/** Most characters of a capsule, or of an export as JSON. */
export const MAX_SIZE = 1_000_000;

/** A profile of another device. */
export interface TakenProfile {
  /** Interactions, in their order, each id once. */
  readonly log: readonly LogRecord[];
  /** Items that they speak of; some may be missing. */
  readonly items: readonly Item[];
  /** The visitor's choices; null when they are not right. */
  readonly settings: Settings | null;
}

/**
 * Refuses what is too large.
 *
 * @param size - Characters.
 * @throws {@link VitrineError} `CAPSULE_INVALID`.
 */
export function checkSize(size: number): void {
  if (size <= MAX_SIZE) return;
  throw new VitrineError('CAPSULE_INVALID', `Expected at most ${MAX_SIZE} characters.`);
}

function invalid(what: string): VitrineError {
  return new VitrineError('CAPSULE_INVALID', what);
}

function parse(text: string): unknown {
  checkSize(text.length);
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('It is no JSON.');
  }
}

/** An own list, bounded before anything walks it: a list of a million holes is small to send. */
function listIn(fields: object, name: string): readonly unknown[] {
  const list: unknown = Object.hasOwn(fields, name)
    ? (fields as Readonly<Record<string, unknown>>)[name]
    : undefined;
  if (!Array.isArray(list)) throw invalid(`${name}: expected a list.`);
  if (list.length > 4 * DEFAULT_RETENTION.maxRecords) throw invalid(`${name}: too long.`);
  return list;
}

/** Reads entries until they are larger than all may be together. */
function readAll<T>(
  entries: readonly unknown[],
  read: (entry: unknown) => T | null,
  keyOf: (value: T) => string,
): Map<string, T> {
  const found = new Map<string, T>();
  let size = 0;
  for (const entry of entries) {
    const value = read(entry);
    if (value === null || found.has(keyOf(value))) continue;
    size += JSON.stringify(value).length;
    checkSize(size);
    found.set(keyOf(value), value);
  }
  return found;
}

/**
 * Reads a readable export.
 *
 * @param value - What `profile.export()` gave, or its JSON; or anything else.
 * @returns What is right in it. Records, items and choices that are not are left out.
 * @throws {@link VitrineError} `CAPSULE_INVALID` for what is no export of this version, or too large.
 */
export function readExport(value: unknown): TakenProfile {
  const fields = typeof value === 'string' ? parse(value) : value;
  if (typeof fields !== 'object' || fields === null) throw invalid('It is no object.');
  const { format, version } = fields as { format?: unknown; version?: unknown };
  if (format !== 'vitrine-profile' || version !== 1) {
    throw invalid('Expected format vitrine-profile, version 1.');
  }
  const entries = listIn(fields, 'log').slice(-DEFAULT_RETENTION.maxRecords);
  const log = [...readAll(entries, readLogRecord, ({ eventId }) => eventId).values()];
  const named = new Set(log.map(({ itemId }) => itemId));
  const readNamed = (entry: unknown): Item | null => {
    const item = readItem(entry);
    return item !== null && named.has(item.id) ? item : null;
  };
  const items = [...readAll(listIn(fields, 'items'), readNamed, ({ id }) => id).values()];
  const { settings } = fields as { settings?: unknown };
  return { log, items, settings: readSettings(settings) };
}
