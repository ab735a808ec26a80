/** The time that a run of learning may take, on a clock that a test moves. */
import { describe, expect, it } from 'vitest';
import { Ended, RunClock } from '../../../src/engine/run-clock.ts';
import type { Told } from '../../../src/protocol.ts';

function bench(): {
  time: number;
  pauses: number;
  isHeld: boolean;
  told: Told[];
  end: { isAborted: boolean };
  clock: RunClock;
} {
  const state = {
    time: 0,
    pauses: 0,
    isHeld: false,
    told: [] as Told[],
    end: { isAborted: false },
  };
  const clock = new RunClock(
    {
      clock: () => state.time,
      pause: async () => {
        state.pauses++;
        // A feed that is under way ends some time.
        if (state.pauses > 5) state.isHeld = false;
      },
      isHeld: () => state.isHeld,
      tell: (told) => state.told.push(told),
    },
    state.end,
  );
  return Object.assign(state, { clock });
}

/** Works for so long, in stretches of 50 ms. */
async function work(at: ReturnType<typeof bench>, ms: number): Promise<void> {
  for (const end = at.time + ms; at.time < end;) {
    at.time += 50;
    await at.clock.rest();
  }
}

describe('the clock of a run', () => {
  it('rests after five milliseconds of work, not before', async () => {
    const at = bench();
    at.time = 4;
    await at.clock.rest();
    expect(at.pauses).toBe(0);
    at.time = 5;
    await at.clock.rest();
    expect(at.pauses).toBe(1);
  });

  it('waits as long as a feed is under way', async () => {
    const at = bench();
    at.isHeld = true;
    await at.clock.rest();
    expect(at.pauses).toBe(6);
  });

  it('ends the run after twenty seconds of work', async () => {
    const at = bench();
    await work(at, 20_000);
    await expect(work(at, 100)).rejects.toThrow(Ended);
    expect(at.end.isAborted).toBe(true);
  });

  it('ends a part by the time of its own, and not the run', async () => {
    const at = bench();
    await work(at, 19_000);
    at.clock.beginPart(3_000);
    await work(at, 3_000);
    await expect(work(at, 100)).rejects.toThrow(Ended);
    expect(at.end.isAborted).toBe(false);
    expect(() => at.clock.check()).not.toThrow();
  });

  it('ends a part with the run', async () => {
    const at = bench();
    at.clock.beginPart(3_000);
    at.end.isAborted = true;
    await expect(at.clock.rest()).rejects.toThrow(Ended);
    expect(() => at.clock.check()).toThrow(Ended);
  });

  it('tells of steps ten times a second, and always of the last', () => {
    const at = bench();
    for (let step = 1; step <= 100; step++) {
      at.time = 10 * step;
      at.clock.tell({ phase: 'segments', step, steps: 100, loss: 0.1 });
    }
    const steps = at.told.map(([, detail]) => (detail as { step: number }).step);
    expect(steps).toEqual([1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 100]);
  });
});
