import { afterEach, describe, expect, it, vi } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityDevice } from '../../../src/core/similarity.ts';
import { createDeviceLadder } from '../../../src/models/device-ladder.ts';
import type { DeviceLadder } from '../../../src/models/device-ladder.ts';
import { openSimilarity } from '../../../src/models/open-similarity.ts';
import type { TfSimilarityOptions } from '../../../src/models/tf-similarity.ts';
import { OPTIONS, largestDifference, makeJob } from './jobs.ts';

const JOB = makeJob({ items: 70, vectors: 9, blocks: 3, blockDims: 10 });
/** Of a number of vectors that needs another shader than the known answers. */
const OTHER_SIZE = makeJob({ items: 900, vectors: 20, blocks: 4, blockDims: 16 });

const toDispose: { dispose(): void }[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  for (const thing of toDispose.splice(0)) thing.dispose();
});

async function openWebgpu(options: Partial<TfSimilarityOptions> = {}): Promise<SimilarityDevice> {
  const device = await openSimilarity('webgpu', { ...OPTIONS, ...options });
  toDispose.push(device);
  return device;
}

function webgpuLadder(options: Partial<TfSimilarityOptions> = {}): DeviceLadder {
  const ladder = createDeviceLadder({
    wanted: 'webgpu',
    open: (device) => openSimilarity(device, { ...OPTIONS, ...options }),
  });
  toDispose.push(ladder);
  return ladder;
}

/** A method that is about to be wrapped; whoever calls it binds it. */
function originalOf<T extends object, K extends keyof T>(prototype: T, method: K): T[K] {
  return prototype[method];
}

/** Collects the devices that are handed out from now on. */
function watchDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  const requestDevice = originalOf(GPUAdapter.prototype, 'requestDevice');
  vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (
    this: GPUAdapter,
    ...args
  ) {
    const device = await requestDevice.apply(this, args);
    devices.push(device);
    return device;
  });
  return devices;
}

function breakShaders(): void {
  const createShaderModule = originalOf(GPUDevice.prototype, 'createShaderModule');
  vi.spyOn(GPUDevice.prototype, 'createShaderModule').mockImplementation(function (
    this: GPUDevice,
    descriptor,
  ) {
    return createShaderModule.call(this, { ...descriptor, code: 'fn main( broken' });
  });
}

async function expectRightOn(ladder: DeviceLadder, device: string, job = JOB): Promise<void> {
  const scores = await ladder.scores(job);
  expect(largestDifference(scores, referenceScores(job))).toBeLessThanOrEqual(1e-5);
  expect(ladder.current()).toBe(device);
}

describe('a WebGPU that does not open', () => {
  it('is DEVICE_TIMEOUT when the adapter request never settles, and wasm takes over', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockReturnValue(new Promise(() => undefined));
    await expect(openWebgpu({ probeTimeoutMs: 30 })).rejects.toMatchObject({
      code: 'DEVICE_TIMEOUT',
    });
    const ladder = createDeviceLadder({
      wanted: 'webgpu',
      open: (device) =>
        openSimilarity(device, {
          ...OPTIONS,
          ...(device === 'webgpu' && { probeTimeoutMs: 30 }),
        }),
    });
    toDispose.push(ladder);
    await expectRightOn(ladder, 'wasm');
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_TIMEOUT' }]);
  });

  it('is DEVICE_UNAVAILABLE when there is no adapter, and wasm takes over', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    await expect(openWebgpu()).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
    const ladder = webgpuLadder();
    await expectRightOn(ladder, 'wasm');
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_UNAVAILABLE' }]);
  });

  it('is DEVICE_UNAVAILABLE when the adapter request rejects', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockRejectedValue(new TypeError('no'));
    await expect(openWebgpu()).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
  });

  it('is DEVICE_UNAVAILABLE when the device request rejects, and wasm takes over', async () => {
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockRejectedValue(
      new DOMException('no', 'OperationError'),
    );
    await expect(openWebgpu()).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
    await expectRightOn(webgpuLadder(), 'wasm');
  });

  it('is DEVICE_TIMEOUT when the device comes too late, which is then given back', async () => {
    const { promise, resolve } = Promise.withResolvers<GPUDevice>();
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockReturnValue(promise);
    await expect(openWebgpu({ probeTimeoutMs: 30 })).rejects.toMatchObject({
      code: 'DEVICE_TIMEOUT',
    });
    vi.restoreAllMocks();
    const adapter = (await navigator.gpu.requestAdapter()) as GPUAdapter;
    const device = await adapter.requestDevice();
    resolve(device);
    expect((await device.lost).reason).toBe('destroyed');
  });

  it('is DEVICE_UNAVAILABLE where the browser has no WebGPU', async () => {
    vi.spyOn(Navigator.prototype, 'gpu', 'get').mockReturnValue(undefined as unknown as GPU);
    await expect(openWebgpu()).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
  });

  it('is DEVICE_UNAVAILABLE on a software adapter unless that is allowed', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    expect(adapter?.info.isFallbackAdapter).toBe(true);
    await expect(openWebgpu({ allowSoftware: false })).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
    });
  });
});

