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

/** A started worker. */
interface Running {
  readonly worker: Worker;
  readonly api: WorkerApi;
  isReady: boolean;
}

/** The state behind a {@link WorkerLink}. */
class Link implements WorkerLink {
  readonly #spawn: () => Worker;
  readonly #init: Job<void>;
  readonly #pending = new Set<(error: VitrineError) => void>();
  #running: Running | undefined;
  #over: VitrineErrorCode | undefined;
  #restarts = 1;
  #isLate = false;

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
    // Posted at once, behind `init`: a page may be left before the worker is ready.
    return this.#race(job(running.api), timeoutMs);
  }

  close(): void {
    this.#end('DISPOSED');
  }

  /** Settles with the answer, with the worker's end, or after the time. */
  #race<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reject: (error: unknown) => void;
    const wasLate = this.#isLate;
    return new Promise<T>((resolve, fail) => {
      reject = fail;
      this.#pending.add(reject);
      timer = setTimeout(() => {
        fail(new VitrineError('WORKER_TIMEOUT', `It had ${timeoutMs} ms.`));
        // One late answer is a slow device; another, asked for after that, is a worker that hangs.
        if (wasLate && this.#running?.isReady) this.#crash();
        else this.#isLate = true;
      }, timeoutMs);
      answer.then((value) => {
        this.#isLate = false;
        resolve(value);
      }, fail);
    }).finally(() => {
      clearTimeout(timer);
      this.#pending.delete(reject);
    });
  }

  #start(): void {
    try {
      const worker = this.#spawn();
      const api = remoteCalls(worker);
      const crash = (event: Event): void => {
        // Otherwise the page's own window.onerror would hear of it.
        event.preventDefault();
        if (this.#running?.worker === worker) this.#crash();
      };
      worker.addEventListener('error', crash);
      worker.addEventListener('messageerror', crash);
      const running = { worker, api, isReady: false };
      this.#running = running;
      this.#race(this.#init(api), DEADLINE_MS).then(
        () => (running.isReady = true),
        () => this.#running === running && this.#crash(),
      );
    } catch {
      // Workers are forbidden here; callers are told by the code.
      this.#end('WORKER_UNAVAILABLE');
    }
  }

  /** The worker is of no more use: forget it; the next call starts another, once. */
  #crash(): void {
    const wasReady = this.#running?.isReady;
    if (wasReady && this.#restarts-- > 0) this.#stop('WORKER_LOST');
    else this.#end(wasReady || this.#restarts < 1 ? 'WORKER_LOST' : 'WORKER_UNAVAILABLE');
  }

  #end(code: VitrineErrorCode): void {
    this.#over = code;
    this.#stop(code);
  }

  #stop(code: VitrineErrorCode): void {
    this.#running?.worker.terminate();
    this.#running = undefined;
    this.#isLate = false;
    for (const reject of this.#pending) reject(new VitrineError(code));
  }
}

/**
 * Starts the worker and opens the line to it. Never throws: a failure is told by the calls.
 *
 * After a crash the next call starts a new worker, once; after that the link is `lost` for good.
 *
 * @param spawn - Makes the worker; may throw.
 * @param init - First call to each new worker, which has 10 seconds for it and keeps the others
 *   waiting.
 * @returns The link.
 */
export function createWorkerLink(spawn: () => Worker, init: Job<void>): WorkerLink {
  return new Link(spawn, init);
}
