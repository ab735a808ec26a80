/**
 * The page's handle. Everything that thinks is in the worker; here is what must go on without it.
 *
 * @packageDocumentation
 */
import { ERROR_CODES, VitrineError, isVitrineError, messageOf } from '../core/errors.ts';
import type { VitrineErrorCode } from '../core/errors.ts';
import { createLog } from '../core/log.ts';
import type {
  Candidates,
  Consent,
  Feed,
  Interaction,
  Stats,
  Vitrine,
  VitrineEvents,
  VitrineOptions,
} from '../core/types.ts';
import type { WorkerOptions } from '../protocol.ts';
import { checkInteraction } from './check-interaction.ts';
import { checkOptions } from './options.ts';
import { rerankWith } from './rerank-with.ts';
import { sendable } from './sendable.ts';
import { findWorker, spawnWorker } from './spawn-worker.ts';
import { createWorkerLink } from './worker-link.ts';
import type { Job } from './worker-link.ts';

type Emit = <E extends keyof VitrineEvents>(event: E, detail: VitrineEvents[E]) => void;

const emitters = new WeakMap<Vitrine, Emit>();

/**
 * Sends an event to an instance's listeners; nothing for instances of other makers.
 *
 * @param vitrine - Made by {@link createVitrine}.
 * @param event - Name.
 * @param detail - What the listeners get.
 */
export function emit<E extends keyof VitrineEvents>(
  vitrine: Vitrine,
  event: E,
  detail: VitrineEvents[E],
): void {
  emitters.get(vitrine)?.(event, detail);
}

/** Marks a promise as handled: one that the shop does not await must not break its page. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Whether the worker is the cause, and not what was asked of it. */
function isWorkerGone(error: unknown): boolean {
  return isVitrineError(error) && error.code.startsWith('WORKER_');
}

/** The figures when no worker answers. */
function statsWithout(state: Stats['worker'], reason: VitrineErrorCode): Stats {
  return {
    device: 'none',
    devicesLeft: [],
    timings: { total: 0 },
    storage: { mode: 'memory', reason, bytes: null },
    events: 0,
    feeds: 0,
    candidates: 0,
    segments: 0,
    tensors: 0,
    worker: state,
    packId: 'none',
  };
}

/**
 * Starts Vitrine on this page.
 *
 * Resolves at once, before the worker has started. The environment never makes it reject: without a
 * worker, storage or GPU `rerank` gives the server's order with the reason, `track` does nothing,
 * `stats` says so, and the rest reject with `WORKER_UNAVAILABLE`, `WORKER_TIMEOUT` or `WORKER_LOST`.
 *
 * @param options - All may be left out.
 * @returns The page's handle.
 * @throws {@link VitrineError} `OPTION_INVALID` for a value out of its range or of the wrong type.
 * @example const vitrine = await createVitrine({ consent: 'granted' });
 */
export async function createVitrine(options: VitrineOptions = {}): Promise<Vitrine> {
  checkOptions(options);
  const { now = Date.now, workerUrl, timeoutMs, logLevel = 'warn', ...forWorker } = options;
  const clock = typeof now === 'number' ? () => now : now;
  const log = createLog(logLevel);
  const bus = new EventTarget();
  const stop = new AbortController();
  let consent = options.consent;

  const send: Emit = (event, detail) => void bus.dispatchEvent(new CustomEvent(event, { detail }));
  const warn = (code: VitrineErrorCode, detail = ''): void => {
    const message = messageOf(code) + detail;
    log.warn(code, message);
    send('error', { code, message });
  };

  const url = (): URL => findWorker(workerUrl);
  const link = createWorkerLink(
    () => spawnWorker(url()),
    (api) => {
      const settings = { ...forWorker, ...(consent && { consent }) };
      return sendable({ ...settings, baseUrl: new URL('.', url()).href } as WorkerOptions, (sent) =>
        api.init(sent, clock()),
      );
    },
  );
  const call = <T>(job: Job<T>): Promise<T> => quiet(link.call(job));

  const announce = (feed: Feed): Feed => {
    if (ERROR_CODES.includes(feed.reason as VitrineErrorCode)) warn(feed.reason as VitrineErrorCode);
    for (const { code, count, first } of feed.warnings) warn(code, ` (${count}, first: ${first})`);
    log.info(`feed: ${feed.order.length} items, ${feed.device}, ${feed.timings['total']} ms`);
    send('feed', feed);
    return feed;
  };
  const change = async (id: string, how: VitrineEvents['segment']['change']): Promise<void> => {
    await call((api) => api.setSegment(id, how));
    send('segment', { segmentId: id, change: how });
  };
  const record = async (interaction: Interaction): Promise<void> => {
    try {
      checkInteraction(interaction);
      await call((api) => sendable(interaction, (sent) => api.track(sent, clock())));
    } catch (error) {
      if (isWorkerGone(error)) return;
      if (isVitrineError(error)) warn(error.code);
      throw error;
    }
  };
  const agree = async (next: Consent): Promise<void> => {
    checkOptions({ consent: next });
    consent = next;
    await call((api) => api.setConsent(next));
  };
  const figures = async (): Promise<Stats> => {
    try {
      return { ...(await call((api) => api.stats())), worker: link.state };
    } catch (error) {
      if (!isWorkerGone(error)) throw error;
      return statsWithout(link.state, (error as VitrineError).code);
    }
  };

  const vitrine: Vitrine = {
    rerank: (candidates: Candidates, request = {}) =>
      quiet(
        rerankWith({ link, clock, timeoutMs, limit: options.maxCandidates }, candidates, request).then(
          announce,
        ),
      ),
    track: (interaction) => quiet(record(interaction)),
    explain: (itemId) => call((api) => api.explain(itemId)),
    segments: {
      list: () => call((api) => api.listSegments(clock())),
      follow: (id) => quiet(change(id, 'followed')),
      unfollow: (id) => quiet(change(id, 'unfollowed')),
      block: (id) => quiet(change(id, 'blocked')),
    },
    profile: {
      get: () => call((api) => api.profile(clock())),
      export: () => call((api) => api.exportProfile()),
      forget: (query) => call((api) => api.forget(query, clock())),
      undo: () => call((api) => api.undo()),
      erase: () => call((api) => api.erase()),
    },
    setConsent: (next) => quiet(agree(next)),
    stats: () => quiet(figures()),
    on: (event, listener) => {
      const heard = (message: Event): void => listener((message as CustomEvent).detail);
      bus.addEventListener(event, heard, { signal: stop.signal });
      return () => bus.removeEventListener(event, heard);
    },
    dispose: () => {
      link.close();
      stop.abort();
    },
  };
  emitters.set(vitrine, send);
  return vitrine;
}
