import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSimilarity } from '../../../src/models/open-similarity.ts';

const OPTIONS = { wasmBaseUrl: '/' };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ['saves data', { connection: { saveData: true }, deviceMemory: 8 }],
  ['has 1 GB', { deviceMemory: 1 }],
])('a visitor who %s', (_, navigator) => {
  it.each(['webgpu', 'cpu'] as const)('gets no TensorFlow.js for %s', async (device) => {
    vi.stubGlobal('navigator', navigator);
    await expect(openSimilarity(device, OPTIONS)).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      message: expect.stringContaining('saves data, memory or power') as string,
    });
  });

  it('gets our own kernels on wasm', async () => {
    vi.stubGlobal('navigator', navigator);
    const device = await openSimilarity('wasm', OPTIONS);
    expect(device.device).toBe('wasm');
    device.dispose();
  });
});

it('opens TensorFlow.js on the processor where the browser tells nothing', async () => {
  vi.stubGlobal('navigator', {});
  const device = await openSimilarity('cpu', OPTIONS);
  expect(device.device).toBe('cpu');
  device.dispose();
});
