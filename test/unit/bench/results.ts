/** What a run might have measured. */
import type { Result } from '../../../scripts/bench/bars.mjs';

type Figure = Result['kernels'][number];

/** A figure of 10,000 items × 64 dimensions. */
export function figure(impl: string, medianMs: number, rest: Partial<Figure> = {}): Figure {
  const size = { n: 10_000, d: 64, s: 16 };
  return { ...size, impl, medianMs, p95Ms: medianMs, coldMs: medianMs, recall: 1, ...rest };
}

/** A run with these figures. */
export function result(kernels: Figure[], rest: Partial<Result> = {}): Result {
  return {
    kernels,
    startup: { emptyMs: 10, firstFeedColdMs: 90, firstFeedWarmMs: 19 },
    bandwidthGBs: 25,
    gigaMacsPerS: 25,
    bytes: { page: 4_900, orama: 19_000 },
    mainThread: { longestTaskMs: null, cls: 0 },
    index: [],
    workerMB: 40,
    ...rest,
  };
}
