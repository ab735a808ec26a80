/**
 * What one instance consists of on the page: the line to the worker, the listeners, the log.
 *
 * @packageDocumentation
 */
import { addMessages, messageOf } from '../core/errors.ts';
import type { VitrineErrorCode } from '../core/errors.ts';
import { createLog } from '../core/log.ts';
import type { Log } from '../core/log.ts';
import type { LearnResult } from '../core/learn.ts';
import type { Consent, VitrineEvents, VitrineOptions } from '../core/types.ts';
import type { Told, WorkerOptions } from '../protocol.ts';
import { isGift } from './gift-note.ts';
import { sendable } from './sendable.ts';
import { findWorker, spawnWorker } from './spawn-worker.ts';
import { createWorkerLink } from './worker-link.ts';
import type { Job, WorkerLink } from './worker-link.ts';

/** Tells the listeners of an event. */
export type Emit = <E extends keyof VitrineEvents>(event: E, detail: VitrineEvents[E]) => void;

/** The parts of one instance. */
export interface Session {
  readonly link: WorkerLink;
  readonly log: Log;
  readonly send: Emit;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Consent in force; a restarted worker gets it. */
  readonly agreed: { consent?: Consent };
  /** Calls the worker; see {@link WorkerLink}. */
  readonly call: <T>(job: Job<T>) => Promise<T>;
  /** Tells console and `error` listeners of something that was mended or fell back. */
  readonly warn: (code: VitrineErrorCode, detail?: string) => void;
  /** As `Vitrine.on`. */
  readonly on: <E extends keyof VitrineEvents>(
    event: E,
    listener: (detail: VitrineEvents[E]) => void,
  ) => () => void;
  /** As `Vitrine.dispose`. */
  readonly dispose: () => void;
}

/**
 * Marks a promise as handled: one that the shop does not await must not break its page.
 *
 * @param promise - Any.
 * @returns The same promise.
 */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Passes on what the worker tells without being asked. */
function listening(worker: Worker, send: Emit): Worker {
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<{ told?: Told } | null>) =>
      data?.told && send(...(data.told as ['learn', LearnResult])),
  );
  return worker;
}

/** Not in TypeScript's library. */
interface Powered {
  getBattery: () => Promise<{ readonly charging: boolean; readonly level: number }>;
}

/**
 * Starts the worker and the listeners of one instance.
 *
 * @param options - Checked options.
 * @returns Its parts. Never throws.
 */
export function openSession(options: VitrineOptions): Session {
  const {
    now = Date.now,
    workerUrl,
    timeoutMs: _,
    logLevel = 'warn',
    pack,
    ...forWorker
  } = options;
  const clock = typeof now === 'number' ? () => now : now;
  const log = createLog(logLevel);
  const bus = new EventTarget();
  const stop = new AbortController();
  const agreed: Session['agreed'] = {};
  const link = createWorkerLink(
    () => listening(spawnWorker(findWorker(workerUrl)), (...told) => session.send(...told)),
    (api) => {
      // Not `new URL('.', …)`: that throws for a worker given as a blob.
      const baseUrl = findWorker(workerUrl).href.replace(/[^/?#]*([?#].*)?$/, '');
      const settings: WorkerOptions = {
        ...forWorker,
        ...agreed,
        gift: isGift(),
        ...(pack && { pack: `${pack}` }),
        baseUrl,
        pageUrl: document.baseURI,
      };
      // Chromium tells pages, not workers. Others that do not, or may not, are no fault.
      Promise.resolve(navigator as unknown as Powered)
        .then((device) => device.getBattery())
        .then(({ charging, level }) => api.power(charging || level))
        .catch(() => undefined);
      return sendable(settings, (sent) => api.init(sent, clock())).then(addMessages);
    },
  );
  const session: Session = {
    link,
    log,
    clock,
    agreed,
    send: (event, detail) => void bus.dispatchEvent(new CustomEvent(event, { detail })),
    call: (job) => quiet(link.call(job)),
    warn(code, detail = '') {
      const message = messageOf(code) + detail;
      log.warn(code, message);
      session.send('error', { code, message });
    },
    on(event, listener) {
      const heard = (message: Event): void => listener((message as CustomEvent).detail);
      // Of the options it reads `signal`, which the controller has.
      bus.addEventListener(event, heard, stop);
      return () => bus.removeEventListener(event, heard);
    },
    dispose() {
      link.close();
      stop.abort();
    },
  };
  // Taken back in another tab: a worker that is started anew must know.
  session.on('consent', (taken) => Object.assign(agreed, taken));
  // Hidden, or back again: a page may go from here without a word.
  addEventListener('visibilitychange', () => void session.call((api) => api.rest()), stop);
  return session;
}
