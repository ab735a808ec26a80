/**
 * Output that is whole or not there: written beside its place, moved there when it is finished.
 *
 * A draft's name holds the id of its process: what a killed process left behind can be told from
 * what another one is writing right now.
 *
 * @packageDocumentation
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Unfinished output, and what it replaces while the two change places. */
type Kind = 'part' | 'old';

function beside(path: string, kind: Kind): string {
  const full = resolve(path);
  return join(dirname(full), `.${basename(full)}.${process.pid}.${kind}`);
}

/**
 * Where output is written until it is finished; makes the folders above.
 *
 * @param path - Where it goes in the end, a file or a folder.
 * @returns A name beside it, not taken.
 */
export function draftOf(path: string): string {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  const draft = beside(path, 'part');
  rmSync(draft, { recursive: true, force: true });
  return draft;
}

/**
 * Moves a finished draft to its place. What stands there is moved aside first and removed last: at
 * any moment one of the two is whole, and {@link sweepDrafts} brings it back.
 *
 * @param path - Where it goes; the draft is the one of {@link draftOf}.
 */
export function finishDraft(path: string): void {
  const old = beside(path, 'old');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(path)) renameSync(path, old);
  renameSync(beside(path, 'part'), path);
  rmSync(old, { recursive: true, force: true });
}

/**
 * Writes a file that is whole or not there.
 *
 * @param path - Where; an earlier file is replaced. A device or a pipe is written to as it is.
 * @param content - All of it.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  if (existsSync(path) && !statSync(path).isFile()) {
    writeFileSync(path, content);
    return;
  }
  try {
    writeFileSync(draftOf(path), content);
    finishDraft(path);
  } finally {
    sweepDrafts(path);
  }
}

/** Whether a process is running; one of another visitor of this machine counts as running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Leftover {
  readonly path: string;
  readonly kind: Kind;
}

/** Drafts of this process and of those that are gone. */
function leftoversOf(path: string): Leftover[] {
  const full = resolve(path);
  const folder = dirname(full);
  const prefix = `.${basename(full)}.`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name): Leftover[] => {
    const match = name.startsWith(prefix)
      ? /^(?<pid>\d+)\.(?<kind>part|old)$/u.exec(name.slice(prefix.length))
      : null;
    if (!match?.groups) return [];
    const pid = Number(match.groups['pid']);
    if (pid !== process.pid && isRunning(pid)) return [];
    return [{ path: join(folder, name), kind: match.groups['kind'] as Kind }];
  });
}

/**
 * Removes drafts of this process and of processes that are gone; what was moved aside comes back
 * when nothing took its place.
 *
 * @param path - Where the output goes, or would have gone.
 */
export function sweepDrafts(path: string): void {
  for (const { kind, path: leftover } of leftoversOf(path)) {
    if (kind === 'old' && !existsSync(path)) renameSync(leftover, path);
    else rmSync(leftover, { recursive: true, force: true });
  }
}
