/**
 * Pictures of a page, fetched and decoded in a worker by the browser. What they must come to was
 * written by the build-time decoder (test/unit/cli/picture-files.test.ts compares it too).
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import type { PictureOrder } from './pictures.worker.ts';

const EXPECTED = new URL('../../fixtures/pictures/vectors.json', import.meta.url).href;
const FOLDER = new URL('.', EXPECTED).href;

let cacheName = '';
beforeEach(() => {
  cacheName = `vitrine-test-${crypto.randomUUID()}`;
});
afterEach(() => caches.delete(cacheName));

function readInWorker(images: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const items = images.map((image): Item => ({ id: image, image }));
  const worker = new Worker(new URL('pictures.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<ReadonlyMap<string, readonly number[]>>((resolve, reject) => {
    worker.addEventListener('error', reject);
    worker.addEventListener('message', ({ data }) => resolve(data as Map<string, number[]>));
    const order: PictureOrder = { items, pageUrl: FOLDER, cacheName };
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}

/** About the middle of the range, so that numbers which are all positive can differ. */
function cosine(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [left, right].map((values) => values.map((value) => value - 0.35)) as [
    number[],
    number[],
  ];
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

describe('pictures in a worker', () => {
  it('come to what they come to at build time: PNG, JPEG and WebP', async () => {
    const response = await fetch(EXPECTED);
    const expected = Object.entries((await response.json()) as Record<string, number[]>);
    const found = await readInWorker(expected.map(([name]) => name));
    expect(found.size).toBe(expected.length);
    for (const [name, vector] of expected) {
      expect(cosine(found.get(name) ?? [], vector)).toBeGreaterThan(0.99);
    }
    const [blueShirt, redShirt, redTent] = ['blue-shirt.png', 'red-shirt.png', 'red-tent.jpg'].map(
      (name) => found.get(name) ?? [],
    ) as [readonly number[], readonly number[], readonly number[]];
    expect(cosine(redShirt, redTent)).toBeGreaterThan(cosine(blueShirt, redTent) + 0.3);
  });

  it('are silently left out when missing, drawn as SVG, or on a server without CORS', async () => {
    const svg = new URL('../../../public/icon.svg', import.meta.url).href;
    const found = await readInWorker(['none.png', svg, 'vectors.json', 'http://127.0.0.1:9/x.png']);
    expect(found.size).toBe(0);
  });

  it('are known to the next worker from what this one kept', async () => {
    await readInWorker(['red-shirt.png']);
    const cache = await caches.open(cacheName);
    const [request] = await cache.keys();
    const kept = await (await cache.match(request as Request))?.json();
    // Other numbers tell what was kept from what would be read again.
    kept.entries[0][2] = Array.from({ length: 24 }, () => 0.5);
    await cache.put(request as Request, Response.json(kept));
    const found = await readInWorker(['red-shirt.png']);
    expect(found.get('red-shirt.png')).toEqual(kept.entries[0][2]);
  });
});
