import { describe, expect, it, vi } from 'vitest';
import { createKernelDevice } from '../../../src/kernels/kernel-device.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import { blocksOf, jobOf, randomSet } from '../core/fixtures.ts';
import { TOLERANCE, expectScores, expectedScores } from './helpers.ts';

const BLOCKS = blocksOf([5, 6]);
const sets = [1, 2].map((seed) => randomSet(20, BLOCKS, { seed, missing: 0.2, isWeighted: false }));
const vectors = randomSet(3, BLOCKS, { seed: 9, missing: 0, isWeighted: true });

describe.each(['js', 'wasm'] as const)('a device on %s', (kernel) => {
  async function open() {
    const { scorer } = await openScorer(kernel);
    const load = vi.spyOn(scorer, 'load');
    return { load, device: createKernelDevice({ ...bound(scorer), kernel }) };
  }

  /** Methods that can be handed on. */
  function bound(scorer: Awaited<ReturnType<typeof openScorer>>['scorer']) {
    return {
      load: (...args: Parameters<typeof scorer.load>) => scorer.load(...args),
      scores: (...args: Parameters<typeof scorer.scores>) => scorer.scores(...args),
      top: (...args: Parameters<typeof scorer.top>) => scorer.top(...args),
      bytes: () => scorer.bytes(),
      dispose: () => scorer.dispose(),
    };
  }

  it('loads items once for jobs with the same matrices, and other ones when they come', async () => {
    const { device, load } = await open();
    expect(device.device).toBe(kernel);
    for (const set of [...sets, ...sets].sort((a, b) => sets.indexOf(a) - sets.indexOf(b))) {
      const job = jobOf(set, vectors);
      expectScores(await device.scores(job), expectedScores(set, vectors), TOLERANCE[kernel]);
    }
    expect(load).toHaveBeenCalledTimes(2);
    expect(device.numTensors()).toBe(0);
  });

  it('rejects a wrong shape and keeps its items', async () => {
    const { device, load } = await open();
    const job = jobOf(sets[0] as (typeof sets)[0], vectors);
    await device.scores(job);
    const broken = { ...job, vectors: { ...job.vectors, rows: 4 } };
    await expect(device.scores(broken)).rejects.toMatchObject({ code: 'SHAPE_MISMATCH' });
    await device.scores(job);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('rejects once it was disposed of', async () => {
    const { device } = await open();
    device.dispose();
    await expect(device.scores(jobOf(sets[0] as (typeof sets)[0], vectors))).rejects.toMatchObject({
      code: 'DISPOSED',
    });
  });
});
