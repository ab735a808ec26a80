/**
 * The command line. The same file is the main thread, which waits, and the one that works.
 *
 * @packageDocumentation
 */
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { addMessages, isVitrineError } from '../core/errors.ts';
import { MESSAGES } from '../core/messages.ts';
import { type Job, outputsOf, readArguments, readCopyArguments, USAGE } from './arguments.ts';
import { copy } from './copy.ts';
import { sweepDrafts } from './drafts.ts';
import { runJob } from './run-job.ts';
import { answerSlice, isSliceData } from './simulate-threads.ts';
import { type Outcome, supervise } from './supervise.ts';

/** Folder of the package: the built command line lies in its dist/. */
const HOME = fileURLToPath(new URL('..', import.meta.url));

async function run(words: readonly string[]): Promise<Outcome> {
  try {
    const toCopy = readCopyArguments(words);
    if (toCopy !== null) return { isDone: true, text: await copy(toCopy, HOME) };
    const job = readArguments(words);
    if (job === null) return { isDone: true, text: USAGE };
    const sweep = (): void => outputsOf(job).forEach(sweepDrafts);
    return await supervise({ url: new URL(import.meta.url), job, sweep });
  } catch (error) {
    if (!isVitrineError(error)) throw error;
    return { isDone: false, text: `${error.code}: ${error.message}` };
  }
}

addMessages(MESSAGES);
if (isMainThread) {
  const { isDone, text } = await run(process.argv.slice(2));
  if (isDone) console.log(text);
  else console.error(text);
  process.exitCode = isDone ? 0 : 1;
} else {
  const data: unknown = workerData;
  if (isSliceData(data)) answerSlice(data);
  else parentPort?.postMessage(await runJob(data as Job));
}
