/**
 * `vitrine index`: a catalog in, an index out that pages search by themselves.
 *
 * @packageDocumentation
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chooseReach, drawQueries, recallOf } from '../catalog-index/choose-reach.ts';
import { RECALL_AT } from '../catalog-index/index-format.ts';
import { type BuiltLists, ListBuilder } from '../catalog-index/list-builder.ts';
import { encodeLists } from '../catalog-index/list-table.ts';
import { openRows } from '../catalog-index/open-rows.ts';
import { IndexSearch, placeOf } from '../catalog-index/search-index.ts';
import { numListsFor, sampleSizeFor, trainLists } from '../catalog-index/train-lists.ts';
import { pickMatrixRows } from '../core/matrix-rows.ts';
import { createRandom, type Random } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';
import type { Item } from '../core/types.ts';
import { openScorer } from '../kernels/open-scorer.ts';
import { draftOf, finishDraft, sweepDrafts, writeWhole } from './drafts.ts';
import { DetailSpool } from './index-details.ts';
import { checkIndexPlace, IndexFolder } from './index-folder.ts';
import { type CatalogSurvey, readItems, surveyCatalog } from './index-items.ts';
import { INDEX_DIMENSIONS } from './index-projection.ts';
import { type IndexSpace, learnSpace } from './index-space.ts';
import { ExactBest } from './index-truth.ts';
import { startStage } from './progress.ts';

/** Options of the command. */
export interface IndexOptions {
  /** Data folder; only its catalog is read. */
  readonly data: string;
  /** Folder for the index; an earlier index there is replaced. */
  readonly out: string;
  /** Of all draws. */
  readonly seed?: number | undefined;
  /** File for the figures. */
  readonly json?: string | undefined;
}

/** What the command tells. */
export interface IndexFigures {
  /** N. */
  readonly items: number;
  /** D. */
  readonly dimensions: number;
  /** L. */
  readonly lists: number;
  /** Of all files. */
  readonly bytes: number;
  /** Of the run. */
  readonly seconds: number;
  /** Share of the 200 best that is found, by queries that the reach was not chosen with. */
  readonly recall: number;
}

/** Items that are encoded at once. */
const BATCH = 2_048;

/** Drawn queries, half of them to choose the reach with, half to measure; segments are added to both. */
const QUERIES = 256;

/** Recall that the reach is chosen for: above what is promised, since other queries will come. */
const TARGET = 0.98;

/** What was collected while the catalog went by. */
interface Collected {
  readonly builder: ListBuilder;
  /** Even queries choose the reach, odd ones measure. */
  readonly queries: Matrix;
  readonly exact: ExactBest;
}

function joinRows(a: Matrix, b: Matrix): Matrix {
  return { ...a, data: Float32Array.of(...a.data, ...b.data), rows: a.rows + b.rows };
}

/** Every second row. */
function half(matrix: Matrix, first: 0 | 1): Matrix {
  const rows = Array.from({ length: matrix.rows }, (_, row) => row);
  return pickMatrixRows(
    matrix,
    rows.filter((row) => row % 2 === first),
  );
}

async function collect(
  survey: CatalogSurvey,
  space: IndexSpace,
  spool: DetailSpool,
  random: Random,
): Promise<Collected> {
  const { file, numItems } = survey;
  const queries = joinRows(drawQueries(space.sample, QUERIES, random), space.segments);
  const { scorer } = await openScorer('wasm');
  const exact = new ExactBest(scorer, queries, Math.min(RECALL_AT, numItems));
  const builder = new ListBuilder(INDEX_DIMENSIONS, numItems);
  let batch: Item[] = [];
  const flush = (): void => {
    const vectors = space.encode(batch);
    builder.add(vectors);
    exact.add(vectors);
    batch = [];
  };
  for await (const { item } of readItems(file, 'Encoding')) {
    spool.add(item);
    batch.push(item);
    if (batch.length === BATCH) flush();
  }
  if (batch.length > 0) flush();
  scorer.dispose();
  return { builder, queries, exact };
}

async function makeLists(builder: ListBuilder, survey: CatalogSurvey, random: Random) {
  const numLists = numListsFor(survey.numItems);
  const { scorer } = await openScorer('wasm');
  const sample = builder.sample(sampleSizeFor(numLists));
  const training = startStage('Learning lists');
  const centres = trainLists(sample, numLists, { scorer, random, report: training });
  const built = builder.group(scorer, centres.rows, startStage('Filling lists'));
  scorer.dispose();
  return built;
}

