/**
 * Copies a database, and mends it from the copy. Whatever is in the newest copy belongs into the
 * database, or is past the retention: events leave the copy first when the visitor forgets them. So
 * a wiped database, one that lost a part, and one that could not be opened for a visit are mended
 * alike, and mending twice changes nothing.
 *
 * @packageDocumentation
 */
import type { Backup, BackupGuardOptions, BackupSource } from './backup-guard.ts';
import type { Snapshot } from './backup-format.ts';
import { openSlots } from './backup-slots.ts';
import { Copies } from './copies.ts';
import { IndexedDbStore } from './indexeddb-store.ts';
import { removeRows } from './log-transactions.ts';
import { eraseBackup, eraseBucket, keyOf } from './places.ts';
import type { StoredProfile } from './profile-store.ts';
import { applyRetention } from './retention.ts';
import { restoreRows } from './restore-rows.ts';
import { finishErasing } from './unfinished-erasures.ts';

/** Events of a copy that are neither in the profile nor past the retention. */
function missingFrom(
  { log }: StoredProfile | Snapshot,
  snapshot: Snapshot,
  { now, retention }: BackupGuardOptions,
): number {
  const there = new Set(log.map(({ eventId }) => eventId));
  const copied = new Set(snapshot.log.map(({ eventId }) => eventId));
  const together = [...snapshot.log, ...log.filter(({ eventId }) => !copied.has(eventId))];
  const entries = together.map((record, sequence) => ({ sequence, record }));
  const { kept } = applyRetention(entries, retention, now());
  return kept.filter(({ record }) => !there.has(record.eventId)).length;
}

/** What of a copy may come back: of a visitor who was away for too long, not even the choices. */
function withoutExpired(snapshot: Snapshot, { now, retention }: BackupGuardOptions): Snapshot {
  const entries = snapshot.log.map((record, sequence) => ({ sequence, record }));
  const log = applyRetention(entries, retention, now()).kept.map(({ record }) => record);
  const isIdle = log.length === 0 && snapshot.log.length > 0;
  return { ...snapshot, log, settings: isIdle ? null : snapshot.settings };
}

/** A profile as a copy of it. */
function snapshotOf(profile: StoredProfile | null, removed: readonly string[]): Snapshot {
  const { log = [], items = [], settings = null } = profile ?? {};
  return { log, items, settings, lastSequence: 0, removed };
}

function isEmpty({ log, removed, settings }: Snapshot): boolean {
  return log.length + removed.length === 0 && settings === null;
}

/** Whether a copy need not be written again; item snapshots come with events. */
function isSame(next: Snapshot, copied: Snapshot): boolean {
  const idsOf = ({ log, removed, settings }: Snapshot): string =>
    JSON.stringify([log.map(({ eventId }) => eventId), removed, settings]);
  return next.items.length === copied.items.length && idsOf(next) === idsOf(copied);
}

class SlotBackup implements Backup {
  readonly #copies: Copies;
  readonly #source: BackupSource;
  readonly #options: BackupGuardOptions;
  #hasGathered = false;

  constructor(copies: Copies, source: BackupSource, options: BackupGuardOptions) {
    this.#copies = copies;
    this.#source = source;
    this.#options = options;
  }

  async save(isHeld: () => boolean): Promise<number> {
    const { isLater, sequence, snapshot } = await this.#copies.look();
    if (isLater) return 0;
    const events = (await this.#mend(snapshot)) + (await this.#gather());
    const next = snapshotOf(await this.#source.peek(), this.#removed(snapshot, []));
    if (snapshot !== null && isSame(next, snapshot)) return events;
    if (!isEmpty(next)) await this.#copies.write(next, isHeld);
    else if (sequence > 0) await this.#copies.remove();
    return events;
  }

  async without(eventIds: readonly string[]): Promise<void> {
    const { isLater, sequence, snapshot } = await this.#copies.look();
    if (sequence === 0) return;
    // A later release's copy would bring them back for it: that one is not lost for ever, this is.
    if (isLater) {
      await this.#copies.remove();
      return;
    }
    await this.#mend(snapshot);
    const gone = new Set(eventIds);
    const all = snapshotOf(await this.#source.peek(), this.#removed(snapshot, eventIds));
    const log = all.log.filter(({ eventId }) => !gone.has(eventId));
    const named = new Set(log.map(({ itemId }) => itemId));
    const next = { ...all, log, items: all.items.filter(({ id }) => named.has(id)) };
    await (isEmpty(next) ? this.#copies.remove() : this.#copies.writeOnly(next));
  }

  /** Only the origin's database learns what was forgotten while it could not be opened. */
  #removed(before: Snapshot | null, eventIds: readonly string[]): readonly string[] {
    return this.#source.mode === 'indexeddb' ? [] : [...(before?.removed ?? []), ...eventIds];
  }

  async #mend(copied: Snapshot | null): Promise<number> {
    if (copied === null) return 0;
    const snapshot = withoutExpired(copied, this.#options);
    const { mode } = this.#source;
    const profile = await this.#source.peek();
    const isLost =
      missingFrom(profile ?? snapshotOf(null, []), snapshot, this.#options) > 0 ||
      (snapshot.settings !== null && (profile?.settings ?? null) === null);
    const removed = mode === 'indexeddb' && profile !== null ? snapshot.removed : [];
    if (!isLost && removed.length === 0) return 0;
    this.#options.faults?.at('backup.restore');
    return this.#source.mend(async (transaction) => {
      if (removed.length > 0) {
        await removeRows(transaction, removed, { sequence: 0, generation: null });
      }
      return isLost ? restoreRows(transaction, snapshot) : 0;
    });
  }

  /** What a visit left in the bucket when the origin's database could not be opened. */
  async #gather(): Promise<number> {
    const { name, places } = this.#options;
    const { buckets } = places;
    if (this.#hasGathered || this.#source.mode !== 'indexeddb' || buckets === null) return 0;
    this.#hasGathered = true;
    await finishErasing(this.#options, 'bucket', () => eraseBucket(places, name));
    if (!(await buckets.keys()).includes(keyOf(name))) return 0;
    const { indexedDB } = await buckets.open(keyOf(name));
    const { now, retention } = this.#options;
    const left = new IndexedDbStore(name, { factory: indexedDB, mode: 'bucket', now, retention });
    try {
      const profile = await left.peek();
      const events = profile === null ? 0 : await this.#mend(snapshotOf(profile, []));
      left.close();
      await eraseBucket(places, name);
      return events;
    } finally {
      left.close();
    }
  }
}

/**
 * Finds the place for a database's copy.
 *
 * @param source - The database.
 * @param options - Its name, what the browser offers.
 * @returns Null where there is no place.
 */
export async function openBackup(
  source: BackupSource,
  options: BackupGuardOptions,
): Promise<Backup | null> {
  options.faults?.at('backup.load');
  const { faults, name, places } = options;
  await finishErasing(options, 'backup', () => eraseBackup(places, name));
  const slots = await openSlots(places, name, faults);
  return slots && new SlotBackup(new Copies(slots, name), source, options);
}
