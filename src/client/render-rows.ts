/**
 * Draws a feed as titled lists that a screen reader can walk.
 *
 * @packageDocumentation
 */
import type { Feed, RankedItem, Row } from '../core/types.ts';

/** Class of the label of a paid place. */
export const LABEL = 'vitrine-sponsored';

let numHeadings = 0;

/** Adds an element with a text. */
function add(parent: Element, tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  parent.append(element);
  return element;
}

/** The list entry of a card; one that the shop made as a list entry stays what it is. */
function asEntry(card: Node, itemId: string): HTMLLIElement {
  if (card instanceof HTMLLIElement) return card;
  const entry = document.createElement('li');
  // A filled template; the shop's own cards carry their id already.
  if (card instanceof DocumentFragment) entry.dataset['vitrineItem'] = itemId;
  entry.append(card);
  return entry;
}

/** A paid place is told as such, unless the shop's template does so. */
function addLabel(entry: Element, { sponsored }: RankedItem): void {
  if (!sponsored || entry.querySelector('[data-vitrine-text^="sponsored"]')) return;
  add(entry, 'small', sponsored.label).className = LABEL;
}

/** A row as it stands in the page. */
export interface DrawnRow {
  /** Section that holds it; server rows in succession share one. */
  readonly section: HTMLElement;
  /** List of its cards. */
  readonly list: HTMLElement;
  /** The row. */
  readonly row: Row;
}

/**
 * Draws the rows of a feed, a card at a time: `section > h2 + p.why + ul > li > card`.
 *
 * @param feed - The feed; rows without a single card are left out.
 * @param cardOf - Gives the card of an item, or null when the page has none.
 * @returns The drawn rows, not yet in the document; stops for breath after each card.
 */
export function* drawRows(
  feed: Feed,
  cardOf: (item: RankedItem) => Node | null,
): Generator<void, DrawnRow[], void> {
  const drawn: DrawnRow[] = [];
  for (const row of feed.rows) {
    const list = document.createElement('ul');
    list.className = 'vitrine-items';
    // Safari drops the role of a list whose bullets the shop's CSS hides.
    list.setAttribute('role', 'list');
    for (const item of row.items) {
      const card = cardOf(item);
      if (!card) continue;
      const entry = asEntry(card, item.itemId);
      addLabel(entry, item);
      list.append(entry);
      yield;
    }
    if (!list.firstChild) continue;
    const before = drawn.at(-1);
    const isMore = row.kind === 'server' && before?.row.kind === 'server';
    const section = isMore ? before.section : document.createElement('section');
    if (!isMore) {
      section.className = 'vitrine-row';
      const heading = add(section, 'h2', row.title);
      heading.id = `vitrine-${++numHeadings}`;
      section.setAttribute('aria-labelledby', heading.id);
      add(section, 'p', row.why).className = 'why';
    }
    section.append(list);
    drawn.push({ section, list, row });
  }
  return drawn;
}

/**
 * Draws the rows in one go.
 *
 * @param feed - See {@link drawRows}.
 * @param cardOf - See {@link drawRows}.
 * @returns The drawn rows, not yet in the document.
 */
export function renderRows(feed: Feed, cardOf: (item: RankedItem) => Node | null): DrawnRow[] {
  const drawing = drawRows(feed, cardOf);
  for (;;) {
    const { done, value } = drawing.next();
    if (done) return value;
  }
}
