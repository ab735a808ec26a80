import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isGift, keepGift } from '../../../src/client/gift-note.ts';

beforeEach(() => {
  // A Storage answers `in` by its keys, as an object does.
  const storage = Object.create({
    setItem: (key: string, value: string) => void (storage[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(storage, key),
  }) as Record<string, unknown>;
  vi.stubGlobal('sessionStorage', storage);
});

afterEach(() => void vi.unstubAllGlobals());

it('is there while gift mode is on, and leaves nothing behind', () => {
  expect(isGift()).toBe(false);
  keepGift(true);
  expect(isGift()).toBe(true);
  keepGift(undefined);
  expect(isGift()).toBe(true);
  keepGift(false);
  expect(isGift()).toBe(false);
  expect(Object.keys(sessionStorage)).toEqual([]);
});

it('breaks nothing where the tab may keep nothing', () => {
  vi.stubGlobal('sessionStorage', undefined);
  expect(() => keepGift(true)).not.toThrow();
  expect(isGift()).toBe(false);
});
