import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import { featureInWords } from '../../../src/learn/feature-words.ts';
import { createItemFeatures } from '../../../src/learn/item-features.ts';

const namesOf = (item: Item, list: readonly Item[] = [item]): string[] =>
  createItemFeatures(list)
    .of(item)
    .map(({ name }) => name);

const valueOf = (item: Item, name: string, list: readonly Item[] = [item]): number | undefined =>
  createItemFeatures(list)
    .of(item)
    .find((feature) => feature.name === name)?.value;

describe('features of an item', () => {
  it('name its categories at every level, its brand, its tags and the words of its title', () => {
    const item = {
      id: '1',
      title: 'Red kettle, red',
      brand: 'Arc',
      categoryPath: ['home', 'kettles'],
      tags: ['Steel', 'steel'],
    };
    expect(namesOf(item)).toEqual([
      'category:home',
      'category:home > kettles',
      'brand:Arc',
      'tag:steel',
      'word:red',
      'word:kettle',
    ]);
  });

  it('are none for an item of which only the id is known', () => {
    expect(namesOf({ id: '1' })).toEqual([]);
  });

  it('place a price among those of the same shelf, half-way between two levels if need be', () => {
    const list = [1, 2, 3, 4, 5].map((price) => ({ id: `${price}`, price, categoryPath: ['a'] }));
    const other = { id: 'x', price: 1, categoryPath: ['b'] };
    const level = (item: Item): number =>
      [0, 1, 2, 3, 4].reduce(
        (sum, k) => sum + k * (valueOf(item, `price:${k}`, [...list, other]) ?? 0),
        0,
      );
    const levels = list.map(level);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(levels[2]).toBeCloseTo(2);
    // Alone on its shelf: neither high nor low.
    expect(valueOf(other, 'price:0', [...list, other])).toBeUndefined();
  });

  it('place equal prices in the middle of where they stand, also of an item that is not listed', () => {
    const list = [1, 2, 2, 3].map((price, n) => ({ id: `${n}`, price }));
    expect(valueOf(list[1] as Item, 'price:2', list)).toBe(1);
    expect(valueOf({ id: 'x', price: 9 }, 'price:4', list)).toBe(1);
  });

  it('count a rating by how many gave it, and none without any', () => {
    const rated = (ratingCount: number): number =>
      valueOf({ id: '1', rating: 5, ratingCount }, 'rating') ?? 0;
    expect(rated(1)).toBeLessThan(rated(100));
    expect(rated(0)).toBe(0);
    expect(valueOf({ id: '1', rating: 2, ratingCount: 50 }, 'rating')).toBeLessThan(0);
  });

  it('take synthetic scores around the middle, but not what is guessed', () => {
    const generated = { modelId: 'm', scores: { comfort: 0.9 }, latent: [], evidence: [] };
    const sure = { id: '1', generated: { ...generated, guessing: false } };
    expect(valueOf(sure, 'score:comfort')).toBeCloseTo(0.8);
    expect(namesOf({ id: '1', generated: { ...generated, guessing: true } })).toEqual([]);
  });
});

describe('a feature in words', () => {
  it.each([
    ['brand:Arc', 'you often choose “Arc”'],
    ['category:home > kettles', 'you often choose from “kettles”'],
    ['tag:steel', 'you often choose things with “steel”'],
    ['price:3', 'at a price level that you often choose'],
    ['rating', 'rated like what you choose'],
    ['score:comfort', '“comfort” as in what you choose'],
  ])('%s: %s', (name, words) => {
    expect(featureInWords(name, { id: 'any' })).toBe(words);
  });
});
