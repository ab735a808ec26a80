import { engine, matMul, tensor2d, tidy, topk } from '@tensorflow/tfjs-core';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul.js';
import { topKConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/TopK.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { VectorSet } from '../../../src/core/block-cosine.ts';
import { emptySet } from '../../../src/core/vector-set.ts';
import { type Backend, openBackend } from '../../../src/models/backend.ts';
import {
  type GpuScorer,
  type GpuScorerOptions,
  createGpuScorer,
} from '../../../src/models/webgpu-kernels/gpu-scorer.ts';
import { registerMissing } from '../../../src/models/register-kernels.ts';
import {
  MEMBERSHIP_RULE,
  levelOf,
  levelRank,
  memberships,
} from '../../../src/segments/membership.ts';
import { blocksOf, randomSet } from '../../unit/core/fixtures.ts';
import { EDGES, SIZES } from '../../unit/kernels/cases.ts';
import { expectScores, expectTop, expectedScores, plainSet } from '../../unit/kernels/helpers.ts';
import { OPTIONS } from './jobs.ts';

/** Sums of at most 128 products in 32 bits; items rounded to 8 bits. */
const KINDS: Readonly<Record<string, { options: GpuScorerOptions; tolerance: number }>> = {
  f32: { options: {}, tolerance: 1e-5 },
  int8: { options: { format: 'int8' }, tolerance: 1e-2 },
};

const BLOCKS = blocksOf([9, 8, 7]);
const items = randomSet(150, BLOCKS, { seed: 1, missing: 0.2, isWeighted: false });
const vectors = randomSet(7, BLOCKS, { seed: 2, missing: 0.2, isWeighted: true });

let backend: Backend;
let scorer: GpuScorer;

beforeAll(async () => {
  backend = await openBackend('webgpu', OPTIONS);
});

afterEach(() => {
  vi.restoreAllMocks();
  scorer.dispose();
});

afterAll(() => backend.dispose());

/** Bytes that the backend has taken of the device, free buffers included. */
function gpuBytes(): unknown {
  return engine().backend.memory();
}

function load(set: VectorSet, options: GpuScorerOptions = {}): GpuScorer {
  scorer = createGpuScorer(backend, options);
  scorer.load(set);
  return scorer;
}

describe.each(Object.entries(KINDS))('%s', (_, { options, tolerance }) => {
  /** int8 scores its best again, exactly. */
  const topTolerance = options.format === undefined ? tolerance : 1e-6;

  it.each(Object.entries(SIZES))(
    'equals the reference for %s',
    async (__, [rows, others, sizes]) => {
      const blocks = blocksOf(sizes);
      const left = randomSet(rows, blocks, { seed: 3, missing: 0.2, isWeighted: false });
      const right = randomSet(others, blocks, { seed: 4, missing: 0.1, isWeighted: true });
      const wanted = expectedScores(left, right);
      load(left, options);
      expectScores(await scorer.scores(right), wanted, tolerance);
      expectTop(await scorer.top(right, 20), wanted, others, topTolerance);
    },
  );

  it.each(Object.entries(EDGES))('equals the reference for %s', async (__, [left, right]) => {
    load(left, options);
    const wanted = expectedScores(left, right);
    expectScores(await scorer.scores(right), wanted, tolerance);
    expectTop(await scorer.top(right, 2), wanted, right.vectors.rows, topTolerance);
  });

  it('finds the best of several chunks', async () => {
    const many = randomSet(1_500, BLOCKS, { seed: 9, missing: 0.2, isWeighted: false });
    const wanted = expectedScores(many, vectors);
    load(many, { ...options, bindingBytes: 512 * 24 * 4 });
    expectScores(await scorer.scores(vectors), wanted, tolerance);
    expectTop(await scorer.top(vectors, 30), wanted, 7, topTolerance);
  });

  it('orders equal scores by row', async () => {
    load(plainSet(Array.from({ length: 700 }, () => [0.6, 0.8])), options);
    const { rows } = await scorer.top(
      plainSet([
        [1, 0],
        [0, -1],
      ]),
      5,
    );
    expect([...rows]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  });

  it.each([33, 184, 1_000])('selects %i of 150 items', async (count) => {
    load(items, options);
    const top = await scorer.top(vectors, count);
    expect(top.count).toBe(Math.min(150, count));
    expectTop(top, expectedScores(items, vectors), 7, topTolerance);
  });

  it('gives nothing without items, without vectors and for a top 0', async () => {
    load(emptySet(0, 24, 3), options);
    expect(await scorer.scores(vectors)).toHaveLength(0);
    expect(await scorer.top(vectors, 5)).toMatchObject({ count: 0, rows: new Int32Array(0) });
    scorer.load(items);
    const none = emptySet(0, 24, 3);
    expect(await scorer.scores(none)).toHaveLength(0);
    expect((await scorer.top(none, 5)).rows).toHaveLength(0);
    expect(await scorer.top(vectors, 0)).toMatchObject({ count: 0, rows: new Int32Array(0) });
  });
});

it('gives the same numbers by shifts as by dot4I8Packed', async () => {
  expect(navigator.gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product')).toBe(true);
  const built = await load(items, { format: 'int8' }).scores(vectors);
  scorer.dispose();
  const shifted = await load(items, { format: 'int8', useDot4: false }).scores(vectors);
  expect(shifted).toEqual(built);
});

it('forgets items for other ones, and refuses what does not fit', async () => {
  load(items);
  const others = randomSet(9, BLOCKS, { seed: 8, missing: 0.2, isWeighted: false });
  await scorer.scores(vectors);
  scorer.load(others);
  expectScores(await scorer.scores(vectors), expectedScores(others, vectors), 1e-5);
  const wrong = { ...vectors, vectors: { ...vectors.vectors, rows: 8 } };
  await expect(scorer.scores(wrong)).rejects.toMatchObject({ code: 'SHAPE_MISMATCH' });
  await expect(scorer.top(vectors, 1.5)).rejects.toMatchObject({ code: 'SHAPE_MISMATCH' });
  scorer.dispose();
  await expect(scorer.scores(vectors)).rejects.toMatchObject({ code: 'DISPOSED' });
  expect(engine().state.numTensors).toBe(0);
});

it('takes any number of distinct masks, and masks of other numbers than 0 and 1', async () => {
  const many = randomSet(70, BLOCKS, { seed: 5, missing: 0, isWeighted: false });
  for (const at of many.presence.data.keys()) many.presence.data[at] = 0.5 + (at % 70) / 140;
  load(many);
  expectScores(await scorer.scores(vectors), expectedScores(many, vectors), 1e-5);
});

it('holds as many tensors and bytes after 30 jobs on lists of two lengths as after the first', async () => {
  const shorter = randomSet(140, BLOCKS, { seed: 8, missing: 0.2, isWeighted: false });
  load(items);
  await scorer.top(vectors, 20);
  const { numTensors } = engine().state;
  const before = [scorer.bytes(), gpuBytes()];
  for (let n = 0; n < 30; n++) {
    if (n % 10 === 0) scorer.load(n % 20 === 0 ? shorter : items);
    await scorer.top(vectors, 20);
  }
  expect(engine().state.numTensors).toBe(numTensors);
  expect([scorer.bytes(), gpuBytes()]).toEqual(before);
});

describe('round trips', () => {
  /** What a job asks of the device. */
  function watch(): { submits: () => number; readings: () => number } {
    const submits = vi.spyOn(GPUQueue.prototype, 'submit');
    const readings = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    return { submits: () => submits.mock.calls.length, readings: () => readings.mock.calls.length };
  }
  const segments = { numSegments: 5, rule: MEMBERSHIP_RULE };
  /** The two timestamps travel with the result. */
  const readingsOfOne = (): number => (scorer.gpuMs() === null ? 1 : 2);

  it.each([
    ['all cosines', async () => scorer.scores(vectors)],
    ['the best', async () => scorer.top(vectors, 20)],
    ['the best with levels and memberships', async () => scorer.topMembers(vectors, 20, segments)],
  ])('is one for %s', async (_, job) => {
    load(items);
    await job();
    const { readings, submits } = watch();
    await job();
    expect(submits()).toBe(1);
    expect(readings()).toBe(readingsOfOne());
  });

  it('are several for the same in TensorFlow.js, operation by operation', async () => {
    registerMissing('webgpu', [batchMatMulConfig, topKConfig]);
    const data = new Float32Array(4_000 * 8).map((__, at) => Math.sin(at));
    const { submits } = watch();
    const rows = await backend.run(async () => {
      const { indices } = tidy(() =>
        topk(matMul(tensor2d(data.slice(0, 17 * 8), [17, 8]), tensor2d(data, [8, 4_000])), 20),
      );
      const found = await indices.data();
      indices.dispose();
      return found;
    });
    expect(rows).toHaveLength(17 * 20);
    expect(submits()).toBeGreaterThan(3);
  });

  it('tells how long the GPU worked, where the device has a clock', async () => {
    load(items);
    expect(scorer.gpuMs()).toBeNull();
    await scorer.top(vectors, 5);
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter?.features.has('timestamp-query') === true) {
      expect(scorer.gpuMs()).toBeGreaterThanOrEqual(0);
    } else {
      expect(scorer.gpuMs()).toBeNull();
    }
  });
});

describe('memberships', () => {
  const NUM_SEGMENTS = 5;
  const QUERY = { numSegments: NUM_SEGMENTS, rule: MEMBERSHIP_RULE };
  const IDS = Array.from({ length: NUM_SEGMENTS }, (_, s) => `segment ${s}`);

  /** Items near some vectors, far from others, so that all kinds of membership are among them. */
  function nearby(count: number): VectorSet {
    const { data, dims } = vectors.vectors;
    const set = randomSet(count, BLOCKS, { seed: 21, missing: 0.1, isWeighted: false });
    for (let row = 0; row < count; row++) {
      const pull = (row % 5) / 5;
      for (let d = 0; d < dims; d++) {
        const at = row * dims + d;
        const own = (data[(row % 4) * dims + d] as number) + (data[(row % 3) * dims + d] as number);
        set.vectors.data[at] = (1 - pull) * (set.vectors.data[at] as number) + pull * own;
      }
    }
    return set;
  }

  function expectedLevels(all: Float32Array, width: number): number[] {
    return IDS.map((_, s) => {
      const column = all.filter((__, at) => at % width === s).sort();
      const best = column.reverse().subarray(0, levelRank(column.length));
      return levelOf([...best]);
    });
  }

  it.each([1, 2, 3, 70, 900])('are those of the reference among %i items', async (count) => {
    const set = nearby(count);
    const all = expectedScores(set, vectors);
    load(set);
    const got = await scorer.topMembers(vectors, 40, QUERY);
    expectTop(got, all, 7, 1e-5);
    const levels = expectedLevels(all, 7);
    for (const [s, level] of levels.entries()) {
      if (level === Infinity) expect(got.levels[s]).toBe(Infinity);
      else expect(Math.abs((got.levels[s] as number) - level)).toBeLessThanOrEqual(2e-6);
    }
    let numMembers = 0;
    for (const [entry, row] of got.rows.entries()) {
      const fits = levels.map((level, s) => (all[row * 7 + s] as number) / level);
      const wanted = memberships(fits, IDS);
      const at = entry * 3;
      numMembers += wanted.length;
      expect([...got.segments.subarray(at, at + 3)]).toEqual(
        [0, 1, 2].map((m) => IDS.indexOf(wanted[m]?.segmentId ?? '')),
      );
      for (const m of [0, 1, 2]) {
        const difference = (got.weights[at + m] as number) - (wanted[m]?.weight ?? 0);
        expect(Math.abs(difference)).toBeLessThanOrEqual(1e-4);
      }
    }
    if (count > 3) expect(numMembers).toBeGreaterThan(got.rows.length / 2);
  });

  it('are the same in several chunks and in int8, as far as 8 bits go', async () => {
    const set = nearby(1_300);
    const whole = await load(set).topMembers(vectors, 20, QUERY);
    scorer.dispose();
    const parts = await load(set, { bindingBytes: 512 * 24 * 4 }).topMembers(vectors, 20, QUERY);
    expect(parts).toEqual(whole);
    scorer.dispose();
    const bytes = await load(set, { format: 'int8' }).topMembers(vectors, 20, QUERY);
    for (const [s, level] of whole.levels.entries()) {
      if (level < Infinity) expect(bytes.levels[s]).toBeCloseTo(level, 2);
    }
  });

  it('are refused for more segments than vectors and for long lists', async () => {
    load(nearby(300));
    const many = { ...QUERY, numSegments: 8 };
    const code = { code: 'SHAPE_MISMATCH' };
    await expect(scorer.topMembers(vectors, 5, many)).rejects.toMatchObject(code);
    await expect(scorer.topMembers(vectors, 185, QUERY)).rejects.toMatchObject(code);
    expect((await scorer.topMembers(vectors, 0, QUERY)).rows).toHaveLength(0);
  });
});
