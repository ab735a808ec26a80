/**
 * Parts of the panel that say what is remembered, and the ways to take it back.
 */
import { make } from './dom.js';
import { canKeep } from './memory.js';
import {
  actionInWords,
  agoInWords,
  bytesInWords,
  deviceInWords,
  reasonInWords,
  storageInWords,
} from './words.js';

/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {import('../src/core/types.ts').Profile} Profile */
/** @typedef {import('../src/core/types.ts').Stats} Stats */

const RECENT_SHOWN = 12;

/**
 * May anything be remembered? A box to tick, with what the answer means.
 *
 * @param {boolean} granted - The answer now.
 * @param {Profile} profile - For the place where it is kept.
 * @param {(granted: boolean) => void} change - Called with the new answer.
 * @returns {HTMLElement} Element of the panel.
 */
export function consentPart(granted, profile, change) {
  const box = make('input', {
    type: 'checkbox',
    checked: granted,
    'data-testid': 'consent-toggle',
    onchange: (event) => change(/** @type {HTMLInputElement} */ (event.target).checked),
  });
  const kept =
    profile.storage !== 'memory'
      ? 'in this browser’s storage'
      : 'in this page’s memory, until you leave the page,';
  const meaning = granted
    ? `What you do here is kept ${kept} and sent nowhere. This demo starts with yes; a real shop would ask first.`
    : 'Nothing is remembered, and what was remembered is gone.';
  return make(
    'label',
    { class: 'consent' },
    box,
    make('span', {}, make('strong', {}, 'Remember on this device'), meaning),
  );
}

/**
 * The latest interactions, each with a way to forget it.
 *
 * @param {Profile} profile - What is known.
 * @param {{ forget: (itemId: string) => void, undo: () => void }} actions - Called by the buttons.
 * @returns {HTMLElement[]} Elements of the panel.
 */
export function recentPart(profile, { forget, undo }) {
  const seen = profile.recent.filter((entry) => entry.type !== 'view_item_list');
  const lines = seen.slice(0, RECENT_SHOWN).map(({ type, itemId, title, time }) => {
    const name = title ?? itemId;
    return make(
      'li',
      { 'data-testid': 'recent', 'data-item-id': itemId },
      make('span', {}, name),
      make('span', { class: 'count' }, `${actionInWords(type)} · ${agoInWords(time, Date.now())}`),
      make(
        'button',
        {
          type: 'button',
          class: 'text-button',
          'aria-label': `Forget ${name}`,
          'data-testid': 'forget',
          onclick: () => forget(itemId),
        },
        'Forget',
      ),
    );
  });
  const undoButton = make(
    'button',
    { type: 'button', class: 'plain-button', 'data-testid': 'undo', onclick: undo },
    'Undo the last',
  );
  const none = make('p', { class: 'count' }, 'Nothing.');
  return [
    make('h3', {}, 'What you did here lately'),
    lines.length > 0 ? make('ul', { class: 'recent' }, lines) : none,
    ...(profile.events > 0 ? [make('div', { class: 'panel-actions' }, undoButton)] : []),
  ];
}

/**
 * Take everything along, or erase it; with the list of what goes.
 *
 * @param {Profile} profile - What is known.
 * @param {{ download: () => void, erase: () => void }} actions - Called by the buttons.
 * @returns {HTMLElement[]} Elements of the panel.
 */
export function leavePart(profile, { download, erase }) {
  const followed = profile.segments.filter((segment) => segment.followed || segment.blocked).length;
  return [
    make('h3', {}, 'Take it along, or erase it'),
    make('p', {}, 'Erasing deletes from this device, at once and for good:'),
    make(
      'ul',
      { class: 'deletes' },
      make('li', {}, `the log of ${profile.events} interactions`),
      make('li', {}, 'everything derived from it: segments, kinds, makers, prices'),
      make('li', {}, `your choices (${followed} followed or blocked rows)`),
      profile.storage !== 'memory' && make('li', {}, 'the database that held them'),
    ),
    make('p', { class: 'count' }, 'The cart and the colours are the shop’s own notes and stay.'),
    make(
      'div',
      { class: 'panel-actions' },
      make(
        'button',
        { type: 'button', class: 'plain-button', 'data-testid': 'export', onclick: download },
        'Download as JSON',
      ),
      make(
        'button',
        { type: 'button', class: 'plain-button is-grave', 'data-testid': 'erase', onclick: erase },
        'Erase everything',
      ),
    ),
  ];
}

/**
 * How the last feed came about, in figures.
 *
 * @param {Stats} stats - From the engine.
 * @param {Feed | null} feed - The feed on the page; null when this page has none.
 * @returns {HTMLElement[]} Elements of the panel.
 */
export function enginePart(stats, feed) {
  const times = Object.entries(stats.timings)
    .map(([stage, ms]) => `${stage} ${ms.toFixed(ms < 10 ? 1 : 0)} ms`)
    .join(', ');
  const left = stats.devicesLeft.map(({ device }) => deviceInWords(device)).join(', ');
  /** @type {readonly (readonly [string, string])[]} */
  const figures = [
    ['Window', feed === null ? 'none on this page' : reasonInWords(feed.reason, canKeep())],
    ['Computed on', deviceInWords(stats.device)],
    ...(left === '' ? [] : [/** @type {const} */ (['Tried and left', left])]),
    ['Last feed', times === '' ? 'none yet' : times],
    ['Items ranked', stats.candidates.toLocaleString('en')],
    ['Segments', String(stats.segments)],
    ['Kept in', `${storageInWords(stats.storage)}, ${bytesInWords(stats.storage.bytes)}`],
    ['Worker', stats.worker],
  ];
  return [
    make('h3', {}, 'How it was done'),
    make(
      'dl',
      { class: 'figures', 'data-testid': 'stats' },
      figures.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]),
    ),
  ];
}
