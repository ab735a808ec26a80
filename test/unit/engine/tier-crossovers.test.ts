import { describe, expect, it, vi } from 'vitest';
import {
  type DeviceConditions,
  mayLoadTensorflow,
  notePower,
  readConditions,
} from '../../../src/core/device-conditions.ts';
import { HUGE_JOB, LARGE_JOB } from '../../../src/core/similarity.ts';
import type { TierCost } from '../../../src/core/tiers.ts';
import { crossoversOf } from '../../../src/engine/tier-crossovers.ts';

const cost = (fixedMs: number, msPerMillion: number): TierCost => ({ fixedMs, msPerMillion });

const JS = cost(0, 2);
const WASM = cost(0.5, 0.1);

interface Case {
  readonly costs: Parameters<typeof crossoversOf>[0];
  readonly mayUseGpu?: boolean;
  readonly wasm: number;
  readonly webgpu: number;
}

/** What was measured, and the sizes to go by. */
const CASES: Readonly<Record<string, Case>> = {
  'nothing was measured': { costs: {}, wasm: LARGE_JOB, webgpu: HUGE_JOB },
  'only js was measured': { costs: { js: JS }, wasm: LARGE_JOB, webgpu: HUGE_JOB },
  'wasm overtakes js where the lines cross': {
    costs: { js: JS, wasm: WASM },
    // 0.5 ms at 1.9 ms a million.
    wasm: 263_158,
    webgpu: HUGE_JOB,
  },
  'wasm starts as fast as js': {
    costs: { js: JS, wasm: cost(0, 0.1) },
    wasm: 1e5,
    webgpu: HUGE_JOB,
  },
  'wasm is no quicker than js': {
    costs: { js: JS, wasm: cost(1, 2) },
    wasm: 5e7,
    webgpu: HUGE_JOB,
  },
  'wasm is slower than js': { costs: { js: JS, wasm: cost(1, 9) }, wasm: 5e7, webgpu: HUGE_JOB },
  'WebGPU overtakes wasm where the lines cross': {
    costs: { js: JS, wasm: WASM, webgpu: cost(4.5, 0.02) },
    wasm: 263_158,
    // 4 ms at 0.08 ms a million.
    webgpu: 50_000_000,
  },
  'WebGPU is quick at once': {
    costs: { js: JS, wasm: WASM, webgpu: cost(0.1, 0.01) },
    wasm: 263_158,
    webgpu: LARGE_JOB,
  },
  'WebGPU on a software adapter never overtakes': {
    costs: { js: JS, wasm: WASM, webgpu: cost(15, 30) },
    wasm: 263_158,
    webgpu: Infinity,
  },
  'WebGPU is compared with js where there is no wasm': {
    costs: { js: JS, webgpu: cost(4, 0) },
    wasm: LARGE_JOB,
    webgpu: 2_000_000,
  },
  'WebGPU may not be used, however quick': {
    costs: { js: JS, wasm: WASM, webgpu: cost(0, 0) },
    mayUseGpu: false,
    wasm: 263_158,
    webgpu: Infinity,
  },
};

it.each(Object.entries(CASES))('%s', (_, { costs, mayUseGpu = true, wasm, webgpu }) => {
  const got = crossoversOf(costs, mayUseGpu);
  expect(got.wasm).toBeCloseTo(wasm, 0);
  if (webgpu === Infinity) expect(got.webgpu).toBe(Infinity);
  else expect(got.webgpu).toBeCloseTo(webgpu, 0);
});

describe('TensorFlow.js for ranking', () => {
  it.each<[string, DeviceConditions, boolean]>([
    ['is loaded where the browser tells nothing', { saveData: false, memoryGb: undefined }, true],
    ['is loaded with 4 GB', { saveData: false, memoryGb: 4 }, true],
    ['is not loaded with 2 GB', { saveData: false, memoryGb: 2 }, false],
    ['is not loaded with half a GB', { saveData: false, memoryGb: 0.5 }, false],
    ['is not loaded for who saves data', { saveData: true, memoryGb: 8 }, false],
    ['is loaded on mains', { saveData: false, memoryGb: 8, power: true }, true],
    ['is loaded with a fifth of the battery', { saveData: false, memoryGb: 8, power: 0.2 }, true],
    ['is not loaded with less', { saveData: false, memoryGb: 8, power: 0.19 }, false],
  ])('%s', (_, conditions, may) => {
    expect(mayLoadTensorflow(conditions)).toBe(may);
  });

  it.each([
    [0.1, 0.1],
    [true, true],
    ['full', undefined],
    [undefined, undefined],
  ])('goes by the power that a page told: %s', (told, power) => {
    // Node has none before version 21.
    vi.stubGlobal('navigator', {});
    notePower(told);
    expect(readConditions()).toEqual({ saveData: false, memoryGb: undefined, power });
    vi.unstubAllGlobals();
  });
});
