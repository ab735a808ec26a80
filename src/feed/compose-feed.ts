/**
 * One feed from start to end, for callers that have everything loaded: the command line and tests.
 *
 * @packageDocumentation
 */
import { type ComposedFeed, composeRows } from './compose-rows.ts';
import type { FeedInput } from './feed-context.ts';
import { placeCold, placeWarm } from './place-feed.ts';

export type { ComposedFeed } from './compose-rows.ts';

/**
 * Composes a feed.
 *
 * @param input - See {@link FeedInput}.
 * @returns Rows and what explains them. Throws `DEVICE_WRONG_RESULT` only.
 */
export function composeFeed(input: FeedInput): ComposedFeed {
  return composeRows(input, { placeWarm, placeCold });
}
