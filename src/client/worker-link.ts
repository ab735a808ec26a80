/**
 * Calls to the worker that always settle: Comlink alone waits for ever on a dead one.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { VitrineErrorCode } from '../core/errors.ts';
import type { Stats } from '../core/types.ts';
import type { WorkerApi } from '../protocol.ts';
import { remoteCalls } from './remote-calls.ts';

/** What is asked of the worker. */
export type Job<T> = (api: WorkerApi) => Promise<T>;

/** The page's end of the line. */
export interface WorkerLink {
  /** Whether the worker answers, as far as is known. */
  readonly state: Stats['worker'];
  /**
   * Posts a job to the worker, starting that if need be; one that is not ready does it later.
   *
   * Rejects with `WORKER_TIMEOUT` after `timeoutMs` (default 10,000), `WORKER_UNAVAILABLE` when the
   * worker did not start, `WORKER_LOST` when it stopped, `DISPOSED` after `close`, else with what
   * the worker threw.
   */
  call<T>(job: Job<T>, timeoutMs?: number): Promise<T>;
  /** Stops the worker; all calls reject with `DISPOSED`. */
  close(): void;
}

/** Time for one call, and for the worker to start. */
const DEADLINE_MS = 10_000;

/** While the worker has something to answer, it is asked so often whether it lives. */
const BEAT_MS = 500;

/** A worker that is silent for so many beats is dead: a long list holds a slow phone for seconds. */
const MOST_MISSED = 16;

/** One that had nothing to do answers at once: it is dead after this many. */
const MOST_MISSED_IDLE = 3;

/** A started worker. */
interface Running {
  readonly worker: Worker;
  readonly api: WorkerApi;
  isReady: boolean;
  /** Beats since it was last heard of. */
  missed: number;
}

/** The state behind a {@link WorkerLink}. */
class Link implements WorkerLink {
  readonly #spawn: () => Worker;
  readonly #init: Job<void>;
  readonly #pending = new Set<(error: VitrineError) => void>();
  #running: Running | undefined;
  #over: VitrineErrorCode | undefined;
  #restarts = 2;
  #pulse: ReturnType<typeof setInterval> | undefined;

  constructor(spawn: () => Worker, init: Job<void>) {
    this.#spawn = spawn;
    this.#init = init;
    this.#start();
  }

  get state(): Stats['worker'] {
    if (!this.#over) return 'running';
    return this.#over === 'WORKER_UNAVAILABLE' ? 'unavailable' : 'lost';
  }

  call<T>(job: Job<T>, timeoutMs: number = DEADLINE_MS): Promise<T> {
    if (!this.#over && !this.#running) this.#start();
    const running = this.#running;
    if (!running) return Promise.reject(new VitrineError(this.#over ?? 'WORKER_LOST'));
    if (this.#pending.size < 1 && running.missed < 1) {
      running.missed = MOST_MISSED - MOST_MISSED_IDLE;
      running.worker.postMessage(0);
    }
    // Posted at once, behind `init`: a page may be left before the worker is ready.
    return this.#race(job(running.api), timeoutMs);
  }

  close(): void {
    this.#stop('DISPOSED');
  }

  /** Settles with the answer, with the worker's end, or after the time. */
  #race<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reject: (error: unknown) => void;
    this.#pulse ??= setInterval(() => this.#beat(), BEAT_MS);
    return new Promise<T>((resolve, fail) => {
      reject = fail;
      this.#pending.add(reject);
      timer = setTimeout(
        () => fail(new VitrineError('WORKER_TIMEOUT', `It had ${timeoutMs} ms.`)),
        timeoutMs,
      );
      answer.then(resolve, fail);
    }).finally(() => {
      clearTimeout(timer);
      this.#pending.delete(reject);
    });
  }

  /** Goes on until nothing is asked, and the worker was heard of since. */
  #beat(): void {
    const running = this.#running;
    if (running && running.missed + this.#pending.size > 0) {
      if (!running.isReady) return;
      // The worker sends it back.
      if (running.missed++ < MOST_MISSED) running.worker.postMessage(0);
      else this.#crash();
    } else {
      clearInterval(this.#pulse);
      this.#pulse = undefined;
    }
  }

  #start(): void {
    try {
      const worker = this.#spawn();
      const api = remoteCalls(worker);
      const running = { worker, api, isReady: false, missed: 0 };
      const crash = (event: Partial<Event>): void => {
        // Otherwise the page's own window.onerror would hear of it.
        event.preventDefault?.();
        if (this.#running === running) this.#crash();
      };
      worker.addEventListener('error', crash);
      worker.addEventListener('messageerror', crash);
      worker.addEventListener('message', () => (running.missed = 0));
      this.#running = running;
      this.#race(this.#init(api), DEADLINE_MS).then(() => (running.isReady = true), crash);
    } catch {
      // Workers are forbidden here; callers are told by the code.
      this.#stop('WORKER_UNAVAILABLE');
    }
  }

  /** The worker is of no more use: forget it; the next call starts another, twice. */
  #crash(): void {
    const wasReady = this.#running?.isReady;
    const code = wasReady || this.#restarts < 2 ? 'WORKER_LOST' : 'WORKER_UNAVAILABLE';
    this.#stop(code, !wasReady || this.#restarts-- < 1);
  }

  #stop(code: VitrineErrorCode, isOver = true): void {
    if (isOver) this.#over = code;
    this.#running?.worker.terminate();
    this.#running = undefined;
    for (const reject of this.#pending) reject(new VitrineError(code));
  }
}

/**
 * Starts the worker and opens the line to it. Never throws: a failure is told by the calls.
 *
 * After a crash the next call starts a new worker, twice at most; after that the link is `lost` for
 * good. A worker that is silent counts as crashed: after 1.5 s when it had nothing to do before the
 * call, after 8 s in the middle of work, which may be long.
 *
 * @param spawn - Makes the worker; may throw.
 * @param init - First call to each new worker, which has 10 seconds for it and keeps the others
 *   waiting.
 * @returns The link.
 */
export function createWorkerLink(spawn: () => Worker, init: Job<void>): WorkerLink {
  return new Link(spawn, init);
}
