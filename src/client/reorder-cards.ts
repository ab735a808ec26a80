/**
 * Puts the shop's own cards into the feed's order where they stand.
 *
 * @packageDocumentation
 */
import type { Feed } from '../core/types.ts';

/** Marks a card of the shop: `data-vitrine-item="ID"`. */
export const CARD = '[data-vitrine-item]';

let isTouched = false;

// Once the visitor looks around, what is on the screen must stay where it is.
if (typeof document !== 'undefined') {
  for (const type of ['scroll', 'pointerdown', 'keydown']) {
    addEventListener(type, () => (isTouched = true), { capture: true, passive: true, once: true });
  }
}

/**
 * Runs a change of the page and gives the focus back to the element that had it.
 *
 * @param change - Moves nodes.
 */
export function keepFocus(change: () => void): void {
  const focused = document.activeElement as HTMLElement | null;
  change();
  if (focused?.isConnected && focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
  }
}

/** The child of `parent` that holds the card. */
function unitOf(card: Element, parent: Element): Element {
  let unit = card;
  while (unit.parentElement && unit.parentElement !== parent) unit = unit.parentElement;
  return unit;
}

/**
 * Reorders the cards in a container by the feed's order, without rows.
 *
 * A card is `[data-vitrine-item="ID"]`; what moves is the whole child of the cards' common parent.
 * Cards that the feed does not know come last in their order; nodes between the cards stay. Focus
 * and scroll are kept. Once the visitor has scrolled, clicked or typed, nothing that is in or above
 * the viewport moves.
 *
 * @param container - Holds the cards at any depth.
 * @param feed - Its `order` is used.
 * @example reorderCards(document.querySelector('.grid'), await vitrine.rerank(items))
 */
export function reorderCards(container: Element, feed: Pick<Feed, 'order'>): void {
  const cards = [...container.querySelectorAll<HTMLElement>(CARD)];
  const last = cards.at(-1);
  if (!last) return;
  let parent = cards[0]?.parentElement ?? container;
  while (!parent.contains(last) && parent.parentElement) parent = parent.parentElement;

  const isSettled = isTouched || scrollY > 0;
  const isFixed = (unit: Element): boolean =>
    isSettled && unit.getBoundingClientRect().top < innerHeight;
  const places = new Map(feed.order.map((id, index) => [id, index]));
  const placeOf = (card: HTMLElement): number =>
    places.get(card.dataset['vitrineItem'] ?? '') ?? Infinity;
  const ranks = new Map<Element, number>();
  for (const card of cards) {
    const unit = unitOf(card, parent);
    if (!ranks.has(unit) && !isFixed(unit)) ranks.set(unit, placeOf(card));
  }
  const units = [...ranks.keys()];
  // Infinity - Infinity is NaN, which `||` turns into "as they stood".
  const wanted = units.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || 0);
  keepFocus(() => {
    const { scrollX: left, scrollY: top } = window;
    const slots = units.map((unit, index) => {
      if (unit === wanted[index]) return null;
      const slot = document.createComment('');
      unit.replaceWith(slot);
      return slot;
    });
    for (const [index, unit] of wanted.entries()) slots[index]?.replaceWith(unit);
    // Taking nodes out may shorten the page for a moment and clamp the scroll position.
    if (scrollY !== top) scrollTo({ left, top, behavior: 'instant' });
  });
}
