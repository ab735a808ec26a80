/**
 * Simulated visitors in several threads: each plays every n-th visitor.
 *
 * @packageDocumentation
 */
import { cpus } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { mergeTallies, type Tally } from '../simulate/tally.ts';
import { playSlice, type Slice } from './simulate-visits.ts';

/** Fewer visitors than this per thread are not worth reading the catalog once more. */
const MIN_VISITORS = 20;

/** Milliseconds between two words of progress from a thread. */
const TELL_MS = 200;

/** What a thread is started with. */
export interface SliceData {
  /** Its part of the work. */
  readonly slice: Slice;
}

/** What a thread says: how many visitors are through, and at the end the sums. */
type SliceMessage = { readonly done: number } | { readonly tally: Tally };

/**
 * Whether a thread was started to play a slice.
 *
 * @param data - Its `workerData`.
 * @returns True for {@link SliceData}.
 */
export function isSliceData(data: unknown): data is SliceData {
  return typeof data === 'object' && data !== null && 'slice' in data;
}

/**
 * What a thread does.
 *
 * @param data - Its part of the work.
 */
export function answerSlice(data: SliceData): void {
  let done = 0;
  let told = 0;
  const say = (message: SliceMessage): void => parentPort?.postMessage(message);
  const tally = playSlice(data.slice, () => {
    done++;
    const now = performance.now();
    if (now - told < TELL_MS) return;
    told = now;
    say({ done });
  });
  say({ tally });
}

/** Only the built file can start threads: Node does not run our sources. */
function numThreads(visitors: number): number {
  if (!import.meta.url.endsWith('.js')) return 1;
  return Math.max(1, Math.min(cpus().length, Math.floor(visitors / MIN_VISITORS)));
}

function playInThread(slice: Slice, onDone: (done: number) => void): Promise<Tally> {
  const data: SliceData = { slice };
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: SliceMessage) => {
      if ('tally' in message) resolve(message.tally);
      else onDone(message.done);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('A thread of the simulation stopped.')));
  });
}

/**
 * Plays all visitors.
 *
 * @param whole - Without the two numbers that split it.
 * @param report - Told how many visitors are through.
 * @returns Sums; the same for any number of threads, but for rounding.
 */
export async function playAll(
  whole: Omit<Slice, 'first' | 'step'>,
  report: (done: number, total: number) => void,
): Promise<Tally> {
  const { visitors } = whole;
  const step = numThreads(visitors);
  if (step === 1) {
    let done = 0;
    return playSlice({ ...whole, first: 0, step }, () => report(++done, visitors));
  }
  const done = new Int32Array(step);
  const parts = Array.from({ length: step }, async (_, first) =>
    playInThread({ ...whole, first, step }, (count) => {
      done[first] = count;
      // The last word is the caller's: a stage ends when all is put together.
      report(
        Math.min(
          visitors - 1,
          done.reduce((sum, one) => sum + one, 0),
        ),
        visitors,
      );
    }),
  );
  const tally = mergeTallies(await Promise.all(parts));
  report(visitors, visitors);
  return tally;
}
