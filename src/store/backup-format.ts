/**
 * A copy of a profile as bytes: one line of JSON that says what follows, then the profile in JSON.
 * What can be derived from the log is left out. Pure but for the hash.
 *
 * @packageDocumentation
 */
import { hexOf } from '../core/binary.ts';
import type { Item, LogRecord, Settings } from '../core/types.ts';
import { SCHEMA } from './schema.ts';
import { readItem, readLogRecord, readSettings } from './validate-records.ts';

/** What a copy holds. */
export interface Snapshot {
  /** The log, oldest first. */
  readonly log: readonly LogRecord[];
  /** Items that the log names, as many as there was room for. */
  readonly items: readonly Item[];
  /** The visitor's choices. */
  readonly settings: Settings | null;
  /** Sequence of the newest log record where the copy itself is the store, else 0. */
  readonly lastSequence: number;
  /** Events forgotten while the origin's database could not be opened, which may still hold them. */
  readonly removed: readonly string[];
}

/** What the first line says. */
export interface Heading {
  /** Schema of the records. */
  readonly schema: number;
  /** Grows with each copy; the higher of two slots is newer. */
  readonly sequence: number;
}

interface FullHeading extends Heading {
  readonly format: 'vitrine-backup';
  readonly name: string;
  readonly bytes: number;
  readonly algorithm: 'sha-256' | 'crc-32';
  readonly checksum: string;
}

/** Longest first line; a name is the shop's own. */
export const MAX_HEADING = 2_048;
/** A larger copy is none of ours; FAULTS S6 wants us never to be the cause of a full disk. */
export const MAX_BYTES = 4_000_000;
/** Most forgotten events that are remembered as such. */
const MAX_REMOVED = 5_000;
const NEWLINE = 10;

/** IEEE 802.3, bit by bit: only for pages that browsers give no hash, where nothing is large. */
function crc32(bytes: Uint8Array): string {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

/** Of what the heading says as well, so that no part of it can change unnoticed. */
async function checksumOf(
  { schema, sequence, name, algorithm }: Omit<FullHeading, 'checksum'>,
  body: Uint8Array,
): Promise<string> {
  const said = new TextEncoder().encode(`${JSON.stringify([schema, sequence, name])}\n`);
  const all = new Uint8Array(said.length + body.length);
  all.set(said);
  all.set(body, said.length);
  if (algorithm === 'crc-32') return crc32(all);
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', all)));
}

/** Items of the newest events first, until there is no more room. */
function itemsWithin({ items, log }: Snapshot, room: number): readonly Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const kept: Item[] = [];
  let left = room;
  for (const { itemId } of log.toReversed()) {
    const item = byId.get(itemId);
    if (item === undefined) continue;
    byId.delete(itemId);
    // A character takes at most three bytes.
    left -= 3 * JSON.stringify(item).length;
    if (left < 0) break;
    kept.push(item);
  }
  return kept;
}

/**
 * Writes a copy.
 *
 * @param name - Of the database.
 * @param sequence - Of the copy, from 1.
 * @param snapshot - What it holds.
 * @returns Its bytes, at most {@link MAX_BYTES} where the log alone is not longer: items give way.
 */
export async function encodeBackup(
  name: string,
  sequence: number,
  snapshot: Snapshot,
): Promise<Uint8Array<ArrayBuffer>> {
  const removed = snapshot.removed.slice(-MAX_REMOVED);
  const encode = (items: readonly Item[]): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ ...snapshot, items, removed }));
  let body = encode(snapshot.items);
  const room = MAX_BYTES - MAX_HEADING;
  if (body.length > room) body = encode(itemsWithin(snapshot, room - encode([]).length));
  const unsigned = {
    format: 'vitrine-backup',
    schema: SCHEMA,
    sequence,
    name,
    bytes: body.length,
    algorithm: globalThis.crypto?.subtle === undefined ? 'crc-32' : 'sha-256',
  } as const;
  const heading = { ...unsigned, checksum: await checksumOf(unsigned, body) };
  const head = new TextEncoder().encode(`${JSON.stringify(heading)}\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // torn, or somebody else's
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Reads the first line of a copy, whatever its schema.
 *
 * @param bytes - Its beginning, {@link MAX_HEADING} bytes at least where it has them.
 * @param name - Of the database.
 * @returns Null when this is no copy of that database.
 */
export function readHeading(bytes: Uint8Array, name: string): Heading | null {
  return headingOf(bytes, name);
}

function headingOf(bytes: Uint8Array, name: string): FullHeading | null {
  const end = bytes.subarray(0, MAX_HEADING).indexOf(NEWLINE);
  const value = parse(bytes.subarray(0, Math.max(0, end)));
  if (typeof value !== 'object' || value === null) return null;
  const { format, schema, sequence, name: whose, bytes: length } = value as Partial<FullHeading>;
  const isOurs = format === 'vitrine-backup' && whose === name;
  return isOurs && isCount(schema) && isCount(sequence) && isCount(length)
    ? (value as FullHeading)
    : null;
}

/**
 * Reads a copy.
 *
 * @param bytes - The whole of it.
 * @param name - Of the database.
 * @returns What it holds, with unusable records left out; null when the copy is torn, changed,
 *   another database's or of another schema.
 */
export async function decodeBackup(bytes: Uint8Array, name: string): Promise<Snapshot | null> {
  const heading = headingOf(bytes, name);
  if (heading === null || heading.schema !== SCHEMA) return null;
  if (heading.algorithm === 'sha-256' && globalThis.crypto?.subtle === undefined) return null;
  const body = bytes.subarray(bytes.indexOf(NEWLINE) + 1);
  if (body.length !== heading.bytes || body.length > MAX_BYTES) return null;
  if ((await checksumOf(heading, body)) !== heading.checksum) return null;
  const value = parse(body);
  return typeof value === 'object' && value !== null ? readSnapshot(value) : null;
}

function readSnapshot(value: object): Snapshot {
  const { items, lastSequence, log, removed, settings } = value as Partial<
    Record<keyof Snapshot, unknown>
  >;
  return {
    log: listOf(log, readLogRecord),
    items: listOf(items, readItem),
    settings: readSettings(settings),
    lastSequence: isCount(lastSequence) ? lastSequence : 0,
    removed: listOf(removed, (id) => (typeof id === 'string' ? id : null)),
  };
}

function listOf<T>(value: unknown, read: (entry: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((entry) => entry !== null);
}
