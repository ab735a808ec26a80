/** The demo takes a segment's vector apart by the sizes that the library puts it together with. */
import { describe, expect, it } from 'vitest';
import { blocksOf, likenessIn } from '../../../demo/profile-blocks.js';
import { type ExtraBlocks, spaceWith } from '../../../src/catalog/blocks.ts';

const LISTS: readonly [string, ExtraBlocks][] = [
  ['neither scores nor pictures', { generated: 0, image: 0 }],
  ['six scores and 24 latent dimensions', { generated: 30, image: 0 }],
  ['pictures', { generated: 0, image: 24 }],
  ['both', { generated: 7, image: 24 }],
];

describe('the blocks of a segment’s vector', () => {
  it.each(LISTS)('are those of the library for a list with %s', (_name, extra) => {
    const { dims, blocks } = spaceWith(extra);
    const expected = blocks.map(({ name, start, size }) => ({ name, start, size }));
    expect(blocksOf(dims, extra.image > 0)).toEqual(expected);
  });

  it('are none before the first feed encoded the segment', () => {
    expect(blocksOf(0, false)).toEqual([]);
  });

  it('compare as cosines, whatever the length', () => {
    const block = { name: 'price', start: 1, size: 2 };
    expect(likenessIn([9, 3, 4], [0, 6, 8], block)).toBeCloseTo(1, 12);
    expect(likenessIn([9, 1, 0], [9, 0, 5], block)).toBe(0);
  });

  it('say nothing where one of the two says nothing', () => {
    expect(likenessIn([1, 0, 0], [1, 1, 1], { name: 'price', start: 1, size: 2 })).toBeNull();
  });
});
