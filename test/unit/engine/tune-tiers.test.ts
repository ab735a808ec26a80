import { describe, expect, it } from 'vitest';
import {
  HUGE_JOB,
  LARGE_JOB,
  type SimilarityDevice,
  type SimilarityInput,
} from '../../../src/core/similarity.ts';
import type { Tier } from '../../../src/core/tiers.ts';
import { deviceKey } from '../../../src/engine/tier-records.ts';
import { type TierPorts, createTierTuner } from '../../../src/engine/tune-tiers.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.8078.79 Safari/537.36';

/** A browser of one visitor: its clock, its cache and its devices. */
class Browser {
  now = 0;
  /** What the tiers take. */
  readonly costs = {
    js: { fixedMs: 0.01, msPerMillion: 2 },
    wasm: { fixedMs: 0.2, msPerMillion: 0.1 },
    webgpu: { fixedMs: 3, msPerMillion: 0.01 },
  };
  /** Jobs done to measure. */
  readonly jobs = { js: 0, wasm: 0, webgpu: 0 };
  /** What the cache holds; null: nothing may be kept. */
  kept: Map<string, string> | null = new Map();
  facts = { userAgent: CHROME, hardwareConcurrency: 8 };
  conditions = { saveData: false, memoryGb: 8 as number | undefined };
  adapter = 'nvidia ampere';
  opened = 0;
  isBroken = false;

  readonly openCache: TierPorts['openCache'] = async () => {
    const { kept } = this;
    if (kept === null) return null;
    return {
      match: async (url) => {
        const text = kept.get(url);
        return text === undefined ? undefined : new Response(text);
      },
      put: async (url, response) => void kept.set(url, await response.text()),
      delete: async (url) => kept.delete(url),
    };
  };

  device(tier: 'wasm' | 'webgpu'): SimilarityDevice {
    return {
      device: tier,
      ...(tier === 'webgpu' && { adapter: this.adapter }),
      scores: async (input) => {
        if (this.isBroken) throw new Error('lost');
        this.#work(tier, input);
        return new Float32Array(0);
      },
      numTensors: () => 0,
      dispose: () => undefined,
    };
  }

  #work(tier: Tier, { items, vectors }: SimilarityInput): void {
    this.jobs[tier]++;
    const { fixedMs, msPerMillion } = this.costs[tier];
    this.now += fixedMs + (items.rows * vectors.rows * items.dims * msPerMillion) / 1e6;
  }

  /** A page that is loaded now; each has a worker of its own. */
  page(): (
    largest?: number,
    isGpuOpen?: boolean,
  ) => ReturnType<ReturnType<typeof createTierTuner>> {
    const tune = createTierTuner({
      js: async (input) => this.#work('js', input),
      facts: this.facts,
      conditions: () => this.conditions,
      clock: () => this.now,
      rest: async () => undefined,
      openCache: this.openCache,
      baseUrl: 'https://shop.example/vitrine/',
    });
    return async (largest = LARGE_JOB, isGpuOpen = false) =>
      tune({
        largest,
        device: (tier) => (tier === 'wasm' || isGpuOpen ? this.device(tier) : undefined),
        openWebgpu: async () => {
          this.opened++;
          return this.device('webgpu');
        },
      });
  }
}

