import { describe, expect, it } from 'vitest';
import { createTextCache, encodeItems } from '../../../../src/catalog/encode-items.ts';
import type { Item } from '../../../../src/core/types.ts';
import { spaceKey } from '../../../../src/segments/generate/space-key.ts';
import { generateCatalog } from '../../../../scripts/demo-catalog/generate.mjs';

const SHOP: readonly Item[] = generateCatalog({ seed: 1 }).items.slice(0, 300);
const keyOf = (items: readonly Item[]): string =>
  spaceKey(encodeItems(items, createTextCache()).model);
const key = keyOf(SHOP);
const first = SHOP[0] as Item;
const rest = SHOP.slice(1);
const picture = Array.from({ length: 24 }, (_, i) => 1 / (i + 2));
const generated = { modelId: 'm', scores: { comfort: 0.4 }, latent: [], guessing: false };

describe('the key of a space', () => {
  it('is 16 digits, the same for the same list', () => {
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(keyOf(SHOP)).toBe(key);
  });

  it.each<[string, readonly Item[]]>([
    ['another order', SHOP.toReversed()],
    ['another price', [{ ...first, price: 9_999 }, ...rest]],
    ['what is sold out', [{ ...first, available: false }, ...rest]],
    ['another rating', [{ ...first, rating: 2, ratingCount: 90 }, ...rest]],
  ])('stays with %s', (_, items) => {
    expect(keyOf(items)).toBe(key);
  });

  it.each<[string, readonly Item[]]>([
    ['an item less', rest],
    [
      'a word that others use',
      [{ ...first, description: `${first.description} ${rest[9]?.title}` }, ...rest],
    ],
    ['another category', [{ ...first, categoryPath: ['toys'] }, ...rest]],
    ['another brand', [{ ...first, brand: 'Nobody' }, ...rest]],
    ['a picture', [{ ...first, imageVector: picture }, ...rest]],
    ['a score', [{ ...first, generated } as unknown as Item, ...rest]],
  ])('changes with %s', (_, items) => {
    expect(keyOf(items)).not.toBe(key);
  });
});
