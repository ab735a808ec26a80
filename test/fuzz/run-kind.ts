/** Runs one kind of fuzzing with fast-check, and judges what all runs must leave behind: nothing. */
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds.ts';
import { expectCleanPrototypes } from './prototypes.ts';

/** What is to be run. */
export interface Job {
  readonly kind: keyof typeof KINDS;
  readonly runs: number;
  readonly seed: number;
  /** Of fast-check: the run of a report, to see it again. */
  readonly path?: string;
}

/** What came out. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Input, reason, seed and path of the failure. */
  readonly report: string;
}

/** Why, on what, and how to see it again. */
function reportOf(told: fc.RunDetails<[unknown]>): string {
  const { errorInstance: error } = told;
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${why.split('\n').slice(0, 6).join('\n')}\n${fc.defaultReportMessage(told) ?? ''}`;
}

const strays: unknown[] = [];
process.on('unhandledRejection', (reason) => strays.push(reason));
process.on('uncaughtException', (error) => strays.push(error));

/**
 * Runs a kind until its first failure, which is then made as small as it can be.
 *
 * @param job - See {@link Job}.
 * @param begins - Told before each run, so that one that never ends is noticed.
 */
export async function runKind(job: Job, begins: (run: number) => void): Promise<Outcome> {
  const { inputs, run } = KINDS[job.kind] as Kind<unknown>;
  let numRuns = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    begins(numRuns++);
    await run(input);
    expectCleanPrototypes();
    // Node tells of a rejection that nobody awaits once the queue of promises is empty.
    await setImmediate();
    if (strays.length > 0) throw strays.splice(0)[0];
  });
  const { path, runs: asked, seed } = job;
  const told = await fc.check(property, {
    seed,
    numRuns: asked,
    ...(path === undefined ? {} : { path }),
  });
  const failed = told.failed ? 1 : 0;
  return {
    passed: told.numRuns - failed,
    failed,
    report: told.failed ? reportOf(told) : '',
  };
}
