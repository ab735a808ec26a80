/**
 * What runs on every page of the demo shop. Without this file the shop still stands.
 */
import { showCartCount } from './cart.js';
import { showCartPage } from './cart-page.js';
import { onAction } from './dom.js';
import { startEdges } from './edges.js';
import { refreshFeed, startFeed } from './feed.js';
import { writeNote } from './memory.js';
import { joinPages } from './moves.js';
import { openPanel } from './panel.js';
import { startProductPage } from './product.js';
import { addArrows } from './shelf.js';

/** Turns the colours over, and remembers it. */
function changeTheme() {
  const root = document.documentElement;
  const isDark =
    root.dataset['theme'] === undefined
      ? matchMedia('(prefers-color-scheme: dark)').matches
      : root.dataset['theme'] === 'dark';
  const theme = isDark ? 'light' : 'dark';
  root.dataset['theme'] = theme;
  writeNote('alder-theme', theme);
}

addArrows(document.body);
startEdges();
showCartCount();
showCartPage();
startProductPage();
void startFeed();
joinPages();

onAction('theme', changeTheme);
onAction('panel', () => void openPanel());

// Back from another page: the cart may have changed. The window follows unless it is being read.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  showCartCount();
  showCartPage();
  if (scrollY === 0) void refreshFeed();
});
// Another tab changed the cart.
addEventListener('storage', showCartCount);
