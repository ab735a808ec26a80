import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../../../src/core/similarity.ts';
import type { TfDevice } from '../../../src/models/backend.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import { openWebgpuSimilarity } from '../../../src/models/similarity-webgpu.ts';
import { OPTIONS, largestDifference, makeJob, withData } from './jobs.ts';

// fp32, sums of at most 128 products of numbers below 1: 128 × 2^-24 is 8e-6.
const TOLERANCE = 1e-5;

const SIZES: Readonly<Record<string, Parameters<typeof makeJob>[0]>> = {
  'a regular job': { items: 512, vectors: 32, blocks: 4, blockDims: 32 },
  'one element': { items: 1, vectors: 1, blocks: 1, blockDims: 1 },
  'one item, many vectors': { items: 1, vectors: 40, blocks: 3, blockDims: 7 },
  'many items, one vector': { items: 1_001, vectors: 1, blocks: 4, blockDims: 32 },
  'odd sizes': { items: 257, vectors: 13, blocks: 3, blockDims: 11 },
  'just below a tile': { items: 31, vectors: 31, blocks: 1, blockDims: 31 },
  'just above a tile': { items: 33, vectors: 33, blocks: 1, blockDims: 33 },
  'a shop': { items: 3_000, vectors: 24, blocks: 6, blockDims: 21 },
};

const PLAIN = makeJob({ items: 2, vectors: 2, blocks: 2, blockDims: 2 });
const ONES = [1, 1, 1, 1];

const EDGES: Readonly<Record<string, SimilarityInput>> = {
  'a zero vector': withData(PLAIN, {
    vectors: [0, 0, 0, 0, 1, 0, 0, 0],
    vectorPresence: [0, 0, 1, 0],
  }),
  'a zero item': withData(PLAIN, {
    items: [0, 0, 0, 0, 0.6, 0.8, 0, 0],
    itemPresence: [0, 0, 1, 0],
  }),
  'no block in common': withData(PLAIN, {
    items: [1, 0, 0, 0, 0, 1, 0, 0],
    itemPresence: [1, 0, 1, 0],
    vectors: [0, 0, 1, 0, 0, 0, 0, 1],
    vectorPresence: [0, 1, 0, 1],
  }),
  'NaN and infinity': withData(PLAIN, {
    items: [Number.NaN, 0, 0, 1, 0.5, 0.5, 0.5, 0.5],
    itemPresence: ONES,
    vectors: [0.5, 0.5, 0.5, 0.5, Infinity, 0, -Infinity, 0.2],
    vectorPresence: [0.5, 0.5, 0.5, 0.5],
  }),
  'huge numbers': withData(PLAIN, {
    items: [1e18, 0, 0, 0, -1e18, 0, 0, 0],
    itemPresence: ONES,
    vectors: [1e18, 0, 0, 0, 3e38, 0, 0, 0],
    vectorPresence: [0.5, 0.5, 0.5, 0.5],
  }),
  'small numbers': withData(PLAIN, {
    items: [1e-20, 1e-20, 0, 0, 1e-38, 0, 0, 0],
    itemPresence: ONES,
    vectors: [1e-20, 0, 0, 0, 1, 1, 0, 0],
    vectorPresence: [0.5, 0.5, 0.5, 0.5],
  }),
  'small weights': withData(PLAIN, {
    items: [1e-4, 0, 0, 0, -5e-5, 0, 0, 0],
    itemPresence: ONES,
    vectors: [1e-4, 0, 0, 0, 1e-4, 0, 0, 0],
    vectorPresence: [1e-8, 0, 1e-8, 0],
  }),
};

/** All that run on backends of TensorFlow.js. */
function open(name: TfDevice): Promise<SimilarityDevice> {
  return name === 'webgpu' ? openWebgpuSimilarity(OPTIONS) : openTfSimilarity(name, OPTIONS);
}

