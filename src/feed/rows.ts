/**
 * What all rows have in common.
 *
 * @packageDocumentation
 */

/** The row that a trained ranker fills; it stands for no segment. */
export const PICKED = 'for-you';

/**
 * Cuts a list into pieces.
 *
 * @param list - Any list.
 * @param size - Most entries of a piece, at least 1.
 * @returns Pieces in order; none for an empty list.
 */
export function chunk<T>(list: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < list.length; at += size) pieces.push(list.slice(at, at + size));
  return pieces;
}
