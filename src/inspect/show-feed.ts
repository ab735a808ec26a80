/**
 * Another feed in the page's element, and the visitor's own back. A feed that is shown so is marked
 * as a preview: nothing about it is tracked.
 *
 * @packageDocumentation
 */
import type { PastFeed } from '../core/inspection.ts';
import type { Feed, Row } from '../core/types.ts';
import { button, h } from './dom.ts';
import { feedElement } from './page.ts';
import type { Panel } from './panel.ts';

/**
 * Shows a feed on the page; where there is no element, the panel lists its rows.
 *
 * @param panel - The panel.
 * @param feed - With `isPreview`.
 * @param words - What it is, for the line that says so.
 */
export function showFeed(panel: Panel, feed: Feed, words: string): void {
  const { state } = panel;
  const element = feedElement();
  if (state.forced === undefined) state.own = element?.feed;
  state.forced = words;
  state.preview = element ? undefined : feed;
  if (element) element.feed = feed;
  panel.say(words);
  panel.draw();
}

/**
 * Brings the visitor's own feed back.
 *
 * @param panel - The panel.
 * @returns Resolves when the page shows it.
 */
export async function showOwn(panel: Panel): Promise<void> {
  const { own } = panel.state;
  const element = feedElement();
  if (element && own) element.feed = own;
  else await element?.refresh();
  Object.assign(panel.state, { forced: undefined, own: undefined, preview: undefined });
  panel.say('The page is the visitor’s own again.');
  panel.draw();
}

/**
 * Says whose feed the page shows when it is not the visitor's own, with the way back.
 *
 * @param panel - The panel.
 * @returns Null while the page shows the visitor's own.
 */
export function forcedLine(panel: Panel): HTMLElement | null {
  const { forced } = panel.state;
  if (forced === undefined) return null;
  const back = button('Back to this visitor', () => panel.attempt(() => showOwn(panel)), {
    'data-testid': 'back',
    'data-key': 'back',
  });
  return h('p', { class: 'actions', 'data-testid': 'forced' }, h('strong', {}, forced), back);
}

/**
 * A past feed as the element takes it.
 *
 * @param past - The feed.
 * @param rows - Its rows, made again.
 * @returns A preview: what is shown again was tracked when it was shown first.
 */
export function asFeed(past: PastFeed, rows: readonly Row[]): Feed {
  const { device, packId, reason, seed } = past;
  return {
    rows,
    order: rows.flatMap(({ items }) => items.map(({ itemId }) => itemId)),
    personalized: rows.some(({ kind }) => kind !== 'server'),
    reason,
    isPreview: true,
    seed,
    packId,
    device,
    timings: { total: 0 },
    warnings: [],
  };
}
