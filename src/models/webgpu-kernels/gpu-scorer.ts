/**
 * Items on the GPU, kept for many jobs: all cosines, or the best of each vector with memberships.
 *
 * The WebGPU sibling of `ResidentScorer`: a job is one submission and one reading.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import { VitrineError } from '../../core/errors.ts';
import type { MembershipRule } from '../../core/membership-rule.ts';
import { emptyLists, offerRow } from '../../kernels/best-rows.ts';
import { checkedCount } from '../../kernels/job-input.ts';
import { CANDIDATES, firstDepth, rescore } from '../../kernels/rescore.ts';
import type { TopRows } from '../../kernels/resident-scorer.ts';
import type { Backend } from '../backend.ts';
import { MOST_KEPT } from './best-rows.wgsl.ts';
import type { Products } from './cosines.wgsl.ts';
import { GpuJobs, type LoadedItems } from './gpu-jobs.ts';
import type { TileFormat } from './item-tiles.ts';
import { type TopMembers, readTop } from './read-top.ts';
import { TOP_KERNEL } from './top-kernel.ts';
import { ID_BITS } from './top.wgsl.ts';

/** How a scorer works. */
export interface GpuScorerOptions {
  /** How items are kept. Default `f32`; `int8` takes a quarter of the memory. */
  readonly format?: TileFormat;
  /** Most bytes of a binding. Default and upper bound: what the device allows. For tests of chunks. */
  readonly bindingBytes?: number;
  /**
   * Whether bytes are multiplied four at a time, where WGSL has `packed_4x8_integer_dot_product`.
   * Default true; the numbers are the same.
   */
  readonly useDot4?: boolean;
}

/** Which of the vectors are segments, and how items belong to them. */
interface MembershipQuery {
  /** S: the first S vectors are segments, sorted as their ids are, since ties go to the first. */
  readonly numSegments: number;
  /** As `segments/membership.ts` has it. */
  readonly rule: MembershipRule;
}

/** Items that are kept on the GPU. */
export interface GpuScorer {
  /**
   * Takes items in the place of those from before; they go to the device with the next job.
   *
   * @param items - As for `ResidentScorer.load`; the set must stay as it is.
   * @throws `SHAPE_MISMATCH`, `DISPOSED`.
   */
  load(items: VectorSet): void;
  /**
   * Cosines of all items with all vectors.
   *
   * @param vectors - Vectors [V, D] and presence [V, B] with the block's weight where present.
   * @returns New array [N, V] in [-1, 1]; 0 where no block is common, never NaN.
   * @throws `SHAPE_MISMATCH`, `DEVICE_LOST`, `DISPOSED`.
   */
  scores(vectors: VectorSet): Promise<Float32Array>;
  /**
   * The items with the largest cosine, for each vector. Up to 184 are selected on the device, more
   * of them from all cosines. int8 selects half as many more and scores them again in 64-bit sums.
   *
   * @param vectors - As for {@link GpuScorer.scores}.
   * @param count - K, at least 0; more than N gives N.
   * @returns New arrays; of equal scores the smaller row first.
   * @throws `SHAPE_MISMATCH`, `DEVICE_LOST`, `DISPOSED`.
   */
  top(vectors: VectorSet, count: number): Promise<TopRows>;
  /**
   * The same with memberships, all of it as the device has the cosines: with int8 nothing is scored
   * again. Levels are within 2e-6 of `levelOf` for f32, weights within 1e-4 of `memberships`.
   *
   * @param vectors - As for {@link GpuScorer.scores}.
   * @param count - K, at most 184.
   * @param query - See {@link MembershipQuery}; S at most 1,023.
   * @returns New arrays.
   * @throws `SHAPE_MISMATCH`, `DEVICE_LOST`, `DISPOSED`.
   */
  topMembers(vectors: VectorSet, count: number, query: MembershipQuery): Promise<TopMembers>;
  /** Milliseconds that the GPU worked on the last job; null where the device does not tell. */
  gpuMs(): number | null;
  /** Bytes of items on the device; 0 before the first job. */
  bytes(): number;
  /** Lets the device's memory go; a later call rejects with `DISPOSED`. The backend stays open. */
  dispose(): void;
}

/** What the kernel is told where no memberships are asked for. */
const NO_MEMBERS = { numSegments: 0, levelRank: 1, rule: [0, 1, 0, 0, 0] };

function productsOf({ format = 'f32', useDot4 = true }: GpuScorerOptions): Products {
  if (format === 'f32') return 'f32';
  const hasDot4 = navigator.gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product');
  return useDot4 && hasDot4 ? 'int8-dot4' : 'int8';
}

