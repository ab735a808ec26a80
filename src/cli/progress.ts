/**
 * Progress of long work on the terminal, with the time left.
 *
 * @packageDocumentation
 */
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { isMainThread } from 'node:worker_threads';

/** Tells how far a stage is. */
export type Report = (done: number, total: number) => void;

/** Where progress goes. */
export interface ProgressOutput {
  /** Whether a line can be overwritten. */
  readonly isTTY: boolean;
  /** @returns Nothing of use; must not wait for the event loop, which long work does not turn. */
  write(text: string): unknown;
}

/** Least milliseconds between two reports of one stage: on a terminal, and in a file. */
const INTERVAL_MS = { terminal: 250, file: 10_000 } as const;

const ERASE = '\r\u001b[K';

/** A thread's `process.stderr` is sent on by the event loop: too late for a busy thread. */
function writeNow(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // A reader that is gone or slow loses a line of progress; the work goes on.
  }
}

const STDERR: ProgressOutput = isMainThread
  ? { isTTY: isatty(2), write: (text) => process.stderr.write(text) }
  : { isTTY: isatty(2), write: writeNow };

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/**
 * Starts a stage.
 *
 * @param name - What is being done.
 * @param out - Where it is told; a terminal's line is overwritten four times a second, a file gets
 *   a line each ten seconds and one at the end.
 * @param clock - Monotonic milliseconds.
 * @returns Call it with done and total; the first call with both equal ends the stage.
 */
export function startStage(
  name: string,
  out: ProgressOutput = STDERR,
  clock: () => number = (): number => performance.now(),
): Report {
  const start = clock();
  let last = out.isTTY ? -Infinity : start;
  let isOver = false;
  return (done, total) => {
    if (isOver) return;
    const now = clock();
    const spent = now - start;
    if (done >= total) {
      isOver = true;
      out.write(`${out.isTTY ? ERASE : ''}${name}: ${inWords(spent)}\n`);
      return;
    }
    if (now - last < INTERVAL_MS[out.isTTY ? 'terminal' : 'file']) return;
    last = now;
    const left = done > 0 ? `, ${inWords((spent * (total - done)) / done)} left` : '';
    const line = `${name}: ${Math.round((100 * done) / total)} %${left}`;
    out.write(out.isTTY ? `${ERASE}${line}` : `${line}\n`);
  };
}

/**
 * One line that stays, such as a warning.
 *
 * @param text - The line.
 * @param out - Where it is told.
 */
export function say(text: string, out: ProgressOutput = STDERR): void {
  out.write(`${out.isTTY ? ERASE : ''}${text}\n`);
}
