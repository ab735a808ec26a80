/**
 * What a browser's worker hands to the picture reader.
 *
 * @packageDocumentation
 */
import { readConditions } from '../core/device-conditions.ts';
import type { Pixels } from '../image/shrink.ts';
import type { PicturePorts } from './picture-reader.ts';

/**
 * Decodes a picture, scaled down by the browser.
 *
 * @param blob - A raster picture; workers decode no SVG.
 * @param side - Most pixels of the longer side of what is returned.
 * @returns Pixels; null where a worker has no canvas.
 * @throws What `createImageBitmap` rejects with, when the picture is damaged or of another format.
 */
async function decodePicture(blob: Blob, side: number): Promise<Pixels | null> {
  if (!('OffscreenCanvas' in globalThis) || !('createImageBitmap' in globalThis)) return null;
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
  try {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(width, height).getContext('2d', {
      willReadFrequently: true,
    });
    if (!context) return null;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { data, width, height };
  } finally {
    bitmap.close();
  }
}

/**
 * Ports of a worker.
 *
 * @param openStore - Opens the cache, such as `() => caches.open('vitrine-pictures')`; null while
 *   there is no consent.
 * @param free - Resolves once no feed is under way.
 * @returns Ports for `PictureReader`.
 */
export function browserPicturePorts(
  openStore: PicturePorts['openStore'],
  free: PicturePorts['free'],
): PicturePorts {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return {
    fetch: (url, signal) =>
      fetch(url, { credentials: 'omit', mode: 'cors', priority: 'low', signal }),
    decode: decodePicture,
    openStore,
    free,
    // Workers have no requestIdleCallback; behind a timer, whatever has come in goes first.
    whenIdle: (job) => void setTimeout(job, 50),
    pause,
    now: () => Date.now(),
    isSaving: () => readConditions().saveData,
  };
}
