/**
 * The pages of the demo shop: home, departments, listing, cart, and the page that is not there.
 */
import { PERSONAS } from '../../demo/persona-script.js';
import { card, cardTemplate, serverRow } from './card.mjs';
import { html } from './html.mjs';
import { layout } from './layout.mjs';

/** @typedef {import('./html.mjs').SafeHtml} SafeHtml */
/** @typedef {import('./shop.mjs').Shop} Shop */
/** @typedef {import('./shop.mjs').Category} Category */

const HOME_ROWS = 6;
const ROW_SIZE = 12;
const PAGE_SIZE = 48;

const TOPICS = html`<div class="topics">
  <vitrine-topics
    class="needs-js"
    always
    max="10"
    label="Topics to follow"
    data-testid="topics"
  ></vitrine-topics>
</div>`;

/**
 * The first page: the server's first 24 items inside the element that may arrange them.
 *
 * @param {Shop} shop - The shop.
 * @returns {string} The document.
 */
export function homePage(shop) {
  const main = html`<section class="hero">
      <div class="hero-words">
        <h1>A shop window that arranges itself.</h1>
        <p>
          Look around: what you look at decides what stands in front next time, and every card can
          say why. It is arranged on this device; nothing about you leaves it.
        </p>
        ${watchPart(shop)}
        <p class="hero-way">Have a shop? <a href="/bring">Bring your own catalog</a></p>
      </div>
      <ul class="hero-pictures" aria-hidden="true">
        ${shop.items.slice(0, 3).map((item) => html`<li><img src="${item.image}" alt="" width="400" height="400" decoding="async" /></li>`)}
      </ul>
    </section>
    ${windowPart(shop)}`;
  return layout({
    shop,
    page: 'home',
    title: 'a shop window that arranges itself',
    description: 'A demonstration shop whose window is arranged on the visitor’s own device.',
    main,
    extra: { script: 'home', styles: ['home'] },
  });
}

/**
 * The window: the server's first 24 items, and what may arrange them.
 *
 * @param {Shop} shop - The shop.
 * @returns {SafeHtml} A section.
 */
function windowPart(shop) {
  return html`<section class="window" aria-labelledby="window-title" data-testid="window">
    <div class="window-head">
      <h2 id="window-title" class="sr-only">In the window</h2>
      <p
        class="window-status"
        data-role="status"
        data-testid="feed-status"
        aria-live="polite"
        tabindex="-1"
      >
        In the shop’s order, the same for everybody.
      </p>
      <fieldset class="switch needs-js" data-role="switch" data-testid="order-switch">
        <legend class="sr-only">Order of the window</legend>
        <label
          ><input type="radio" name="order" value="shop" data-testid="order-shop" /><span
            >Shop’s order</span
          ></label
        >
        <label
          ><input
            type="radio"
            name="order"
            value="visitor"
            data-testid="order-visitor"
            checked
          /><span>Your window</span></label
        >
      </fieldset>
    </div>
    <p class="difference" data-role="difference" data-testid="difference"></p>
    ${TOPICS}
    <vitrine-feed
      rows="${HOME_ROWS}"
      row-size="${ROW_SIZE}"
      candidates="/api/candidates.json"
      data-testid="feed"
    >
      ${cardTemplate()}
      ${serverRow({ id: 'server', title: 'Featured', items: shop.items.slice(0, ROW_SIZE) })}
      ${serverRow({ id: 'server-2', title: 'More to see', items: shop.items.slice(ROW_SIZE, 2 * ROW_SIZE) })}
    </vitrine-feed>
  </section>`;
}

/**
 * Shoppers to watch, those of them who find something here.
 *
 * @param {Shop} shop - The shop.
 * @returns {SafeHtml | ''} Nothing in a shop that has nothing for any of them.
 */
function watchPart({ items }) {
  const kinds = new Set(items.map(({ categoryPath }) => categoryPath?.at(-1)));
  const shown = PERSONAS.filter((persona) => persona.kinds.every((kind) => kinds.has(kind)));
  if (shown.length === 0) return '';
  return html`<div class="personas needs-js" data-role="personas" data-testid="personas">
    <p id="personas-title">Or watch a shopper change the window:</p>
    <ul aria-labelledby="personas-title">
      ${shown.map(
        ({ about, id, name }) =>
          html`<li>
            <button
              type="button"
              data-persona="${id}"
              data-testid="persona"
              aria-pressed="false"
              disabled
            >
              ${name} <span class="persona-about">${about}</span>
            </button>
          </li> `,
      )}
    </ul>
  </div>`;
}

/**
 * All departments with their sub-categories.
 *
 * @param {Shop} shop - The shop.
 * @returns {string} The document.
 */
