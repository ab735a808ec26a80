/**
 * An item's page: reports the look and puts the item in the cart.
 */
import { addToCart } from './cart.js';
import { byRole, onAction } from './dom.js';
import { report } from './engine.js';

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
}

/** @returns {import('./engine.js').Candidate | null} The record that the server wrote into the page. */
function pageItem() {
  const text = document.getElementById('item')?.textContent;
  return text === undefined || text === null ? null : JSON.parse(text);
}
