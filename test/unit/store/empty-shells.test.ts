/** Looking for a database in a browser that keeps what an aborted upgrade leaves. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Connection } from '../../../src/store/connection.ts';
import { createFakeFactory } from '../../helpers/fake-idb.ts';

const WEBKIT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15';
const CHROMIUM =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';

/** A browser by its name, its disk, and what looks at it. */
function openIn(userAgent: string): {
  factory: IDBFactory;
  opened: () => number;
  connection: Connection;
} {
  vi.stubGlobal('navigator', { userAgent });
  const factory = createFakeFactory();
  const open = vi.spyOn(factory, 'open');
  const connection = new Connection('shop', { factory, openMs: 1_000, transactionMs: 1_000 });
  return { factory, opened: () => open.mock.calls.length, connection };
}

afterEach(() => vi.unstubAllGlobals());

describe('looking for a database', () => {
  test('opens none in WebKit while there is none', async () => {
    const { connection, opened } = openIn(WEBKIT);
    expect(await connection.find()).toBe(false);
    expect(opened()).toBe(0);
  });

  test('finds one in WebKit that was made', async () => {
    const { connection, factory } = openIn(WEBKIT);
    await connection.open();
    const other = new Connection('shop', { factory, openMs: 1_000, transactionMs: 1_000 });
    expect(await other.find()).toBe(true);
    connection.close();
    other.close();
  });

  test('counts an empty one that WebKit left as none', async () => {
    const { connection, factory, opened } = openIn(WEBKIT);
    vi.spyOn(factory, 'databases').mockResolvedValue([{ name: 'shop', version: 0 }]);
    expect(await connection.find()).toBe(false);
    expect(opened()).toBe(0);
  });

  test('opens it in WebKit where databases cannot be listed', async () => {
    const { connection, factory, opened } = openIn(WEBKIT);
    vi.spyOn(factory, 'databases').mockRejectedValue(new DOMException('No.', 'UnknownError'));
    expect(await connection.find()).toBe(false);
    expect(opened()).toBe(1);
  });

  test('lists nothing in Chromium, which removes what was aborted', async () => {
    const { connection, factory, opened } = openIn(CHROMIUM);
    const listed = vi.spyOn(factory, 'databases');
    expect(await connection.find()).toBe(false);
    expect([opened(), listed.mock.calls.length]).toEqual([1, 0]);
    expect(await factory.databases()).toEqual([]);
  });
});
