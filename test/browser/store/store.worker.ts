/** Appends events until it is stopped, and reports each one once the store has acknowledged it. */
import { openStore } from '../../../src/store/open-store.ts';

addEventListener('message', ({ data }: MessageEvent<string>) => {
  // Ends with the worker only; what it rejects with reaches the test as the worker's error.
  appendForEver(data).catch(reportError);
});

async function appendForEver(name: string): Promise<never> {
  const store = await openStore({ name, consent: 'granted', now: () => 0 });
  let count = (await store.load()).log.length;
  postMessage({ mode: store.mode, count });
  for (;;) {
    const eventId = String(count);
    const record = { eventId, time: 0, type: 'view_item', itemId: 'i' } as const;
    count += 1;
    await store.append({ records: [record], items: [{ id: 'i' }], derived: { count } });
    postMessage({ mode: store.mode, count });
  }
}
