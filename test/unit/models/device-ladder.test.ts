import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../../../src/core/similarity.ts';
import type { Crossovers } from '../../../src/core/tiers.ts';
import type { Device, DeviceOption } from '../../../src/core/types.ts';
import type { TfDevice } from '../../../src/models/backend.ts';
import { createDeviceLadder } from '../../../src/models/device-ladder.ts';
import type { DeviceLadder } from '../../../src/models/device-ladder.ts';

const INPUT: SimilarityInput = {
  items: { data: new Float32Array([1, 0, 0.6, 0.8]), rows: 2, dims: 2 },
  itemPresence: { data: new Float32Array([1, 1]), rows: 2, dims: 1 },
  vectors: { data: new Float32Array([1, 0]), rows: 1, dims: 2 },
  vectorPresence: { data: new Float32Array([1]), rows: 1, dims: 1 },
};
const ANSWER = [...referenceScores(INPUT)];

/** What a device does with its jobs, one entry a job; when they run out it answers. */
type Script = readonly (VitrineErrorCode | 'answer')[];

class Bench {
  readonly opened: TfDevice[] = [];
  readonly disposed: TfDevice[] = [];
  readonly told: [Device, VitrineErrorCode][] = [];
  /** Scripts by opening: the second one belongs to the second opening. */
  readonly scripts = new Map<TfDevice, Script[]>();
  readonly shut = new Map<TfDevice, VitrineErrorCode>();
  /** What tuning finds out. */
  measured: Crossovers | undefined;

  ladder(wanted: DeviceOption, largeJob = 1, hugeJob = 1_000): DeviceLadder {
    const crossovers = { wasm: largeJob, webgpu: hugeJob };
    return createDeviceLadder({
      wanted,
      crossovers,
      tune: async ({ largest, openWebgpu }) => {
        if (largest >= hugeJob) await openWebgpu();
        return { costs: {}, crossovers: this.measured ?? crossovers };
      },
      open: (device) => this.#open(device),
      onLeave: (device, code) => this.told.push([device, code]),
    });
  }

  async #open(device: TfDevice): Promise<SimilarityDevice> {
    this.opened.push(device);
    const code = this.shut.get(device);
    if (code !== undefined) throw new VitrineError(code);
    const script = [...(this.scripts.get(device)?.shift() ?? [])];
    return {
      device,
      scores: async (input) => {
        const step = script.shift() ?? 'answer';
        if (step !== 'answer') throw new VitrineError(step);
        return referenceScores(input);
      },
      numTensors: () => 2,
      dispose: () => void this.disposed.push(device),
    };
  }
}

async function answerOf(ladder: DeviceLadder): Promise<number[]> {
  return [...(await ladder.scores(INPUT))];
}

describe('a named device', () => {
  it('is opened at the first job and kept for the next', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('wasm');
    expect(ladder.current()).toBe('wasm');
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(bench.opened).toEqual(['wasm']);
    expect(ladder.current()).toBe('wasm');
    expect(ladder.numTensors()).toBe(2);
  });

  it.each([
    ['webgpu', ['webgpu', 'wasm', 'cpu']],
    ['wasm', ['wasm', 'cpu']],
    ['cpu', ['cpu']],
    ['js', []],
  ] as const)('%s goes down to js when nothing opens', async (wanted, tried) => {
    const bench = new Bench();
    for (const device of ['webgpu', 'wasm', 'cpu'] as const) {
      bench.shut.set(device, 'DEVICE_UNAVAILABLE');
    }
    const ladder = bench.ladder(wanted);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(bench.opened).toEqual(tried);
    expect(bench.told).toEqual(tried.map((device) => [device, 'DEVICE_UNAVAILABLE']));
    expect(ladder.left()).toEqual(tried.map((device) => ({ device, code: 'DEVICE_UNAVAILABLE' })));
    expect(ladder.current()).toBe('js');
    expect(ladder.numTensors()).toBe(0);
  });

  it('does the same job again on the next device when it fails', async () => {
    const bench = new Bench();
    bench.scripts.set('wasm', [['answer', 'DEVICE_LOST']]);
    const ladder = bench.ladder('wasm');
    await answerOf(ladder);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(ladder.current()).toBe('cpu');
    expect(bench.disposed).toEqual(['wasm']);
    expect(ladder.left()).toEqual([{ device: 'wasm', code: 'DEVICE_LOST' }]);
  });

  it('is left for good: nothing opens it again', async () => {
    const bench = new Bench();
    bench.scripts.set('webgpu', [['DEVICE_TIMEOUT']]);
    const ladder = bench.ladder('webgpu');
    await answerOf(ladder);
    await ladder.warmUp();
    await answerOf(ladder);
    expect(bench.opened).toEqual(['webgpu', 'wasm']);
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_TIMEOUT' }]);
  });
});

