/**
 * Picture files → the numbers of the `image` block, in Node.
 *
 * sharp decodes them. It is not installed with Vitrine, since it is only needed here.
 *
 * @packageDocumentation
 */
import type SharpFactory from 'sharp';
import { VitrineError } from '../core/errors.ts';
import { describePicture } from '../image/picture-vector.ts';

/**
 * Describes a picture file: PNG, JPEG, WebP, AVIF, GIF (its first picture), TIFF or SVG, which
 * cannot reach files or addresses from here. Never rejects.
 *
 * @returns 24 numbers; null for what cannot be decoded, is larger than 100 million pixels, or shows
 *   nothing.
 */
export type FileDescriber = (bytes: Uint8Array) => Promise<number[] | null>;

/** More pixels are not decoded. */
const MAX_PIXELS = 100e6;
/** The vector hardly changes with more pixels. */
const SIDE = 128;

/** Loads sharp. */
type SharpLoader = () => Promise<{ readonly default: typeof SharpFactory }>;

async function loadWith(load: SharpLoader): Promise<typeof SharpFactory> {
  try {
    return (await load()).default;
  } catch (error) {
    const detail = '--pictures needs sharp, which cannot be loaded: npm install sharp.';
    throw new VitrineError('OPTION_INVALID', detail, { cause: error });
  }
}

/**
 * Loads the decoder.
 *
 * @param load - Loads sharp; default: the package beside Vitrine.
 * @returns See {@link FileDescriber}.
 * @throws `OPTION_INVALID` when sharp cannot be loaded.
 */
export async function openDecoder(
  load: SharpLoader = () => import('sharp'),
): Promise<FileDescriber> {
  const sharp = await loadWith(load);
  return async (bytes) => {
    try {
      const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
        .rotate()
        .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return describePicture({ data, width: info.width, height: info.height });
    } catch {
      return null; // one bad picture among thousands must not end the run; it is counted
    }
  };
}