/** What a search with the index is like. */
interface Measured {
  /** Of the index. */
  readonly reach: number;
  /** By queries that the reach was not chosen with. */
  readonly recall: number;
  /** Rows that a query scores, on average. */
  readonly scored: number;
}

/** The shortest reach that finds enough for one half of the queries, and what the other half finds. */
async function measure(built: BuiltLists, { exact, queries }: Collected): Promise<Measured> {
  const table = { ...built, reach: 0 };
  const memory = await openRows(placeOf(table));
  let offset = 0;
  for (const bytes of built.rows()) {
    memory.fill(offset, bytes);
    offset += bytes.length;
  }
  const search = new IndexSearch(table, memory);
  const rowOf = new Int32Array(built.order.length);
  for (const [row, item] of built.order.entries()) rowOf[item] = row;
  const truth = exact.rows(rowOf);
  const look = (side: 0 | 1, reach: number): Pick<Measured, 'recall' | 'scored'> => {
    const own = half(queries, side);
    const found = search.search(own, { reach });
    const right = truth.filter((_, v) => v % 2 === side);
    return { recall: recallOf(found, right), scored: found.scored / own.rows };
  };
  const reach = chooseReach((own) => look(0, own).recall, TARGET);
  return { reach, ...look(1, reach) };
}

/** Figures but for the time, and rows that a search scores. */
type Built = Omit<IndexFigures, 'seconds'> & Pick<Measured, 'scored'>;

async function build(options: IndexOptions, draft: string): Promise<Built> {
  const { data, seed = 1 } = options;
  const survey = await surveyCatalog(data, seed);
  const space = learnSpace(survey.sample);
  const random = createRandom(seed, 'index');
  mkdirSync(draft);
  const spool = new DetailSpool(join(draft, 'details.spool'), survey.numItems);
  try {
    const collected = await collect(survey, space, spool, random);
    const built = await makeLists(collected.builder, survey, random);
    const { reach, recall, scored } = await measure(built, collected);
    const folder = new IndexFolder(draft);
    const writing = startStage('Writing');
    const rows = folder.writeRows(built.rows());
    const { files: details, sizes: blocks } = folder.writeDetails(spool.blocks(built.order));
    const { catalog, projection } = space;
    const lists = folder.write(
      'lists.bin',
      encodeLists({ ...built, reach, projection, blocks, catalog }),
    );
    const told = { dimensions: INDEX_DIMENSIONS, recall: Number(recall.toFixed(4)) };
    const numLists = built.sizes.length;
    const bytes = folder.finish({
      numItems: survey.numItems,
      dimensions: told.dimensions,
      numLists,
      recall: told.recall,
      items: survey.head,
      lists,
      rows,
      details,
    });
    writing(1, 1);
    return { items: survey.numItems, lists: numLists, bytes, scored, ...told };
  } finally {
    spool.close();
  }
}

/**
 * Makes an index.
 *
 * The catalog is read twice, so that memory grows by 100 bytes and the id of an item, not by the
 * item. What is written is whole or not there; the same catalog and seed give the same bytes.
 *
 * @param options - See {@link IndexOptions}.
 * @returns One line for the terminal.
 * @throws `DATA_INVALID` with file and line, `OPTION_INVALID` when something else stands at `out`.
 */
export async function indexCatalog(options: IndexOptions): Promise<string> {
  const start = performance.now();
  const { json, out } = options;
  checkIndexPlace(out);
  try {
    const made = await build(options, draftOf(out));
    finishDraft(out);
    const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
    const { bytes, dimensions, items, lists, recall } = made;
    const figures: IndexFigures = { items, dimensions, lists, bytes, seconds, recall };
    if (json !== undefined) writeWhole(json, `${JSON.stringify(figures)}\n`);
    const megabytes = (bytes / 1e6).toFixed(1);
    const looks = `a search scores ${Math.round(made.scored)} rows`;
    return `${out}: ${items} items in ${lists} lists, ${megabytes} MB, recall ${recall} at ${RECALL_AT}, ${looks}, in ${seconds} s`;
  } finally {
    sweepDrafts(out);
  }
}
