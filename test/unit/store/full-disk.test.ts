/** A quota that is used up: the older half of the history makes room, once (FAULTS S5). */
import { describe, expect, it } from 'vitest';
import { batch, eventIdsOf, factoryWithTransactions } from './fixtures.ts';
import { browser, nextVisit, open, visit, wipe } from './visits.ts';

/** A disk on which no more than so many events fit; what is beyond aborts at the commit. */
function smallDisk(capacity: { rows: number }, error = 'QuotaExceededError'): IDBFactory {
  return factoryWithTransactions(browser.disk, (_, mode, transaction) => {
    if (mode === 'readonly') return;
    const running = transaction();
    const original = running.objectStore.bind(running);
    running.objectStore = (name) => {
      const store = original(name);
      if (name !== 'log') return store;
      const add = store.add.bind(store);
      store.add = (value: unknown, key?: IDBValidKey) => {
        const request = add(value, key);
        request.addEventListener('success', () => {
          const counting = store.count();
          counting.addEventListener('success', () => {
            if (counting.result > capacity.rows) abortWith(running, error);
          });
        });
        return request;
      };
      return store;
    };
  });
}

/** As a browser aborts at the commit: with a reason that no request has. */
function abortWith(transaction: IDBTransaction, name: string): void {
  Object.defineProperty(transaction, 'error', { value: new DOMException('', name) });
  transaction.abort();
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `e${index}`);

describe('a disk that is full', () => {
  it('loses the older half of the history, and stays', async () => {
    const store = await open({ factory: smallDisk({ rows: 8 }) });
    await store.append(batch(ids(8)));
    await store.append(batch(['new'], 'derived'));
    expect([store.mode, store.reason, browser.codes]).toEqual(['indexeddb', null, []]);
    const { items, log } = await store.load();
    expect(log.map(({ eventId }) => eventId)).toEqual(['e4', 'e5', 'e6', 'e7', 'new']);
    expect(items.map(({ id }) => id)).toEqual([
      'item-e4',
      'item-e5',
      'item-e6',
      'item-e7',
      'item-new',
    ]);
  });

  it('says that events left, so that derived state is made anew', async () => {
    const store = await open({ factory: smallDisk({ rows: 8 }) });
    await store.append(batch(ids(8), 'of eight'));
    expect((await store.append(batch(['new'], 'of nine'))).missed).toBe('removed');
    expect((await store.load()).derived).toBeNull();
  });

  it('does not get back from the copy what it had no room for', async () => {
    await visit((store) => store.append(batch(ids(8))));
    const store = await nextVisit({ factory: smallDisk({ rows: 8 }) });
    await store.append(batch(['new']));
    await store.flush();
    expect([store.mode, store.restored]).toEqual(['indexeddb', null]);
    wipe();
    expect(await eventIdsOf(await nextVisit())).toEqual(['e4', 'e5', 'e6', 'e7', 'new']);
  });

  it.each(['QuotaExceededError', 'UnknownError'])(
    'is given up for memory when one try more is not enough: %s',
    async (name) => {
      const capacity = { rows: 8 };
      const message = name === 'UnknownError' ? 'FILE_ERROR_NO_SPACE' : '';
      const factory = factoryWithTransactions(browser.disk, (_, mode) => {
        if (mode === 'readwrite' && capacity.rows === 0) throw new DOMException(message, name);
      });
      const store = await open({ factory });
      await store.append(batch(['a', 'b']));
      capacity.rows = 0;
      await store.append(batch(['c']));
      expect([store.mode, store.reason, browser.codes]).toEqual([
        'memory',
        'STORE_FULL',
        ['STORE_FULL'],
      ]);
      expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c']);
    },
  );
});
