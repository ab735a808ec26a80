import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting } from '../../../src/capsule/fitting.ts';
import { MAX_SIZE, readExport } from '../../../src/capsule/read-export.ts';
import type { ProfileExport } from '../../../src/core/types.ts';
import { isVitrineError } from '../../../src/core/errors.ts';
import { item, record, SCRIPT_URL, SETTINGS } from '../store/fixtures.ts';

const EXPORT: ProfileExport = {
  format: 'vitrine-profile',
  version: 1,
  log: [record('a'), record('b', { type: 'purchase', quantity: 2 })],
  items: [item('item-a'), item('item-b')],
  settings: SETTINGS,
};

const codeOf = (value: unknown): string => {
  try {
    readExport(value);
    return 'none';
  } catch (error) {
    return isVitrineError(error) ? error.code : String(error);
  }
};

describe('a readable export', () => {
  it('is read as object and as JSON', () => {
    const { log, items, settings } = EXPORT;
    expect(readExport(EXPORT)).toEqual({ log, items, settings });
    expect(readExport(JSON.stringify(EXPORT))).toEqual({ log, items, settings });
  });

  it('loses what is not right, and keeps the rest', () => {
    const { log, items, settings } = readExport({
      ...EXPORT,
      log: [null, { eventId: 'x' }, ...EXPORT.log, { ...record('a'), itemId: 'again' }],
      items: [...EXPORT.items, item('nobody-speaks-of'), { ...item('item-a'), title: 'again' }],
      settings: { seed: 'x' },
    });
    expect(log).toEqual(EXPORT.log);
    expect(items).toEqual(EXPORT.items);
    expect(settings).toBeNull();
  });

  it('brings no link that runs script', () => {
    const items = [item('item-a', { url: SCRIPT_URL, image: SCRIPT_URL })];
    expect(readExport({ ...EXPORT, items }).items).toEqual([item('item-a')]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['text that is no JSON', '{'],
    ['JSON of something else', '[]'],
    ['a later version', { ...EXPORT, version: 2 }],
    ['another format', { ...EXPORT, format: 'other' }],
    ['no log', { ...EXPORT, log: undefined }],
    ['items that are no list', { ...EXPORT, items: { length: 1 } }],
    ['a list of holes', { ...EXPORT, log: Object.assign([], { length: 2 ** 32 - 1 }) }],
    ['a log in a prototype', Object.create(EXPORT)],
  ])('is refused for %s', (_, value) => {
    expect(codeOf(value)).toBe('CAPSULE_INVALID');
  });

  it('is refused when it is larger than 1 MB, in whatever way', () => {
    const log = Array.from({ length: 5_000 }, (_, n) =>
      record(`${n}`, { itemId: `item-${n}-${'x'.repeat(150)}` }),
    );
    expect(codeOf({ ...EXPORT, log })).toBe('CAPSULE_INVALID');
    expect(codeOf(`"${'x'.repeat(MAX_SIZE)}"`)).toBe('CAPSULE_INVALID');
    const items = [item('item-a'), item('item-b')].map((one) => ({
      ...one,
      description: 'x'.repeat(5_000),
    }));
    expect(codeOf({ ...EXPORT, items })).toBe('none');
  });

  it('pollutes nothing', () => {
    const hostile = `{"format":"vitrine-profile","version":1,"__proto__":{"polluted":1},"log":[
      {"eventId":"__proto__","time":0,"type":"view_item","itemId":"constructor","__proto__":{"polluted":1}}],
      "items":[{"id":"constructor","__proto__":{"polluted":1},"generated":{"__proto__":{"polluted":1}}}],
      "settings":{"seed":1,"followed":["__proto__"],"blocked":[],"__proto__":{"polluted":1}}}`;
    const { log, items } = readExport(hostile);
    expect(log).toHaveLength(1);
    expect(items).toHaveLength(1);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is read or refused by its code, whatever it is', () => {
    const nearly = fc.record(
      {
        format: fc.constant('vitrine-profile'),
        version: fc.constant(1),
        log: fc.array(fc.oneof(fc.anything(), fc.constant(record('a')))),
        items: fc.array(fc.oneof(fc.anything(), fc.constant(item('item-a')))),
        settings: fc.anything(),
      },
      { requiredKeys: ['format', 'version'] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), nearly), (value) => {
        expect(['none', 'CAPSULE_INVALID']).toContain(codeOf(value));
        if (codeOf(value) !== 'none') return;
        const { log } = readExport(value);
        expect(new Set(log.map(({ eventId }) => eventId)).size).toBe(log.length);
      }),
    );
  });
});

describe('a profile that is to be carried', () => {
  const sizeOf = (value: unknown): number => JSON.stringify(value).length;
  const long: ProfileExport = {
    ...EXPORT,
    log: Array.from({ length: 400 }, (_, n) => record(`${n}`)),
    items: Array.from({ length: 400 }, (_, n) =>
      item(`item-${n}`, { description: 'word '.repeat(100) }),
    ),
  };

  it('is left as it is when it is small enough', () => {
    expect(fitting(long, sizeOf(long))).toBe(long);
  });

  it('loses descriptions first', () => {
    const { log, items } = fitting(long, sizeOf(long) - 1);
    expect(log).toEqual(long.log);
    expect(items.map((one) => Object.keys(one))).toEqual(items.map(() => ['id', 'title']));
  });

  it('then loses the oldest interactions, with their items', () => {
    const cut = fitting(long, 20_000);
    expect(sizeOf(cut)).toBeLessThanOrEqual(20_000);
    expect(cut.log).toEqual(long.log.slice(-cut.log.length));
    expect(cut.log.length).toBeGreaterThanOrEqual(50);
    expect(cut.items.map(({ id }) => id)).toEqual(cut.log.map(({ itemId }) => itemId));
    expect(cut.settings).toEqual(SETTINGS);
  });

  it('keeps choices whatever their size', () => {
    expect(fitting(long, 1)).toMatchObject({ log: [], items: [], settings: SETTINGS });
  });
});
