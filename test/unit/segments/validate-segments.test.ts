import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';
import { validateSegments } from '../../../src/segments/validate-segments.ts';

const valid = { name: 'Hikers', keywords: ['trail'] };

function codesOf(input: unknown): VitrineErrorCode[] {
  return validateSegments(input, 'merchant').warnings.map(({ code }) => code);
}

describe('segments that are well written', () => {
  it('keep every field, with the origin and version 1', () => {
    const input = {
      id: 'hikers',
      name: 'Hikers',
      description: 'Walks far.',
      price: 'middle',
      categories: ['outdoors', 'boots'],
      brands: ['Aero'],
      keywords: ['trail', 'summit'],
      features: { material: ['leather'], use: ['hiking'] },
    };
    const { segments, warnings } = validateSegments([input], 'merchant');
    const { id, name, description: _, ...describes } = input;
    expect(segments).toEqual([{ id, name, origin: 'merchant', describes, version: 1 }]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['Hikers & Climbers', 'hikers-climbers'],
    ['  Deals!!! ', 'deals'],
    ['Küche – günstig', 'küche-günstig'],
    ['登山 用品', '登山-用品'],
    ['50+', '50'],
  ])('make an id of the name %j', (name, id) => {
    expect(validateSegments([{ ...valid, name }], 'merchant').segments[0]!.id).toBe(id);
  });

  it.each([
    'low',
    'middle',
    'high',
    { min: 10 },
    { max: 0 },
    { min: 5, max: 5 },
    { min: 1, max: 9 },
  ])('may ask for the price %j', (price) => {
    const { segments, warnings } = validateSegments([{ name: 'P', price }], 'merchant');
    expect(segments[0]!.describes).toEqual({ price });
    expect(warnings).toEqual([]);
  });

  it('keep their order', () => {
    const names = ['C', 'A', 'B'];
    const input = names.map((name) => ({ ...valid, name }));
    expect(validateSegments(input, 'merchant').segments.map(({ name }) => name)).toEqual(names);
  });

  it('are mended quietly: blanks trimmed, doubles dropped, feature values in lower case', () => {
    const input = {
      name: ' Hikers ',
      keywords: [' trail ', 'trail', ''],
      features: { Material: ['Leather'] },
    };
    expect(validateSegments([input], 'merchant').segments[0]).toMatchObject({
      name: 'Hikers',
      describes: { keywords: ['trail'], features: { Material: ['leather'] } },
    });
  });

  it('are cut where they are too long', () => {
    const words = Array.from({ length: 100 }, (_, i) => `word${i}${'x'.repeat(100)}`);
    const { segments } = validateSegments([{ name: 'n'.repeat(200), keywords: words }], 'merchant');
    expect(segments[0]!.name).toHaveLength(80);
    expect(segments[0]!.describes.keywords).toHaveLength(64);
    expect(Math.max(...segments[0]!.describes.keywords!.map((word) => word.length))).toBe(80);
  });

  it('are read up to the five hundredth', () => {
    const many = Array.from({ length: 600 }, (_, i) => ({ ...valid, name: `S${i}` }));
    expect(validateSegments(many, 'merchant').segments).toHaveLength(500);
  });
});

describe('segments that are left out with SEGMENT_INVALID', () => {
  it.each<[string, unknown]>([
    ['no object', 'Hikers'],
    ['null', null],
    ['a list', ['Hikers']],
    ['no name', { keywords: ['trail'] }],
    ['a blank name', { ...valid, name: '  ' }],
    ['a name that is no text', { ...valid, name: 7 }],
    ['a name of its prototype', Object.create({ name: 'Hikers', keywords: ['trail'] })],
    ['no description at all', { name: 'Hikers' }],
    ['only a sentence', { name: 'Hikers', description: 'Walks far.', id: 'h' }],
    ['no letter in its name and no id', { name: '!!!', keywords: ['a'] }],
  ])('%s', (_, segment) => {
    const { segments, warnings } = validateSegments([valid, segment], 'merchant');
    expect(segments.map(({ name }) => name)).toEqual(['Hikers']);
    expect(warnings.map(({ code }) => code)).toContain('SEGMENT_INVALID');
  });

  it('an id that is taken', () => {
    const twice = validateSegments([valid, { ...valid, name: 'HIKERS' }], 'merchant');
    expect(twice.segments).toHaveLength(1);
    expect(twice.warnings).toEqual([
      { code: 'SEGMENT_INVALID', count: 1, first: 'HIKERS: the id hikers is taken' },
    ]);
  });

  it.each(['Hikers', 7, {}, null, { length: 1, 0: valid }])('a list that is %j', (input) => {
    expect(validateSegments(input, 'merchant').segments).toEqual([]);
    expect(codesOf(input)).toEqual(['SEGMENT_INVALID']);
  });

  it('but no list at all is no mistake', () => {
    expect(validateSegments(undefined, 'merchant')).toEqual({ segments: [], warnings: [] });
  });
});

describe('fields that are ignored with SEGMENT_FIELD_UNKNOWN', () => {
  it.each<[string, object]>([
    ['a field that does not exist', { colour: 'red' }],
    ['a price that is a word of its own', { price: 'cheap' }],
    ['a price as a number', { price: 20 }],
    ['a range without ends', { price: {} }],
    ['a range turned round', { price: { min: 9, max: 1 } }],
    ['a range with bad ends', { price: { min: -1, max: Number.NaN } }],
    ['ends of the prototype', { price: Object.create({ min: 1 }) }],
    ['keywords as one text', { keywords: 'trail' }],
    ['an empty list', { brands: [] }],
    ['a list of numbers', { categories: [1, 2] }],
    ['features as a list', { features: ['leather'] }],
    ['features without values', { features: { material: [] } }],
  ])('%s', (_, field) => {
    const { segments, warnings } = validateSegments(
      [{ name: 'Hikers', tags: 1, categories: ['boots'], keywords: ['trail'], ...field }],
      'merchant',
    );
    expect(segments).toHaveLength(1);
    expect(segments[0]!.describes).not.toHaveProperty('colour');
    expect(warnings).toEqual([{ code: 'SEGMENT_FIELD_UNKNOWN', count: 2, first: 'Hikers: tags' }]);
  });

  it('one good end of a range still counts', () => {
    const { segments } = validateSegments([{ name: 'P', price: { min: 3, max: -1 } }], 'merchant');
    expect(segments[0]!.describes.price).toEqual({ min: 3 });
  });

  it('leave out a segment of which nothing is left', () => {
    expect(codesOf([{ name: 'Hikers', keyword: ['trail'] }])).toEqual([
      'SEGMENT_FIELD_UNKNOWN',
      'SEGMENT_INVALID',
    ]);
  });

  it('cannot reach a prototype', () => {
    const input = JSON.parse(
      '[{"name":"H","__proto__":{"keywords":["x"]},"features":{"__proto__":["a"],"use":["b"]}}]',
    );
    const { segments, warnings } = validateSegments(input, 'merchant');
    expect(segments[0]!.describes).toEqual({ features: { use: ['b'] } });
    expect(Object.getPrototypeOf(segments[0]!.describes.features)).toBe(Object.prototype);
    expect(warnings.map(({ code }) => code)).toEqual(['SEGMENT_FIELD_UNKNOWN']);
    expect(({} as { keywords?: unknown }).keywords).toBeUndefined();
  });
});

describe('whatever is handed over', () => {
  it('gives segments that describe something, with unique ids, or warnings', () => {
    const field = fc.oneof(fc.string(), fc.array(fc.string()), fc.anything());
    const segment = fc.record(
      { id: field, name: field, price: field, keywords: field, features: field, other: field },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.oneof(segment, fc.anything())), fc.anything()), (input) => {
        const { segments, warnings } = validateSegments(input, 'merchant');
        expect(new Set(segments.map(({ id }) => id)).size).toBe(segments.length);
        for (const { id, name, describes } of segments) {
          expect(id.length * name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(80);
          expect(Object.keys(describes).length).toBeGreaterThan(0);
        }
        const given = Array.isArray(input) ? input.length : 0;
        if (segments.length < given) expect(warnings.length).toBeGreaterThan(0);
        for (const { count, first } of warnings) {
          expect(count).toBeGreaterThan(0);
          expect(first.length).toBeLessThanOrEqual(300);
        }
        structuredClone({ segments, warnings });
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same again when the result is validated', () => {
    const input = [
      { ...valid, price: { min: 1 } },
      { name: 'B', features: { use: ['x'] } },
    ];
    const { segments } = validateSegments(input, 'merchant');
    const again = segments.map(({ id, name, describes }) => ({ id, name, ...describes }));
    expect(validateSegments(again, 'merchant')).toEqual({ segments, warnings: [] });
  });
});