describe('tuning', () => {
  it('measures what is open, once, and loads no TensorFlow.js for a test', async () => {
    const browser = new Browser();
    const tune = browser.page();
    const { costs } = await tune();
    expect(costs.js?.msPerMillion).toBeCloseTo(2);
    expect(costs.wasm?.fixedMs).toBeCloseTo(0.2);
    expect(costs.wasm?.msPerMillion).toBeCloseTo(0.1);
    expect(costs.webgpu).toBeUndefined();
    const before = { ...browser.jobs };
    await tune();
    expect(browser.jobs).toEqual(before);
    expect(browser.opened).toBe(0);
  });

  it('opens WebGPU for a job that is large enough, and measures it', async () => {
    const browser = new Browser();
    const { costs } = await browser.page()(HUGE_JOB);
    expect(browser.opened).toBe(1);
    expect(costs.webgpu?.fixedMs).toBeCloseTo(3);
    expect(costs.webgpu?.msPerMillion).toBeCloseTo(0.01);
  });

  it('measures WebGPU where somebody else opened it', async () => {
    const browser = new Browser();
    const { costs } = await browser.page()(LARGE_JOB, true);
    expect(costs.webgpu).toBeDefined();
    expect(browser.opened).toBe(0);
  });

  it.each([
    ['saves data', { saveData: true, memoryGb: 8 }],
    ['has little memory', { saveData: false, memoryGb: 1 }],
  ])('never opens WebGPU for a visitor who %s', async (_, conditions) => {
    const browser = new Browser();
    browser.conditions = conditions;
    const { crossovers } = await browser.page()(HUGE_JOB);
    expect(browser.opened).toBe(0);
    expect(crossovers.webgpu).toBe(Infinity);
  });

  it('goes by the sizes of before for a tier that fails', async () => {
    const browser = new Browser();
    browser.isBroken = true;
    const { costs, crossovers } = await browser.page()(HUGE_JOB);
    expect(Object.keys(costs)).toEqual(['js']);
    expect(crossovers).toEqual({ wasm: LARGE_JOB, webgpu: HUGE_JOB });
  });
});

describe('what was measured', () => {
  it('is used by the next page, which measures nothing', async () => {
    const browser = new Browser();
    const first = await browser.page()(HUGE_JOB);
    const before = { ...browser.jobs };
    expect(await browser.page()(HUGE_JOB, true)).toEqual(first);
    expect(browser.jobs).toEqual(before);
  });

  it('is measured again where nothing may be kept', async () => {
    const browser = new Browser();
    browser.kept = null;
    await browser.page()();
    const { wasm } = browser.jobs;
    await browser.page()();
    expect(browser.jobs.wasm).toBe(2 * wasm);
  });

  it.each<[string, (browser: Browser) => void]>([
    ['a new browser', ({ facts }) => void (facts.userAgent = CHROME.replace('156', '157'))],
    ['another number of threads', ({ facts }) => void (facts.hardwareConcurrency = 4)],
    ['a damaged record', ({ kept }) => kept?.forEach((_, url) => kept.set(url, '{'))],
    [
      'a record of other numbers',
      ({ kept }) => kept?.forEach((_, url) => kept.set(url, '{"wasm":{"fixedMs":-1}}')),
    ],
  ])('is measured again with %s', async (_, change) => {
    const browser = new Browser();
    await browser.page()();
    const { wasm } = browser.jobs;
    change(browser);
    await browser.page()();
    expect(browser.jobs.wasm).toBe(2 * wasm);
  });

  it('is measured again for WebGPU alone on another adapter', async () => {
    const browser = new Browser();
    await browser.page()(HUGE_JOB);
    const { js, wasm, webgpu } = browser.jobs;
    browser.adapter = 'intel xe';
    await browser.page()(HUGE_JOB);
    expect(browser.jobs).toEqual({ js, wasm, webgpu: 2 * webgpu });
  });

  it('names neither the GPU nor the browser', async () => {
    const browser = new Browser();
    browser.adapter = 'canary-vendor canary-architecture';
    await browser.page()(HUGE_JOB);
    const [text = ''] = browser.kept?.values() ?? [];
    expect(Object.keys(JSON.parse(text))).toEqual(['js', 'wasm', 'webgpu']);
    expect(text).not.toMatch(/canary|Chrome|Linux/u);
  });

  it('goes at once where an earlier release kept names in it', async () => {
    const browser = new Browser();
    await browser.page()();
    browser.kept?.forEach((_, url) => {
      browser.kept?.set(url, '{"webgpu":{"fixedMs":3,"msPerMillion":1,"key":"1 8 Chrome amd"}}');
    });
    // A job for which nothing is measured, so that nothing is kept in its place.
    await browser.page()(1);
    expect([...(browser.kept?.values() ?? [])].join()).not.toContain('amd');
  });

  it('outlives a minor version of the browser', () => {
    const next = CHROME.replace('8078.79', '8080.1');
    expect(deviceKey({ userAgent: next })).toBe(deviceKey({ userAgent: CHROME }));
    const major = CHROME.replace('156.', '157.');
    expect(deviceKey({ userAgent: major })).not.toBe(deviceKey({ userAgent: CHROME }));
  });
});
