/** R15: what is delivered again, by a tab, a retry or a page from the browser's cache, counts once. */
import { expect, it, vi } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { NOW, batch, newFactory } from './fixtures.ts';

vi.setConfig({ testTimeout: 60_000 });

const EVENTS = 10_000;
const PER_BATCH = 500;
const DELIVERIES = 3;

const now = (): number => NOW;
const retention = { maxAgeDays: 180, maxRecords: 2 * EVENTS };

const RUNGS: [string, () => Promise<ProfileStore>][] = [
  ['in memory', async () => new MemoryStore({ now, retention })],
  [
    'on disk',
    () => openStore({ name: 'replay', consent: 'granted', factory: newFactory(), now, retention }),
  ],
];

it.each(RUNGS)('10,000 events, three times each in any order, are 10,000 %s', async (_, open) => {
  const store = await open();
  const random = createRandom(15);
  const ids = Array.from({ length: EVENTS }, (_unused, n) => `e${n}`);
  for (let delivery = 0; delivery < DELIVERIES; delivery++) {
    const order = ids.map((id) => ({ id, key: random() })).sort((a, b) => a.key - b.key);
    for (let start = 0; start < EVENTS; start += PER_BATCH) {
      await store.append(batch(order.slice(start, start + PER_BATCH).map(({ id }) => id)));
    }
  }
  const { log, lastSequence } = await store.load();
  expect(log.length).toBe(EVENTS);
  expect(new Set(log.map(({ eventId }) => eventId)).size).toBe(EVENTS);
  expect(lastSequence).toBe(EVENTS);
  store.close();
});
