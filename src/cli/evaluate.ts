/**
 * `vitrine evaluate`: replays a protocol's lists through a pack, beside the baselines.
 *
 * @packageDocumentation
 */
import { writeFileSync } from 'node:fs';
import { VitrineError } from '../core/errors.ts';
import { decodePack, type RankerPack } from '../pack/pack-codec.ts';
import { scoreList } from '../ranker/additive-model.ts';
import { BASELINE_NAMES, type BaselineName, createBaselines } from '../ranker/baselines.ts';
import { learnTables } from '../ranker/learn-model.ts';
import { measure, type Metrics } from '../ranker/metrics.ts';
import type { Split } from '../ranker/protocols.ts';
import { createSignalEngine } from '../ranker/signals.ts';
import type { RankList } from '../ranker/types.ts';
import { readPackFolder } from './pack-folder.ts';
import { startStage } from './progress.ts';
import { type Dataset, readDataset } from './read-data.ts';
import { type ProtocolName, splitData } from './split-data.ts';

/** Options of the command. */
export interface EvaluateOptions {
  /** Data folder. */
  readonly data: string;
  /** Pack folder. */
  readonly pack: string;
  /** Protocol to measure by. */
  readonly protocol: ProtocolName;
  /** File for the figures. */
  readonly json?: string | undefined;
}

/** Neighbours per item of the baselines' tables: rivals are not cut to a pack's size. */
const BASELINE_WIDTH = 128;

type Figures = Readonly<Record<string, number>>;

function rounded(metrics: Metrics): Figures {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [name, Number((value as number).toFixed(4))]),
  );
}

/** A pack is only good for the items that it was trained on. */
function checkItems(data: Dataset, pack: RankerPack): void {
  const isSame =
    pack.ids.length === data.items.length &&
    data.items.every(({ id }, row) => pack.ids[row] === id);
  if (!isSame) {
    throw new VitrineError('DATA_INVALID', 'the pack was trained on another catalog.');
  }
}

function percentile(sorted: Float64Array, share: number): number {
  const at = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return Number((sorted[at] ?? 0).toFixed(3));
}

/** Ranks all lists with the pack, timed. */
function measurePack(
  pack: RankerPack,
  lists: readonly RankList[],
): { metrics: Figures; msPerVisitor: { p50: number; p95: number } } {
  const { model, ranker } = pack;
  const engine = createSignalEngine(model);
  const times = new Float64Array(lists.length);
  const report = startStage('Ranking');
  const metrics = measure(
    lists,
    (list, index) => {
      const start = performance.now();
      const scores = scoreList(ranker, engine(list));
      times[index] = performance.now() - start;
      report(index + 1, lists.length);
      return scores;
    },
    { numItems: model.numItems, attributes: model.attributes },
  );
  times.sort();
  const msPerVisitor = { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
  return { metrics: rounded(metrics), msPerVisitor };
}

/** Baselines learn from the same split, in tables wider than the pack's. */
function measureBaselines(pack: RankerPack, split: Split): Record<string, Figures> {
  const { attributes, logPrice, numItems } = pack.model;
  const wide = learnTables({
    sequences: split.learn,
    attributes,
    logPrice,
    numItems,
    seed: 1,
    width: BASELINE_WIDTH,
    onProgress: startStage('Learning the baselines'),
  });
  const scorer = createBaselines({ ...pack.model, ...wide });
  const options = { numItems, attributes };
  let latest: RankList | undefined;
  let scores: ReturnType<typeof scorer> | undefined;
  const scoresOf = (name: BaselineName, list: RankList): Float64Array => {
    if (list !== latest || scores === undefined) scores = scorer(list);
    latest = list;
    return scores[name];
  };
  const inServerOrder = ({ candidates }: RankList): Float64Array =>
    Float64Array.from(candidates, (_, index) => -index);
  const figures: Record<string, Figures> = {
    server: rounded(measure(split.test, inServerOrder, options)),
  };
  for (const name of BASELINE_NAMES) {
    const stage = startStage(`Measuring ${name}`);
    figures[name] = rounded(
      measure(
        split.test,
        (list, index) => {
          stage(index + 1, split.test.length);
          return scoresOf(name, list);
        },
        options,
      ),
    );
  }
  return figures;
}

/**
 * Measures a pack.
 *
 * @param options - See {@link EvaluateOptions}.
 * @returns A table for the terminal.
 * @throws `DATA_INVALID` when the protocol leaves nothing to measure or the pack does not fit.
 */
export async function evaluate(options: EvaluateOptions): Promise<string> {
  const data = readDataset(options.data);
  const split = splitData(data, options.protocol);
  if (split.test.length === 0) {
    throw new VitrineError('DATA_INVALID', `${options.protocol}: there is nothing to measure.`);
  }
  const pack = await decodePack(readPackFolder(options.pack));
  checkItems(data, pack);
  const { metrics, msPerVisitor } = measurePack(pack, split.test);
  const baselines = measureBaselines(pack, split);
  const figures = {
    protocol: options.protocol,
    visitors: split.test.length,
    metrics,
    baselines,
    msPerVisitor,
  };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures)}\n`);
  const rows: [string, Figures][] = [['vitrine', metrics], ...Object.entries(baselines)];
  const columns = ['HR@1', 'HR@5', 'HR@10', 'NDCG@5', 'NDCG@10', 'MRR'];
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(16) + cells.map((cell) => cell.padStart(9)).join('');
  return [
    `${options.protocol}, ${split.test.length} lists, ms per list p50 ${msPerVisitor.p50} p95 ${msPerVisitor.p95}`,
    line('', columns),
    ...rows.map(([name, row]) =>
      line(
        name,
        columns.map((column) => (row[column] ?? 0).toFixed(4)),
      ),
    ),
  ].join('\n');
}
