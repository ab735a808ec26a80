/**
 * One call of `learn.now`: progress in between, an end by signal, and more patience than usual.
 *
 * @packageDocumentation
 */
import type { LearnRequest, LearnResult } from '../core/learn.ts';
import type { Session } from './session.ts';

/** The worker's budget is 20 seconds of work; feeds in between make it wait. */
const PATIENCE_MS = 120_000;

/**
 * Has the worker learn.
 *
 * @param session - The instance.
 * @param request - As for `Vitrine.learn.now`.
 * @returns What came of it; an aborted call resolves with the verdict `aborted`.
 * @throws {@link VitrineError} `WORKER_…` or `DISPOSED`, as a rejection.
 */
export async function learnWith(
  session: Pick<Session, 'link' | 'clock' | 'on'>,
  request: LearnRequest = {},
): Promise<LearnResult> {
  const { link, clock, on } = session;
  const { onProgress = (): void => {}, signal } = request;
  // A rejection means that there is nothing left to end.
  const abort = (): void => void link.call((api) => api.learnAbort()).catch(() => {});
  const stop = on('learning', onProgress);
  const learning = link.call((api) => api.learn(clock()), PATIENCE_MS);
  // After the call: what has not begun cannot be ended.
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return learning.finally(() => {
    stop();
    // The signal may outlive the call, and must not end a later one.
    signal?.removeEventListener('abort', abort);
  });
}
