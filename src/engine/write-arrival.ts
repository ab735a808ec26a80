/** A profile of another device goes into the store of this one. */
import type { Item, LogRecord } from '../core/types.ts';
import type { ProfileStore } from '../store/profile-store.ts';
import type { Arrival } from './keeper-ports.ts';

/** What is here already. */
interface Own {
  /** Oldest first. */
  readonly log: readonly LogRecord[];
  /** By id. */
  readonly items: ReadonlyMap<string, Item>;
}

/**
 * Writes what is new in one transaction, and only after that removes what is replaced.
 *
 * @param store - Where it goes.
 * @param arrival - Validated.
 * @param own - What is here.
 * @returns Ids of the events that were not here before.
 * @throws As the methods of `store`.
 */
export async function writeArrival(
  store: Pick<ProfileStore, 'append' | 'removeEvents'>,
  arrival: Arrival,
  own: Own,
): Promise<ReadonlySet<string>> {
  const { isReplacing, items, log } = arrival;
  const ids = new Set(own.log.map(({ eventId }) => eventId));
  const records = log.filter(({ eventId }) => !ids.has(eventId));
  const unknown = items.filter(({ id }) => !own.items.has(id));
  if (records.length > 0) await store.append({ records, items: unknown, derived: null });
  if (isReplacing) {
    for (const { eventId } of log) ids.delete(eventId);
    await store.removeEvents([...ids]);
  }
  return new Set(records.map(({ eventId }) => eventId));
}
