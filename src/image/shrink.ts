/**
 * Pixels of any size → a small grid in a perceptual colour space.
 *
 * This room turns a decoded picture into numbers. It knows no decoder, no canvas and no network, and
 * imports nothing but core.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';

/** A decoded picture. */
export interface Pixels {
  /** Red, green, blue, alpha, 0 to 255, row by row, not premultiplied; width × height × 4. */
  readonly data: ArrayLike<number>;
  /** Whole, 1 or more. */
  readonly width: number;
  /** Whole, 1 or more. */
  readonly height: number;
}

/** A small picture in OKLab; each array has width × height entries, row by row. */
export interface Grid {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Lightness, 0 (black) to 1 (white). */
  readonly light: Float64Array;
  /** Green (−) to red (+), about −0.4 to 0.4. */
  readonly a: Float64Array;
  /** Blue (−) to yellow (+), about −0.4 to 0.4. */
  readonly b: Float64Array;
  /** Opacity, 0 to 1. */
  readonly alpha: Float64Array;
}

/** Part of a source row or column that falls into one cell of the grid. */
interface Span {
  readonly first: number;
  /** Shares of the entries from `first` on; they sum to 1. */
  readonly shares: readonly number[];
}

/** Every cell covers the same length of the source, in fractions of its entries where need be. */
function spansOf(from: number, to: number): Span[] {
  const step = from / to;
  return Array.from({ length: to }, (_, cell) => {
    const start = cell * step;
    const end = Math.min(from, start + step);
    const first = Math.min(from - 1, Math.floor(start));
    const last = Math.max(first, Math.min(from - 1, Math.ceil(end - 1e-9) - 1));
    const shares = Array.from({ length: last - first + 1 }, (__, i) => {
      const at = first + i;
      return (Math.min(end, at + 1) - Math.max(start, at)) / (end - start);
    });
    return { first, shares };
  });
}

/** Adds one source row, averaged into the grid's columns, to premultiplied sums. */
function addRow(sums: Float64Array, pixels: Pixels, row: number, columns: readonly Span[]): void {
  const { data, width } = pixels;
  for (const [cell, { first, shares }] of columns.entries()) {
    let at = (row * width + first) * 4;
    for (const share of shares) {
      const weight = share * (data[at + 3] as number);
      for (let channel = 0; channel < 3; channel++) {
        const i = cell * 4 + channel;
        sums[i] = (sums[i] as number) + weight * (data[at + channel] as number);
      }
      sums[cell * 4 + 3] = (sums[cell * 4 + 3] as number) + weight;
      at += 4;
    }
  }
}

/** The curve of sRGB undone (IEC 61966-2-1); 0 to 1. */
function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/**
 * sRGB → OKLab (Björn Ottosson 2020, https://bottosson.github.io/posts/oklab/).
 *
 * @param red - 0 to 1.
 * @param green - 0 to 1.
 * @param blue - 0 to 1.
 * @returns Lightness 0 to 1, a, b.
 * @example toOklab(1, 1, 1) // about [1, 0, 0]
 */
export function toOklab(red: number, green: number, blue: number): [number, number, number] {
  const r = toLinear(red);
  const g = toLinear(green);
  const b = toLinear(blue);
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function check({ data, height, width }: Pixels): void {
  const isSize = (value: number): boolean => Number.isInteger(value) && value > 0;
  if (isSize(width) && isSize(height) && data.length >= width * height * 4) return;
  const got = `${data.length} bytes for ${width} × ${height}`;
  throw new VitrineError('SHAPE_MISMATCH', `shrink: got ${got}, expected width × height × 4.`);
}

/**
 * Averages a picture over areas until its longer side has `most` cells; a smaller one is spread.
 * Averages are taken of the values as they are coded, as browsers do when they scale.
 *
 * Cost: O(width × height).
 *
 * @param pixels - Decoded picture.
 * @param most - Cells of the longer side, 1 or more, default 48.
 * @returns The grid; a cell that shows nothing is black with opacity 0.
 * @throws {@link VitrineError} `SHAPE_MISMATCH` when the data is too short for the size.
 */
export function shrink(pixels: Pixels, most = 48): Grid {
  check(pixels);
  const scale = most / Math.max(pixels.width, pixels.height);
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const columns = spansOf(pixels.width, width);
  const size = width * height;
  const [light, a, b, alpha] = Array.from({ length: 4 }, () => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const row = new Float64Array(width * 4);
  for (const [y, { first, shares }] of spansOf(pixels.height, height).entries()) {
    const sums = new Float64Array(width * 4);
    for (const [i, share] of shares.entries()) {
      row.fill(0);
      addRow(row, pixels, first + i, columns);
      for (let j = 0; j < sums.length; j++) {
        sums[j] = (sums[j] as number) + share * (row[j] as number);
      }
    }
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const opacity = sums[x * 4 + 3] as number;
      if (!(opacity > 0)) continue;
      const channel = (i: number): number => (sums[x * 4 + i] as number) / opacity / 255;
      [light[at], a[at], b[at]] = toOklab(channel(0), channel(1), channel(2));
      alpha[at] = opacity / 255;
    }
  }
  return { width, height, light, a, b, alpha };
}
