/**
 * Why a candidate stands in no row, in words.
 *
 * @packageDocumentation
 */
import type { NotShown } from '../core/explanation.ts';
import type { Item } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';

/** What each reason says, without a full stop. */
const WORDS: Readonly<Record<NotShown['because'], string>> = {
  page: 'the page is about it',
  held: 'you have it, or wanted less like it',
  unavailable: 'it cannot be bought now',
  price: 'it has no price',
  resting: 'it was shown often and never chosen, so it rests for a while',
  rule: 'the shop holds it back',
  brand: 'enough of its brand is here',
  category: 'enough of its category is here',
  'price-level': 'enough at its price level is here',
  sponsored: 'enough paid places are here',
  variant: 'another variant of it is here',
};

function reasonOf(context: FeedContext, row: number): NotShown['because'] | undefined {
  const { encoded, options, passed, state } = context;
  const item = encoded.items[row] as Item;
  if (item.id === options.contextItemId) return 'page';
  if (state.heldBack.has(item.id)) return 'held';
  if (item.available === false) return 'unavailable';
  if (item.price === 0) return 'price';
  if (context.rules?.isOut(row) === true) return 'rule';
  if (state.resting.has(item.id)) return 'resting';
  return passed.get(row);
}

/**
 * Why an item was left out of rows that it might have been in.
 *
 * @param context - The feed, with its rows filled.
 * @param row - A candidate that stands in no row.
 * @returns The reason; undefined for an item that others simply outscored.
 */
export function notShown(context: FeedContext, row: number): NotShown | undefined {
  const because = reasonOf(context, row);
  return because && { because, words: WORDS[because] };
}
