/** Runs one kind in a thread of its own, which can be ended when a run never ends by itself. */
import { Worker } from 'node:worker_threads';
import { THREAD_FILE } from './build.mjs';

/** @typedef {{ kind: string, runs: number, seed: number, path?: string }} Job */
/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string} report - Why, on what input, with seed and path; empty when nothing failed.
 */

/**
 * A run takes milliseconds, and the largest inputs a second; what takes longer hangs, or takes time
 * that grows faster than the input.
 */
export const DEADLINE_MS = 20_000;

const CHECK_MS = 500;

/**
 * @param {number} run - From 0.
 * @param {string} what
 * @returns {Outcome} A run that came to no end.
 */
export function unfinished(run, what) {
  return { passed: run, failed: 1, report: `${what}\n{ path: "${run}" }` };
}

/**
 * @param {Job} job
 * @returns {Promise<Outcome>} Never rejects.
 */
export function fuzzInThread(job) {
  // [0]: number of the run from 1; it stands still while a run lasts.
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('runner.mjs', import.meta.url), {
    workerData: { job, counter, file: THREAD_FILE },
  });
  return new Promise((resolve) => {
    let seen = 0;
    let since = performance.now();
    /** @param {Outcome} outcome */
    const end = (outcome) => {
      clearInterval(watch);
      resolve(outcome);
      void worker.terminate();
    };
    const runNow = () => Math.max(0, Atomics.load(counter, 0) - 1);
    const watch = setInterval(() => {
      const now = Atomics.load(counter, 0);
      if (now !== seen) {
        seen = now;
        since = performance.now();
      } else if (performance.now() - since > DEADLINE_MS) {
        end(unfinished(runNow(), `A run took more than ${DEADLINE_MS / 1000} s.`));
      }
    }, CHECK_MS);
    worker.on('message', end);
    worker.on('error', (error) => end(unfinished(runNow(), String(error?.stack ?? error))));
    // Nothing is left that could go on, and yet a promise waits.
    worker.on('exit', () => end(unfinished(runNow(), 'A run waits for what never comes.')));
  });
}
