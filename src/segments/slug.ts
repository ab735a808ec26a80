/**
 * Ids from names.
 *
 * @packageDocumentation
 */

/**
 * A readable id.
 *
 * @param name - Of a segment.
 * @returns Its words in small letters, of any script, with hyphens between; at most 80 characters.
 * @example slugOf('Hikers & climbers') // 'hikers-climbers'
 */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0)
    .join('-')
    .slice(0, 80);
}
