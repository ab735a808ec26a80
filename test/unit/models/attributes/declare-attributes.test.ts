import { describe, expect, it } from 'vitest';
import { readAttributes } from '../../../../src/models/attributes/declare-attributes.ts';
import { DEFAULT_ATTRIBUTES } from '../../../../src/models/attributes/default-attributes.ts';

describe('attributes that a shop declares', () => {
  it('are read as they are', () => {
    expect(
      readAttributes([{ name: 'fit', positive: ['true to size'], negative: ['tight'] }]),
    ).toEqual([{ name: 'fit', positive: ['true to size'], negative: ['tight'] }]);
  });

  it('may leave the negative words out', () => {
    expect(readAttributes([{ name: 'fit', positive: ['snug'] }])).toEqual([
      { name: 'fit', positive: ['snug'], negative: [] },
    ]);
  });

  it('are six by default, and valid', () => {
    const names = readAttributes(structuredClone(DEFAULT_ATTRIBUTES)).map(({ name }) => name);
    expect(names).toEqual([
      'style',
      'comfort',
      'innovation',
      'durability',
      'giftability',
      'sustainability',
    ]);
  });

  it.each([
    ['no list', {}, 'attributes: got {}'],
    ['an empty list', [], 'attributes: got []'],
    ['no object', ['fit'], 'attributes[0]: got "fit"'],
    ['a name with capitals', [{ name: 'Fit', positive: ['a'] }], 'attributes[0].name: got "Fit"'],
    ['no words', [{ name: 'fit', positive: [] }], 'attributes[0].positive: got []'],
    ['a number as a word', [{ name: 'fit', positive: [5] }], 'attributes[0].positive[0]: got 5'],
    ['a phrase without words', [{ name: 'fit', positive: ['!'] }], 'positive[0]: got "!"'],
    [
      'a word in both lists',
      [{ name: 'fit', positive: ['a1'], negative: ['a1'] }],
      'attributes[0].negative: got "a1"',
    ],
    [
      'a name twice',
      [
        { name: 'fit', positive: ['a'] },
        { name: 'fit', positive: ['b'] },
      ],
      'attributes[1].name: got "fit"',
    ],
    [
      'a field that is not known',
      [{ name: 'fit', positive: ['a'], weight: 1 }],
      'attributes[0]: got "weight"',
    ],
  ])('are refused with the place: %s', (_, value, message) => {
    expect(() => readAttributes(value)).toThrow(message);
  });
});
