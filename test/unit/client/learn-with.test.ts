import { describe, expect, it, vi } from 'vitest';
import { learnWith } from '../../../src/client/learn-with.ts';
import type { Session } from '../../../src/client/session.ts';
import type { WorkerApi } from '../../../src/protocol.ts';

/** A session whose worker learns until it is told to end. */
function sessionOf(): { session: Pick<Session, 'link' | 'clock' | 'on'>; aborts: () => number } {
  const learnAbort = vi.fn(async () => {});
  const api = { learn: async () => ({ verdict: 'kept' }), learnAbort } as unknown as WorkerApi;
  const link = {
    state: 'running' as const,
    call: async <T>(job: (worker: WorkerApi) => Promise<T>): Promise<T> => job(api),
    close: () => {},
  };
  const session = { link, clock: () => 0, on: () => () => {} };
  return { session, aborts: () => learnAbort.mock.calls.length };
}

describe('a call of learn.now', () => {
  it('is ended by its signal, also by one that was given up before', async () => {
    const { aborts, session } = sessionOf();
    await learnWith(session, { signal: AbortSignal.abort() });
    expect(aborts()).toBe(1);
    const stop = new AbortController();
    const learning = learnWith(session, { signal: stop.signal });
    stop.abort();
    await learning;
    expect(aborts()).toBe(2);
  });

  it('lets go of its signal, so that a later call goes on', async () => {
    const { aborts, session } = sessionOf();
    const stop = new AbortController();
    await learnWith(session, { signal: stop.signal });
    void learnWith(session);
    stop.abort();
    expect(aborts()).toBe(0);
  });
});
