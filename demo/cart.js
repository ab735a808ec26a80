/**
 * The cart, kept in the browser by the shop itself; reports to Vitrine what changes.
 */
import { report } from './engine.js';
import { readNote, writeNote } from './memory.js';

/**
 * @typedef {object} CartLine - One line: a candidate and how many pieces.
 * @property {import('./engine.js').Candidate} item - The full candidate record.
 * @property {number} quantity - 1 to 99.
 */

const MOST = 99;

/**
 * Reads the cart.
 *
 * @returns {CartLine[]} Valid lines only; empty when there is no cart.
 */
export function cartLines() {
  try {
    const lines = JSON.parse(readNote('alder-cart') ?? '[]');
    return Array.isArray(lines) ? lines.filter(isLine) : [];
  } catch {
    // A note that somebody else damaged is no cart.
    return [];
  }
}

/**
 * @param {unknown} line - From storage.
 * @returns {line is CartLine} Whether it can be shown.
 */
function isLine(line) {
  const { item, quantity } = /** @type {CartLine} */ (line ?? {});
  return typeof item?.id === 'string' && Number.isInteger(quantity) && quantity > 0;
}

/**
 * Puts one piece of an item in the cart.
 *
 * @param {import('./engine.js').Candidate} item - The candidate.
 */
export function addToCart(item) {
  const lines = cartLines();
  const line = lines.find((other) => other.item.id === item.id);
  if (line === undefined) lines.push({ item, quantity: 1 });
  else line.quantity = Math.min(MOST, line.quantity + 1);
  saveCart(lines);
  void report({ type: 'add_to_cart', items: [item], quantity: 1 });
}

/**
 * Sets how many pieces of an item are in the cart.
 *
 * @param {string} id - Item id.
 * @param {number} quantity - 0 removes the line.
 */
export function setQuantity(id, quantity) {
  const lines = cartLines();
  const line = lines.find((other) => other.item.id === id);
  if (line === undefined) return;
  const change = Math.min(MOST, quantity) - line.quantity;
  line.quantity += change;
  saveCart(lines.filter((other) => other.quantity > 0));
  if (change === 0) return;
  const type = change > 0 ? 'add_to_cart' : 'remove_from_cart';
  void report({ type, items: [line.item], quantity: Math.abs(change) });
}

/**
 * The make-believe checkout: reports the purchase and empties the cart.
 *
 * @returns {Promise<void>} Settles when the purchase is recorded.
 */
export async function placeOrder() {
  const lines = cartLines();
  saveCart([]);
  for (const { item, quantity } of lines) {
    await report({ type: 'purchase', items: [item], quantity });
  }
}

/** @param {CartLine[]} lines - The cart from now on. */
function saveCart(lines) {
  writeNote('alder-cart', JSON.stringify(lines));
  showCartCount();
}

/** Writes the number of pieces beside the word "Cart". */
export function showCartCount() {
  const pieces = cartLines().reduce((sum, line) => sum + line.quantity, 0);
  for (const count of document.querySelectorAll('.cart-count')) {
    count.textContent = String(pieces);
    count.classList.toggle('is-empty', pieces === 0);
  }
}
