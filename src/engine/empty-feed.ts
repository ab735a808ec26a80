/**
 * The feed of a call without a usable candidate.
 *
 * @packageDocumentation
 */
import type { Feed } from '../core/types.ts';
import type { Library } from './library.ts';

/**
 * Says that there is nothing to show.
 *
 * @param about - What is known all the same; `total` in milliseconds.
 * @returns No rows, reason `CANDIDATES_EMPTY`.
 */
export function emptyFeed(
  about: Pick<Feed, 'seed' | 'warnings'> & {
    readonly library: Pick<Library, 'packId' | 'warnings'>;
    readonly total: number;
  },
): Feed {
  const { seed, total, library, warnings } = about;
  return {
    seed,
    packId: library.packId,
    warnings: [...library.warnings, ...warnings],
    rows: [],
    order: [],
    personalized: false,
    reason: 'CANDIDATES_EMPTY',
    device: 'none',
    timings: { total },
  };
}
