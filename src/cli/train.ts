/**
 * `vitrine train`: data in, pack out.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { encodePack } from '../pack/pack-codec.ts';
import type { PackFiles } from '../pack/pack-format.ts';
import { buildAttributes, learnLogPrices } from '../ranker/attributes.ts';
import type { Split } from '../ranker/protocols.ts';
import { SIGNALS } from '../ranker/signals.ts';
import { type TrainReport, writeTrainReport } from '../report/train-report.ts';
import { learnCatalog } from './catalog-model.ts';
import { writeWhole } from './drafts.ts';
import { checkBytes, fitLimits } from './fit-limits.ts';
import { spreadOf } from './function-spread.ts';
import { checkPackPlace, writePackFolder } from './pack-folder.ts';
import { startStage } from './progress.ts';
import { readWithProgress } from './read-data.ts';
import { type ProtocolName, splitData } from './split-data.ts';
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
}

/** Data → pack in memory. */
async function trainPack(options: TrainOptions): Promise<Trained> {
  const { protocol, seed } = options;
  const data = readWithProgress(options.data);
  const { items } = data;
  const split = splitData(data, protocol);
  const { maxBytes } = options;
  const fitted = maxBytes === undefined ? undefined : await fitLimits(items, split.learn, maxBytes);
  const attributes = fitted?.attributes ?? buildAttributes(items);
  const logPrice = learnLogPrices(items);
  const trained = trainRanker({ split, attributes, logPrice, seed, limits: fitted?.limits });
  const catalog = fitted ? undefined : learnCatalog(items, startStage('Learning the catalog'));
  const pack = await encodePack(
    { ids: items.map(({ id }) => id), model: trained.model, ranker: trained.ranker, catalog },
    {
      protocol,
      seed,
      visitors: split.learn.length,
      interactions: split.learn.reduce((sum, sequence) => sum + sequence.items.length, 0),
    },
  );
  if (maxBytes !== undefined) checkBytes(pack, maxBytes);
  return { ...trained, items, split, pack };
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
      embedding: { dims: model.embedding.dims, epochs },
      ranker: { signals: ranker.names.length, lists: numLists, loss: curve },
    },
  };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  if (options.report !== undefined) {
    writeWhole(options.report, writeTrainReport(reportOf(trained, seconds, peakMemoryMb)));
  }
  const size = (packBytes / 1e6).toFixed(2);
  const kind = numLists === 0 ? 'content-only pack, since there are no interactions' : 'pack';
  return `${options.out}: ${kind} of ${items.length} items, ${size} MB, in ${seconds.toFixed(0)} s`;
}
