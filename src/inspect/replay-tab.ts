/**
 * The tab of the past: feeds of this page, made again from their seed.
 *
 * @packageDocumentation
 */
import type { ComparedFeed, ItemPlace, MovedItem, PastFeed, Replay } from '../core/inspection.ts';
import { button, type Child, facts, h, longId, nothing, part } from './dom.ts';
import type { Panel, Tab } from './panel.ts';
import { asFeed, forcedLine, showFeed } from './show-feed.ts';
import { decimal, many, moment } from './words.ts';

/** Most moved items that are listed. */
const MAX_MOVED = 60;

/** Titles of rows by their ids. */
type Names = ReadonlyMap<string, string>;

function placeWords(place: ItemPlace | null, names: Names): string {
  if (!place) return 'in no row';
  const { rank, rowId, score } = place;
  return `${names.get(rowId) ?? rowId}, place ${rank} (${decimal(score)})`;
}

function movedEntry(panel: Panel, names: Names, { after, before, itemId }: MovedItem): HTMLElement {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, panel.titleOf(itemId)),
    h('td', {}, placeWords(before, names)),
    h('td', {}, placeWords(after, names)),
  );
}

function movedTable(panel: Panel, { moved, rows }: ComparedFeed, title: string): Child {
  if (moved.length === 0) return null;
  const then = panel.seen.inspection.feeds.flatMap((feed) => feed.rows);
  const names = new Map([...then, ...rows].map((row) => [row.id, row.title]));
  return h(
    'table',
    { class: 'moved' },
    h('caption', {}, title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Item', 'Then', 'Here'].map((name) => h('th', { scope: 'col' }, name)),
      ),
    ),
    h(
      'tbody',
      {},
      moved.slice(0, MAX_MOVED).map((item) => movedEntry(panel, names, item)),
    ),
  );
}

/** What is missing of the log that the feed was made of, and what came after. */
function logWords({ forgotten, since }: Replay): string {
  const gone =
    forgotten > 0 ? ` ${many(forgotten, 'interaction')} of it forgotten: made without them.` : '';
  return `The log has ${since > 0 ? `${many(since, 'interaction')} more` : 'not moved on'} since.${gone}`;
}

function replayPart(panel: Panel, past: PastFeed, replay: Replay): HTMLElement {
  const { again, today } = replay;
  const verdict = again.isSame
    ? 'The same rows, words and numbers, to the last bit.'
    : `${many(again.moved.length, 'item')} differ from the feed of then.`;
  const now = today.isSame
    ? 'The page would be the same now.'
    : `Now, ${many(today.moved.length, 'item')} would stand elsewhere or score otherwise.`;
  return h(
    'div',
    { class: 'item', 'data-testid': 'replay', 'data-same': again.isSame ? 'true' : 'false' },
    h('p', { class: again.isSame ? 'good' : 'bad', 'data-testid': 'replay-verdict' }, verdict),
    h('p', { 'data-testid': 'replay-now' }, `${logWords(replay)} ${now}`),
    h(
      'p',
      { class: 'actions' },
      button('Show it on the page', () =>
        showFeed(panel, asFeed(past, again.rows), `Feed ${past.number}, made again.`),
      ),
      button('Show what it would be now', () =>
        showFeed(panel, asFeed(past, today.rows), `Feed ${past.number} with the log of now.`),
      ),
    ),
    movedTable(panel, again, 'Differs from then'),
    movedTable(panel, today, 'Would differ now'),
  );
}

async function makeAgain(panel: Panel, number: number): Promise<void> {
  await panel.attempt(async () => {
    panel.state.replay = await panel.vitrine.inspect({ replay: number });
    panel.draw();
    panel.say(`Feed ${number} was made again.`);
  });
}

function feedEntry(panel: Panel, past: PastFeed): HTMLElement {
  const { at, candidates, events, number, packId, reason, rows, seed } = past;
  const { replay } = panel.state;
  return h(
    'li',
    { 'data-testid': 'past-feed', 'data-feed': number },
    h(
      'p',
      { class: 'line' },
      h('strong', {}, `Feed ${number}`),
      h('span', { class: 'chip' }, reason),
      button('Replay', () => makeAgain(panel, number), {
        'aria-label': `Replay feed ${number}`,
        'data-key': `replay:${number}`,
      }),
    ),
    facts([
      ['At', moment(at)],
      ['Seed', String(seed)],
      ['Pack', longId(packId)],
      ['Of', `${many(candidates, 'candidate')}, ${many(events, 'interaction')}`],
      ['Rows', String(rows.length)],
    ]),
    replay?.number === number && replayPart(panel, past, replay),
  );
}

/** See the module's header. */
export const REPLAY_TAB: Tab = {
  id: 'replay',
  name: 'Replay',
  draw(panel) {
    const { feeds } = panel.seen.inspection;
    if (feeds.length === 0) return nothing('No feed was made on this page yet.');
    return part(
      'Feeds of this page',
      h('p', { class: 'quiet' }, 'The last one, and all since the inspector is open; at most 20.'),
      forcedLine(panel),
      h(
        'ul',
        { class: 'segments' },
        feeds.toReversed().map((past) => feedEntry(panel, past)),
      ),
    );
  },
};
