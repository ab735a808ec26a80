import { describe, expect, it } from 'vitest';
import { checkSimilarityInput } from '../../../src/core/similarity.ts';
import { measureTier } from '../../../src/engine/measure-tier.ts';

/** A clock that a tier of known cost moves on. */
function tierOf(fixedMs: number, msPerMillion: number, tickMs = 0) {
  let now = 1_000;
  let runs = 0;
  let rests = 0;
  return {
    run: async (input: Parameters<typeof checkSimilarityInput>[0]): Promise<void> => {
      checkSimilarityInput(input);
      const { items, vectors } = input;
      runs++;
      now += fixedMs + (items.rows * vectors.rows * items.dims * msPerMillion) / 1e6;
    },
    ports: {
      clock: () => (tickMs === 0 ? now : Math.floor(now / tickMs) * tickMs),
      rest: async () => void rests++,
    },
    runs: () => runs,
    rests: () => rests,
    elapsed: () => now - 1_000,
  };
}

describe.each(['js', 'wasm', 'webgpu'] as const)('measuring %s', (tier) => {
  it.each([
    [0, 2],
    [0.05, 0.3],
    [4, 0.02],
  ])('finds %f ms and %f ms a million', async (fixedMs, msPerMillion) => {
    const { ports, run } = tierOf(fixedMs, msPerMillion);
    const cost = await measureTier(tier, run, ports);
    expect(cost.fixedMs).toBeCloseTo(fixedMs, 6);
    expect(cost.msPerMillion).toBeCloseTo(msPerMillion, 6);
  });

  it('stays near with a clock of a tenth of a millisecond', async () => {
    const { ports, run } = tierOf(0.2, 1, 0.1);
    const cost = await measureTier(tier, run, ports);
    expect(Math.abs(cost.fixedMs - 0.2)).toBeLessThan(0.05);
    expect(Math.abs(cost.msPerMillion - 1)).toBeLessThan(0.2);
  });

  it('takes some milliseconds and lets others have the thread between them', async () => {
    const { elapsed, ports, rests, run } = tierOf(0.01, 0.5);
    await measureTier(tier, run, ports);
    expect(elapsed()).toBeLessThan(100);
    expect(rests()).toBe(6);
  });
});

it('ends where the clock stands still', async () => {
  const { ports, run, runs } = tierOf(0, 0);
  expect(await measureTier('js', run, ports)).toEqual({ fixedMs: 0, msPerMillion: 0 });
  expect(runs()).toBe(2 + 4 * 64);
});

it('is never negative where the larger job was quicker', async () => {
  let now = 0;
  let size = 0;
  const ports = { clock: () => now, rest: async () => undefined };
  const cost = await measureTier(
    'js',
    async ({ items }) => {
      size = items.rows;
      now += size > 100 ? 1 : 3;
    },
    ports,
  );
  expect(cost).toEqual({ fixedMs: 3, msPerMillion: 0 });
});

it('rejects with what the tier rejects with', async () => {
  const ports = { clock: () => 0, rest: async () => undefined };
  const failing = async (): Promise<never> => Promise.reject(new Error('lost'));
  await expect(measureTier('wasm', failing, ports)).rejects.toThrow('lost');
});
