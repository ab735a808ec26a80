/** The store inside a worker that is killed while it writes (FAULTS S1). */
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';

interface Report {
  readonly mode: string;
  readonly count: number;
}

/** Lets a worker append until `acknowledged` events are stored, kills it, and returns its reports. */
function killAfter(name: string, acknowledged: number): Promise<Report[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('store.worker.ts', import.meta.url), { type: 'module' });
    const reports: Report[] = [];
    worker.addEventListener('error', reject);
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => {
      reports.push(data);
      if (reports.length <= acknowledged) return;
      worker.terminate();
      resolve(reports);
    });
    worker.postMessage(name);
  });
}

it('loses no acknowledged event and tears none when its worker is killed', async () => {
  const name = `vitrine-test-${crypto.randomUUID()}`;
  // The log as a whole must be younger than 180 days: the worker dates its events at 0.
  const now = (): number => 0;
  let stored = 0;
  for (const acknowledged of [1, 2, 3, 5, 8, 13, 21, 34]) {
    const reports = await killAfter(name, acknowledged);
    expect(new Set(reports.map(({ mode }) => mode))).toEqual(new Set(['indexeddb']));
    const store = await openStore({ name, consent: 'granted', now });
    const { log, derived } = await store.load();
    store.close();
    expect(log.length).toBeGreaterThanOrEqual(reports.at(-1)?.count ?? Number.NaN);
    expect(log.length).toBeGreaterThanOrEqual(stored + acknowledged);
    expect(log.map(({ eventId }) => eventId)).toEqual(log.map((_, index) => String(index)));
    expect(derived).toEqual({ count: log.length });
    stored = log.length;
  }
  await openStore({ name, consent: 'denied' });
});
