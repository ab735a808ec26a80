/**
 * The tab of the log: what happened, newest first; one can be forgotten, the last one undone.
 *
 * @packageDocumentation
 */
import type { LoggedEvent } from '../core/inspection.ts';
import { button, h, nothing } from './dom.ts';
import { feedElement } from './page.ts';
import type { Panel, Tab } from './panel.ts';
import { asFeed, forcedLine, showFeed } from './show-feed.ts';
import { many, moment, percent } from './words.ts';

/** The page follows what is forgotten, unless it shows somebody else's. */
async function follow(panel: Panel): Promise<void> {
  if (panel.state.forced === undefined) await feedElement()?.refresh();
  await panel.reload();
}

async function forget(panel: Panel, { eventId, itemId }: LoggedEvent): Promise<void> {
  await panel.attempt(async () => {
    const count = await panel.vitrine.profile.forget({ eventId });
    await follow(panel);
    panel.say(`Forgot ${many(count, 'interaction')} with ${panel.titleOf(itemId)}.`);
  });
}

/** The page as it was: its last feed's candidates and seed, with the log and the clock of then. */
async function showThen(panel: Panel, { eventId, itemId, type }: LoggedEvent): Promise<void> {
  await panel.attempt(async () => {
    const past = panel.seen.inspection.feeds.at(-1);
    if (past === undefined) throw new Error('No feed was made on this page yet.');
    const { again } = await panel.vitrine.inspect({ replay: past.number, after: eventId });
    const words = `The page after ${type} of ${panel.titleOf(itemId)}.`;
    showFeed(panel, asFeed(past, again.rows), words);
  });
}

async function undo(panel: Panel): Promise<void> {
  await panel.attempt(async () => {
    const count = await panel.vitrine.profile.undo();
    await follow(panel);
    panel.say(`Took back ${many(count, 'interaction')}.`);
  });
}

function eventEntry(panel: Panel, event: LoggedEvent): HTMLElement {
  const { eventId, itemId, propensity, rowId, time, title = itemId, type } = event;
  const place = rowId === undefined ? '' : ` in ${rowId}`;
  const chance = propensity === undefined ? '' : `, explored with ${percent(propensity)}`;
  return h(
    'li',
    { 'data-testid': 'event', 'data-event': eventId },
    h(
      'div',
      {},
      h('p', { class: 'line' }, h('strong', {}, title), h('span', { class: 'chip' }, type)),
      h('small', {}, `${moment(time)}${place}${chance}`),
    ),
    button('Page then', () => showThen(panel, event), {
      'aria-label': `Page then, after ${type} of ${title}`,
      'data-key': `then:${eventId}`,
    }),
    button('Forget', () => forget(panel, event), {
      'aria-label': `Forget ${type} of ${title}`,
      'data-key': `forget:${eventId}`,
    }),
  );
}

/** See the module's header. */
export const LOG_TAB: Tab = {
  id: 'log',
  name: 'Log',
  draw(panel) {
    const { inspection, profile } = panel.seen;
    const { events } = inspection;
    if (events.length === 0) return nothing('Nothing was recorded.');
    return [
      h(
        'p',
        { class: 'actions' },
        button('Undo the last', () => undo(panel), { 'data-testid': 'undo', 'data-key': 'undo' }),
        h('span', { class: 'quiet' }, `${many(profile.events, 'interaction')} kept`),
      ),
      forcedLine(panel),
      h(
        'ul',
        { class: 'events' },
        events.map((event) => eventEntry(panel, event)),
      ),
    ];
  },
};
