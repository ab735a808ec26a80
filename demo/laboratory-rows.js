/**
 * The bench where a row is invented: controls, the draft, its items, and the rows made so far.
 */
import { candidateOf } from './candidates.js';
import { shelfOf } from './cards.js';
import { byRole, make } from './dom.js';
import { draftView } from './laboratory-draft.js';
import { characterLines } from './laboratory-profile.js';
import { refusalInWords } from './refusals.js';

/** @typedef {import('../src/core/types.ts').Segment} Segment */
/** @typedef {import('../src/core/generated.ts').GenerateRequest} GenerateRequest */
/** @typedef {import('./laboratory-workshop.js').Draft} Draft */
/** @typedef {import('./laboratory-workshop.js').Workshop} Workshop */

/** A drag has come to rest after so many milliseconds. */
const PAUSE = 350;

/** @type {Workshop | null} */
let workshop = null;

/** Shown now. @type {Draft | null} */
let draft = null;

/** Number of the latest wish; what is made for an earlier one is not shown. */
let wish = 0;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** Segments to start from, by id. @type {Map<string, Segment>} */
let seeds = new Map();

/** Names of the scores, sorted. @type {readonly string[]} */
let scoreNames = [];

/**
 * Opens the bench.
 *
 * @param {Workshop} own - Of this page; a first feed was made.
 * @returns {Promise<void>} Settles when it can be used.
 */
export async function openRowsBench(own) {
  workshop = own;
  await fillSeeds();
  showDraft(null);
  await showMade();
  const form = rowForm();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void makeRow();
  });
  form.addEventListener('input', onInput);
  byRole('row-controls')?.removeAttribute('disabled');
}

/**
 * Takes note of scores that are there by now.
 *
 * @param {readonly string[]} names - Sorted.
 */
export function useScores(names) {
  scoreNames = names;
  void showCharacter(draft);
}

/**
 * Says what the items of a draft and of its seed are like, as far as they were read.
 *
 * @param {Draft | null} shown - The draft on the page.
 */
async function showCharacter(shown) {
  if (workshop === null) return;
  try {
    const own = await workshop.meanScores(shown?.items ?? []);
    const old = await workshop.meanScores(shown?.seedItems ?? []);
    if (shown === draft)
      byRole('character')?.replaceChildren(...characterLines(scoreNames, own, old));
  } catch {
    // Nobody answers: the other parts of the profile stand.
  }
}

/** Shows the rows that are in force; also after the panel changed something. */
export async function showMade() {
  const place = byRole('made');
  if (place === null || workshop === null) return;
  const made = await workshop.made();
  place.replaceChildren(
    made.length === 0
      ? make('p', { class: 'count' }, 'None is kept yet.')
      : make(
          'ul',
          {},
          made.map(({ segment, followed }) => madeLine(segment, followed)),
        ),
  );
}

/** @returns {HTMLFormElement} The controls. */
function rowForm() {
  return /** @type {HTMLFormElement} */ (byRole('row-form'));
}

/** Reads what can be started from, and keeps the choice. */
async function fillSeeds() {
  const select = rowForm().querySelector('select');
  if (select === null || workshop === null) return;
  const { value } = select;
  const list = await workshop.seeds();
  seeds = new Map(list.map((segment) => [segment.id, segment]));
  const isOwn = (/** @type {Segment} */ { generator }) => generator !== undefined;
  const option = (/** @type {Segment} */ { id, name }) => make('option', { value: id }, name);
  const group = (/** @type {string} */ label, /** @type {Segment[]} */ entries) =>
    entries.length > 0 && make('optgroup', { label }, entries.map(option));
  const groups = [
    group(
      'The shop’s rows',
      list.filter((segment) => !isOwn(segment)),
    ),
    group('Made here', list.filter(isOwn)),
  ];
  select.replaceChildren(...groups.filter((entry) => entry !== false));
  if (seeds.has(value)) select.value = value;
}

/** @param {Event} event - Something of the form was changed. */
function onInput(event) {
  const { name, value } = /** @type {HTMLInputElement} */ (event.target);
  const form = rowForm();
  if (name === 'temperature') sayTemperature(Number(value));
  // One direction at a time: words put the choice out of use, and the choice the words.
  if (name === 'toward' && value.trim() !== '') {
    for (const radio of form.querySelectorAll('input[type=radio]')) {
      /** @type {HTMLInputElement} */ (radio).checked = false;
    }
  }
  if (name === 'direction') field('toward').value = '';
  if (name === 'seed' && draft === null) showDraft(null);
  // Half a word is no direction: words wait for the button.
  if (name === 'toward' || (name === 'seed' && draft === null)) return;
  clearTimeout(pause);
  pause = setTimeout(() => void makeRow(), PAUSE);
}

