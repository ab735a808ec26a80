/** Lists that are too long to be read end behind an item. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText } from '../../../src/catalog/cut-text.ts';
import { parseCandidatesText } from '../../../src/catalog/parse-candidates.ts';

/** Texts with all that could be taken for the end of one. */
const text = fc.string({ unit: fc.constantFrom('"', '\\', '}', ']', '{', '[', 'a', '\n', 'é') });

const item = fc.record({
  id: fc.integer(),
  title: text,
  variants: fc.array(fc.record({ id: fc.integer(), name: text }), { maxLength: 2 }),
});

const SHAPES: Readonly<Record<string, (items: readonly unknown[]) => unknown>> = {
  'a list': (items) => items,
  'a container': (items) => ({ shop: { name: '}]' }, items, more: [{ id: 'no item' }] }),
  'a list of a list': (items) => [{ '@type': 'ItemList', itemListElement: items }],
};

const itemsIn: typeof SHAPES = {
  'a list': (value) => value,
  'a container': (value) => (value as { items?: unknown }).items,
  'a list of a list': (value) => (value as { itemListElement: unknown }[])[0]?.itemListElement,
};

describe('a text that is too long', () => {
  it.each(Object.keys(SHAPES))('holds the first items, whole, of %s', (shape) => {
    const make = SHAPES[shape] as (items: readonly unknown[]) => unknown;
    const read = itemsIn[shape] as (value: readonly unknown[]) => unknown;
    fc.assert(
      fc.property(fc.array(item, { minLength: 2 }), fc.nat(), (items, length) => {
        const source = JSON.stringify(make(items));
        // The first item is whole in any case.
        const first = source.indexOf(JSON.stringify(items[0])) + JSON.stringify(items[0]).length;
        const cut = cutText(source, first + (length % (source.length - first)));
        const found = read(JSON.parse(cut) as unknown[]) as unknown[];
        expect(found.length).toBeGreaterThan(0);
        expect(found).toEqual(items.slice(0, found.length));
      }),
    );
  });

  it('holds the first lines of NDJSON', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 2 }), fc.nat(), (items, length) => {
        const source = items.map((one) => JSON.stringify(one)).join('\n');
        const first = JSON.stringify(items[0]).length + 1;
        const cut = cutText(source, first + (length % (source.length - first)));
        const { badLines, value } = parseCandidatesText(cut);
        expect(badLines).toBe(0);
        expect(value).toEqual(items.slice(0, (value as unknown[]).length));
      }),
    );
  });

  it('is itself when it is short enough, and its broken beginning without a whole item', () => {
    const source = '[{"id":1},{"id":2}]';
    expect(cutText(source, source.length)).toBe(source);
    expect(cutText(source, 5)).toBe('[{"id');
    expect(cutText(source, 0)).toBe('');
  });

  it('throws for nothing', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 20 }), (source, most) => {
        expect(typeof cutText(source, most)).toBe('string');
      }),
    );
  });

  it('is cut in linear time however deep it is nested', () => {
    // Were the open brackets copied for each object, this would take days.
    const depth = 100_000;
    const source = '['.repeat(depth) + '{},'.repeat(depth);
    const cut = cutText(source, source.length - 1);
    expect(cut.endsWith(`{}${']'.repeat(depth)}`)).toBe(true);
  });
});
