import { describe, expect, test } from 'vitest';
import { createTextCache, encodeItems } from '../../../src/catalog/encode-items.ts';
import { blockShares } from '../../../src/core/block-cosine.ts';
import type { Item } from '../../../src/core/types.ts';
import { describePicture } from '../../../src/image/picture-vector.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { drawShop, type Labelled } from '../image/drawn-pictures.ts';

/** Shirts, mugs, lamps and benches whose texts do not name a colour. */
function toItem({ pixels, thing }: Labelled, i: number): Item {
  const imageVector = describePicture(pixels) ?? [];
  return { id: `i${i}`, title: `A ${thing}`, categoryPath: [thing], price: 20, imageVector };
}

const shop = drawShop(createRandom(3), 1);
const items = shop.map(toItem);
const encoded = encodeItems(items, createTextCache());

/** Dot product of two rows' image blocks. */
function imageDot(left: number, right: number): number {
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const shares = blockShares({ set, row: left }, { set, row: right }, encoded.model.space.blocks);
  return shares.find(({ block }) => block === 'image')?.cosine ?? NaN;
}

describe('encoded with their pictures', () => {
  test('things of one colour are nearer by their pictures, whatever they are', () => {
    const same: number[] = [];
    const other: number[] = [];
    for (const [i, left] of shop.entries()) {
      for (const [j, right] of shop.entries()) {
        if (i === j || left.thing === right.thing) continue;
        (left.colour === right.colour ? same : other).push(imageDot(i, j) / imageDot(i, i));
      }
    }
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(same)).toBeGreaterThan(mean(other) + 0.4);
  });

  test('an item without a picture is compared by the rest', () => {
    const bare = encodeItems(
      items.map(({ imageVector, ...item }, i) =>
        i === 0 || !imageVector ? item : { ...item, imageVector },
      ),
      createTextCache(),
    );
    const set = { vectors: bare.vectors, presence: bare.presence };
    const blocks = bare.model.space.blocks;
    const names = blockShares({ set, row: 0 }, { set, row: 1 }, blocks).map(({ block }) => block);
    expect(names).toContain('category');
    expect(names).not.toContain('image');
  });

  test('the dimensions of a list without pictures are those of ever', () => {
    const bare = items.map(({ imageVector: _unused, ...item }) => item);
    const { model, vectors } = encodeItems(bare, createTextCache());
    expect(vectors.dims).toBe(128);
    expect(model.space.blocks.some(({ name }) => name === 'image')).toBe(false);
    expect(encoded.vectors.dims).toBe(128 + 24);
  });
});
