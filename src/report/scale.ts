/**
 * From numbers to places and words.
 *
 * @packageDocumentation
 */

/** Lowest and highest number. */
export type Extent = readonly [low: number, high: number];

/**
 * Lowest and highest of some numbers.
 *
 * @param values - What is not finite is passed over.
 * @returns [0, 1] for none; a single value gets half a unit on both sides.
 */
export function extentOf(values: Iterable<number>): Extent {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/**
 * A linear scale.
 *
 * @param extent - Numbers at the two places, not equal.
 * @param places - Where the lowest and the highest number lie.
 * @returns Place of a number, rounded to a tenth.
 */
export function linearScale(extent: Extent, places: Extent): (value: number) => number {
  const [low, high] = extent;
  const [from, to] = places;
  return (value) => Math.round(10 * (from + ((value - low) / (high - low)) * (to - from))) / 10;
}

/**
 * A number for people.
 *
 * @param value - Any number.
 * @returns Three figures that count, grouped thousands, a dash for what is not finite.
 * @example toWords(12345.6) // '12,346'
 */
export function toWords(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return String(Number(value.toPrecision(size >= 1 ? 3 : 2)));
}

/**
 * A metric in [0, 1] as the tables have it.
 *
 * @param value - The metric.
 * @returns Four places.
 */
export function toPlaces(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(4);
}

/**
 * Bytes for people.
 *
 * @param bytes - 0 or more.
 * @returns kB or MB of 1,000.
 * @example toBytes(1234567) // '1.23 MB'
 */
export function toBytes(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e3).toFixed(1)} kB`;
}
