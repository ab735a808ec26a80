/**
 * An item's page: reports the look, puts the item in the cart, and says what was read in the item.
 */
import { addToCart } from './cart.js';
import { byRole, make, onAction } from './dom.js';
import { report, vitrine } from './engine.js';
import { scoreList } from './scores.js';

/** @typedef {import('../src/core/generated-features.ts').GeneratedFeatures} GeneratedFeatures */

const SCORES_SHOWN = 3;
/** What is hardly so is not worth a line. */
const LEAST_SCORE = 0.2;
const LOOK_EVERY = 2000;
/** The reading of a whole shop takes about a minute; after it there is nothing to wait for. */
const LOOKS = 30;

/** Reports the look at this page's item and wires its button; does nothing on other pages. */
export function startProductPage() {
  const item = pageItem();
  if (item === null) return;
  // With the whole record, so that the profile knows what was looked at without another list.
  void report({ type: 'view_item', items: [item] });
  onAction('add', () => {
    addToCart(item);
    const note = byRole('buy-note');
    if (note !== null) note.textContent = 'It is in your cart.';
  });
  document.addEventListener('vitrine:feed', () => void showImpression(item.id), { once: true });
}

/**
 * Says how the item strikes the attribute model, once it was read: by the shop, or on this device
 * when there was nothing else to do. Says nothing of an item that the model is guessing about.
 *
 * @param {string} itemId - The item of this page, among the candidates of its feed.
 */
async function showImpression(itemId) {
  const place = byRole('impression');
  for (let look = 0; look < LOOKS; look += 1) {
    const generated = await readingOf(itemId);
    if (generated === undefined) return;
    if (generated !== null) {
      place?.replaceChildren(...impressionOf(generated));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

/**
 * @param {string} itemId - An item.
 * @returns {Promise<GeneratedFeatures | null | undefined>} Null when it was not read yet; undefined
 *   when nobody can say.
 */
async function readingOf(itemId) {
  const instance = await vitrine();
  try {
    return (await instance?.explain(itemId))?.features.generated;
  } catch {
    // No worker, or the item is not on the list: nothing is said.
    return undefined;
  }
}

/**
 * @param {GeneratedFeatures} generated - What was read.
 * @returns {HTMLElement[]} Heading and the strongest scores; none of a guess, or of an item that is
 *   nothing in particular.
 */
function impressionOf(generated) {
  const list = scoreList(generated, { most: SCORES_SHOWN, least: LEAST_SCORE });
  if (generated.guessing || list.childElementCount === 0) return [];
  return [make('h2', {}, 'How it strikes us'), list];
}

/** @returns {import('./engine.js').Candidate | null} The record that the server wrote into the page. */
function pageItem() {
  const text = document.getElementById('item')?.textContent;
  return text === undefined || text === null ? null : JSON.parse(text);
}
