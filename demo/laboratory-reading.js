/**
 * The bench where items are read: how far the reading has come, and what was read in some of them.
 */
import { byRole, make } from './dom.js';
import { pictureOf } from './pictures.js';
import { guessingNote, scoreList } from './scores.js';

/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../src/core/generated-features.ts').GeneratedFeatures} GeneratedFeatures */
/** @typedef {import('./engine.js').Candidate} Candidate */
/** @typedef {import('./laboratory-workshop.js').Workshop} Workshop */

/**
 * @typedef {object} ReadingBench
 * @property {Vitrine} instance - The page's instance.
 * @property {readonly Candidate[]} candidates - In the shop's order.
 * @property {Workshop} workshop - Of this page.
 * @property {() => void} onScores - Called when more items were read.
 */

const SHOWN = 6;
const PICTURE = 160;
const LOOK_EVERY = 2500;
/** So many looks without anything new, and the reading is taken to have stopped. */
const PATIENCE = 4;
/** Typing has come to rest after so many milliseconds. */
const PAUSE = 250;

/** @type {ReadingBench | null} */
let bench = null;

/** Where the shown items begin among those found. */
let start = 0;

/** Number of the latest showing; explanations for an earlier one come too late. */
let showing = 0;

/**
 * Opens the bench.
 *
 * @param {ReadingBench} parts - What it works with.
 * @returns {Promise<void>} Settles when the first items are shown; the reading is watched after it.
 */
export async function openReadingBench(parts) {
  bench = parts;
  const input = searchField();
  const others = byRole('others');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  input?.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      start = 0;
      void showItems();
    }, PAUSE);
  });
  others?.addEventListener('click', () => {
    start += SHOWN;
    void showItems();
  });
  byRole('find-form')?.addEventListener('submit', (event) => event.preventDefault());
  input?.removeAttribute('disabled');
  others?.removeAttribute('disabled');
  await showItems();
  void watchReading(parts);
}

/** @returns {HTMLInputElement | null} Where words are typed. */
function searchField() {
  return byRole('find-form')?.querySelector('input') ?? null;
}

/**
 * Says how many items are read, as long as it grows.
 *
 * @param {ReadingBench} parts - What it works with.
 */
async function watchReading({ instance, workshop, onScores }) {
  let before = -1;
  let idle = 0;
  while (idle < PATIENCE) {
    const { scored, candidates } = await instance.stats();
    sayReading(scored, candidates);
    if (scored > before) {
      onScores();
      if (before >= 0) await showItems();
    }
    if (scored >= candidates) return;
    idle = scored > before ? 0 : idle + 1;
    before = scored;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    // What was read counts from the next ranking on.
    if (document.visibilityState === 'visible') await workshop.rank();
  }
  if (before <= 0) sayReading(0, 0);
}

/**
 * @param {number} scored - Items with scores.
 * @param {number} candidates - All items; 0 when nothing reads them.
 */
function sayReading(scored, candidates) {
  const line = byRole('reading');
  const progress = /** @type {HTMLProgressElement | null} */ (byRole('reading-bar'));
  if (line === null || progress === null) return;
  progress.max = Math.max(1, candidates);
  progress.value = scored;
  line.textContent =
    candidates === 0
      ? 'Nothing is being read just now.'
      : `${scored.toLocaleString('en')} of ${candidates.toLocaleString('en')} read.`;
}

/** Shows some items, then what was read in them. */
async function showItems() {
  const place = byRole('read-items');
  if (bench === null || place === null) return;
  showing += 1;
  const mine = showing;
  const found = findItems(bench.candidates, searchField()?.value ?? '');
  if (start >= found.length) start = 0;
  const shown = found.slice(start, start + SHOWN);
  const old = new Map(
    [...place.children].map((child) => [child.getAttribute('data-item-id'), child]),
  );
  const cards = shown.map((item) => old.get(item.id) ?? readCard(item));
  const none = make('li', { class: 'count' }, 'No item has these words.');
  place.replaceChildren(...(cards.length > 0 ? cards : [none]));
  for (const { id } of shown) {
    const generated = await readingOf(id);
    if (mine !== showing) return;
    const card = place.querySelector(`[data-item-id="${CSS.escape(id)}"] .reading-of`);
    if (generated !== undefined) card?.replaceChildren(...readingView(generated));
  }
}

/**
 * @param {GeneratedFeatures | null} generated - What was read.
 * @returns {HTMLElement[]} Scores and words; a sentence for an item that was not read.
 */
function readingView(generated) {
  if (generated === null) return [make('p', { class: 'count' }, 'Not read yet.')];
  return [...(generated.guessing ? [guessingNote()] : []), scoreList(generated, { words: 2 })];
}

/**
 * @param {string} id - Item id.
 * @returns {Promise<GeneratedFeatures | null | undefined>} Null when it was not read; undefined when nobody answers.
 */
async function readingOf(id) {
  try {
    return (await bench?.instance.explain(id))?.features.generated;
  } catch {
    // The worker is gone: what is shown stays.
    return undefined;
  }
}

/**
 * @param {readonly Candidate[]} candidates - All items.
 * @param {string} text - Words of the visitor.
 * @returns {readonly Candidate[]} Those whose title or kind holds each of the words.
 */
function findItems(candidates, text) {
  const words = text.toLowerCase().split(' ').filter(Boolean);
  if (words.length === 0) return candidates;
  return candidates.filter(({ title = '', categoryPath = [], brand = '' }) => {
    const own = [title, ...categoryPath, brand].join(' ').toLowerCase();
    return words.every((word) => own.includes(word));
  });
}

/**
 * @param {Candidate} item - An item.
 * @returns {HTMLElement} Picture and title, with room for what is read.
 */
function readCard(item) {
  return make(
    'li',
    { class: 'read-item', 'data-testid': 'read-item', 'data-item-id': item.id },
    make('div', { class: 'read-picture' }, pictureOf(item, PICTURE)),
    make('a', { class: 'read-title', href: item.url ?? '/' }, item.title ?? item.id),
    make('div', { class: 'reading-of' }),
  );
}
