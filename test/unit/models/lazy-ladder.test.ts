import { describe, expect, it } from 'vitest';
import { LARGE_JOB, type SimilarityInput, referenceScores } from '../../../src/core/similarity.ts';
import type { DeviceOption } from '../../../src/core/types.ts';
import { createDeviceLadder } from '../../../src/models/device-ladder.ts';
import { createLazyLadder } from '../../../src/models/lazy-ladder.ts';

function jobOf(rows: number, dims: number): SimilarityInput {
  const filled = (data: Float32Array, n: number) => ({ data, rows: n, dims: data.length / n });
  return {
    items: filled(new Float32Array(rows * dims).fill(0.5), rows),
    itemPresence: filled(new Float32Array(rows).fill(1), rows),
    vectors: filled(new Float32Array(dims).fill(0.1), 1),
    vectorPresence: filled(new Float32Array(1).fill(1), 1),
  };
}

const SMALL = jobOf(10, 4);
const LARGE = jobOf(LARGE_JOB / 64, 64);

class Bench {
  loads = 0;
  opened = 0;
  disposed = 0;
  isOffline = false;

  ladder(wanted: DeviceOption): ReturnType<typeof createLazyLadder> {
    return createLazyLadder(wanted, async () => {
      this.loads++;
      if (this.isOffline) throw new Error('no network');
      return createDeviceLadder({
        wanted,
        open: async (device) => {
          this.opened++;
          return {
            device,
            scores: async (input) => referenceScores(input),
            numTensors: () => 3,
            dispose: () => void this.disposed++,
          };
        },
      });
    });
  }
}

describe('a ladder that is loaded when it is needed', () => {
  it('does small jobs without, and says so', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto');
    const scores = await ladder.scores(SMALL);
    expect(scores).toEqual(referenceScores(SMALL));
    expect([ladder.current(), ladder.deviceOf(scores)]).toEqual(['js', 'js']);
    expect(ladder.left()).toEqual([]);
    expect(ladder.numTensors()).toBe(0);
    expect(ladder.figures().tiers?.crossovers.wasm).toBe(LARGE_JOB);
    ladder.condemn('DEVICE_WRONG_RESULT');
    expect(bench.loads).toBe(0);
  });

  it('is loaded once, by a long job or to be warm', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto');
    await Promise.all([ladder.scores(LARGE), ladder.warmUp(), ladder.scores(LARGE)]);
    expect([bench.loads, bench.opened]).toEqual([1, 1]);
    expect(ladder.current()).toBe('wasm');
    expect(ladder.numTensors()).toBe(3);
    const scores = await ladder.scores(LARGE);
    expect(ladder.deviceOf(scores)).toBe('wasm');
    await ladder.scores(SMALL);
    expect(ladder.current()).toBe('js');
  });

  it('is loaded at once for a named device, and never for js', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('wasm');
    expect(ladder.current()).toBe('wasm');
    await ladder.scores(SMALL);
    expect(bench.opened).toBe(1);
    const plain = bench.ladder('js');
    await plain.scores(LARGE);
    await plain.warmUp();
    expect(plain.current()).toBe('js');
    expect(bench.loads).toBe(1);
  });

  it('costs a job its device when it does not load, and is tried again', async () => {
    const bench = new Bench();
    bench.isOffline = true;
    const ladder = bench.ladder('auto');
    expect(await ladder.scores(LARGE)).toEqual(referenceScores(LARGE));
    await ladder.warmUp();
    expect(ladder.current()).toBe('js');
    bench.isOffline = false;
    await ladder.scores(LARGE);
    expect(ladder.current()).toBe('wasm');
  });

  it('refuses wrong shapes and frees its device', async () => {
    const bench = new Bench();
    const ladder = bench.ladder('auto');
    const broken = { ...SMALL, items: { ...SMALL.items, rows: 3 } };
    await expect(ladder.scores(broken)).rejects.toMatchObject({ code: 'SHAPE_MISMATCH' });
    await ladder.scores(LARGE);
    ladder.dispose();
    expect(bench.disposed).toBe(1);
    await expect(ladder.scores(LARGE)).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});
