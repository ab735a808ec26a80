import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { pictureSize } from '../../../src/image/picture-size.ts';

function blank(): Sharp {
  return sharp({
    create: {
      width: 321,
      height: 45,
      channels: 4,
      background: { r: 9, g: 99, b: 200, alpha: 0.5 },
    },
  });
}

describe('the size of a picture is read from its head', () => {
  test.each([
    ['PNG', (): Promise<Buffer> => blank().png().toBuffer()],
    ['JPEG', (): Promise<Buffer> => blank().jpeg().toBuffer()],
    ['progressive JPEG', (): Promise<Buffer> => blank().jpeg({ progressive: true }).toBuffer()],
    ['JPEG with EXIF', (): Promise<Buffer> => blank().withExif({}).jpeg().toBuffer()],
    ['GIF', (): Promise<Buffer> => blank().gif().toBuffer()],
    ['WebP', (): Promise<Buffer> => blank().flatten().webp().toBuffer()],
    ['lossless WebP', (): Promise<Buffer> => blank().webp({ lossless: true }).toBuffer()],
    ['WebP with opacity', (): Promise<Buffer> => blank().webp().toBuffer()],
  ])('of %s', async (_, make) => {
    expect(pictureSize(await make())).toEqual({ width: 321, height: 45 });
  });

  test('and is unknown for other files and cut-off heads', async () => {
    const text = (content: string): Uint8Array => new TextEncoder().encode(content);
    expect(pictureSize(new Uint8Array())).toBeNull();
    expect(pictureSize(text('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>'))).toBeNull();
    expect(pictureSize(text('RIFF0000WEBPVP9 000000000000000000'))).toBeNull();
    for (const file of [await blank().png().toBuffer(), await blank().jpeg().toBuffer()]) {
      expect(pictureSize(file.subarray(0, 12))).toBeNull();
    }
  });

  test('never fails on noise', () => {
    for (let i = 0; i < 500; i++) {
      const bytes = Uint8Array.from({ length: i }, (_, at) => (at * 7919 + i * 104729) & 255);
      bytes.set([0xff, 0xd8].slice(0, i));
      const size = pictureSize(bytes);
      expect(size === null || size.width >= 0).toBe(true);
    }
  });
});