describe('a WebGPU device that is lost', () => {
  it('is DEVICE_LOST for the job under way and for each one after it', async () => {
    const devices = watchDevices();
    const device = await openWebgpu();
    const job = device.scores(JOB);
    devices[0]?.destroy();
    await expect(job).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect(device.scores(JOB)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is DEVICE_LOST for the first job after a loss between jobs', async () => {
    const devices = watchDevices();
    const device = await openWebgpu();
    await device.scores(JOB);
    devices[0]?.destroy();
    await devices[0]?.lost;
    await expect(device.scores(JOB)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is opened afresh once, then wasm takes over, with the same scores each time', async () => {
    const devices = watchDevices();
    const ladder = webgpuLadder();
    await expectRightOn(ladder, 'webgpu');
    for (const [loss, next] of ['webgpu', 'wasm'].entries()) {
      const job = expectRightOn(ladder, next);
      devices[loss]?.destroy();
      await job;
    }
    expect(devices).toHaveLength(2);
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_LOST' }]);
  });
});

describe('a WebGPU device that fails in silence', () => {
  it('does not open when its shaders do not compile, and wasm takes over', async () => {
    breakShaders();
    await expect(openWebgpu()).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expectRightOn(webgpuLadder(), 'wasm');
  });

  it('voids a job whose new shader does not compile, instead of giving zeros', async () => {
    const ladder = webgpuLadder();
    await expectRightOn(ladder, 'webgpu');
    breakShaders();
    await expectRightOn(ladder, 'wasm', OTHER_SIZE);
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_LOST' }]);
  });

  it('is DEVICE_WRONG_RESULT when it computes nothing and reports nothing', async () => {
    vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups').mockReturnValue(undefined);
    await expect(openWebgpu()).rejects.toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
    const ladder = webgpuLadder();
    await expectRightOn(ladder, 'wasm');
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_WRONG_RESULT' }]);
  });

  it('is DEVICE_LOST when it runs out of memory', async () => {
    const device = await openWebgpu();
    const createBuffer = originalOf(GPUDevice.prototype, 'createBuffer');
    vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (
      this: GPUDevice,
      descriptor,
    ) {
      return createBuffer.call(this, { ...descriptor, size: 2 ** 40, mappedAtCreation: false });
    });
    await expect(device.scores(OTHER_SIZE)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is DEVICE_LOST after an error that nothing captured', async () => {
    const devices = watchDevices();
    const device = await openWebgpu();
    const [gpu] = devices as [GPUDevice];
    const told = new Promise((resolve) => gpu.addEventListener('uncapturederror', resolve));
    gpu.createBuffer({ size: 16, usage: 0 });
    // The browser sends its commands, and so hears of the error, when it has to.
    await gpu.queue.onSubmittedWorkDone();
    await told;
    await expect(device.scores(JOB)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is DEVICE_TIMEOUT when the numbers never come back', async () => {
    vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockReturnValue(new Promise(() => undefined));
    await expect(openWebgpu({ jobTimeoutMs: 30 })).rejects.toMatchObject({
      code: 'DEVICE_TIMEOUT',
    });
    vi.restoreAllMocks();
    await expectRightOn(webgpuLadder(), 'webgpu');
  });
});
