/** Computes past every deadline of the store right after it has asked the disk for something. */
import { openStore } from '../../../src/store/open-store.ts';

const DEADLINE_MS = 200;

addEventListener('message', ({ data }: MessageEvent<string>) => {
  // What it rejects with reaches the test as the worker's error.
  report(data).catch(reportError);
});

function beBusy(): void {
  const start = performance.now();
  while (performance.now() - start < 2 * DEADLINE_MS);
}

async function report(name: string): Promise<void> {
  const codes: string[] = [];
  const opening = openStore({
    name,
    consent: 'granted',
    deadlineMs: DEADLINE_MS,
    onFallback: (code) => codes.push(code),
  });
  beBusy();
  const store = await opening;
  const found = (await store.load()).log.length;
  const record = { eventId: 'a', time: Date.now(), type: 'view_item', itemId: 'i' } as const;
  const appending = store.append({ records: [record], items: [], derived: null });
  beBusy();
  await appending;
  postMessage({ found, codes, mode: store.mode });
}
