/**
 * A pack on a protocol's lists: what it reaches, what each family of its signals is worth, how long
 * it takes.
 *
 * @packageDocumentation
 */
import type { RankerPack } from '../pack/pack-codec.ts';
import { createListRanker } from '../ranker/list-ranker.ts';
import type { Metrics } from '../ranker/metrics.ts';
import type { RankList } from '../ranker/types.ts';
import { createFamilyScorer, PROMISED } from './ablation.ts';
import { createMeter } from '../ranker/meter.ts';
import { startStage } from './progress.ts';

/** Metrics by name. */
export type Figures = Readonly<Record<string, number>>;

/** Metrics of the ranking without a family; the note says when nothing was left out. */
export type Ablated = Readonly<Record<string, number | string>>;

/** A measured pack. */
export interface MeasuredPack {
  /** Of the pack itself. */
  readonly metrics: Figures;
  /** By `without` and the family's name. */
  readonly ablation: Readonly<Record<string, Ablated>>;
  /** Signals and scores of one list, milliseconds. */
  readonly msPerVisitor: { readonly p50: number; readonly p95: number };
  /** [I] How often each item was among the first ten. */
  readonly shown: Int32Array;
}

/**
 * Rounds metrics for people and for files.
 *
 * @param metrics - Of one ranking.
 * @returns Four places.
 */
export function rounded(metrics: Metrics): Figures {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [name, Number((value as number).toFixed(4))]),
  );
}

function percentile(sorted: Float64Array, share: number): number {
  const at = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return Number((sorted[at] ?? 0).toFixed(3));
}

/** Promised families that the pack has no signals of: the ranking is the same without them. */
function absent(families: readonly string[], metrics: Figures): [string, Ablated][] {
  const missing = Object.keys(PROMISED).filter((family) => !families.includes(family));
  return missing.map((family) => [
    `without${family}`,
    { ...metrics, note: `this pack has no ${PROMISED[family]} to leave out` },
  ]);
}

/**
 * Ranks all lists with the pack, with and without each family of signals.
 *
 * @param pack - A decoded pack.
 * @param lists - Lists of a protocol.
 * @returns See {@link MeasuredPack}.
 */
export function measurePack(pack: RankerPack, lists: readonly RankList[]): MeasuredPack {
  const { model } = pack;
  const { rank, ranker } = createListRanker(model, pack.ranker);
  const catalog = { numItems: model.numItems, attributes: model.attributes };
  const scorer = createFamilyScorer(ranker);
  const full = createMeter(catalog);
  const ablated = scorer.families.map((family) => ({ family, meter: createMeter(catalog) }));
  const times = new Float64Array(lists.length);
  const report = startStage('Ranking');
  for (const [index, list] of lists.entries()) {
    const start = performance.now();
    const { signals, scores } = rank(list);
    times[index] = performance.now() - start;
    full.add(list, scores);
    const without = scorer.scoresWithout(signals);
    for (const [f, { meter }] of ablated.entries()) meter.add(list, without[f] as Float64Array);
    report(index + 1, lists.length);
  }
  times.sort();
  const metrics = rounded(full.result());
  const worth = ablated.map(({ family, meter }): [string, Ablated] => [
    `without${family}`,
    rounded(meter.result()),
  ]);
  return {
    metrics,
    ablation: Object.fromEntries([...worth, ...absent(scorer.families, metrics)]),
    msPerVisitor: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
    shown: full.shown,
  };
}
