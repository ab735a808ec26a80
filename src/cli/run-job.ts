/**
 * One job, in the thread that does the work.
 *
 * @packageDocumentation
 */
import { statSync } from 'node:fs';
import { inspect } from 'node:util';
import { isVitrineError, VitrineError } from '../core/errors.ts';
import { type CommandName, type Job, outputsOf } from './arguments.ts';
import { attributes } from './attributes.ts';
import { sweepDrafts } from './drafts.ts';
import { cutSlice } from './cut-slice.ts';
import { enrich } from './enrich.ts';
import { evaluate } from './evaluate.ts';
import { indexCatalog } from './index-catalog.ts';
import { inspectPack } from './inspect-pack.ts';
import { judge } from './judge.ts';
import { reports } from './reports.ts';
import { rows } from './rows.ts';
import { simulate } from './simulate.ts';
import type { Outcome } from './supervise.ts';
import { train } from './train.ts';

const COMMANDS: Readonly<Record<CommandName, (job: Job) => Promise<string>>> = {
  train: (job) => train({ ...job, protocol: job.protocol ?? 'all' }),
  evaluate: (job) => evaluate({ ...job, protocol: job.protocol ?? 'leave-one-out' }),
  enrich,
  attributes,
  slice: cutSlice,
  pack: ({ json, pack }) => inspectPack(pack, json),
  index: indexCatalog,
  rows,
  simulate,
  reports: (job) => reports({ ...job, log: job.log ?? '' }),
  judge: (job) => judge({ ...job, log: job.log ?? '', policy: job.policy ?? '' }),
};

/** Told before the work, and not after minutes of it. */
function checkFigures({ json, report }: Job): void {
  for (const [name, path] of Object.entries({ json, report })) {
    if (path === undefined || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) continue;
    throw new VitrineError(
      'OPTION_INVALID',
      `--${name}: ${path} is a folder, expected the name of a file.`,
    );
  }
}

/** One line for bad input and for files that cannot be read or written, else the stack. */
function explain(error: unknown): string {
  if (isVitrineError(error)) return `${error.code}: ${error.message}`;
  const isSystem = error instanceof Error && 'syscall' in error;
  return isSystem ? error.message : inspect(error);
}

/**
 * Does a job. Drafts of processes that were killed at the same outputs are removed first.
 *
 * @param job - What is to be done.
 * @returns What to print; never rejects.
 */
export async function runJob(job: Job): Promise<Outcome> {
  try {
    checkFigures(job);
    for (const path of outputsOf(job)) sweepDrafts(path);
    return { isDone: true, text: await COMMANDS[job.command](job) };
  } catch (error) {
    return { isDone: false, text: explain(error) };
  }
}
