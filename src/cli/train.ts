/**
 * `vitrine train`: data in, pack out.
 *
 * @packageDocumentation
 */
import { writeFileSync } from 'node:fs';
import { encodePack } from '../pack/pack-codec.ts';
import { buildAttributes, learnLogPrices } from '../ranker/attributes.ts';
import { writePackFolder } from './pack-folder.ts';
import { readDataset } from './read-data.ts';
import { type ProtocolName, splitData } from './split-data.ts';
import { trainRanker } from './train-ranker.ts';

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
}

/**
 * Trains a pack.
 *
 * @param options - See {@link TrainOptions}.
 * @returns One line for the terminal.
 */
export async function train(options: TrainOptions): Promise<string> {
  const start = performance.now();
  const data = readDataset(options.data);
  const split = splitData(data, options.protocol);
  const attributes = buildAttributes(data.items);
  const logPrice = learnLogPrices(data.items);
  const trained = trainRanker({ split, attributes, logPrice, seed: options.seed });
  const { model, ranker, curve, epochs, numLists } = trained;
  const pack = await encodePack(
    { ids: data.items.map(({ id }) => id), model, ranker },
    {
      protocol: options.protocol,
      seed: options.seed,
      visitors: split.learn.length,
      interactions: split.learn.reduce((sum, { items }) => sum + items.length, 0),
    },
  );
  writePackFolder(options.out, pack);
  const packBytes = pack.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const seconds = (performance.now() - start) / 1000;
  const figures = {
    seconds: Number(seconds.toFixed(1)),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    packBytes,
    packId: pack.manifest.packId,
    models: {
      embedding: { dims: model.embedding.dims, epochs },
      ranker: { signals: ranker.names.length, lists: numLists, loss: curve },
    },
  };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures)}\n`);
  const size = (packBytes / 1e6).toFixed(2);
  const kind = numLists === 0 ? 'content-only pack, since there are no interactions' : 'pack';
  return `${options.out}: ${kind} of ${data.items.length} items, ${size} MB, in ${seconds.toFixed(0)} s`;
}
