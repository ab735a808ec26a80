/** What tests of real databases write and read. */
import type { AppendBatch, ProfileStore } from '../../../src/store/profile-store.ts';

/**
 * One interaction with an item of its own.
 *
 * @param eventId - Its id.
 * @returns What `append` takes.
 */
export function batch(eventId: string): AppendBatch {
  const record = { eventId, time: Date.now(), type: 'view_item', itemId: `i-${eventId}` } as const;
  return { records: [record], items: [{ id: record.itemId, title: 'Lamp' }], derived: null };
}

/**
 * @param store - Any.
 * @returns Ids of its events, in their order.
 */
export async function eventIdsOf(store: ProfileStore): Promise<string[]> {
  return (await store.load()).log.map(({ eventId }) => eventId);
}
