/**
 * What our own rows report by themselves, so that a shop's tags on the same rows do not count again.
 *
 * @packageDocumentation
 */
import { field, listOf } from './heard.ts';

/** Longest time from a click on a card to the shop's own event about it. */
const CLICK_MS = 2_000;

/** `<vitrine-feed>`, and what the adapters watch. */
const FEEDS = 'vitrine-feed, [data-vitrine-rows]';

let clicked: { readonly itemId: string; readonly time: number } | undefined;

function noteClick({ target }: Event): void {
  const card =
    target instanceof Element ? target.closest<HTMLElement>('[data-vitrine-item]') : null;
  const itemId = card?.closest(FEEDS) && card.dataset['vitrineItem'];
  if (itemId) clicked = { itemId, time: performance.now() };
}

/** Starts to take note of clicks on our cards; once for the page. */
export function watchOwnClicks(): void {
  // The same function is added once, however often it is asked for. Before the shop's own handlers.
  for (const type of ['click', 'auxclick']) document.addEventListener(type, noteClick, true);
}

/**
 * Whether a card of ours with this item was just clicked: its element told of that.
 *
 * @param itemId - Of the item that the shop says was chosen.
 * @returns True for two seconds.
 */
export function wasClicked(itemId: string): boolean {
  return clicked?.itemId === itemId && performance.now() - clicked.time < CLICK_MS;
}

/**
 * Whether a list is a row of ours: its element tells of it when it is seen.
 *
 * @param listId - GA4's `item_list_id`.
 * @returns True for the rows that are on the page now.
 */
export function isOwnRow(listId: unknown): boolean {
  return [...document.querySelectorAll('vitrine-feed')].some((element) =>
    listOf(field(field(element, 'feed'), 'rows')).some((row) => field(row, 'id') === listId),
  );
}
