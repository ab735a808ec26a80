/**
 * What a tier costs here and now: two sizes of a job, some milliseconds.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';
import type { SimilarityInput } from '../core/similarity.ts';
import type { Tier, TierCost } from '../core/tiers.ts';

/** Does a job, on whichever tier. */
export type RunJob = (input: SimilarityInput) => Promise<unknown>;

/** What measuring needs. */
export interface MeasurePorts {
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** Lets others have the thread. */
  readonly rest: () => Promise<void>;
}

/** V and D of the jobs. */
const NUM_VECTORS = 16;
const DIMS = 64;

/** N of both jobs. A GPU needs more to have something to do; `js` takes 2 ms for a million. */
const SIZES: Readonly<Record<Tier, readonly [small: number, large: number]>> = {
  js: [64, 1_024],
  wasm: [64, 4_096],
  webgpu: [256, 32_768],
};

/** One size is timed twice for so long, at least once each; the better of both counts. */
const BUDGET_MS = 2;
const TRIES = 2;

/** Browsers round their clocks, some to a whole millisecond. */
const MOST_RUNS = 64;

const MILLION = 1e6;

function filled(rows: number, dims: number): Matrix {
  const data = Float32Array.from({ length: rows * dims }, (_, i) => ((i * 7) % 13) / 13 - 0.5);
  return { data, rows, dims };
}

function jobOf(numItems: number): SimilarityInput {
  const ones = (rows: number): Matrix => ({ data: new Float32Array(rows).fill(1), rows, dims: 1 });
  return {
    items: filled(numItems, DIMS),
    itemPresence: ones(numItems),
    vectors: filled(NUM_VECTORS, DIMS),
    vectorPresence: ones(NUM_VECTORS),
  };
}

/** Milliseconds of one run. */
async function timeOf(run: () => Promise<unknown>, ports: MeasurePorts): Promise<number> {
  const { clock, rest } = ports;
  let best = Infinity;
  for (let n = 0; n < TRIES; n++) {
    await rest();
    const start = clock();
    let runs = 0;
    let ms = 0;
    do {
      await run();
      runs++;
      ms = clock() - start;
    } while (ms < BUDGET_MS && runs < MOST_RUNS);
    best = Math.min(best, ms / runs);
  }
  return best;
}

/**
 * Measures a tier.
 *
 * @param tier - Which one: the jobs' sizes depend on it.
 * @param run - Does a job; items of the same job stay on the device.
 * @param ports - See {@link MeasurePorts}.
 * @returns Never below 0.
 * @throws What `run` rejects with.
 */
export async function measureTier(tier: Tier, run: RunJob, ports: MeasurePorts): Promise<TierCost> {
  const times: number[] = [];
  const sizes: number[] = [];
  for (const numItems of SIZES[tier]) {
    const job = jobOf(numItems);
    await ports.rest();
    // Items go to the device, shaders are compiled, loops get quick.
    await run(job);
    times.push(await timeOf(() => run(job), ports));
    sizes.push(numItems * NUM_VECTORS * DIMS);
  }
  const [smallMs = 0, largeMs = 0] = times;
  const [small = 0, large = 1] = sizes;
  const msPerMillion = Math.max(0, ((largeMs - smallMs) / (large - small)) * MILLION);
  return { fixedMs: Math.max(0, smallMs - (small / MILLION) * msPerMillion), msPerMillion };
}
