/**
 * `vitrine enrich`: a catalog in, the same catalog with derived features out, line by line.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeCandidates } from '../catalog/candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { decodePack } from '../pack/pack-codec.ts';
import { CATALOG_FILE } from '../pack/pack-format.ts';
import { writeWhole } from './drafts.ts';
import { createEnricher, type Derived, type Enricher } from './enrich-item.ts';
import { dataError } from './fail.ts';
import { readPackFolder } from './pack-folder.ts';
import { startStage } from './progress.ts';
import { parseLine } from './read-lines.ts';
import { findFile, type FoundFile, readStream, writeStream } from './stream-lines.ts';

/** Options of the command. */
export interface EnrichOptions {
  /** Data folder; only its catalog is read. */
  readonly data: string;
  /** Pack folder. */
  readonly pack: string;
  /** Folder for the enriched catalog; made when it is not there. */
  readonly out: string;
  /** File for the figures. */
  readonly json?: string | undefined;
}

/** How many items got what. */
export interface EnrichCounts {
  /** Items. */
  items: number;
  /** Of them, those with a sentiment. */
  sentiment: number;
  /** … with at least one keyword. */
  keywords: number;
  /** … with at least one named feature. */
  features: number;
  /** … with a price band. */
  price: number;
  /** … with at least one segment. */
  segments: number;
}

const FIELD = 'derived';

function count(counts: EnrichCounts, derived: Derived): void {
  counts.items++;
  if (derived.sentiment) counts.sentiment++;
  if (derived.keywords.length > 0) counts.keywords++;
  if (derived.features.length > 0) counts.features++;
  if (derived.price) counts.price++;
  if (derived.segments.length > 0) counts.segments++;
}

/** The shop's fields byte for byte; only what an earlier run wrote is taken out first. */
function addDerived(
  line: string,
  value: Readonly<Record<string, unknown>>,
  derived: Derived,
): string {
  if (Object.hasOwn(value, FIELD)) {
    const { [FIELD]: _, ...rest } = value;
    return JSON.stringify({ ...rest, [FIELD]: derived });
  }
  return `${line.slice(0, -1)},${JSON.stringify(FIELD)}:${JSON.stringify(derived)}}`;
}

function toItem(value: Readonly<Record<string, unknown>>, file: string, line: number): Item {
  const [item] = normalizeCandidates([value], { maxItems: 1 }).items;
  if (item !== undefined) return item;
  throw dataError(file, line, `expected "id", got ${JSON.stringify(value['id']) ?? 'nothing'}`);
}

async function* enrichLines(
  file: FoundFile,
  enrichItem: Enricher,
  counts: EnrichCounts,
): AsyncGenerator<string> {
  const report = startStage('Enriching');
  const onBytes = (bytes: number): void => report(Math.min(bytes, file.bytes - 1), file.bytes);
  let number = 0;
  for await (const raw of readStream(file, onBytes)) {
    number++;
    const line = raw.trim();
    if (line.length === 0) continue;
    const value = parseLine(line, file.path, number);
    const derived = enrichItem(toItem(value, file.path, number));
    count(counts, derived);
    yield addDerived(line, value, derived);
  }
  report(1, 1);
}

/** The file to write: zipped as the one that was read. */
function targetOf(out: string, { name }: FoundFile): string {
  const other = name.endsWith('.gz') ? name.slice(0, -'.gz'.length) : `${name}.gz`;
  if (existsSync(join(out, other))) {
    throw new VitrineError(
      'OPTION_INVALID',
      `--out: ${join(out, other)} would stand beside the new ${name}; remove it or name another folder.`,
    );
  }
  return join(out, name);
}

/**
 * Enriches a catalog.
 *
 * Memory does not grow with the file. The order of lines, and every field of the shop, stay as
 * they are.
 *
 * @param options - See {@link EnrichOptions}.
 * @returns One line for the terminal.
 * @throws `DATA_INVALID` with file and line, `PACK_…` for a pack that cannot be read or holds no
 *   statistics of its catalog.
 */
export async function enrich(options: EnrichOptions): Promise<string> {
  const start = performance.now();
  const file = findFile(options.data, 'catalog');
  if (!file) throw dataError(options.data, 0, 'expected catalog.ndjson or catalog.ndjson.gz');
  const target = targetOf(options.out, file);
  const files = readPackFolder(options.pack);
  const { packId } = files.manifest;
  const { catalog } = await decodePack(files);
  if (!catalog) {
    throw new VitrineError(
      'PACK_FORMAT',
      `no ${CATALOG_FILE}: train a pack without --max-bytes to enrich.`,
    );
  }
  const counts = { items: 0, sentiment: 0, keywords: 0, features: 0, price: 0, segments: 0 };
  await writeStream(target, enrichLines(file, createEnricher(catalog, packId), counts));
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const figures = { packId, ...counts, seconds, peakMemoryMb };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  return `${target}: ${counts.items} items, ${counts.segments} of them in a segment, in ${seconds} s`;
}
