/**
 * A new row on paper: its name, what it is about, the two things to do with it, and its profile.
 */
import { make } from './dom.js';
import { profileView } from './laboratory-profile.js';

/** @typedef {import('../src/core/types.ts').Segment} Segment */
/** @typedef {import('./laboratory-workshop.js').Draft} Draft */

/**
 * @typedef {object} DraftParts
 * @property {Draft | null} draft - Null before there is one: the seed is shown by itself.
 * @property {Segment} seed - Where it starts.
 * @property {boolean} hasPictures - Whether some candidate has an `imageVector`.
 * @property {readonly string[]} scores - Names of the synthetic scores, sorted.
 * @property {readonly number[]} prices - All prices of the shop, ascending.
 */

/**
 * @typedef {object} DraftActions
 * @property {(segment: Segment) => Promise<void>} keep - Called by its button.
 * @property {(segment: Segment) => Promise<void>} discard - Called by its button.
 */

/**
 * The draft; of the same height whatever it shows.
 *
 * @param {DraftParts} parts - What is shown.
 * @param {DraftActions} actions - What its buttons do.
 * @returns {HTMLElement[]} Head, legend and profile.
 */
export function draftView({ draft, seed, ...shop }, actions) {
  const segment = draft?.segment ?? null;
  const { items, seedItems } = draft ?? { items: [], seedItems: [] };
  return [
    segment === null ? emptyHead() : headOf(segment, seed),
    make('div', { class: 'panel-actions' }, buttonsOf(segment, actions)),
    make(
      'p',
      { class: 'legend' },
      make('span', { class: 'is-new' }, 'the new row'),
      make('span', { class: 'is-seed' }, seed.name),
    ),
    profileView({ segment, seed, items, seedItems, ...shop }),
  ];
}

/** @returns {HTMLElement} What stands there before anything was made. */
function emptyHead() {
  return make(
    'div',
    { class: 'draft-head' },
    make('h3', {}, 'Nothing made yet'),
    make(
      'p',
      { class: 'draft-sentence' },
      'Move the slider, or choose where to, and a new row appears here.',
    ),
  );
}

/**
 * @param {Segment} segment - The new one.
 * @param {Segment} seed - Where it started.
 * @returns {HTMLElement} Name, sentence, and how it came about.
 */
function headOf({ name, description = '', generator }, seed) {
  const maker = generator === 'vae' ? 'the autoencoder' : 'its closed-form rival';
  const facts = `Started from “${seed.name}”, drawn by ${maker}.`;
  return make(
    'div',
    { class: 'draft-head' },
    make('h3', { 'data-testid': 'draft-name' }, name),
    make('p', { class: 'draft-sentence', 'data-testid': 'draft-sentence' }, description),
    make('p', { class: 'count draft-facts' }, facts),
  );
}

/**
 * @param {Segment | null} segment - The new one.
 * @param {DraftActions} actions - What they do.
 * @returns {HTMLElement[]} Keep it, throw it away; out of use without a draft.
 */
function buttonsOf(segment, { keep, discard }) {
  const button = (
    /** @type {string} */ text,
    /** @type {string} */ testId,
    /** @type {(own: Segment) => Promise<void>} */ act,
  ) =>
    make(
      'button',
      {
        type: 'button',
        class: 'plain-button',
        disabled: segment === null,
        'data-testid': testId,
        onclick: () => segment !== null && void act(segment),
      },
      text,
    );
  return [button('Keep it', 'keep', keep), button('Throw it away', 'discard', discard)];
}
