/**
 * Numbers as the panel writes them.
 *
 * @packageDocumentation
 */

/**
 * A number with three places.
 *
 * @param value - Any.
 * @returns `-0.125`; a sign for what is below zero only.
 */
export function decimal(value: number): string {
  return value.toFixed(3);
}

/**
 * A share.
 *
 * @param value - 0 to 1.
 * @returns `12.5 %`.
 */
export function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/**
 * A moment of the page's clock.
 *
 * @param time - Milliseconds since the epoch.
 * @returns Date and time in UTC, without what nobody reads; the number itself where it is no date.
 */
export function moment(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : date.toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * A size.
 *
 * @param bytes - Null: not known.
 * @returns `1.5 kB`.
 */
export function size(bytes: number | null): string {
  if (bytes === null) return 'not known';
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

/**
 * How many of something.
 *
 * @param count - 0 or more.
 * @param noun - One of them.
 * @returns `1 row`, `2 rows`.
 */
export function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
