/**
 * A data folder in the interchange format → items and sequences.
 *
 * @packageDocumentation
 */
import { existsSync, statSync } from 'node:fs';
import { normalizeCandidates } from '../catalog/candidates.ts';
import type { Item } from '../core/types.ts';
import { type SequenceEvent, toSequence } from '../ranker/to-sequence.ts';
import type { Sequence } from '../ranker/types.ts';
import { dataError } from './fail.ts';
import { startStage } from './progress.ts';
import { type Line, readLines } from './read-lines.ts';

/** A visitor's interactions. */
export interface VisitorSequence extends Sequence {
  /** As in the file. */
  readonly visitorId: string;
}

/** Given candidates of a visitor. */
export interface GivenList {
  /** As in the file. */
  readonly visitorId: string;
  /** The answer's row. */
  readonly target: number;
  /** Item rows. */
  readonly candidates: Int32Array;
}

/** A data folder. */
export interface Dataset {
  /** Items; those that only interactions name come last and have nothing but their ids. */
  readonly items: readonly Item[];
  /** How many of them the catalog holds, 1 or more: only these can be shown. */
  readonly numListed: number;
  /** Row of an item id. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** Visitors who chose anything, in the order of their first line. */
  readonly visitors: readonly VisitorSequence[];
  /** From `candidates.ndjson`; empty without it. */
  readonly given: readonly GivenList[];
}

/** Most items that a catalog may have. */
const MAX_ITEMS = 1_000_000;

function idOf({ file, line, value }: Line, field: string): string {
  const id = value[field];
  if (typeof id === 'number' || (typeof id === 'string' && id.length > 0)) return String(id);
  throw dataError(file, line, `expected "${field}", got ${JSON.stringify(id) ?? 'nothing'}`);
}

function readItems(dir: string): Item[] {
  const records: unknown[] = [];
  const seen = new Map<string, number>();
  const isThere = readLines(dir, 'catalog', (line) => {
    const id = idOf(line, 'id');
    const before = seen.get(id);
    if (before !== undefined) {
      throw dataError(line.file, line.line, `the id ${id} stands in line ${before} already`);
    }
    seen.set(id, line.line);
    records.push(line.value);
  });
  if (!isThere) throw dataError(dir, 0, 'expected catalog.ndjson or catalog.ndjson.gz');
  const { items } = normalizeCandidates(records, { maxItems: MAX_ITEMS });
  if (items.length === 0) throw dataError(dir, 0, 'the catalog is empty, expected items');
  return items;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/**
 * Reads a data folder.
 *
 * @param dir - Holds `catalog.ndjson[.gz]`, and as far as there are `interactions` and `candidates`.
 * @returns The data.
 * @throws `DATA_INVALID` with file, line and what was expected.
 */
export function readDataset(dir: string): Dataset {
  if (!existsSync(dir)) throw dataError(dir, 0, 'there is no such folder');
  if (!statSync(dir).isDirectory()) {
    throw dataError(dir, 0, 'expected the folder that holds catalog.ndjson, got a file');
  }
  const items = readItems(dir);
  const { length: numListed } = items;
  const rowOf = new Map(items.map(({ id }, row) => [id, row]));
  const byVisitor = new Map<string, SequenceEvent[]>();
  readLines(dir, 'interactions', (line) => {
    const visitorId = idOf(line, 'visitorId');
    const itemId = idOf(line, 'itemId');
    const { time, type, page, position } = line.value;
    if (typeof time !== 'number' || !Number.isFinite(time)) {
      throw dataError(line.file, line.line, `expected "time" in milliseconds`);
    }
    let row = rowOf.get(itemId);
    if (row === undefined) {
      row = items.length;
      rowOf.set(itemId, row);
      items.push({ id: itemId });
    }
    const events = byVisitor.get(visitorId) ?? [];
    if (events.length === 0) byVisitor.set(visitorId, events);
    events.push({
      row,
      time,
      type: typeof type === 'string' ? type : undefined,
      page: numberOr(page, NaN),
      position: numberOr(position, NaN),
    });
  });
  const sequences = Array.from(byVisitor, ([visitorId, events]) => ({
    visitorId,
    ...toSequence(events),
  }));
  const visitors = sequences.filter(({ items: chosen }) => chosen.length > 0);
  return { items, numListed, rowOf, visitors, given: readGiven(dir, rowOf) };
}

function readGiven(dir: string, rowOf: ReadonlyMap<string, number>): GivenList[] {
  const given: GivenList[] = [];
  readLines(dir, 'candidates', (line) => {
    const { file, line: number, value } = line;
    const rowFor = (id: unknown): number => {
      const row = rowOf.get(String(id));
      if (row !== undefined) return row;
      throw dataError(file, number, `the item ${String(id)} is not in the catalog`);
    };
    if (!Array.isArray(value['candidates'])) {
      throw dataError(file, number, 'expected "candidates", a list of ids');
    }
    given.push({
      visitorId: idOf(line, 'visitorId'),
      target: rowFor(value['target']),
      candidates: Int32Array.from(value['candidates'], rowFor),
    });
  });
  return given;
}

/**
 * {@link readDataset}, told on the terminal.
 *
 * @param dir - As there.
 * @returns As there.
 * @throws As there.
 */
export function readWithProgress(dir: string): Dataset {
  const report = startStage(`Reading ${dir}`);
  const data = readDataset(dir);
  report(1, 1);
  return data;
}
