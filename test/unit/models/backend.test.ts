import { engine, scalar } from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { type Backend, openBackend } from '../../../src/models/backend.ts';

const OPTIONS = { wasmBaseUrl: '' };
let open: Backend[] = [];

async function openCpu(): Promise<Backend> {
  const backend = await openBackend('cpu', OPTIONS);
  open.push(backend);
  return backend;
}

async function answer(backend: Backend): Promise<number | undefined> {
  const values = await backend.run(async () => {
    const one = scalar(7);
    try {
      return await one.data<'float32'>();
    } finally {
      one.dispose();
    }
  });
  return values[0];
}

const isRegistered = (): boolean => engine().findBackendFactory('cpu') !== null;

afterEach(() => {
  for (const backend of open) backend.dispose();
  open = [];
});

test('serves several users until the last has gone', async () => {
  const [first, second] = await Promise.all([openCpu(), openCpu()]);
  expect(await answer(first)).toBe(7);
  first.dispose();
  expect(await answer(second)).toBe(7);
  await expect(answer(first)).rejects.toMatchObject({ code: 'DISPOSED' });
  expect(isRegistered()).toBe(true);
  second.dispose();
  expect(isRegistered()).toBe(false);
});

test('counts a user who leaves twice once', async () => {
  const [first, second] = [await openCpu(), await openCpu()];
  first.dispose();
  first.dispose();
  expect(await answer(second)).toBe(7);
});

test('opens afresh beside users of one that died', async () => {
  const first = await openCpu();
  const failing = first.run(async () => Promise.reject(new Error('lost')));
  await expect(failing).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  const second = await openCpu();
  expect(await answer(second)).toBe(7);
  await expect(answer(first)).rejects.toThrow();
  first.dispose();
  expect(await answer(second)).toBe(7);
});
