import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isImageVector } from '../../../src/catalog/image-block.ts';
import { openDecoder } from '../../../src/cli/picture-decoder.ts';
import { openPictures, type PictureFiles } from '../../../src/cli/picture-files.ts';
import { PICTURE_PARTS } from '../../../src/image/picture-vector.ts';
import { failureOf, testFolder } from './data-folder.ts';

const RED =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#c22"/></svg>';

/** A data folder with pictures in a folder of it. */
async function shop(isOnline = false): Promise<{ dir: string; files: PictureFiles }> {
  const dir = testFolder();
  mkdirSync(join(dir, 'images/deep'), { recursive: true });
  writeFileSync(join(dir, 'images/red.svg'), RED);
  const blue = sharp({ create: { width: 30, height: 30, channels: 3, background: '#24c' } });
  writeFileSync(join(dir, 'images/deep/blue one.jpg'), await blue.jpeg().toBuffer());
  writeFileSync(join(dir, 'images/notes.png'), 'no picture');
  return { dir, files: await openPictures({ pictures: 'auto', data: dir, isOnline }) };
}

function part(vector: readonly number[] | null | undefined, name: string): number {
  return vector?.[PICTURE_PARTS.indexOf(name)] ?? NaN;
}

describe('a picture of a catalog', () => {
  test.each([
    'images/red.svg',
    '/images/red.svg',
    './images/red.svg?w=400#top',
    'https://shop.example/images/red.svg',
  ])('is found in the data folder as %s', async (image) => {
    const { files } = await shop();
    const vector = await files.describe(image);
    expect(isImageVector(vector)).toBe(true);
    expect(part(vector, 'red')).toBeGreaterThan(0.8);
    expect(files.counts).toEqual({ read: 1, missing: 0, damaged: 0 });
  });

  test('is found by its last part in a folder of pictures', async () => {
    const { dir } = await shop();
    const pictures = join(dir, 'images/deep');
    const files = await openPictures({ pictures, data: dir, isOnline: false });
    const vector = await files.describe('https://cdn.example/a/b/blue%20one.jpg');
    expect(part(vector, 'blue')).toBeGreaterThan(0.8);
  });

  test.each([
    ['missing', '/images/gone.png'],
    ['missing', '/images'],
    ['missing', '/images/%00.png'],
    ['missing', '/images/%E0%A4%A.png'],
    ['missing', '..%2F..%2Fetc%2Fpasswd'],
    ['missing', 'data:image/png;base64,AAAA'],
    ['damaged', '/images/notes.png'],
  ] as const)('counts as %s at %s', async (kind, image) => {
    const { files } = await shop();
    expect(await files.describe(image)).toBeUndefined();
    expect(files.counts).toEqual({ read: 0, missing: 0, damaged: 0, [kind]: 1 });
  });

  test('that no item names does not count', async () => {
    const { files } = await shop();
    expect(await files.describe(undefined)).toBeUndefined();
    expect(files.counts).toEqual({ read: 0, missing: 0, damaged: 0 });
  });

  test('is fetched only when that is asked for', async () => {
    let requests = 0;
    const server = createServer(({ url }, response) => {
      requests++;
      if (url === '/far.svg') response.end(RED);
      else response.writeHead(404).end();
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { files: offline } = await shop();
    expect(await offline.describe(`${base}/far.svg`)).toBeUndefined();
    expect(requests).toBe(0);
    const { files: online } = await shop(true);
    expect(part(await online.describe(`${base}/far.svg`), 'red')).toBeGreaterThan(0.8);
    expect(await online.describe(`${base}/gone.svg`)).toBeUndefined();
    expect(await online.describe('http://127.0.0.1:1/none.svg')).toBeUndefined();
    expect(online.counts).toEqual({ read: 1, missing: 2, damaged: 0 });
  });
});

describe('what is wrong from the start is told in a line', () => {
  test('a folder that is not there', async () => {
    const pictures = join(testFolder(), 'none');
    const open = (): Promise<unknown> => openPictures({ pictures, data: '.', isOnline: false });
    const { code, message } = await failureOf(open);
    expect(code).toBe('OPTION_INVALID');
    expect(message).toContain(pictures);
  });

  test('sharp that cannot be loaded', async () => {
    const { code, message } = await failureOf(() =>
      openDecoder(() => Promise.reject(new Error('Could not load the "sharp" module'))),
    );
    expect(code).toBe('OPTION_INVALID');
    expect(message).toContain('npm install sharp');
  });
});

describe('the decoder', () => {
  test('knows greys, sixteen bits, opacity and turned photographs', async () => {
    const decode = await openDecoder();
    const grey = sharp({ create: { width: 9, height: 9, channels: 3, background: '#888' } });
    expect(part(await decode(await grey.toColourspace('b-w').png().toBuffer()), 'grey')).toBe(
      part(await decode(await grey.png().toBuffer()), 'grey'),
    );
    const deep = await grey.toColourspace('rgb16').png().toBuffer();
    expect(part(await decode(deep), 'grey')).toBeGreaterThan(0.8);
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const nothing = sharp({ create: { width: 9, height: 9, channels: 4, background: clear } });
    expect(await decode(await nothing.png().toBuffer())).toBeNull();
    const tall = sharp({ create: { width: 20, height: 60, channels: 3, background: '#222' } });
    expect(part(await decode(await tall.jpeg().toBuffer()), 'aspect')).toBeLessThan(0.3);
    const turned = await tall.withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(part(await decode(turned), 'aspect')).toBeGreaterThan(0.7);
  });

  test('reaches no file from an SVG', async () => {
    const { dir } = await shop();
    const link = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file://${dir}/images/red.svg" width="9" height="9"/></svg>`;
    const decode = await openDecoder();
    expect(await decode(Buffer.from(link))).toBeNull();
  });
});

test('fixtures come to the numbers that the browser is held to', async () => {
  // Written by this decoder; written anew only when `describePicture` is meant to change.
  const folder = join(import.meta.dirname, '../../fixtures/pictures');
  const files = await openPictures({ pictures: folder, data: '.', isOnline: false });
  const text = readFileSync(join(folder, 'vectors.json'), 'utf8');
  for (const [name, expected] of Object.entries(JSON.parse(text) as Record<string, number[]>)) {
    const vector = (await files.describe(name)) ?? [];
    for (const [i, value] of expected.entries()) expect(vector[i]).toBeCloseTo(value, 2);
  }
  expect(files.counts).toEqual({ read: 4, missing: 0, damaged: 0 });
});
