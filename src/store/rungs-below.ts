/**
 * The rungs below the origin's database: one in a storage bucket, which lives in a folder of its
 * own and opens where the origin's backing store is broken (FAULTS 9), then files. Loaded when the
 * first rung fails.
 *
 * @packageDocumentation
 */
import type { BackupGuardOptions } from './backup-guard.ts';
import { openSlots } from './backup-slots.ts';
import { Copies } from './copies.ts';
import { IndexedDbStore } from './indexeddb-store.ts';
import { eraseBackup, eraseBucket, keyOf } from './places.ts';
import type { Disk } from './profile-store.ts';
import { SnapshotDisk } from './snapshot-disk.ts';
import { finishErasing } from './unfinished-erasures.ts';

/**
 * Opens the next rung that works.
 *
 * @param options - As for the copy of the first rung.
 * @param openMs - Milliseconds for both rungs.
 * @returns Null when only memory is left. Never rejects.
 */
export async function openRungBelow(
  options: BackupGuardOptions,
  openMs: number,
): Promise<Disk | null> {
  return (
    (await openBucket(options, openMs).catch(() => null)) ??
    (await openFiles(options).catch(() => null))
  );
}

async function openBucket(options: BackupGuardOptions, openMs: number): Promise<Disk | null> {
  const { buckets } = options.places;
  if (buckets === null) return null;
  const { faults, name, now, places, retention } = options;
  await finishErasing(options, 'bucket', () => eraseBucket(places, name));
  const { indexedDB: factory } = await buckets.open(keyOf(name));
  // A part of the time only: files must still be in time when it does not answer.
  const rest = { factory, openMs: openMs / 3, retention, now, faults };
  const disk = new IndexedDbStore(name, { ...rest, mode: 'bucket', backup: options });
  try {
    await disk.open();
    // The profile as it was copied last, before anybody asks for it.
    if ((await disk.load()).log.length === 0) await disk.flush();
    return disk;
  } catch (error) {
    disk.close();
    throw error;
  }
}

async function openFiles(options: BackupGuardOptions): Promise<Disk | null> {
  const { faults, name, now, places, retention } = options;
  await finishErasing(options, 'backup', () => eraseBackup(places, name));
  // Slots in a bucket would be no other place than the rung above.
  const slots = await openSlots({ ...places, buckets: null }, name, faults);
  if (slots === null) return null;
  const disk = new SnapshotDisk({ name, now, places, retention, copies: new Copies(slots, name) });
  await disk.load(); // rejects where it cannot be read
  return disk;
}
