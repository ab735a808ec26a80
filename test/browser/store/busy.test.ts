/** The store inside a worker that is busy ranking while the disk answers. */
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';

/** What a busy worker found on disk and stored there. */
function visit(name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('busy.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('error', reject);
    worker.addEventListener('message', ({ data }) => {
      worker.terminate();
      resolve(data);
    });
    worker.postMessage(name);
  });
}

it('gives no healthy disk up, neither to find a database nor to make one', async () => {
  const name = `vitrine-test-${crypto.randomUUID()}`;
  expect(await visit(name)).toEqual({ found: 0, codes: [], mode: 'indexeddb' });
  expect(await visit(name)).toEqual({ found: 1, codes: [], mode: 'indexeddb' });
  await openStore({ name, consent: 'denied' });
});
