/**
 * What a shop could do without us, on the same lists and from the same split.
 *
 * @packageDocumentation
 */
import type { RankerPack } from '../pack/pack-codec.ts';
import { BASELINE_NAMES, createBaselines } from '../ranker/baselines.ts';
import { learnTables } from '../ranker/learn-model.ts';
import type { Split } from '../ranker/protocols.ts';
import { createMeter } from '../ranker/meter.ts';
import { type Figures, rounded } from './measure-pack.ts';
import { startStage } from './progress.ts';

/** Least neighbours per item of the baselines' tables: rivals are not cut to a pack's size. */
const BASELINE_WIDTH = 128;

/** A measured rival. */
export interface MeasuredBaseline {
  /** Its metrics. */
  readonly metrics: Figures;
  /** [I] How often each item was among the first ten. */
  readonly shown: Int32Array;
}

/**
 * Measures the server's order and all baselines.
 *
 * @param pack - For the catalog; its tables are not used.
 * @param split - What may be learned from, and the lists.
 * @param seed - Of the tables' draws.
 * @returns By name, the server's order first.
 */
export function measureBaselines(
  pack: RankerPack,
  split: Split,
  seed: number,
): Map<string, MeasuredBaseline> {
  const { attributes, logPrice, numItems, tables } = pack.model;
  const learning = startStage('Learning the baselines');
  const wide = learnTables({
    sequences: split.learn,
    attributes,
    logPrice,
    numItems,
    seed,
    width: Math.max(BASELINE_WIDTH, ...Object.values(tables).map(({ width }) => width)),
    onProgress: learning,
  });
  learning(1, 1);
  const scoresOf = createBaselines({ ...pack.model, ...wide });
  const catalog = { numItems, attributes };
  const server = createMeter(catalog);
  const rivals = BASELINE_NAMES.map((name) => ({ name, meter: createMeter(catalog) }));
  const report = startStage('Measuring the baselines');
  for (const [index, list] of split.test.entries()) {
    server.add(
      list,
      Float64Array.from(list.candidates, (_, place) => -place),
    );
    const scores = scoresOf(list);
    for (const { meter, name } of rivals) meter.add(list, scores[name]);
    report(index + 1, split.test.length);
  }
  return new Map(
    [{ name: 'server', meter: server }, ...rivals].map(({ meter, name }) => [
      name,
      { metrics: rounded(meter.result()), shown: meter.shown },
    ]),
  );
}
