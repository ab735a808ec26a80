import { expect, it } from 'vitest';
import { sendable } from '../../../src/client/sendable.ts';
import { VitrineError } from '../../../src/core/errors.ts';

/** As `postMessage` does: rejects what cannot be cloned. */
const clone = async <T>(value: T): Promise<T> => structuredClone(value);

it('sends a value that can be cloned as it is', async () => {
  const value = [{ id: 'a', price: Number.NaN, at: new Date(0) }];
  expect(await sendable(value, clone)).toEqual(value);
});

it('drops only the fields that cannot be said in JSON', async () => {
  const ring: Record<string, unknown> = { id: 'b' };
  ring['self'] = ring;
  const value = [
    { id: 'a', onClick: (): void => {}, tags: ['x'] },
    { ...ring, n: { of: 1n } },
    'text',
    null,
  ];
  expect(await sendable(value, clone)).toEqual([
    { id: 'a', tags: ['x'] },
    { id: 'b' },
    'text',
    null,
  ]);
});

it('sends a BigInt beside what cannot be cloned: the worker refuses it, and says so', async () => {
  const value = [{ id: 7n, price: 5n, onClick: (): void => {} }];
  expect(await sendable(value, clone)).toEqual([{ id: 7n, price: 5n }]);
});

it('reads through the proxies of reactive frameworks', async () => {
  const value = new Proxy([new Proxy({ id: 'a' }, {})], {});
  expect(await sendable(value, clone)).toEqual([{ id: 'a' }]);
});

it('drops a field whose getter throws', async () => {
  const item = Object.defineProperty({ id: 'a' }, 'price', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  expect(await sendable(item, clone)).toEqual({ id: 'a' });
});

it('does not ask twice when the worker itself refused', async () => {
  let calls = 0;
  const refuse = async (): Promise<never> => {
    calls++;
    throw new VitrineError('ITEM_UNKNOWN');
  };
  await expect(sendable({}, refuse)).rejects.toMatchObject({ code: 'ITEM_UNKNOWN' });
  expect(calls).toBe(1);
});
