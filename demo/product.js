/**
 * An item's page: puts the item in the cart, and says what was read in the item.
 */
import { addToCart } from './cart.js';
import { byRole, make, onAction } from './dom.js';
import { vitrine } from './engine.js';
import { canKeep } from './memory.js';
import { pageItem } from './page-item.js';
import { scoreList } from './scores.js';

/** @typedef {import('../src/core/generated-features.ts').GeneratedFeatures} GeneratedFeatures */

const IN_CART = 'It is in your cart.';
const IN_CART_HERE =
  'It is in your cart on this page. Your browser lets the shop keep nothing, so the next page will not know of it.';
const SCORES_SHOWN = 3;
/** What is hardly so is not worth a line. */
const LEAST_SCORE = 0.2;
const LOOK_EVERY = 2000;
/** The reading of a whole shop takes about a minute; after it there is nothing to wait for. */
const LOOKS = 30;

/** Wires the button of this page's item; does nothing on other pages. */
export function startProductPage() {
  const item = pageItem();
  if (item === null) return;
  onAction('add', () => {
    addToCart(item);
    const way = make('a', { href: '/cart' }, 'See your cart');
    byRole('buy-note')?.replaceChildren(...(canKeep() ? [IN_CART, ' ', way] : [IN_CART_HERE]));
  });
  document.addEventListener('vitrine:feed', () => void showImpression(item.id), { once: true });
}

/**
 * Says how the item strikes the attribute model, once it was read: by the shop, or on this device
 * when there was nothing else to do. Of an item that the model is guessing about it says that.
 *
 * @param {string} itemId - The item of this page, among the candidates of its feed.
 */
async function showImpression(itemId) {
  const place = byRole('impression');
  for (let look = 0; look < LOOKS; look += 1) {
    const generated = await readingOf(itemId);
    if (generated !== null) {
      place?.replaceChildren(impressionOf(generated));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  place?.replaceChildren(impressionOf(undefined));
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
 * @param {GeneratedFeatures | undefined} generated - What was read; undefined when nobody can.
 * @returns {HTMLElement} The strongest scores, or why there are none.
 */
function impressionOf(generated) {
  if (generated === undefined) return sentence('It cannot be read in this browser just now.');
  if (generated.guessing) return sentence('We know too few of its words to say.');
  const list = scoreList(generated, { most: SCORES_SHOWN, least: LEAST_SCORE });
  return list.childElementCount > 0 ? list : sentence('Nothing about it stands out.');
}

/**
 * @param {string} words - What is said in place of scores.
 * @returns {HTMLElement} A paragraph.
 */
function sentence(words) {
  return make('p', { class: 'count' }, words);
}
