/**
 * "Your window": what is known, in words and numbers, and every way to change it.
 */
import { make, openDialog } from './dom.js';
import { consentNote, vitrine } from './engine.js';
import { currentFeed, refreshFeed } from './feed.js';
import { writeNote } from './memory.js';
import { consentPart, enginePart, leavePart, recentPart } from './panel-memory.js';
import { segmentsPart, tastesPart } from './panel-taste.js';

/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */

/** @type {HTMLElement | null} */
let body = null;

/** Opens the panel and fills it. */
export async function openPanel() {
  body = make('div', { class: 'panel-content' }, make('p', { class: 'count' }, 'One moment …'));
  openDialog({ title: 'Your window', kind: 'panel', content: [body] });
  await fillPanel();
}

/**
 * Reads everything anew and shows it; keeps the focus on the button that was pressed.
 *
 * @param {...HTMLElement} news - What is said first.
 */
async function fillPanel(...news) {
  const place = body;
  const instance = await vitrine();
  if (place === null) return;
  try {
    if (instance === null) throw new Error('no library');
    const content = await panelContent(instance);
    keepFocus(place, () => place.replaceChildren(...news, ...content));
  } catch {
    // No worker, no profile: say so, and leave the shop as it is.
    place.replaceChildren(
      make(
        'p',
        { class: 'notice', 'data-testid': 'panel-unavailable' },
        'Your window cannot be arranged in this browser just now. The shop’s order stands, and nothing is remembered.',
      ),
    );
  }
}

/**
 * @param {Vitrine} instance - The page's instance.
 * @returns {Promise<HTMLElement[]>} Everything in the panel.
 */
async function panelContent(instance) {
  const [profile, library, stats] = await Promise.all([
    instance.profile.get(),
    instance.segments.list(),
    instance.stats(),
  ]);
  const granted = consentNote() === 'granted';
  const act = (/** @type {() => Promise<unknown>} */ job) => void perform(job);
  return [
    consentPart(granted, profile, (next) => act(() => setConsent(instance, next))),
    ...segmentsPart(profile, library, (change, id) => act(() => instance.segments[change](id))),
    ...tastesPart(profile, document.body.dataset['currency'] ?? 'USD'),
    ...recentPart(profile, {
      forget: (itemId) => act(() => instance.profile.forget({ itemId })),
      undo: () => act(() => instance.profile.undo()),
    }),
    ...leavePart(profile, {
      download: () => void download(instance),
      erase: () => void erase(instance, profile.storage !== 'memory'),
    }),
    ...enginePart(stats, currentFeed()),
    make(
      'p',
      { class: 'panel-way' },
      make(
        'a',
        { href: '/laboratory', 'data-testid': 'to-laboratory' },
        'Try it out in the laboratory',
      ),
    ),
  ];
}

/**
 * Does something to the profile, then shows the window and the panel anew.
 *
 * @param {() => Promise<unknown>} job - What to do.
 */
async function perform(job) {
  try {
    await job();
  } catch {
    // It did not happen; the panel shows what is.
  }
  await refreshFeed();
  await fillPanel();
}

/**
 * @param {Vitrine} instance - The page's instance.
 * @param {boolean} granted - The visitor's answer.
 */
async function setConsent(instance, granted) {
  const consent = granted ? 'granted' : 'denied';
  writeNote('alder-consent', consent);
  await instance.setConsent(consent);
}

/**
 * Erases everything and says so, above a panel that knows nothing any more.
 *
 * @param {Vitrine} instance - The page's instance.
 * @param {boolean} hadDatabase - Whether it was kept in one.
 */
async function erase(instance, hadDatabase) {
  try {
    await instance.profile.erase();
  } catch {
    // Not erased: the panel shows what is still there.
    await fillPanel();
    return;
  }
  await refreshFeed();
  const heading = make('h3', { tabindex: '-1' }, 'Everything is erased.');
  const gone = hadDatabase
    ? 'The log, what was derived from it, your choices and the database are gone.'
    : 'The log, what was derived from it and your choices are gone.';
  const sentence = `${gone} The window stands in the shop’s order.`;
  await fillPanel(heading, make('p', { 'data-testid': 'erased', role: 'status' }, sentence));
  heading.focus();
}

/**
 * Hands the visitor everything that is remembered, as a file.
 *
 * @param {Vitrine} instance - The page's instance.
 */
async function download(instance) {
  try {
    const text = JSON.stringify(await instance.profile.export(), null, 2);
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    make('a', { href: address, download: 'vitrine-profile.json' }).click();
    URL.revokeObjectURL(address);
  } catch {
    // Nothing to hand over.
  }
}

/**
 * Changes content and gives the focus to the control that does the same now, else to the heading.
 *
 * @param {HTMLElement} place - Where the content changes.
 * @param {() => void} change - Changes it.
 */
function keepFocus(place, change) {
  const focused = document.activeElement;
  const key = place.contains(focused) ? keyOf(focused) : null;
  const wasOpen = place.querySelector('details')?.open ?? false;
  change();
  const details = place.querySelector('details');
  if (details !== null) details.open = wasOpen;
  if (key === null) return;
  const controls = [...place.querySelectorAll('button, input, summary')];
  const next =
    controls.find((control) => keyOf(control) === key) ??
    place.closest('dialog')?.querySelector('h2');
  /** @type {HTMLElement | null | undefined} */ (next)?.focus({ preventScroll: true });
}

/**
 * @param {Element | null} control - A control of the panel.
 * @returns {string} What it does, and to which segment or item.
 */
function keyOf(control) {
  const about = control?.closest('[data-segment-id], [data-item-id]');
  const subject =
    about?.getAttribute('data-segment-id') ?? about?.getAttribute('data-item-id') ?? '';
  return `${control?.tagName} ${control?.getAttribute('data-testid')} ${subject}`;
}
