/**
 * `vitrine evaluate`: replays a protocol's lists through a pack, beside the baselines.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { decodePack, type RankerPack } from '../pack/pack-codec.ts';
import { writeEvaluateReport } from '../report/evaluate-report.ts';
import { writeWhole } from './drafts.ts';
import { PROMISED } from './ablation.ts';
import { measureBaselines } from './measure-baselines.ts';
import { type Figures, measurePack } from './measure-pack.ts';
import { measureSlices, type SliceFigures } from './measure-slices.ts';
import { readPackFolder } from './pack-folder.ts';
import { say } from './progress.ts';
import { type Dataset, readWithProgress } from './read-data.ts';
import { type ProtocolName, splitData } from './split-data.ts';

/** Options of the command. */
export interface EvaluateOptions {
  /** Data folder. */
  readonly data: string;
  /** Pack folder. */
  readonly pack: string;
  /** Protocol to measure by. */
  readonly protocol: ProtocolName;
  /** Of the baselines' draws, default 1. */
  readonly seed?: number | undefined;
  /** Whether slices are measured as well. */
  readonly slices?: boolean | undefined;
  /** File for the figures. */
  readonly json?: string | undefined;
  /** File for the page with plots. */
  readonly report?: string | undefined;
}

/** What {@link evaluate} writes as JSON. */
export interface EvaluateFigures {
  /** Measured by. */
  readonly protocol: string;
  /** Lists. */
  readonly visitors: number;
  /** Protocol that the pack was trained by. */
  readonly trainedBy: string;
  /** Content hash of the pack. */
  readonly packId: string;
  /** Of the pack, rounded to four places. */
  readonly metrics: Figures;
  /** By name. */
  readonly baselines: Readonly<Record<string, Figures>>;
  /** By `without` and family of signals; `note` where there was nothing to leave out. */
  readonly ablation: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** Signals and scores of one list, milliseconds. */
  readonly msPerVisitor: { readonly p50: number; readonly p95: number };
  /** With `--slices`. */
  readonly slices?: SliceFigures;
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

const COLUMNS = ['HR@1', 'HR@5', 'HR@10', 'NDCG@5', 'NDCG@10', 'MRR'];

/** Figures of a row, as far as there are numbers. */
type Cells = Readonly<Record<string, number | string>>;

function tableOf(figures: EvaluateFigures): string {
  const { ablation, baselines, metrics, msPerVisitor, protocol, visitors } = figures;
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(18) + cells.map((cell) => cell.padStart(9)).join('');
  // What the generative models are worth stands beside the full ranking, also where that is nothing.
  const without = Object.keys(PROMISED).flatMap((family): [string, Cells][] => {
    const row = ablation[`without${family}`];
    return row === undefined ? [] : [[`without${family}`, row]];
  });
  const rows: [string, Cells][] = [['vitrine', metrics], ...without, ...Object.entries(baselines)];
  return [
    `${protocol}, ${visitors} lists, ms per list p50 ${msPerVisitor.p50} p95 ${msPerVisitor.p95}`,
    line('', COLUMNS),
    ...rows.map(([name, row]) =>
      line(
        name,
        COLUMNS.map((column) => Number(row[column] ?? 0).toFixed(4)),
      ),
    ),
  ].join('\n');
}

/** Who has seen the answers is no measure of anything. */
function warnOfLeak({ protocol, trainedBy }: EvaluateFigures): void {
  if (trainedBy === protocol) return;
  say(
    `Note: the pack was trained by ${trainedBy}, so it may have learned from the answers of ${protocol}.`,
  );
}

/**
 * Measures a pack.
 *
 * @param options - See {@link EvaluateOptions}.
 * @returns A table for the terminal.
 * @throws `DATA_INVALID` when the protocol leaves nothing to measure or the pack does not fit.
 */
export async function evaluate(options: EvaluateOptions): Promise<string> {
  const { protocol } = options;
  const data = readWithProgress(options.data);
  const split = splitData(data, protocol);
  if (split.test.length === 0) {
    const why = protocol === 'all' ? 'it learns from everything' : 'no visitor chose often enough';
    throw new VitrineError(
      'DATA_INVALID',
      `--protocol ${protocol}: there is nothing to measure, since ${why}.`,
    );
  }
  const files = readPackFolder(options.pack);
  const pack = await decodePack(files);
  checkItems(data, pack);
  const { shown, ...measured } = measurePack(pack, split.test);
  const baselines = measureBaselines(pack, split, options.seed ?? 1);
  const figures: EvaluateFigures = {
    protocol,
    visitors: split.test.length,
    trainedBy: files.manifest.training.protocol,
    packId: files.manifest.packId,
    metrics: measured.metrics,
    baselines: Object.fromEntries(
      Array.from(baselines, ([name, { metrics }]) => [name, metrics] as const),
    ),
    ablation: measured.ablation,
    msPerVisitor: measured.msPerVisitor,
    ...(options.slices === true && {
      slices: await measureSlices(pack, split.test, options.seed ?? 1),
    }),
  };
  warnOfLeak(figures);
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  if (options.report !== undefined) {
    const own = { name: 'vitrine', metrics: figures.metrics, shown };
    const rivals = Array.from(baselines, ([name, rival]) => ({ name, ...rival }));
    writeWhole(options.report, writeEvaluateReport({ ...figures, own, baselines: rivals }));
  }
  return tableOf(figures);
}
