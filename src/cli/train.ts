/**
 * `vitrine train`: data in, pack out.
 *
 * @packageDocumentation
 */
import { isVitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { encodePack } from '../pack/pack-codec.ts';
import type { PackFiles } from '../pack/pack-format.ts';
import { buildAttributes, learnLogPrices } from '../ranker/attributes.ts';
import type { Split } from '../ranker/protocols.ts';
import { SIGNALS } from '../ranker/signals.ts';
import { type TrainReport, writeTrainReport } from '../report/train-report.ts';
import { learnCatalog } from './catalog-model.ts';
import { writeWhole } from './drafts.ts';
import { checkBytes, fitLimits, type FittedLimits, type FixedParts } from './fit-limits.ts';
import { spreadOf } from './function-spread.ts';
import { learnContent } from './item-content.ts';
import { checkPackPlace, writePackFolder } from './pack-folder.ts';
import { measureSegmentVae, type SegmentVaeFigures } from './measure-segments.ts';
import { startStage } from './progress.ts';
import { readDeclared } from './read-attributes.ts';
import { readWithProgress } from './read-data.ts';
import { type ProtocolName, splitData } from './split-data.ts';
import { type AttributeFigures, trainAttributes } from './train-attributes.ts';
import { type TrainedRanker, trainRanker } from './train-ranker.ts';

/** Options of the command. */
export interface TrainOptions {
  /** Data folder. */
  readonly data: string;
  /** Where the pack goes. */
  readonly out: string;
  /** What may be learned from. */
  readonly protocol: ProtocolName;
  /** Of all draws. */
  readonly seed: number;
  /** File of declared attributes; undefined: the ones that come with us. */
  readonly attributes?: string | undefined;
  /** File for the figures. */
  readonly json?: string | undefined;
  /** File for the page with plots. */
  readonly report?: string | undefined;
  /** Of the whole pack: tables shrink, and what enriching needs is left out. */
  readonly maxBytes?: number | undefined;
}

/** What the catalog says of its items: words and how many have them. */
function countFields(items: readonly Item[]): TrainReport['learnedFrom'] {
  const count = (
    name: string,
    has: (item: Item) => boolean,
  ): TrainReport['learnedFrom'][number] => ({
    name,
    count: items.filter(has).length,
    of: items.length,
  });
  return [
    count('title', ({ title }) => title !== undefined),
    count('description', ({ description }) => description !== undefined),
    count('price', ({ price }) => price !== undefined),
    count('tags', ({ tags = [] }) => tags.length > 0),
    count('category', ({ categoryPath = [] }) => categoryPath.length > 0),
    count('brand', ({ brand }) => brand !== undefined),
  ];
}

interface Trained extends TrainedRanker {
  readonly items: readonly Item[];
  readonly split: Split;
  readonly pack: PackFiles;
  readonly attributeFigures: AttributeFigures;
  readonly segmentFigures: SegmentVaeFigures;
}

/** Share of a limited pack that the attribute model may take. */
const ATTRIBUTE_SHARE = 0.2;

const NO_ROOM: AttributeFigures = {
  parameters: 0,
  bytes: 0,
  names: [],
  heldOut: {},
  baseline: {},
  seconds: 0,
  note: 'the pack has no room for the model',
};

/** What the models about items fit in, or a pack without them. */
async function fit(
  items: readonly Item[],
  split: Split,
  maxBytes: number,
  fixed: FixedParts,
): Promise<FittedLimits & { readonly fixed: FixedParts }> {
  try {
    return { ...(await fitLimits(items, split.learn, maxBytes, fixed)), fixed };
  } catch (error) {
    if (!isVitrineError(error) || error.code !== 'OPTION_INVALID') throw error;
    return { ...(await fitLimits(items, split.learn, maxBytes)), fixed: {} };
  }
}

/** Data → pack in memory. */
async function trainPack(options: TrainOptions): Promise<Trained> {
  const { maxBytes, protocol, seed } = options;
  const declared = readDeclared(options.attributes);
  const data = readWithProgress(options.data);
  const { items } = data;
  const split = splitData(data, protocol);
  // A limit that cannot be kept is told at once.
  if (maxBytes !== undefined) await fitLimits(items, split.learn, maxBytes);
  // Not from the answers that the functions are trained on.
  const scored = await trainAttributes(
    { items, sequences: split.early, attributes: declared },
    { seed, maxBytes: maxBytes && Math.floor(ATTRIBUTE_SHARE * maxBytes) },
  );
  const catalog = learnCatalog(items, startStage('Learning the catalog'));
  const all: FixedParts = {
    attributeFile: scored.file,
    content: learnContent(scored.items, catalog),
  };
  const fitted = maxBytes === undefined ? undefined : await fit(items, split, maxBytes, all);
  const { attributeFile, content } = fitted?.fixed ?? all;
  const trained = trainRanker({
    split,
    attributes: fitted?.attributes ?? buildAttributes(items),
    content,
    logPrice: learnLogPrices(items),
    seed,
    limits: fitted?.limits,
  });
  const pack = await encodePack(
    {
      ids: items.map(({ id }) => id),
      model: trained.model,
      ranker: trained.ranker,
      catalog: fitted ? undefined : catalog,
      attributeFile,
    },
    {
      protocol,
      seed,
      visitors: split.learn.length,
      interactions: split.learn.reduce((sum, sequence) => sum + sequence.items.length, 0),
    },
    { isCompact: maxBytes !== undefined },
  );
  if (maxBytes !== undefined) checkBytes(pack, maxBytes);
  const hasRoom = attributeFile === scored.file;
  const attributeFigures = hasRoom ? scored.figures : NO_ROOM;
  const tried = startStage('Trying the models of segments');
  const segmentFigures = await measureSegmentVae(items, seed);
  tried(1, 1);
  return { ...trained, items, split, pack, attributeFigures, segmentFigures };
}

function reportOf(trained: Trained, seconds: number, peakMemoryMb: number): TrainReport {
  const { curve, items, model, numLists, pack, ranker, split } = trained;
  const { files, packId, training } = pack.manifest;
  const spread = spreadOf(model, ranker, split.train);
  const words = new Map(SIGNALS.map(({ inWords, name }) => [name, inWords]));
  return {
    packId,
    protocol: training.protocol,
    seed: training.seed,
    seconds,
    peakMemoryMb,
    learnedFrom: [
      { name: 'items', count: items.length },
      { name: 'visitors', count: training.visitors },
      { name: 'interactions', count: training.interactions },
      ...countFields(items),
    ],
    lists: numLists,
    sampled: spread.lists,
    curves: [{ name: 'Functions of the ranker', loss: curve }],
    functions: ranker.names.map((name, j) => ({
      name,
      inWords: words.get(name) ?? name,
      knots: ranker.knots[j] as Float32Array,
      values: ranker.values[j] as Float32Array,
      spread: spread.byFunction[j] as number,
    })),
    files,
  };
}

/**
 * Trains a pack.
 *
 * @param options - See {@link TrainOptions}.
 * @returns One line for the terminal.
 * @throws `DATA_INVALID` with file and line; `OPTION_INVALID` when `out` holds something else, or
 *   when even the smallest pack has more than `maxBytes`.
 */
export async function train(options: TrainOptions): Promise<string> {
  const start = performance.now();
  checkPackPlace(options.out);
  const trained = await trainPack(options);
  const { curve, epochs, items, model, numLists, pack, ranker } = trained;
  writePackFolder(options.out, pack);
  const packBytes = pack.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const figures = {
    seconds,
    peakMemoryMb,
    packBytes,
    packId: pack.manifest.packId,
    models: {
      attributes: trained.attributeFigures,
      segmentVae: trained.segmentFigures,
      embedding: { dims: model.embedding.dims, epochs },
      ranker: { signals: ranker.names.length, lists: numLists, loss: curve },
    },
  };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  if (options.report !== undefined) {
    writeWhole(options.report, writeTrainReport(reportOf(trained, seconds, peakMemoryMb)));
  }
  const size = (packBytes / 1e6).toFixed(2);
  const why = trained.split.learn.length === 0 ? 'there are no' : 'there are too few';
  const kind = numLists === 0 ? `content-only pack, since ${why} interactions` : 'pack';
  return `${options.out}: ${kind} of ${items.length} items, ${size} MB, in ${seconds.toFixed(0)} s`;
}
