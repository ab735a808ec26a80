/**
 * The cart page: lines with their number of pieces, the sum, and a make-believe checkout.
 */
import { cartLines, placeOrder, setQuantity } from './cart.js';
import { byRole, make } from './dom.js';
import { canKeep } from './memory.js';
import { pictureOf } from './pictures.js';

/** @typedef {import('./cart.js').CartLine} CartLine */

const NOTHING_KEPT =
  'Your browser lets the shop keep nothing from page to page: the cart begins empty on each.';

/** Fills the cart page; does nothing on other pages. */
export function showCartPage() {
  const place = byRole('cart');
  if (place === null) return;
  const lines = cartLines();
  place.replaceChildren(...(lines.length === 0 ? [emptyCart()] : filledCart(lines)));
}

/** @returns {HTMLElement} What an empty cart says. */
function emptyCart() {
  return make(
    'div',
    { class: 'notice', 'data-testid': 'cart-empty' },
    make('p', {}, canKeep() ? 'There is nothing in it yet.' : NOTHING_KEPT),
    make('p', {}, make('a', { href: '/' }, 'Back to the window')),
  );
}

/**
 * @param {CartLine[]} lines - At least one.
 * @returns {HTMLElement[]} Lines and sum.
 */
function filledCart(lines) {
  return [
    make('ul', { class: 'cart-lines' }, lines.map(cartLine)),
    make(
      'div',
      { class: 'cart-sum' },
      make(
        'p',
        { class: 'cart-total' },
        'Together ',
        make('strong', { 'data-testid': 'cart-total' }, total(lines)),
      ),
      make(
        'button',
        {
          type: 'button',
          class: 'buy-button',
          'data-testid': 'checkout',
          onclick: () => void checkOut(),
        },
        'Place the order',
      ),
      make('p', { class: 'count' }, 'Make-believe: nothing is charged or sent.'),
    ),
  ];
}

/**
 * @param {CartLine} line - A line.
 * @returns {HTMLElement} Its list item.
 */
function cartLine({ item, quantity }) {
  const title = item.title ?? item.id;
  const change = (/** @type {number} */ to) => () => {
    setQuantity(item.id, to);
    showCartPage();
  };
  const button = (
    /** @type {string} */ text,
    /** @type {string} */ label,
    /** @type {number} */ to,
  ) =>
    make(
      'button',
      { type: 'button', class: 'quiet-button', 'aria-label': label, onclick: change(to) },
      text,
    );
  return make(
    'li',
    { class: 'cart-line', 'data-testid': 'cart-line', 'data-item-id': item.id },
    pictureOf(item, 96),
    make(
      'div',
      { class: 'cart-words' },
      make('a', { href: item.url ?? '/' }, title),
      make('span', { class: 'card-maker' }, item.brand ?? ''),
    ),
    make(
      'div',
      { class: 'stepper' },
      button('−', `One less of ${title}`, quantity - 1),
      make('span', {}, String(quantity)),
      button('+', `One more of ${title}`, quantity + 1),
    ),
    make('span', { class: 'card-price' }, money((item.price ?? 0) * quantity, item)),
    make(
      'button',
      { type: 'button', class: 'text-button', 'data-testid': 'cart-remove', onclick: change(0) },
      'Remove',
    ),
  );
}

/**
 * @param {CartLine[]} lines - The cart.
 * @returns {string} Sum of the prices, in the currency of the first line.
 */
function total(lines) {
  const sum = lines.reduce((all, { item, quantity }) => all + (item.price ?? 0) * quantity, 0);
  return money(sum, lines[0]?.item);
}

/**
 * @param {number} amount - Sum of prices.
 * @param {import('./engine.js').Candidate | undefined} item - In its currency.
 * @returns {string} `$24.99`.
 */
function money(amount, item) {
  const currency = item?.currency ?? document.body.dataset['currency'] ?? 'USD';
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
}

/** Places the order and says thank you in the same place. */
async function checkOut() {
  await placeOrder();
  const thanks = make('h2', { tabindex: '-1' }, 'Thank you.');
  byRole('cart')?.replaceChildren(
    make(
      'div',
      { class: 'notice', 'data-testid': 'order-placed', role: 'status' },
      thanks,
      make(
        'p',
        {},
        'The order was placed in this story only. What you bought will not be put in your window again.',
      ),
      make('p', {}, make('a', { href: '/' }, 'Back to the window')),
    ),
  );
  thanks.focus();
}