/**
 * @param {string} name - Of a field.
 * @returns {HTMLInputElement} The field.
 */
function field(name) {
  return /** @type {HTMLInputElement} */ (rowForm().querySelector(`[name="${name}"]`));
}

/** @param {number} value - 0 to 1. */
function sayTemperature(value) {
  const words = ['next door', 'near by', 'some way off', 'far', 'as far as it goes'];
  const output = rowForm().querySelector('output');
  if (output !== null) output.value = `${value.toFixed(1)}, ${words[Math.round(value * 4)]}`;
}

/** @returns {GenerateRequest} What the controls ask for. */
function request() {
  const own = field('toward').value.trim();
  const chosen = rowForm().querySelector('input[type=radio]:checked')?.getAttribute('value');
  const toward = own === '' ? (chosen ?? '') : own;
  return {
    seedId: field('seed').value,
    temperature: Number(field('temperature').value),
    ...(toward === '' ? {} : { toward }),
  };
}

/** Makes a row as the controls say, unless they say something else by then. */
async function makeRow() {
  clearTimeout(pause);
  if (workshop === null) return;
  wish += 1;
  const mine = wish;
  const place = byRole('draft');
  place?.setAttribute('aria-busy', 'true');
  say(draft === null ? 'Making it. The first one takes some seconds …' : 'Making it …');
  try {
    // A drag may leave several wishes behind; only the last is worth making.
    await workshop.idle();
    if (mine !== wish) return;
    const made = await workshop.make(request());
    if (mine !== wish) return;
    const isShown = made.items.length > 0;
    say(`Made: ${made.segment.name}.${isShown ? '' : ' Its row cannot be shown just now.'}`);
    showDraft(made);
    void showCharacter(made);
  } catch (error) {
    if (mine === wish) say(refusalInWords(error), true);
  } finally {
    if (mine === wish) place?.setAttribute('aria-busy', 'false');
  }
}

/**
 * @param {string} sentence - What came of it.
 * @param {boolean} [isRefusal] - Whether nothing was made.
 */
function say(sentence, isRefusal = false) {
  const line = byRole('row-news');
  if (line === null) return;
  line.textContent = sentence;
  line.classList.toggle('is-refusal', isRefusal);
}

/** @param {Draft | null} made - What is shown; null shows the seed by itself. */
function showDraft(made) {
  draft = made;
  const place = byRole('draft');
  const seed = made?.seed ?? seeds.get(rowForm().querySelector('select')?.value ?? '');
  if (place === null || workshop === null || seed === undefined) return;
  const { hasPictures, prices } = workshop;
  place.replaceChildren(
    ...draftView({ draft: made, seed, hasPictures, prices, scores: scoreNames }, { keep, discard }),
  );
  place.setAttribute('aria-busy', 'false');
  const label = made === null ? 'Its items will stand here' : `Items of ${made.segment.name}`;
  const items = made?.items ?? [];
  byRole('draft-shelf')?.replaceChildren(shelfOf(label, items.map(candidateOf)));
}

/** @param {Segment} segment - To be kept. */
async function keep({ id, name }) {
  try {
    await workshop?.keep(id);
    say(`Kept: “${name}” stands first in your window now.`);
  } catch {
    say('It has made room for later ones. Make it once more, then keep it.', true);
  }
  await showMade();
  await fillSeeds();
}

/** @param {Segment} segment - To be thrown away. */
async function discard({ id, name }) {
  try {
    await workshop?.discard(id);
    say(`Thrown away: “${name}”.`);
  } catch {
    say('It was gone already.');
  }
  if (draft?.segment.id === id) {
    showDraft(null);
    // Its button is out of use now.
    rowForm().querySelector('button')?.focus({ preventScroll: true });
  }
  await showMade();
  await fillSeeds();
}

/**
 * @param {Segment} segment - A generated one.
 * @param {boolean} followed - Whether its row comes first.
 * @returns {HTMLElement} Its line.
 */
function madeLine(segment, followed) {
  const { id, name, support, isAutomatic = false } = segment;
  const origin = isAutomatic ? 'formed by itself' : 'made by you';
  return make(
    'li',
    { 'data-testid': 'made-row', 'data-segment-id': id },
    make('span', {}, name),
    make('span', { class: 'count' }, `${origin}, ${support} items${followed ? ', kept' : ''}`),
    make(
      'button',
      {
        type: 'button',
        class: 'text-button',
        'aria-label': `Throw away ${name}`,
        onclick: () => void discard(segment),
      },
      'Throw away',
    ),
  );
}
