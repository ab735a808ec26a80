/**
 * What visitors exported of their profiles: logs on disk.
 *
 * @packageDocumentation
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LogRecord } from '../core/types.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';
import { dataError } from './fail.ts';

/** One visitor's log. */
export interface VisitorLog {
  /** Name of its file. */
  readonly visitor: string;
  /** Oldest first. */
  readonly log: readonly LogRecord[];
  /** Segments whose rows never come. */
  readonly blocked: readonly string[];
}

const FORMAT = 'vitrine-profile';

function filesOf(path: string): string[] {
  if (!existsSync(path)) throw dataError(path, 0, 'there is no such file or folder');
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(path, name));
  if (files.length === 0) throw dataError(path, 0, 'expected files that end in .json');
  return files;
}

function isRecord(value: unknown): value is LogRecord {
  const record = (value ?? {}) as Partial<LogRecord>;
  const { eventId, itemId, propensity, segmentId, time, type } = record;
  return (
    typeof eventId === 'string' &&
    typeof itemId === 'string' &&
    typeof time === 'number' &&
    Number.isFinite(time) &&
    (segmentId === undefined || typeof segmentId === 'string') &&
    (propensity === undefined || typeof propensity === 'number') &&
    typeof type === 'string' &&
    Object.hasOwn(INTERACTION_WEIGHTS, type)
  );
}

function readProfile(file: string): VisitorLog {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw dataError(file, 0, 'expected JSON, as profile.export() gives it');
  }
  const { format, log, settings } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (format !== FORMAT || !Array.isArray(log)) {
    throw dataError(file, 0, `expected an exported profile, with "format": "${FORMAT}"`);
  }
  const wrong = log.findIndex((record) => !isRecord(record));
  if (wrong >= 0) {
    const fields = 'eventId, itemId, time, a known type, and perhaps segmentId and propensity';
    throw dataError(file, 0, `record ${wrong + 1} of "log": expected ${fields}`);
  }
  const records = log as LogRecord[];
  const { blocked } = (settings ?? {}) as { readonly blocked?: unknown };
  return {
    visitor: basename(file),
    log: records.toSorted((a, b) => a.time - b.time),
    blocked: Array.isArray(blocked) ? blocked.filter((id) => typeof id === 'string') : [],
  };
}

/**
 * Reads exported profiles.
 *
 * @param path - A file, or a folder of which all files that end in `.json` are read.
 * @returns One log per file, by name.
 * @throws `DATA_INVALID` with the file and what was expected.
 */
export function readProfiles(path: string): VisitorLog[] {
  return filesOf(path).map(readProfile);
}
