import { afterEach, expect, it, vi } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import { OPTIONS, largestDifference, makeJob } from './jobs.ts';
import { askStrictFrame } from '../strict-frame.ts';

const JOB = makeJob({ items: 70, vectors: 9, blocks: 3, blockDims: 10 });

afterEach(() => {
  vi.restoreAllMocks();
});

it('is DEVICE_UNAVAILABLE when the file is missing', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('', { status: 404 }));
  await expect(openTfSimilarity('wasm', OPTIONS)).rejects.toMatchObject({
    code: 'DEVICE_UNAVAILABLE',
  });
});

it('is DEVICE_UNAVAILABLE when a page comes instead of the file', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<!doctype html>'));
  await expect(openTfSimilarity('wasm', OPTIONS)).rejects.toMatchObject({
    code: 'DEVICE_UNAVAILABLE',
  });
});

it('is DEVICE_UNAVAILABLE when the module has not what its caller wants', async () => {
  const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(empty));
  await expect(openTfSimilarity('wasm', OPTIONS)).rejects.toMatchObject({
    code: 'DEVICE_UNAVAILABLE',
  });
});

it('is DEVICE_TIMEOUT when the server never answers', async () => {
  vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => undefined));
  const opening = openTfSimilarity('wasm', { ...OPTIONS, probeTimeoutMs: 10 });
  await expect(opening).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' });
});

it('opens after an attempt that failed', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(new Response('', { status: 404 }));
  await expect(openTfSimilarity('wasm', OPTIONS)).rejects.toMatchObject({
    code: 'DEVICE_UNAVAILABLE',
  });
  const device = await openTfSimilarity('wasm', OPTIONS);
  expect(largestDifference(await device.scores(JOB), referenceScores(JOB))).toBeLessThanOrEqual(
    1e-5,
  );
  device.dispose();
});

it('works without SIMD', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const device = await openTfSimilarity('wasm', OPTIONS);
  expect(fetched.mock.calls.map(([url]) => url)).toEqual([
    `${OPTIONS.wasmBaseUrl}tfjs-backend-wasm.wasm`,
  ]);
  expect(largestDifference(await device.scores(JOB), referenceScores(JOB))).toBeLessThanOrEqual(
    1e-5,
  );
  device.dispose();
});

it('is DEVICE_UNAVAILABLE under a policy without wasm-unsafe-eval, and cpu takes over', async () => {
  const { code, device, scores } = await askStrictFrame<{
    code: string;
    device: string;
    scores: Float32Array;
  }>(new URL('./csp-frame.ts', import.meta.url).href);
  expect(code).toBe('DEVICE_UNAVAILABLE');
  expect(device).toBe('cpu');
  expect(largestDifference(scores, referenceScores(JOB))).toBeLessThanOrEqual(1e-5);
});
