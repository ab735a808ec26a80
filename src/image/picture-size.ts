/**
 * Width and height from the head of a picture's file, so that a small file of huge size is not
 * decoded.
 *
 * @packageDocumentation
 */

/** Pixels of a picture. */
export interface PictureSize {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** RFC 2083, section 4.1.1. */
function sizeOfPng(view: DataView): PictureSize {
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** RFC 9649: simple, lossless and extended files keep it in three ways. */
function sizeOfWebp(bytes: Uint8Array, view: DataView): PictureSize | null {
  if (hasText(bytes, 12, 'VP8 ')) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (hasText(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!hasText(bytes, 12, 'VP8X')) return null;
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  return { width: three(24) + 1, height: three(27) + 1 };
}

/** Markers that start a frame, ITU T.81, table B.1. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** From segment to segment until the one that holds the size. */
function sizeOfJpeg(view: DataView): PictureSize | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // A fill byte stands alone.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/**
 * Reads the size of a PNG, JPEG, GIF or WebP file.
 *
 * Cost: constant, for JPEG the number of its segments.
 *
 * @param bytes - The file, or its first part.
 * @returns The size; null for other formats and for heads that are cut off.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4 && bytes[0] === 0xff && bytes[1] === 0xd8) return sizeOfJpeg(view);
  if (bytes.length < 30) return null;
  if (hasText(bytes, 1, 'PNG\r\n')) return sizeOfPng(view);
  if (hasText(bytes, 0, 'GIF8')) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return sizeOfWebp(bytes, view);
  return null;
}