describe('a lost WebGPU device', () => {
  it('is opened afresh once, without counting as left', async () => {
    const bench = new Bench();
    bench.scripts.set('webgpu', [['DEVICE_LOST']]);
    const ladder = bench.ladder('webgpu');
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(bench.opened).toEqual(['webgpu', 'webgpu']);
    expect(ladder.current()).toBe('webgpu');
    expect(ladder.left()).toEqual([]);
  });

  it('is left at the second loss', async () => {
    const bench = new Bench();
    bench.scripts.set('webgpu', [['DEVICE_LOST'], ['answer', 'DEVICE_LOST']]);
    const ladder = bench.ladder('webgpu');
    await answerOf(ladder);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(bench.opened).toEqual(['webgpu', 'webgpu', 'wasm']);
    expect(bench.told).toEqual([['webgpu', 'DEVICE_LOST']]);
  });

  it('counts one loss when two jobs were under way', async () => {
    const bench = new Bench();
    bench.scripts.set('webgpu', [['DEVICE_LOST', 'DEVICE_LOST']]);
    const ladder = bench.ladder('webgpu');
    await ladder.warmUp();
    expect(await Promise.all([answerOf(ladder), answerOf(ladder)])).toEqual([ANSWER, ANSWER]);
    expect(bench.opened).toEqual(['webgpu', 'webgpu']);
    expect(bench.disposed).toEqual(['webgpu']);
  });
});

