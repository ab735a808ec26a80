/**
 * The page's handle. Everything that thinks is in the worker; here is what must go on without it.
 *
 * @packageDocumentation
 */
import { isErrorCode, isVitrineError } from '../core/errors.ts';
import type { VitrineError } from '../core/errors.ts';
import type { Audit } from '../core/privacy.ts';
import type {
  Consent,
  Feed,
  Interaction,
  Segment,
  Stats,
  Vitrine,
  VitrineEvents,
  VitrineOptions,
} from '../core/types.ts';
import type { WorkerApi } from '../protocol.ts';
import { isGift, keepGift } from './gift-note.ts';
import { checkInteraction } from './check-interaction.ts';
import type { PageScope } from './default-instance.ts';
import { learnWith } from './learn-with.ts';
import { checkOptions } from './options.ts';
import { rerankWith } from './rerank-with.ts';
import { sendable } from './sendable.ts';
import { openSession, quiet } from './session.ts';
import type { Emit, Session } from './session.ts';

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

/** Whether the worker is the cause, and not what was asked of it. */
function isWorkerGone(error: unknown): error is VitrineError {
  return isVitrineError(error) && error.code.startsWith('WORKER_');
}

/** Tells the log and the listeners of a feed. */
function announce({ log, send, warn }: Session, feed: Feed): Feed {
  const { reason, warnings } = feed;
  const isTold = warnings.some(({ code }) => code === reason);
  if (!isTold && isErrorCode(reason)) warn(reason);
  for (const { code, count, first } of warnings) warn(code, ` (${count}, first: ${first})`);
  log.info(`feed: ${feed.device}, ${feed.timings['total']} ms`);
  send('feed', feed);
  return feed;
}

/** Records an interaction; without a worker there is nothing to be done, and nothing to break. */
async function record(session: Session, interaction: Interaction): Promise<void> {
  try {
    checkInteraction(interaction);
    await session.call((api) => sendable(interaction, (sent) => api.track(sent, session.clock())));
  } catch (error) {
    if (isWorkerGone(error)) return;
    if (isVitrineError(error)) session.warn(error.code);
    throw error;
  }
}

/** Makes a method of the handle; what is handed over beside its one argument is not passed on. */
type Ask = <T>(method: keyof WorkerApi, takesOne?: 1) => (input?: unknown) => Promise<T>;

/** The worker's methods take the page's clock last. */
function askWith({ call, clock }: Session): Ask {
  return <T>(method: keyof WorkerApi, takesOne?: 1) =>
    (input?: unknown): Promise<T> =>
      call((api) =>
        (api[method] as (...values: unknown[]) => Promise<T>)(takesOne ? input : clock(), clock()),
      );
}

/** The engine's figures; those of a stopped engine when no worker answers. */
async function figures(ask: Ask, { link }: Session): Promise<Stats> {
  try {
    const stats = await ask<Omit<Stats, 'worker'>>('stats')();
    return { ...stats, worker: link.state };
  } catch (error) {
    if (!isWorkerGone(error)) throw error;
    return {
      device: 'none',
      devicesLeft: [],
      timings: { total: 0 },
      storage: { mode: 'memory', reason: error.code, bytes: null },
      events: 0,
      feeds: 0,
      candidates: 0,
      scored: 0,
      segments: 0,
      tensors: 0,
      worker: link.state,
      packId: 'none',
    };
  }
}

/** Changes consent, also for a worker that is started later. */
async function agree(session: Session, consent: Consent, by?: string): Promise<void> {
  checkOptions({ consent, by });
  session.agreed.consent = consent;
  await session.call((api) => api.setConsent(consent, by));
}

/** The library's part of the handle. */
function segmentsOf({ call, clock, link, send }: Session, ask: Ask): Vitrine['segments'] {
  const change =
    (how: 'followed' | 'unfollowed' | 'blocked') =>
    (segmentId: string): Promise<void> =>
      quiet(
        call((api) => api.setSegment(segmentId, how)).then(() =>
          send('segment', { segmentId, change: how }),
        ),
      );
  const made =
    (name: 'generate' | 'fromItems') =>
    (wanted: unknown): Promise<Segment> =>
      quiet(
        // The autoencoder may be trained for it.
        link
          .call((api) => api[name](wanted as never, clock()), 30_000)
          .then((segment) => {
            send('segment', { segmentId: segment.id, change: 'generated' });
            return segment;
          }),
      );
  return {
    list: ask('listSegments'),
    generate: made('generate'),
    fromItems: made('fromItems'),
    follow: change('followed'),
    unfollow: change('unfollowed'),
    block: change('blocked'),
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
  const session = openSession(options);
  const ask = askWith(session);
  const vitrine: Vitrine = {
    rerank: (candidates, request = {}) =>
      quiet(
        rerankWith(session, options, candidates, request).then((feed) => announce(session, feed)),
      ),
    track: (interaction) => quiet(record(session, interaction)),
    explain: ask('explain', 1),
    inspect: ask('inspect', 1) as never,
    segments: segmentsOf(session, ask),
    profile: {
      get: ask('profile'),
      export: ask('exportProfile', 1) as never,
      import: (capsule, request) =>
        quiet(sendable(capsule, (sent) => session.call((api) => api.importProfile(sent, request)))),
      set: (wanted) => quiet(ask('setProfile', 1)(wanted).then(() => keepGift(wanted.gift))),
      forget: ask('forget', 1),
      undo: ask('undo'),
      erase: ask('erase'),
    },
    learn: {
      now: (request) => quiet(learnWith(session, request)),
      status: ask('learnStatus'),
      rollback: ask('learnRollback', 1),
    },
    setConsent: (consent, by) => quiet(agree(session, consent, by)),
    audit: () => ask<Audit>('audit', 1)(isGift()),
    stats: () => quiet(figures(ask, session)),
    on: session.on,
    dispose: session.dispose,
  };
  emitters.set(vitrine, session.send);
  ((globalThis as PageScope).vitrine_queue ??= []).made = vitrine;
  return vitrine;
}
