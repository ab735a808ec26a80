/**
 * In the worker, before the library's: its deadlines of seconds become ten times as long. A GPU that
 * the processor imitates, on a machine that is busy with other tests, takes longer than any real
 * one; without this the tests of WebGPU would measure the machine. What takes part in a time limit
 * on purpose does not use this file.
 */
const start = self.setTimeout.bind(self);

/**
 * @param {TimerHandler} job - As for `setTimeout`.
 * @param {number} [ms] - The same.
 * @param {...unknown} args - The same.
 * @returns {number} The same.
 */
function startLater(job, ms = 0, ...args) {
  return start(job, ms >= 1_000 ? ms * 10 : ms, ...args);
}

Object.defineProperty(self, 'setTimeout', { value: startLater });
