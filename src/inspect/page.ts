/**
 * What the panel finds on the page: the instance, the element that shows its feed, its cards.
 *
 * @packageDocumentation
 */
import type { PageScope } from '../client/default-instance.ts';
import type { VitrineFeed } from '../client/start-script.ts';
import type { Candidates, RerankOptions, Vitrine } from '../core/types.ts';

/** The page's `<vitrine-feed>` as far as it is used here. */
type FeedElement = VitrineFeed;

function isInstance(value: unknown): value is Vitrine {
  return typeof value === 'object' && value !== null && 'inspect' in value;
}

/**
 * The element that shows a feed.
 *
 * @returns The first one whose class is there; undefined on pages that draw rows by themselves.
 */
export function feedElement(): FeedElement | undefined {
  const elements = [...document.querySelectorAll<FeedElement>('vitrine-feed')];
  return elements.find((element) => isInstance(element.vitrine));
}

/**
 * The page's instance: that of its element, else the one that was made last.
 *
 * @returns Undefined before there is one.
 */
export function findInstance(): Vitrine | undefined {
  const { vitrine_queue: queue } = globalThis as PageScope;
  const known = [feedElement()?.vitrine, queue?.made, queue?.instance];
  return known.find(isInstance);
}

/**
 * The candidates that the element ranks.
 *
 * @param element - On the page.
 * @returns As for `rerank`; undefined when it has none, or names an element that holds no JSON.
 */
export function candidatesOf(element: FeedElement): Candidates | undefined {
  const { candidates } = element;
  if (typeof candidates !== 'string' || !/^[#.[]/u.test(candidates)) return candidates;
  try {
    return JSON.parse(document.querySelector(candidates)?.textContent ?? '') as Candidates;
  } catch {
    // No such element, or no JSON: there is nothing to rank.
    return undefined;
  }
}

/** What the element asks for. */
function numberOf(element: Element, name: string, most: number): number | undefined {
  const value = Number(element.getAttribute(name) ?? element.getAttribute(`data-${name}`));
  return value >= 1 ? Math.min(value, most) : undefined;
}

/**
 * What the element asks `rerank` for.
 *
 * @param element - On the page.
 * @returns Rows, their size and the item that the page is about, where it names them.
 */
export function requestOf(element: Element): Pick<RerankOptions, 'rows' | 'rowSize' | 'context'> {
  const rows = numberOf(element, 'rows', 20);
  const rowSize = numberOf(element, 'row-size', 100);
  const itemId =
    element.getAttribute('context-item') ?? element.getAttribute('data-context-item') ?? '';
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(rowSize === undefined ? {} : { rowSize }),
    ...(itemId === '' ? {} : { context: { itemId } }),
  };
}

/**
 * The card of an item.
 *
 * @param itemId - Any.
 * @returns The first on the page; undefined when there is none.
 */
export function cardOf(itemId: string): HTMLElement | undefined {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-vitrine-item]')];
  return cards.find((card) => card.dataset['vitrineItem'] === itemId);
}

/**
 * Lets a card be picked: the next click on one does nothing else.
 *
 * @param picked - Called with its item.
 * @returns Gives up.
 */
export function pickCard(picked: (itemId: string) => void): () => void {
  const stop = new AbortController();
  const take = (event: Event): void => {
    const card = (event.target as Element).closest<HTMLElement>('[data-vitrine-item]');
    const itemId = card?.dataset['vitrineItem'];
    if (itemId === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    stop.abort();
    picked(itemId);
  };
  document.addEventListener('click', take, { capture: true, signal: stop.signal });
  return () => stop.abort();
}
