/**
 * `vitrine enrich`: a catalog in, the same catalog with derived and generated features out, line by
 * line.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeCandidates } from '../catalog/candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { GeneratedFeatures } from '../core/generated-features.ts';
import type { Item } from '../core/types.ts';
import { decodePack } from '../pack/pack-codec.ts';
import { CATALOG_FILE } from '../pack/pack-format.ts';
import { writeWhole } from './drafts.ts';
import { createGenerator, type Generator } from './enrich-generated.ts';
import { createEnricher, type Derived, type Enricher } from './enrich-item.ts';
import { dataError } from './fail.ts';
import { readPackFolder } from './pack-folder.ts';
import { startStage } from './progress.ts';
import { openPictures, type PictureFiles } from './picture-files.ts';
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
  /** Folder of pictures, or `auto` for the data folder; undefined: pictures are left alone. */
  readonly pictures?: string | undefined;
  /** Whether pictures that are not in the folder are fetched. */
  readonly isOnline?: boolean | undefined;
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
  /** … with generated scores. */
  generated: number;
  /** … whose scores are a guess. */
  guessing: number;
}

/** Fields that are written; what the pack or the item's picture does not give is left out. */
interface Added {
  readonly derived: Derived;
  readonly generated?: GeneratedFeatures;
  readonly imageVector?: readonly number[];
}

function count(counts: EnrichCounts, { derived, generated }: Added): void {
  counts.items++;
  if (derived.sentiment) counts.sentiment++;
  if (derived.keywords.length > 0) counts.keywords++;
  if (derived.features.length > 0) counts.features++;
  if (derived.price) counts.price++;
  if (derived.segments.length > 0) counts.segments++;
  if (generated) counts.generated++;
  if (generated?.guessing === true) counts.guessing++;
}

/** The shop's fields byte for byte; only what an earlier run wrote is taken out first. */
function addFields(line: string, value: Readonly<Record<string, unknown>>, added: Added): string {
  const isThere = Object.keys(added).some((field) => Object.hasOwn(value, field));
  if (isThere) {
    const rest = Object.entries(value).filter(([field]) => !Object.hasOwn(added, field));
    return JSON.stringify({ ...Object.fromEntries(rest), ...added });
  }
  return `${line.slice(0, -1)},${JSON.stringify(added).slice(1)}`;
}

function toItem(value: Readonly<Record<string, unknown>>, file: string, line: number): Item {
  const [item] = normalizeCandidates([value], { maxItems: 1 }).items;
  if (item !== undefined) return item;
  throw dataError(file, line, `expected "id", got ${JSON.stringify(value['id']) ?? 'nothing'}`);
}

/** What is known about items. */
interface Sources {
  readonly enrichItem: Enricher;
  /** Undefined for a pack without an attribute model. */
  readonly generate: Generator | undefined;
  /** Undefined when pictures were not asked for. */
  readonly pictures: PictureFiles | undefined;
}

async function addedTo(item: Item, sources: Sources): Promise<Added> {
  const { enrichItem, generate, pictures } = sources;
  const imageVector = await pictures?.describe(item.image);
  return {
    derived: enrichItem(item),
    ...(generate && { generated: await generate(item) }),
    ...(imageVector && { imageVector }),
  };
}

async function* enrichLines(
  file: FoundFile,
  sources: Sources,
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
    const added = await addedTo(toItem(value, file.path, number), sources);
    count(counts, added);
    yield addFields(line, value, added);
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

async function picturesOf(options: EnrichOptions): Promise<PictureFiles | undefined> {
  const { data, isOnline = false, pictures } = options;
  return pictures === undefined ? undefined : openPictures({ data, isOnline, pictures });
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
 *   statistics of its catalog, `OPTION_INVALID` when pictures were asked for and cannot be read.
 */
export async function enrich(options: EnrichOptions): Promise<string> {
  const start = performance.now();
  const file = findFile(options.data, 'catalog');
  if (!file) throw dataError(options.data, 0, 'expected catalog.ndjson or catalog.ndjson.gz');
  const target = targetOf(options.out, file);
  const files = readPackFolder(options.pack);
  const { packId } = files.manifest;
  const { attributeFile, catalog } = await decodePack(files);
  if (!catalog) {
    throw new VitrineError(
      'PACK_FORMAT',
      `no ${CATALOG_FILE}: train a pack without --max-bytes to enrich.`,
    );
  }
  const counts: EnrichCounts = {
    items: 0,
    sentiment: 0,
    keywords: 0,
    features: 0,
    price: 0,
    segments: 0,
    generated: 0,
    guessing: 0,
  };
  const sources: Sources = {
    enrichItem: createEnricher(catalog, packId),
    generate: attributeFile && (await createGenerator(attributeFile)),
    pictures: await picturesOf(options),
  };
  await writeStream(target, enrichLines(file, sources, counts));
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const pictures = sources.pictures && { pictures: sources.pictures.counts };
  const figures = { packId, ...counts, ...pictures, seconds, peakMemoryMb };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  const seen = sources.pictures ? `, ${sources.pictures.counts.read} with their picture` : '';
  return `${target}: ${counts.items} items, ${counts.segments} of them in a segment${seen}, in ${seconds} s`;
}
