import { afterEach, expect, it, vi } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import type { KernelName } from '../../../src/kernels/resident-scorer.ts';
import { largestDifference } from '../models/jobs.ts';
import { ITEMS, VECTORS } from './sets.ts';
import { askStrictFrame } from '../strict-frame.ts';

const K = 20;
const WIDTH = VECTORS.vectors.rows;

const EXPECTED = referenceScores({
  items: ITEMS.vectors,
  itemPresence: ITEMS.presence,
  vectors: VECTORS.vectors,
  vectorPresence: VECTORS.presence,
});

// 64-bit sums; 32-bit sums of 128 products; items rounded to 8 bits, of which one block may be left.
const TOLERANCE: Readonly<Record<KernelName, number>> = {
  js: 1e-6,
  wasm: 1e-5,
  'wasm-int8': 2e-2,
};

afterEach(() => {
  vi.restoreAllMocks();
});

it.each(Object.entries(TOLERANCE) as [KernelName, number][])(
  'equals the reference on %s, and finds its top 20',
  async (kernel, tolerance) => {
    const { reason, scorer } = await openScorer(kernel);
    expect(reason).toBeNull();
    scorer.load(ITEMS);
    expect(largestDifference(scorer.scores(VECTORS), EXPECTED)).toBeLessThanOrEqual(tolerance);
    const { count, scores } = scorer.top(VECTORS, K);
    expect(count).toBe(K);
    for (let v = 0; v < WIDTH; v++) {
      const column = EXPECTED.filter((_, at) => at % WIDTH === v);
      const wanted = column.sort().reverse().subarray(0, K);
      const got = scores.subarray(v * K, (v + 1) * K);
      expect(largestDifference(got, wanted)).toBeLessThanOrEqual(1e-5);
    }
    scorer.dispose();
  },
);

it('asks the network for nothing', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  await openScorer('wasm');
  expect(fetched).not.toHaveBeenCalled();
});

it('is JavaScript under a policy without wasm-unsafe-eval, and says why', async () => {
  const { kernel, reason, scores } = await askStrictFrame<{
    reason: string;
    kernel: string;
    scores: Float32Array;
  }>(new URL('./csp-frame.ts', import.meta.url).href);
  expect(reason).toBe('DEVICE_UNAVAILABLE');
  expect(kernel).toBe('js');
  expect(largestDifference(scores, EXPECTED)).toBeLessThanOrEqual(1e-6);
});
