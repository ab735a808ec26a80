import { describe, expect, it } from 'vitest';
import { valuesOf } from '../../../src/catalog/lexicon.ts';
import { DEFAULT_ATTRIBUTES } from '../../../src/models/attributes/default-attributes.ts';
import library from '../../../src/segments/library.json' with { type: 'json' };
import { validateSegments } from '../../../src/segments/validate-segments.ts';

const FIELDS = new Set([
  'id',
  'name',
  'description',
  'price',
  'categories',
  'brands',
  'keywords',
  'features',
  'attributes',
]);

const { segments, warnings } = validateSegments(library, 'predefined');

describe('the predefined segments', () => {
  it('are at least twelve, all valid, without a warning', () => {
    expect(library.length).toBeGreaterThanOrEqual(12);
    expect(segments).toHaveLength(library.length);
    expect(warnings).toEqual([]);
  });

  it('have ids and names of their own', () => {
    expect(new Set(segments.map(({ id }) => id)).size).toBe(segments.length);
    expect(new Set(segments.map(({ name }) => name)).size).toBe(segments.length);
    for (const { id } of segments) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('hold the four that the product is sold with', () => {
    const names = segments.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'Price sensitive shoppers',
        'Luxury goods enthusiasts',
        'Tech early adopters',
        'Home automation',
      ]),
    );
  });

  it('use known fields only', () => {
    for (const segment of library) {
      for (const field of Object.keys(segment)) expect(FIELDS).toContain(field);
    }
  });

  it('tell the merchandiser in one sentence what they are for', () => {
    for (const { name, description } of library) {
      expect(name.length).toBeLessThanOrEqual(80);
      expect(description).toMatch(/^[A-Z][^\n]{10,120}\.$/);
    }
  });

  it('survive validation as they are written', () => {
    for (const [i, { describes }] of segments.entries()) {
      const { id: _id, name: _name, description: _description, ...written } = library[i]!;
      expect(describes).toEqual(written);
    }
  });

  it('describe more than one thing each, so that a thin catalog can still tell them apart', () => {
    for (const { name, describes } of segments) {
      expect(Object.keys(describes).length, name).toBeGreaterThanOrEqual(2);
    }
  });

  it('name features that text analysis can find, kind by kind', () => {
    const unknown = segments.flatMap(({ id, describes }) =>
      Object.entries(describes.features ?? {}).flatMap(([kind, values]) => {
        const known = new Set(valuesOf(kind));
        return values
          .filter((value) => !known.has(value))
          .map((value) => `${id}: ${kind} ${value}`);
      }),
    );
    expect(unknown).toEqual([]);
  });

  it('want scores that the default attributes have', () => {
    const names = DEFAULT_ATTRIBUTES.map(({ name }) => name);
    const wanted = segments.flatMap(({ describes }) => Object.keys(describes.attributes ?? {}));
    expect(wanted.length).toBeGreaterThan(5);
    for (const name of wanted) expect(names).toContain(name);
  });
});
