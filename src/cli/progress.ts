/**
 * Progress of long work on the terminal, with the time left.
 *
 * @packageDocumentation
 */

/** Tells how far a stage is. */
export type Report = (done: number, total: number) => void;

/** Least milliseconds between two lines of one stage. */
const INTERVAL_MS = 1_000;

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/**
 * Starts a stage.
 *
 * @param name - What is being done.
 * @param out - Where it is told; a terminal's line is overwritten, a file gets the last line only.
 * @returns Call it with done and total; the last call, with both equal, ends the line.
 */
export function startStage(name: string, out: NodeJS.WriteStream = process.stderr): Report {
  const start = performance.now();
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    const isLast = done >= total;
    if (!isLast && (!out.isTTY || now - last < INTERVAL_MS)) return;
    last = now;
    const spent = now - start;
    if (isLast) {
      out.write(`${out.isTTY ? '\r\u001b[K' : ''}${name}: ${inWords(spent)}\n`);
      return;
    }
    const left = done > 0 ? `, ${inWords((spent * (total - done)) / done)} left` : '';
    out.write(`\r\u001b[K${name}: ${Math.round((100 * done) / total)} %${left}`);
  };
}
