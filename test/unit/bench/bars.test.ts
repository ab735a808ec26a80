/** How the bench judges its figures. */
import { describe, expect, test } from 'vitest';
import { barsOf, bestExactPeer, bestOfOurs, boundMs } from '../../../scripts/bench/bars.mjs';
import { figure, result } from './results.ts';

describe('the best of ours', () => {
  test('is the quickest that finds nearly all', () => {
    const quick = figure('vitrine-wasm-int8', 1, { recall: 0.97 });
    const right = figure('vitrine-wasm', 2);
    expect(bestOfOurs([quick, right, figure('orama', 0.1)])).toBe(right);
  });

  test('runs without a GPU', () => {
    const right = figure('vitrine-js', 2);
    expect(bestOfOurs([figure('vitrine-webgpu', 1), right])).toBe(right);
  });

  test('is nobody where none was measured', () => {
    expect(bestOfOurs([figure('orama', 1)])).toBeUndefined();
  });
});

test('an approximate index is no exact peer, whatever it finds', () => {
  const exact = figure('onnxruntime-web', 3);
  const all = [figure('hnswlib-wasm', 1), exact, figure('orama', 9), figure('vitrine-js', 2)];
  expect(bestExactPeer(all)).toBe(exact);
});

test('the bound is reading or multiplying, whatever takes longer', () => {
  const job = figure('vitrine-wasm', 1, { n: 1_000_000, d: 100, s: 16 });
  // 400 MB; 1.7 G multiply-adds.
  expect(boundMs(job, { bandwidthGBs: 1, gigaMacsPerS: 1_000 })).toBeCloseTo(400);
  expect(boundMs(job, { bandwidthGBs: 1_000, gigaMacsPerS: 10 })).toBeCloseTo(170);
  const small = { ...job, impl: 'vitrine-wasm-int8' };
  expect(boundMs(small, { bandwidthGBs: 1, gigaMacsPerS: 1_000 })).toBeCloseTo(100);
});

describe('a bar', () => {
  const verdict = (bars: ReturnType<typeof barsOf>, start: string): string | undefined =>
    bars.find(({ bar }) => bar.startsWith(start))?.verdict;

  test('is reached at its number and missed above it', () => {
    const at = (ms: number): string | undefined =>
      verdict(
        barsOf(result([figure('vitrine-wasm', ms), figure('tfjs-wasm', 1)])),
        '10,000 items × 64',
      );
    expect([at(0.35), at(0.36)]).toEqual(['yes', 'no']);
  });

  test('is not judged without its figures', () => {
    const bars = barsOf(result([figure('vitrine-wasm', 1)]));
    expect(verdict(bars, '10,000 items × 64')).toBe('not measured');
    expect(verdict(bars, '1,000,000 items × 128')).toBe('not measured');
    expect(verdict(bars, 'No task')).toBe('not measured');
  });

  test('compares a warm feed with an empty worker of the same run', () => {
    const slow = { emptyMs: 10, firstFeedColdMs: 90, firstFeedWarmMs: 21 };
    expect(verdict(barsOf(result([])), 'First feed')).toBe('yes');
    expect(verdict(barsOf(result([], { startup: slow })), 'First feed')).toBe('no');
  });
});
