/**
 * What a click on a card says.
 *
 * @packageDocumentation
 */
import { CARD } from './reorder-cards.ts';

/** A click that says something. */
export interface CardClick {
  /** The item's id. */
  readonly itemId: string;
  /** The element that carries it. */
  readonly card: HTMLElement;
  /** `less_like_this` for `<button data-vitrine-less>`. */
  readonly type: 'select_item' | 'less_like_this';
}

/**
 * Reads a click inside a feed.
 *
 * @param event - `click` or `auxclick`.
 * @returns Undefined where it says nothing: scripted ones, the right button, which opens a menu, and
 *   any other button, input or `[data-vitrine-ignore]` on a card, which does something else.
 */
export function readCardClick(event: Event): CardClick | undefined {
  const target = event.target as Element;
  const card = target.closest<HTMLElement>(CARD);
  const itemId = card?.dataset['vitrineItem'];
  if (!itemId || !event.isTrusted || (event as MouseEvent).button === 2) return undefined;
  if (target.closest('[data-vitrine-less]')) return { itemId, card, type: 'less_like_this' };
  if (target.closest('button, input, select, label, [data-vitrine-ignore]')) return undefined;
  return { itemId, card, type: 'select_item' };
}