export function departmentsPage(shop) {
  const main = html`<div class="page-head"><h1>All departments</h1></div>
    <ul class="department-list">
      ${shop.departments.map(
        (department) =>
          html`<li>
            <a
              class="department-picture"
              href="/c/${department.path}"
              tabindex="-1"
              aria-hidden="true"
              ><img
                src="${department.items[0]?.image}"
                alt=""
                width="400"
                height="400"
                decoding="async"
            /></a>
            <div>
              <h2>
                <a href="/c/${department.path}">${department.name}</a>
                <span class="count">${department.items.length}</span>
              </h2>
              <p>
                ${department.children.map((child, index) => html`${index > 0 ? ', ' : ''}<a href="/c/${child.path}">${child.name}</a>`)}
              </p>
            </div>
          </li> `,
      )}
    </ul>`;
  return layout({
    shop,
    page: 'departments',
    title: 'All departments',
    description: 'Every department of the shop.',
    main,
  });
}

/**
 * One category, in the server's order, in pages of 48.
 *
 * @param {Shop} shop - The shop.
 * @param {Category} category - The category.
 * @param {number} number - Page, from 1.
 * @returns {string | null} The document; null when there is no such page.
 */
export function listingPage(shop, category, number) {
  const pages = Math.ceil(category.items.length / PAGE_SIZE);
  if (!Number.isInteger(number) || number < 1 || number > pages) return null;
  const items = category.items.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE);
  const department = category.path.split('/')[0] ?? '';
  const main = html`<div class="page-head">
      ${breadcrumbs(ancestors(shop, category))}
      <h1>${category.name}</h1>
      <p class="count">${category.items.length.toLocaleString('en')} items, in the shop’s order</p>
      ${
        category.children.length > 0
          ? html`<ul class="chips">
              ${category.children.map((child) => html`<li><a class="chip" href="/c/${child.path}">${child.name}</a></li> `)}
            </ul>`
          : ''
      }
    </div>
    <ul class="grid" data-testid="listing">
      ${items.map((item) => html`<li>${card(item)}</li> `)}
    </ul>
    ${pages > 1 ? pager(category, number, pages) : ''}`;
  return layout({
    shop,
    page: 'listing',
    title: number === 1 ? category.name : `${category.name}, page ${number}`,
    description: `${category.name}: ${category.items.length} items.`,
    main,
    department,
  });
}

/**
 * @param {Shop} shop - The shop.
 * @param {Category} category - A category.
 * @returns {Category[]} The categories above it, department first.
 */
function ancestors(shop, category) {
  const slugs = category.path.split('/');
  return slugs
    .slice(0, -1)
    .map((_, depth) => shop.categories.get(slugs.slice(0, depth + 1).join('/')))
    .filter((above) => above !== undefined);
}

/**
 * The way here.
 *
 * @param {readonly Category[]} trail - Department first.
 * @returns {SafeHtml} A navigation landmark.
 */
export function breadcrumbs(trail) {
  return html`<nav class="breadcrumbs" aria-label="The way here">
    <ol>
      <li><a href="/">Home</a></li>
      ${trail.map((category) => html`<li><a href="/c/${category.path}">${category.name}</a></li> `)}
    </ol>
  </nav>`;
}

/**
 * @param {Category} category - The category.
 * @param {number} number - Page, from 1.
 * @param {number} pages - How many there are.
 * @returns {SafeHtml} Links to the neighbouring pages.
 */
function pager(category, number, pages) {
  const address = `/c/${category.path}`;
  const previous = number === 2 ? address : `${address}?page=${number - 1}`;
  return html`<nav class="pager" aria-label="Pages">
    ${number > 1 ? html`<a class="chip" rel="prev" href="${previous}">Previous</a>` : ''}
    <span>Page ${number} of ${pages}</span>
    ${number < pages ? html`<a class="chip" rel="next" href="${address}?page=${number + 1}">Next</a>` : ''}
  </nav>`;
}

/**
 * The cart: a shell that the page's script fills from this device.
 *
 * @param {Shop} shop - The shop.
 * @returns {string} The document.
 */
export function cartPage(shop) {
  const main = html`<div class="page-head">
      <h1>Your cart</h1>
      <p class="count">Kept on this device. The checkout is make-believe; nothing is charged.</p>
    </div>
    <noscript
      ><p class="notice">
        The cart needs JavaScript. <a href="/">Look around the shop</a> without it.
      </p></noscript
    >
    <div class="cart needs-js" data-role="cart" data-testid="cart"></div>
    ${serverRow({ id: 'server', title: 'Also in the shop', items: shop.items.slice(0, ROW_SIZE), why: false })}`;
  return layout({
    shop,
    page: 'cart',
    title: 'Your cart',
    description: 'What is in the cart on this device.',
    main,
  });
}

/**
 * The answer to an address that the shop does not have.
 *
 * @param {Shop} shop - The shop.
 * @returns {string} The document.
 */
export function missingPage(shop) {
  const main = html`<div class="page-head">
      <h1>Nothing stands here</h1>
      <p>
        This address leads to no page of the shop. <a href="/">Back to the window</a>, or one of
        these:
      </p>
    </div>
    ${serverRow({ id: 'server', title: 'Featured', items: shop.items.slice(0, ROW_SIZE), why: false })}`;
  return layout({
    shop,
    page: 'missing',
    title: 'Not found',
    description: 'There is no such page.',
    main,
  });
}