describe('auto', () => {
  it('does small jobs on js and opens nothing for them', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto', 1_000);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(bench.opened).toEqual([]);
    expect(ladder.current()).toBe('js');
  });

  it('opens wasm for the first larger job, and js still does the small ones', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto', 4);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(ladder.current()).toBe('wasm');
    const small = { ...INPUT, items: { ...INPUT.items, data: new Float32Array([1, 0]), rows: 1 } };
    await ladder.scores({ ...small, itemPresence: INPUT.vectorPresence });
    expect(ladder.current()).toBe('js');
    expect(bench.opened).toEqual(['wasm']);
  });

  it('opens WebGPU in idle time after a job that is large enough, and uses it for the next', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto', 1, 2);
    await ladder.warmUp();
    expect(bench.opened).toEqual(['wasm']);
    await answerOf(ladder);
    expect(ladder.current()).toBe('wasm');
    await ladder.warmUp();
    expect(bench.opened).toEqual(['wasm', 'webgpu']);
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(ladder.current()).toBe('webgpu');
    expect(ladder.numTensors()).toBe(4);
  });

  it('goes on with wasm where there is no WebGPU, with js without both, and never with cpu', async () => {
    const bench = new Bench();
    bench.shut.set('webgpu', 'DEVICE_UNAVAILABLE');
    const ladder = bench.ladder('auto', 1, 2);
    await answerOf(ladder);
    await ladder.warmUp();
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(ladder.current()).toBe('wasm');
    bench.shut.set('wasm', 'DEVICE_UNAVAILABLE');
    const second = bench.ladder('auto', 1, 2);
    expect(await answerOf(second)).toEqual(ANSWER);
    expect(second.current()).toBe('js');
    await second.warmUp();
    expect(await answerOf(second)).toEqual(ANSWER);
    expect(bench.opened).not.toContain('cpu');
  });

  it('does a job again on wasm when WebGPU fails', async () => {
    const bench = new Bench();
    bench.scripts.set('webgpu', [['DEVICE_TIMEOUT']]);
    const ladder = bench.ladder('auto', 1, 2);
    await answerOf(ladder);
    await ladder.warmUp();
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(ladder.current()).toBe('wasm');
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_TIMEOUT' }]);
    await ladder.warmUp();
    expect(bench.opened).toEqual(['wasm', 'webgpu']);
  });

  it('goes by what was measured, from the next job on', async () => {
    const bench = new Bench();
    bench.measured = { wasm: 1_000, webgpu: Infinity };
    const ladder = bench.ladder('auto', 1, 2);
    await answerOf(ladder);
    expect(ladder.current()).toBe('wasm');
    await ladder.warmUp();
    expect(ladder.figures()).toEqual({
      tiers: { costs: {}, crossovers: bench.measured },
      gpuMs: null,
    });
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(ladder.current()).toBe('js');
  });

  it('goes on as before when what measures cannot be had', async () => {
    const crossovers = { wasm: 5, webgpu: 9 };
    const ladder = createDeviceLadder({
      wanted: 'auto',
      crossovers,
      open: () => Promise.reject(new VitrineError('DEVICE_UNAVAILABLE')),
      tune: () => Promise.reject(new Error('no chunk')),
    });
    await ladder.warmUp();
    expect(ladder.figures().tiers).toEqual({ costs: {}, crossovers });
    expect(await answerOf(ladder)).toEqual(ANSWER);
  });

  it('tells how long the GPU worked', async () => {
    const ladder = createDeviceLadder({
      wanted: 'webgpu',
      open: async (device) => ({
        device,
        scores: async (input) => referenceScores(input),
        gpuMs: () => 0.3,
        numTensors: () => 0,
        dispose: () => undefined,
      }),
    });
    await answerOf(ladder);
    expect(ladder.figures().gpuMs).toBe(0.3);
  });

  it('opens one device when it is warmed up twice at once', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto');
    await Promise.all([ladder.warmUp(), ladder.warmUp()]);
    expect(bench.opened).toEqual(['wasm']);
  });
});

describe('condemning', () => {
  it('leaves a device whose numbers were wrong, without a second chance', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('webgpu');
    await answerOf(ladder);
    ladder.condemn('DEVICE_WRONG_RESULT');
    expect(await answerOf(ladder)).toEqual(ANSWER);
    expect(bench.opened).toEqual(['webgpu', 'wasm']);
    expect(ladder.left()).toEqual([{ device: 'webgpu', code: 'DEVICE_WRONG_RESULT' }]);
  });

  it('does nothing to js', async () => {
    const ladder = new Bench().ladder('js');
    await answerOf(ladder);
    ladder.condemn('DEVICE_WRONG_RESULT');
    expect(ladder.left()).toEqual([]);
    expect(await answerOf(ladder)).toEqual(ANSWER);
  });

  it('spares the warmed-up device when the last job ran on js', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto', 1_000);
    await ladder.warmUp();
    await answerOf(ladder);
    ladder.condemn('DEVICE_WRONG_RESULT');
    expect(ladder.left()).toEqual([]);
    expect(bench.disposed).toEqual([]);
  });
});

describe('edges', () => {
  it('blames the input and not the device for a wrong shape', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('webgpu');
    const broken = { ...INPUT, items: { ...INPUT.items, rows: 3 } };
    await expect(ladder.scores(broken)).rejects.toMatchObject({ code: 'SHAPE_MISMATCH' });
    expect(ladder.left()).toEqual([]);
  });

  it('rejects after it was disposed of, and frees its device', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('wasm');
    await answerOf(ladder);
    ladder.dispose();
    expect(bench.disposed).toEqual(['wasm']);
    await expect(ladder.scores(INPUT)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('frees a device that opens after the ladder was disposed of', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('wasm');
    const job = ladder.scores(INPUT);
    ladder.dispose();
    await expect(job).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(bench.disposed).toEqual(['wasm']);
  });
});
