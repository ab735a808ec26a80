/**
 * What the attribute model says of an item: its scores as bars, and the words that moved them.
 */
import { bar, make } from './dom.js';
import { percent, scoreInWords } from './words.js';

/** @typedef {import('../src/core/generated-features.ts').GeneratedFeatures} GeneratedFeatures */

/**
 * @typedef {object} ScoreOptions
 * @property {number} [most] - Most scores; the strongest first. Default: all.
 * @property {number} [least] - Lower scores are left out. Default: none is.
 * @property {number} [words] - Most words of each, default 3.
 */

const GUESSING = 'Guessing: it knows too few of the words, so these do not count.';

/**
 * Scores with their words, strongest first.
 *
 * @param {GeneratedFeatures} generated - Of an item.
 * @param {ScoreOptions} [options] - How much is shown.
 * @returns {HTMLElement} A list.
 */
export function scoreList(
  { scores, evidence, guessing },
  { most = 24, least = 0, words = 3 } = {},
) {
  const shown = Object.entries(scores)
    .filter(([, value]) => value >= least)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most);
  return make(
    'ul',
    { class: guessing ? 'scores is-guessing' : 'scores', 'data-testid': 'scores' },
    shown.map(([name, value]) => {
      const own = evidence
        .filter(({ score }) => score === name)
        .toSorted((a, b) => Math.abs(b.move) - Math.abs(a.move))
        .slice(0, words);
      return make(
        'li',
        { class: 'score', 'data-testid': 'score', 'data-score': name, 'data-value': String(value) },
        make('span', { class: 'score-name' }, scoreInWords(name)),
        bar(value),
        make('span', { class: 'number' }, percent(value)),
        make('span', { class: 'score-words' }, own.map(wordChip)),
      );
    }),
  );
}

/**
 * Says that the scores are guesses.
 *
 * @returns {HTMLElement} One sentence.
 */
export function guessingNote() {
  return make('p', { class: 'count', 'data-testid': 'guessing' }, GUESSING);
}

/**
 * @param {GeneratedFeatures['evidence'][number]} evidence - A word and what it did.
 * @returns {HTMLElement} The word with its sign; what it moved is read out as well.
 */
function wordChip({ word, move }) {
  const sign = move < 0 ? '−' : '+';
  return make(
    'span',
    { class: move < 0 ? 'word is-against' : 'word', 'data-testid': 'evidence' },
    `${word} `,
    make('span', { class: 'number' }, `${sign}${Math.round(Math.abs(move) * 100)}`),
  );
}
