/** What may still open when the first rung did not: itself, when it is only late, then those below. */
import { withDeadline } from '../core/deadline.ts';
import { VitrineError } from '../core/errors.ts';
import type { BackupGuardOptions } from './backup-guard.ts';
import { DEFAULT_OPEN_MS, type IndexedDbStore } from './indexeddb-store.ts';
import type { Coming } from './late-disk.ts';
import type { Disk } from './profile-store.ts';

/** Milliseconds after its deadline that a database is waited for before the next rung is taken. */
const PATIENCE_MS = 10_000;

/** Disks that may still come, and the one among them that can be asked for at once. */
export interface ComingRungs extends Coming {
  /** Opens the rung below; null without any place for it, resolves to null when none works. */
  below(): Promise<Disk | null> | null;
}

/**
 * Waits for the rungs of the ladder.
 *
 * @param disk - The first rung, which did not open; null where there is none.
 * @param copying - What the browser offers besides.
 * @param limits - How long to wait: for a rung, and for the first one once it is late.
 * @returns Them, one after the other. Nothing is asked for yet.
 */
export function comingRungs(
  disk: IndexedDbStore | null,
  copying: BackupGuardOptions,
  limits: { readonly deadlineMs?: number; readonly patienceMs?: number },
): ComingRungs {
  const { deadlineMs = DEFAULT_OPEN_MS, patienceMs = PATIENCE_MS } = limits;
  const { buckets, directory } = copying.places;
  const hasBelow = buckets !== null || directory !== null;
  let asked: Promise<Disk | null> | null = null;
  let isTaken = false;
  let isClosed = false;
  const open = async (): Promise<Disk | null> => {
    const { openRungBelow } = await import('./below.ts');
    const found = await openRungBelow(copying, deadlineMs);
    if (isClosed) found?.close();
    return found;
  };
  const below = (): typeof asked => (asked ??= hasBelow ? open().catch(() => null) : null);
  const isLate = (): VitrineError => new VitrineError('STORE_TIMEOUT');
  return {
    below,
    next() {
      const late = disk?.takeLate()?.then(() => disk);
      if (late !== undefined) return hasBelow ? withDeadline(late, patienceMs, isLate) : late;
      disk?.close();
      if (isTaken) return null;
      isTaken = true;
      return below()?.then(notNull) ?? null;
    },
    close() {
      isClosed = true;
      disk?.close();
      void asked?.then((found) => found?.close());
    },
  };
}

function notNull(disk: Disk | null): Disk {
  if (disk === null) throw new VitrineError('STORE_BLOCKED');
  return disk;
}
