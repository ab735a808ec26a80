/**
 * The main thread of the command line. It waits, so that Ctrl-C is heard at once: the work itself,
 * which holds its thread for minutes, is done in another one.
 *
 * @packageDocumentation
 */
import { Worker } from 'node:worker_threads';
import type { Job } from './arguments.ts';

/** What the working thread says when it is through. */
export interface Outcome {
  /** Whether the job was done. */
  readonly isDone: boolean;
  /** What to print: on the output, else among the errors. */
  readonly text: string;
}

/** Exit codes by signal: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What {@link supervise} needs. */
export interface SuperviseOptions {
  /** The file that starts the thread: the command line itself. */
  readonly url: URL;
  /** What is to be done. */
  readonly job: Job;
  /** Removes what is unfinished; called when the thread has stopped, whatever stopped it. */
  readonly sweep: () => void;
}

/**
 * Runs a job in a thread of its own.
 *
 * On SIGINT, SIGTERM and SIGHUP the thread is stopped where it is, what it was writing is removed,
 * and the process exits with 130, 143 or 129.
 *
 * @param options - See {@link SuperviseOptions}.
 * @returns What it said; a thread that dies without a word is not done.
 */
export async function supervise(options: SuperviseOptions): Promise<Outcome> {
  const { job, sweep, url } = options;
  const worker = new Worker(url, { workerData: job });
  let isStopping = false;
  const stop = async (signal: keyof typeof EXIT_CODES): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await worker.terminate();
    sweep();
    process.stderr.write(`\n${signal}: stopped, nothing unfinished is left.\n`);
    process.exit(EXIT_CODES[signal]);
  };
  for (const signal of Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]) {
    process.on(signal, () => void stop(signal));
  }
  const outcome = await outcomeOf(worker);
  // While it is being stopped, the process ends there and not here.
  if (isStopping) return await new Promise<never>(() => {});
  sweep();
  return outcome;
}

function outcomeOf(worker: Worker): Promise<Outcome> {
  return new Promise((resolve) => {
    let outcome: Outcome = { isDone: false, text: 'The working thread stopped.' };
    worker.on('message', (message: Outcome) => {
      outcome = message;
    });
    worker.on('error', (error) => {
      outcome = { isDone: false, text: error.stack ?? String(error) };
    });
    worker.on('exit', () => resolve(outcome));
  });
}
