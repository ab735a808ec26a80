/**
 * "Your window": the library's own drawer of what is known, with the shop's question of consent above
 * it, and how the window was made below.
 */
import { make, openDialog } from './dom.js';
import { consentNote, vitrine } from './engine.js';
import { currentFeed, refreshFeed } from './feed.js';
import { writeNote } from './memory.js';
import { consentPart, enginePart } from './panel-memory.js';

/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../src/taste/vitrine-taste.ts').VitrineTaste} VitrineTaste */

const DRAWER = '/dist/vitrine-taste.js';

/** What the drawer says in this shop's own words; the rest is as it comes. */
const WORDS = {
  title: 'Your window',
  intro: 'What your window is arranged by. It was worked out on this device. Change what is wrong.',
  unavailable:
    'Your window cannot be arranged in this browser just now. The shop’s order stands, and nothing is remembered.',
};

const above = make('div', { slot: 'start' });
const below = make('div', { slot: 'end' });

/**
 * On every page from the start: loaded when it is opened, the server would see that it was; and the
 * sign of gift mode must stand where nothing is opened.
 *
 * @type {Promise<VitrineTaste | null>}
 */
const loading = load();

/** @returns {Promise<VitrineTaste | null>} Null when the file cannot be loaded here. */
async function load() {
  try {
    await import(DRAWER);
  } catch {
    // No drawer: the shop stays as it is.
    return null;
  }
  const element = /** @type {VitrineTaste} */ (document.createElement('vitrine-taste'));
  element.dataset['testid'] = 'panel';
  element.setAttribute('no-button', '');
  element.append(above, below);
  element.setAttribute('currency', document.body.dataset['currency'] ?? 'USD');
  element.messages = WORDS;
  element.vitrine = (await vitrine()) ?? undefined;
  element.addEventListener('vitrine:taste', (event) => {
    // The window is drawn anew by the shop, which also says why it stands as it does.
    event.preventDefault();
    void refreshFeed().then(fillOwn);
  });
  document.body.append(element);
  return element;
}

/** Opens the panel and fills it. */
export async function openPanel() {
  const element = await loading;
  if (element === null) {
    const notice = make('p', { class: 'notice' }, WORDS.unavailable);
    openDialog({ title: WORDS.title, kind: 'panel', content: [notice] });
    return;
  }
  await Promise.all([element.show(), fillOwn()]);
}

/** Reads anew what the shop itself says in the drawer. */
async function fillOwn() {
  const instance = await vitrine();
  try {
    if (instance === null) throw new Error('no library');
    const [profile, stats] = await Promise.all([instance.profile.get(), instance.stats()]);
    const granted = consentNote() === 'granted';
    above.replaceChildren(consentPart(granted, profile, (next) => void setConsent(instance, next)));
    const way = make(
      'a',
      { href: '/laboratory', 'data-testid': 'to-laboratory' },
      'Try it out in the laboratory',
    );
    below.replaceChildren(
      ...enginePart(stats, currentFeed()),
      make('p', { class: 'panel-way' }, way),
    );
  } catch {
    // No worker, no profile: the drawer says so.
    above.replaceChildren();
    below.replaceChildren();
  }
}

/**
 * @param {Vitrine} instance - The page's instance.
 * @param {boolean} granted - The visitor's answer.
 */
async function setConsent(instance, granted) {
  const consent = granted ? 'granted' : 'denied';
  writeNote('alder-consent', consent);
  try {
    await instance.setConsent(consent);
  } catch {
    // It did not happen; the panel shows what is.
  }
  await refreshFeed();
  await Promise.all([(await loading)?.refresh(), fillOwn()]);
  above.querySelector('input')?.focus({ preventScroll: true });
}
