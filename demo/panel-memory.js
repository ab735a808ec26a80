/**
 * What the shop itself says in the drawer: its question of consent, and how the window was made.
 */
import { make } from './dom.js';
import { canKeep } from './memory.js';
import { bytesInWords, deviceInWords, reasonInWords, storageInWords } from './words.js';

/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {import('../src/core/types.ts').Profile} Profile */
/** @typedef {import('../src/core/types.ts').Stats} Stats */

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
