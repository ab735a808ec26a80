import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import { withDeadline } from '../../../src/core/deadline.ts';

const late = (): VitrineError => new VitrineError('DEVICE_TIMEOUT');

describe('withDeadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives the value of work that is in time, and leaves no timer behind', async () => {
    expect(await withDeadline(Promise.resolve(7), 10, late)).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes on what the work rejects with, and leaves no timer behind', async () => {
    const error = new VitrineError('DEVICE_LOST');
    await expect(withDeadline(Promise.reject(error), 10, late)).rejects.toBe(error);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects at the deadline when the work never settles', async () => {
    const result = withDeadline(new Promise(() => undefined), 80, late);
    const rejected = expect(result).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' });
    await vi.advanceTimersByTimeAsync(79);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await rejected;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('drops what comes after the deadline, also a rejection', async () => {
    let reject: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_, rejectWork) => {
      reject = rejectWork;
    });
    const result = withDeadline(work, 80, late);
    const rejected = expect(result).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' });
    await vi.advanceTimersByTimeAsync(80);
    reject(new Error('late'));
    await rejected;
  });

  it('hears an answer that was waiting while the thread was busy', async () => {
    vi.useRealTimers();
    const result = withDeadline(answerAfterTurns(4), 40, late);
    const start = performance.now();
    while (performance.now() - start < 80);
    expect(await result).toBe('answer');
  });
});

/** An answer that takes several turns of the event loop, as opening a database does. */
function answerAfterTurns(turns: number): Promise<string> {
  return new Promise((resolve) => {
    const turn = (left: number): void => {
      if (left === 0) resolve('answer');
      else setTimeout(turn, 0, left - 1);
    };
    turn(turns);
  });
}
