/** The thread of one kind; its counter tells the main thread that runs go on. */
import { parentPort, workerData } from 'node:worker_threads';

const { counter, file, job } = workerData;
const { runKind } = await import(file);
const outcome = await runKind(job, (/** @type {number} */ run) => {
  Atomics.store(counter, 0, run + 1);
});
parentPort?.postMessage(outcome);
