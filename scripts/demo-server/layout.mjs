/**
 * What every page of the demo shop shares: head, header, footer. The same bytes for every visitor.
 */
import { html } from './html.mjs';

/** @typedef {import('./html.mjs').SafeHtml} SafeHtml */
/** @typedef {import('./shop.mjs').Shop} Shop */

/** Name of the demo shop. */
const SHOP_NAME = 'Alder & Pane';

const STYLES = ['base', 'shell', 'cards', 'pages', 'product', 'dialogs', 'scores'];
/** What every page opens at once; without this a script is asked for only after the one before it. */
const PRELOADED = ['/assets/engine.js', '/assets/memory.js', '/dist/vitrine.js'];
const DEPARTMENTS_IN_HEADER = 7;

/**
 * @typedef {object} PageParts
 * @property {Shop} shop - The shop.
 * @property {string} page - Name for styles and scripts: home, listing, product, cart, laboratory, bring, missing.
 * @property {string} title - Title without the shop's name.
 * @property {string} description - For search engines.
 * @property {SafeHtml} main - Content of `<main>`.
 * @property {string} [department] - Path of the current department.
 * @property {{ script: string, styles: readonly string[] }} [extra] - Script and style sheets that
 *   only this page has.
 */

/**
 * A whole page.
 *
 * @param {PageParts} parts - What differs between pages.
 * @returns {string} The document.
 */
export function layout({ shop, page, title, description, main, department, extra }) {
  const styles = extra === undefined ? STYLES : [...STYLES, ...extra.styles];
  const scripts = extra === undefined ? ['shop'] : ['shop', extra.script];
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${page === 'home' ? `${SHOP_NAME}: ${title}` : `${title} · ${SHOP_NAME}`}</title>
          <meta name="description" content="${description}" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" href="/public/icon.svg" type="image/svg+xml" />
          ${PRELOADED.map((path) => html`<link rel="modulepreload" href="${path}" /> `)}
          ${styles.map((name) => html`<link rel="stylesheet" href="/assets/styles/${name}.css" /> `)}
          <script src="/assets/theme.js"></script>
          ${scripts.map((name) => html`<script type="module" src="/assets/${name}.js"></script> `)}
        </head>
        <body data-page="${page}" data-currency="${shop.items[0]?.currency ?? 'USD'}">
          <a class="skip" href="#main">Skip to the content</a>
          ${header(shop, department)}
          <main id="main" tabindex="-1">${main}</main>
          ${footer(shop)}
        </body>
      </html> `,
  );
}

/**
 * @param {Shop} shop - The shop.
 * @param {string | undefined} department - Path of the current department.
 * @returns {SafeHtml} Header with departments, cart and the way into the visitor's window.
 */
function header(shop, department) {
  const shown = shop.departments.slice(0, DEPARTMENTS_IN_HEADER);
  return html`<header class="site-header">
    <div class="site-bar">
      <a class="wordmark" href="/"
        >Alder <span aria-hidden="true">&amp;</span><span class="sr-only">and</span> Pane</a
      >
      <div class="site-actions">
        <button
          type="button"
          class="quiet-button needs-js"
          data-action="theme"
          disabled
          data-testid="theme-toggle"
          aria-label="Change between light and dark"
        >
          <span class="theme-mark" aria-hidden="true"></span>
        </button>
        <button
          type="button"
          class="window-button needs-js"
          data-action="panel"
          disabled
          data-testid="panel-open"
          aria-haspopup="dialog"
        >
          <span class="window-mark" aria-hidden="true"></span
          ><span><span class="wide">Your </span>window</span>
        </button>
        <a class="cart-link" href="/cart"
          >Cart <span class="cart-count" data-testid="cart-count">0</span></a
        >
      </div>
    </div>
    <nav class="departments" aria-label="Departments">
      <ul>
        ${shown.map((entry) => html`<li><a href="/c/${entry.path}" ${entry.path === department ? html` aria-current="true"` : ''}>${entry.name}</a></li> `)}
        ${shop.departments.length > shown.length ? html`<li><a href="/c">All departments</a></li>` : ''}
      </ul>
    </nav>
    <noscript
      ><p class="noscript">
        The cart and “Your window” need JavaScript. Everything else works without it.
      </p></noscript
    >
  </header>`;
}

/**
 * @param {Shop} shop - The shop.
 * @returns {SafeHtml} Footer.
 */
function footer(shop) {
  return html`<footer class="site-footer">
    <div>
      <p class="wordmark">Alder &amp; Pane</p>
      <p>
        A demonstration shop with ${shop.items.length.toLocaleString('en')} items. Nothing is for
        sale.
      </p>
    </div>
    <div>
      <p>
        This page is the same for everybody who asks for it. What you look at is kept on your device
        and arranged there, by <strong>Vitrine</strong>; it is sent nowhere.
      </p>
      <p class="footer-way"><a href="/laboratory">The laboratory: how it is done</a></p>
      <p class="footer-way"><a href="/bring">Bring your own catalog</a></p>
    </div>
  </footer>`;
}