describe.each(['cpu', 'wasm', 'webgpu'] as const)('%s', (name) => {
  let device: SimilarityDevice;

  beforeAll(async () => {
    device = await open(name);
  });

  afterAll(() => device.dispose());

  it.each(Object.entries(SIZES))('equals the reference for %s', async (_, size) => {
    const job = makeJob(size);
    const expected = referenceScores(job);
    expect(expected.some((score) => score !== 0)).toBe(true);
    expect(largestDifference(await device.scores(job), expected)).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(Object.entries(EDGES))('equals the reference for %s', async (_, job) => {
    expect(largestDifference(await device.scores(job), referenceScores(job))).toBeLessThanOrEqual(
      TOLERANCE,
    );
  });

  it('gives an empty list without items or without vectors', async () => {
    const size = { items: 3, vectors: 3, blocks: 1, blockDims: 2 };
    expect(await device.scores(makeJob({ ...size, items: 0 }))).toEqual(new Float32Array(0));
    expect(await device.scores(makeJob({ ...size, vectors: 0 }))).toEqual(new Float32Array(0));
  });

  it('refuses a wrong shape and works on', async () => {
    const job = makeJob({ items: 4, vectors: 3, blocks: 2, blockDims: 3 });
    const broken = { ...job, vectors: { ...job.vectors, rows: 4 } };
    await expect(device.scores(broken)).rejects.toMatchObject({ code: 'SHAPE_MISMATCH' });
    expect(largestDifference(await device.scores(job), referenceScores(job))).toBeLessThanOrEqual(
      TOLERANCE,
    );
  });

  it('keeps its number of tensors over 50 jobs with the same and with other items', async () => {
    const jobs = [1, 2].map((seed) =>
      makeJob({ items: 40, vectors: 5, blocks: 2, blockDims: 8 }, seed),
    );
    const [first, second] = jobs as [SimilarityInput, SimilarityInput];
    await device.scores(first);
    const before = device.numTensors();
    for (let i = 0; i < 50; i++) await device.scores(i % 3 === 0 ? second : first);
    expect(device.numTensors()).toBe(before);
    expect(before).toBeGreaterThan(0);
  });

  it('keeps jobs apart that run at the same time', async () => {
    const jobs = [1, 2, 3].map((seed) =>
      makeJob({ items: 65, vectors: 9, blocks: 2, blockDims: 8 }, seed),
    );
    const answers = await Promise.all(jobs.map((job) => device.scores(job)));
    for (const [i, job] of jobs.entries()) {
      const answer = answers[i] as Float32Array;
      expect(largestDifference(answer, referenceScores(job))).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it('sees new vectors against the items that stayed on the device', async () => {
    const job = makeJob({ items: 50, vectors: 6, blocks: 2, blockDims: 8 });
    const other = makeJob({ items: 50, vectors: 6, blocks: 2, blockDims: 8 }, 9);
    await device.scores(job);
    const mixed = { ...job, vectors: other.vectors, vectorPresence: other.vectorPresence };
    expect(
      largestDifference(await device.scores(mixed), referenceScores(mixed)),
    ).toBeLessThanOrEqual(TOLERANCE);
  });

  it('is shared by those who open it at the same time', async () => {
    const other = await open(name);
    const job = makeJob({ items: 4, vectors: 3, blocks: 2, blockDims: 3 });
    other.dispose();
    await expect(other.scores(job)).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(largestDifference(await device.scores(job), referenceScores(job))).toBeLessThanOrEqual(
      TOLERANCE,
    );
  });
});

it('frees all tensors with the device and can be opened again', async () => {
  const job = makeJob({ items: 4, vectors: 3, blocks: 2, blockDims: 3 });
  for (const name of ['cpu', 'wasm', 'webgpu'] as const) {
    for (let round = 0; round < 2; round++) {
      const device = await open(name);
      await device.scores(job);
      device.dispose();
      expect(device.numTensors()).toBe(0);
      await expect(device.scores(job)).rejects.toMatchObject({ code: 'DISPOSED' });
    }
  }
});

it('runs devices side by side in one thread', async () => {
  const devices = await Promise.all((['cpu', 'wasm', 'webgpu'] as const).map((name) => open(name)));
  const job = makeJob({ items: 100, vectors: 7, blocks: 3, blockDims: 9 });
  const answers = await Promise.all([...devices, ...devices].map((device) => device.scores(job)));
  for (const answer of answers) {
    expect(largestDifference(answer, referenceScores(job))).toBeLessThanOrEqual(TOLERANCE);
  }
  for (const device of devices) device.dispose();
});
