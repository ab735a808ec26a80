import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItem, readLogRecord, readSettings } from '../../../src/store/validate-records.ts';
import { SCRIPT_URL, SETTINGS, record } from './fixtures.ts';

describe('readLogRecord', () => {
  it('copies known fields only', () => {
    expect(readLogRecord({ ...record('a'), schema: 1, extra: 'x' })).toEqual(record('a'));
  });

  it.each([
    ['no object', 'text'],
    ['null', null],
    ['an array', [record('a')]],
    ['an empty event id', { ...record('a'), eventId: '' }],
    ['an event id beyond 200 characters', { ...record('a'), eventId: 'x'.repeat(201) }],
    ['an item id that is a number', { ...record('a'), itemId: 5 }],
    ['a time that is NaN', { ...record('a'), time: Number.NaN }],
    ['a time beyond Date', { ...record('a'), time: 8.64e15 + 1 }],
    ['an unknown type', { ...record('a'), type: 'click' }],
    ['a type from the prototype', { ...record('a'), type: 'toString' }],
  ])('refuses %s', (_, value) => {
    expect(readLogRecord(value)).toBeNull();
  });

  it('reads nothing from a prototype', () => {
    expect(readLogRecord(Object.create(record('a')))).toBeNull();
  });

  it('leaves out a wrong optional field and keeps the event', () => {
    const value = { ...record('a'), propensity: 2, quantity: 'many', rowId: 4, segmentId: 's' };
    expect(readLogRecord(value)).toEqual({ ...record('a'), segmentId: 's' });
  });
});

describe('readItem', () => {
  it('leaves out wrong fields and cuts long texts', () => {
    const value = {
      id: 'i',
      title: 'x'.repeat(301),
      price: -1,
      rating: 6,
      tags: ['a', 5],
      available: 'yes',
      image: 'data:text/html,x',
      url: 'https://shop.example/i',
    };
    expect(readItem(value)).toEqual({
      id: 'i',
      title: 'x'.repeat(300),
      tags: ['a'],
      url: 'https://shop.example/i',
    });
  });

  it.each([SCRIPT_URL, ' java\nscript:alert(1)', 'vbscript:x', 'file:///etc/passwd'])(
    'does not bring %j back to the page',
    (url) => {
      expect(readItem({ id: 'i', url, image: url })).toEqual({ id: 'i' });
    },
  );

  it('keeps the text of a relative URL', () => {
    expect(readItem({ id: 'i', url: '../p?i=1' })).toEqual({ id: 'i', url: '../p?i=1' });
  });

  it('copies no field that an item does not have', () => {
    const value: unknown = JSON.parse('{"id":"i","__proto__":{"title":"x"},"extra":1}');
    const read = readItem(value);
    expect(Object.keys(read ?? {})).toEqual(['id']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it('refuses an item without id', () => {
    expect(readItem({ title: 'x' })).toBeNull();
  });
});

describe('readSettings', () => {
  it('copies what is right', () => {
    expect(readSettings({ ...SETTINGS, extra: 1 })).toEqual(SETTINGS);
  });

  it('leaves out corrections that are none, and reads records of before there were any', () => {
    const weights: unknown = JSON.parse(
      '{"a":0,"b":2.5,"c":"1","d":2,"e":1,"":0.5,"__proto__":0.5}',
    );
    const read = readSettings({ ...SETTINGS, weights });
    expect(JSON.stringify(read?.weights)).toBe('{"a":0,"d":2,"__proto__":0.5}');
    expect(readSettings({ ...SETTINGS, weights: [1] })).toEqual(SETTINGS);
    expect(readSettings(SETTINGS)).not.toHaveProperty('weights');
  });

  it.each([
    ['a seed that is a text', { ...SETTINGS, seed: '7' }],
    ['a missing list', { seed: 7, followed: [] }],
    ['a list with a number', { ...SETTINGS, blocked: [1] }],
    ['a list beyond 1,000', { ...SETTINGS, followed: Array.from({ length: 1_001 }, () => 'x') }],
  ])('refuses %s', (_, value) => {
    expect(readSettings(value)).toBeNull();
  });
});

describe('all readers', () => {
  it('never throw, and read their own output to the same', () => {
    const known = fc.record(
      {
        eventId: fc.anything(),
        time: fc.anything(),
        type: fc.constantFrom('view_item', 'purchase', 'other'),
        itemId: fc.string(),
        id: fc.string(),
        url: fc.string(),
        tags: fc.anything(),
        seed: fc.double(),
        followed: fc.array(fc.string()),
        blocked: fc.array(fc.string()),
        weights: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), known), (value) => {
        for (const read of [readLogRecord, readItem, readSettings]) {
          const once: unknown = read(value);
          if (once !== null) expect(read(once)).toEqual(once);
        }
      }),
      { numRuns: 500 },
    );
  });
});
