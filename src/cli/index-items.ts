/**
 * The items of a catalog for `vitrine index`, one line at a time.
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import { createRandom } from '../core/rng.ts';
import type { Item } from '../core/types.ts';
import { dataError } from './fail.ts';
import { startStage } from './progress.ts';
import { parseLine } from './read-lines.ts';
import { findFile, type FoundFile, readStream } from './stream-lines.ts';

/** Most items: their bytes must fit into a page's memory. */
const MOST_ITEMS = 2_000_000;

/** Items that the feature space is learned from. */
const SAMPLE = 20_000;

/** Items at the head of the catalog, which are ranked when the index cannot be. */
const HEAD = 200;

/** Longest description that is kept, characters: what cards and segments need of it. */
const DESCRIPTION = 240;

/** What a first look at a catalog tells. */
export interface CatalogSurvey {
  /** The file. */
  readonly file: FoundFile;
  /** N. */
  readonly numItems: number;
  /** An even sample, in the shop's order. */
  readonly sample: readonly Item[];
  /** The first 200 items. */
  readonly head: readonly Item[];
}

/**
 * Finds the catalog of a data folder.
 *
 * @param dir - Folder.
 * @returns `catalog.ndjson.gz`, `catalog.ndjson`, or the same with `items`.
 * @throws `DATA_INVALID` when there is none.
 */
function findCatalog(dir: string): FoundFile {
  const file = findFile(dir, 'catalog') ?? findFile(dir, 'items');
  if (file) return file;
  throw dataError(dir, 0, 'expected catalog.ndjson(.gz) or items.ndjson(.gz)');
}

/**
 * What an index keeps of an item: all that cards show and segments look at. Model scores and pictures
 * as numbers are left out, and long descriptions are cut.
 *
 * @param item - As the catalog has it.
 * @returns A copy.
 */
export function keptFields(item: Item): Item {
  const { generated: _generated, imageVector: _vector, description, ...rest } = item;
  if (description === undefined) return rest;
  if (description.length <= DESCRIPTION) return { ...rest, description };
  const cut = description.slice(0, DESCRIPTION);
  return { ...rest, description: cut.slice(0, Math.max(cut.lastIndexOf(' '), DESCRIPTION / 2)) };
}

/**
 * Reads a catalog.
 *
 * @param file - NDJSON, gzipped or not.
 * @param stage - Told on the terminal.
 * @yields Items in the shop's order, as an index keeps them, with their lines.
 * @throws `DATA_INVALID` with file and line for a line that is no JSON object or has no id.
 */
export async function* readItems(
  file: FoundFile,
  stage: string,
): AsyncGenerator<{ readonly item: Item; readonly line: number }> {
  const report = startStage(stage);
  const onBytes = (bytes: number): void => report(Math.min(bytes, file.bytes - 1), file.bytes);
  let line = 0;
  for await (const raw of readStream(file, onBytes)) {
    line++;
    // A byte order mark is a blank as well.
    const content = raw.trim();
    if (content.length === 0) continue;
    const value = parseLine(content, file.path, line);
    const [item] = normalizeCandidates([value], { maxItems: 1 }).items;
    if (item === undefined) {
      const got = JSON.stringify(value['id']) ?? 'nothing';
      throw dataError(file.path, line, `expected "id", got ${got}`);
    }
    yield { item: keptFields(item), line };
  }
  report(1, 1);
}

/**
 * Looks through a catalog: counts and checks all, keeps few.
 *
 * Memory: ids and lines of all items, 20,000 items.
 *
 * @param dir - Data folder.
 * @param seed - Of the sample.
 * @returns What it tells.
 * @throws `DATA_INVALID` as {@link readItems}, for an id that comes twice, for an empty catalog and
 *   for one of more than 2,000,000 items.
 */
export async function surveyCatalog(dir: string, seed: number): Promise<CatalogSurvey> {
  const file = findCatalog(dir);
  const random = createRandom(seed, 'index sample');
  const lines = new Map<string, number>();
  const head: Item[] = [];
  // Vitter's algorithm R; sorted by place afterwards.
  const sample: { readonly item: Item; readonly place: number }[] = [];
  for await (const { item, line } of readItems(file, `Reading ${file.path}`)) {
    const before = lines.get(item.id);
    if (before !== undefined) {
      throw dataError(file.path, line, `the id ${item.id} stands in line ${before} already`);
    }
    const place = lines.size;
    if (place >= MOST_ITEMS) throw dataError(file.path, line, `more than ${MOST_ITEMS} items`);
    lines.set(item.id, line);
    if (place < HEAD) head.push(item);
    const slot = place < SAMPLE ? place : Math.floor(random() * (place + 1));
    if (slot < SAMPLE) sample[slot] = { item, place };
  }
  if (lines.size === 0) throw dataError(file.path, 0, 'the catalog is empty, expected items');
  const ordered = sample.sort((a, b) => a.place - b.place).map(({ item }) => item);
  return { file, numItems: lines.size, sample: ordered, head };
}