/** The best of all cosines, which are here. */
function selectRows(scores: Float32Array, width: number, count: number): TopRows {
  const { lists, ...best } = emptyLists(width, count);
  for (const [v, list] of lists.entries()) {
    for (let at = v, row = 0; at < scores.length; at += width, row++) {
      const score = scores[at] as number;
      if (score > (list.scores[count - 1] as number)) offerRow(list, row, score);
    }
  }
  return { count, ...best };
}

/**
 * Makes a scorer on an open WebGPU backend; it holds no items yet.
 *
 * f32 differs from `referenceScores` by at most 1e-5. With int8, `scores` differs by what rounding
 * to 8 bits costs (some 1e-3, at most 1e-2 for vectors of unit length).
 *
 * @param backend - Of `openBackend('webgpu', …)`; stays the caller's.
 * @param options - See {@link GpuScorerOptions}.
 * @returns An empty scorer.
 * @example const scorer = createGpuScorer(backend); scorer.load(items); await scorer.top(vectors, 20);
 */
export function createGpuScorer(backend: Backend, options: GpuScorerOptions = {}): GpuScorer {
  const { bindingBytes = Infinity } = options;
  return new Scorer(new GpuJobs(backend, productsOf(options), bindingBytes), options);
}

class Scorer implements GpuScorer {
  readonly #jobs: GpuJobs;
  readonly #format: TileFormat;

  constructor(jobs: GpuJobs, { format = 'f32' }: GpuScorerOptions) {
    this.#jobs = jobs;
    this.#format = format;
  }

  load(items: VectorSet): void {
    this.#jobs.load(items);
  }

  async scores(vectors: VectorSet): Promise<Float32Array> {
    return this.#jobs.scores(vectors);
  }

  async top(vectors: VectorSet, count: number): Promise<TopRows> {
    const loaded = this.#jobs.checked(vectors);
    const wanted = checkedCount(count, loaded.set.vectors.rows);
    if (wanted === 0 || vectors.vectors.rows === 0) {
      return { count: wanted, rows: new Int32Array(0), scores: new Float32Array(0) };
    }
    return this.#format === 'f32'
      ? this.#select(vectors, wanted)
      : this.#selectExact(loaded, vectors, wanted);
  }

  async topMembers(
    vectors: VectorSet,
    count: number,
    { numSegments, rule }: MembershipQuery,
  ): Promise<TopMembers> {
    const numItems = this.#jobs.checked(vectors).set.vectors.rows;
    const wanted = checkedCount(count, numItems);
    const mostSegments = Math.min(vectors.vectors.rows, 2 ** ID_BITS - 1);
    if (wanted > MOST_KEPT || !(numSegments <= mostSegments)) {
      throw new VitrineError(
        'SHAPE_MISMATCH',
        `topMembers: got ${wanted} items and ${numSegments} segments, expected at most ${MOST_KEPT} and ${mostSegments}.`,
      );
    }
    if (wanted === 0 || numSegments === 0) return readTop(new Int32Array(0), wanted, 0);
    const { levelRank, minFit, minLevel, minWeight, nicheShare, temperature } = rule;
    return this.#selectOnDevice(vectors, wanted, {
      numSegments,
      levelRank: levelRank(numItems),
      rule: [minFit, temperature, minWeight, minLevel, nicheShare],
    });
  }

  gpuMs(): number | null {
    return this.#jobs.gpuMs;
  }

  bytes(): number {
    return this.#jobs.bytes;
  }

  dispose(): void {
    this.#jobs.dispose();
  }

  async #select(vectors: VectorSet, count: number): Promise<TopRows> {
    if (count <= MOST_KEPT) return this.#selectOnDevice(vectors, count, NO_MEMBERS);
    return selectRows(await this.scores(vectors), vectors.vectors.rows, count);
  }

  async #selectOnDevice(
    vectors: VectorSet,
    keep: number,
    members: typeof NO_MEMBERS,
  ): Promise<TopMembers> {
    const attributes = { keep, ...members };
    const job = { kernel: TOP_KERNEL, vectors, resultBytes: 0, attributes };
    const { parts } = await this.#jobs.run(job);
    return readTop(parts[0] as Int32Array, keep, members.numSegments);
  }

  /** Coarse candidates by int8, exact scores for them; deeper while another item could be better. */
  async #selectExact(
    { classes, set }: LoadedItems,
    vectors: VectorSet,
    count: number,
  ): Promise<TopRows> {
    const items = set.vectors;
    const job = { items, classes, vectors, count };
    for (let round = 1, depth = firstDepth(count); ; round++, depth *= CANDIDATES.deeper) {
      const found = await this.#select(vectors, Math.min(depth, items.rows));
      const { isSure, ...top } = rescore(found, job);
      if (isSure || depth >= items.rows || round === CANDIDATES.rounds) return top;
    }
  }
}
