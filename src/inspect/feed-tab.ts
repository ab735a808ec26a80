/**
 * The tab of the feed: its rows and items with their scores, and what is not in them.
 *
 * @packageDocumentation
 */
import type { PastFeed } from '../core/inspection.ts';
import type { RankedItem, Row } from '../core/types.ts';
import { bar } from './bars.ts';
import { button, type Child, facts, h, longId, nothing, part } from './dom.ts';
import { askItem, itemView } from './item-view.ts';
import { pickCard } from './page.ts';
import type { Panel, Tab } from './panel.ts';
import { decimal, many } from './words.ts';

/** A button that opens the explanation of an item, and the explanation while it is open. */
function itemEntry(
  panel: Panel,
  { itemId, rank, score }: RankedItem,
  largest: number,
): HTMLElement {
  const { item: open } = panel.state;
  const isOpen = open?.explanation.itemId === itemId && open.explanation.rowId !== null;
  const toggle = button('', () => toggleItem(panel, itemId, isOpen), {
    class: 'entry',
    'aria-expanded': isOpen ? 'true' : 'false',
    'data-key': `item:${itemId}`,
    'data-testid': 'entry',
    'data-item': itemId,
  });
  toggle.append(
    h('span', { class: 'rank' }, String(rank)),
    h('span', { class: 'name' }, panel.titleOf(itemId)),
    bar(score / largest),
    h('span', { class: 'number' }, decimal(score)),
  );
  return h('li', {}, toggle, isOpen && open ? itemView(panel, open) : null);
}

async function toggleItem(panel: Panel, itemId: string, isOpen: boolean): Promise<void> {
  if (!isOpen) {
    await askItem(panel, itemId);
    return;
  }
  panel.state.item = undefined;
  panel.draw();
}

function rowPart(panel: Panel, row: Row): HTMLElement {
  const largest = Math.max(1e-9, ...row.items.map(({ score }) => score));
  return h(
    'details',
    { open: true, 'data-key': `row:${row.id}`, 'data-testid': 'row' },
    h('summary', {}, row.title, ' ', h('span', { class: 'chip' }, row.kind)),
    h('p', { class: 'quiet' }, row.why),
    h(
      'ol',
      { class: 'entries' },
      row.items.map((item) => itemEntry(panel, item, largest)),
    ),
  );
}

/** Asks about any candidate, by its id or by its card on the page. */
function whyNot(panel: Panel): HTMLElement {
  const { item: open } = panel.state;
  const field = h('input', {
    name: 'item',
    autocomplete: 'off',
    spellcheck: 'false',
    'data-key': 'why-not',
    'data-testid': 'why-not',
  });
  const form = h(
    'form',
    { class: 'ask' },
    h('label', {}, 'Id of a candidate ', field),
    h('button', { type: 'submit' }, 'Why?'),
    button('Pick on the page', () => {
      panel.say('Click a card on the page.');
      pickCard((itemId) => void askItem(panel, itemId));
    }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void askItem(panel, field.value.trim());
  });
  const isHere = open !== undefined && open.explanation.rowId === null;
  return part('Why, and why not', form, isHere && itemView(panel, open));
}

function heldPart(panel: Panel): Child {
  const { held } = panel.seen.inspection;
  if (held.length === 0) return null;
  return h(
    'details',
    { 'data-key': 'held' },
    h('summary', {}, `${many(held.length, 'candidate')} kept out of the rows`),
    h(
      'ul',
      { class: 'plain' },
      held.map(({ itemId, title = itemId, words }) => h('li', {}, `${title}: ${words}`)),
    ),
  );
}

function summaryOf({ candidates, events, packId, reason, rows, seed }: PastFeed): HTMLElement {
  return facts([
    ['Reason', reason],
    ['Made of', `${many(candidates, 'candidate')}, ${many(events, 'interaction')}`],
    ['Rows', String(rows.length)],
    ['Seed', String(seed)],
    ['Pack', longId(packId)],
  ]);
}

/** See the module's header. */
export const FEED_TAB: Tab = {
  id: 'feed',
  name: 'Feed',
  draw(panel) {
    const feed = panel.seen.inspection.feeds.at(-1);
    if (!feed) return nothing('No feed was made on this page yet.');
    return [
      summaryOf(feed),
      whyNot(panel),
      part(
        'Rows',
        feed.rows.map((row) => rowPart(panel, row)),
      ),
      heldPart(panel),
    ];
  },
};
