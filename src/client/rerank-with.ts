/**
 * One rerank: hand over, wait within bounds, and fall back to the server's order.
 *
 * @packageDocumentation
 */
import { VitrineError, isVitrineError, messageOf } from '../core/errors.ts';
import type { Candidates, Feed, RerankOptions, VitrineOptions } from '../core/types.ts';
import type { RerankRequest } from '../protocol.ts';
import { isUrl, itemsById } from './candidates.ts';
import { checkOptions } from './options.ts';
import { sendable } from './sendable.ts';
import { serverFeed } from './server-feed.ts';
import type { Session } from './session.ts';

/** Puts the ids that were not sent at the end of the order, and says so. */
function withRest(feed: Feed, rest: readonly unknown[]): Feed {
  const order = new Set(feed.order);
  const added = [...itemsById(rest).keys()].filter((id) => !order.has(id));
  const [first] = added;
  if (!first) return feed;
  const warning = { code: 'CANDIDATES_TOO_MANY', count: added.length, first } as const;
  return {
    ...feed,
    order: [...feed.order, ...added],
    warnings: [...feed.warnings, warning],
  };
}

/** Rejects with `ABORTED` when the signal says so before the promise settles. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new VitrineError('ABORTED'));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
}

/**
 * Ranks candidates in the worker; gives the server's order when that fails.
 *
 * Of an array only the first `maxCandidates` items are sent: cloning 100,000 would hold the page for a
 * quarter of a second. The ids of the others follow in `order`.
 *
 * @param session - The instance.
 * @param settings - The instance's options.
 * @param candidates - As for `Vitrine.rerank`.
 * @param options - As for `Vitrine.rerank`.
 * @returns The feed.
 * @throws {@link VitrineError} `ABORTED`, `DISPOSED` or `OPTION_INVALID`, as a rejection.
 */
export async function rerankWith(
  session: Pick<Session, 'link' | 'clock'>,
  settings: VitrineOptions,
  candidates: Candidates,
  options: RerankOptions,
): Promise<Feed> {
  const { link, clock } = session;
  // A device asked for by name waits for TensorFlow.js, and a software GPU for its first shader.
  const isSlow = /^[wc]/.test(settings.device ?? '');
  const { timeoutMs = isSlow ? 15_000 : 4_000, maxCandidates = 5_000 } = settings;
  const { rows, rowSize, layout, signal, context, preview } = options;
  checkOptions({ rows, rowSize, layout });
  const request: RerankRequest = {
    ...(rows && { rows }),
    ...(rowSize && { rowSize }),
    ...(layout === 'list' && { layout, rows: 1, rowSize: 1 / 0 }),
    ...(context?.itemId && { contextItemId: context.itemId }),
    ...(preview && { preview }),
  };
  const rank = async (): Promise<Feed> => {
    try {
      const rest = Array.isArray(candidates) ? candidates.slice(maxCandidates) : [];
      const head = isUrl(candidates)
        ? new URL(candidates, document.baseURI).href
        : rest.length > 0
          ? (candidates as readonly unknown[]).slice(0, maxCandidates)
          : candidates;
      const feed = await link.call(
        (api) => sendable(head, (sent) => api.rerank(sent, request, clock())),
        timeoutMs,
      );
      return rest.length > 0 ? withRest(feed, rest) : feed;
    } catch (error) {
      const { code, message } = isVitrineError(error) ? error : new VitrineError('INTERNAL');
      if (code === 'DISPOSED') throw error;
      // What the general sentence leaves out: where a list is broken, which status came.
      const first = message.slice(messageOf(code).length + 1);
      return serverFeed(candidates, request, code, first ? [{ code, count: 1, first }] : []);
    }
  };
  return abortable(rank(), signal);
}
