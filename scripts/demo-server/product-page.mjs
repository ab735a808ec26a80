/**
 * One item's page: picture, words, cart button, and a feed of what goes with it.
 */
import { cardTemplate, rating, serverRow } from './card.mjs';
import { html, jsonForScript } from './html.mjs';
import { layout } from './layout.mjs';
import { breadcrumbs } from './pages.mjs';
import { inWords, trailOf } from './shop.mjs';

/** @typedef {import('./html.mjs').SafeHtml} SafeHtml */
/** @typedef {import('./shop.mjs').Shop} Shop */
/** @typedef {import('./catalog.mjs').ShopItem} ShopItem */

const ROW_SIZE = 12;
const SCALES_SHOWN = 6;

/** What was read in the item comes late: until then its place says what will stand there. */
const IMPRESSION = html`<section
  class="impression"
  aria-labelledby="impression-title"
  data-testid="impression"
>
  <h2 id="impression-title">How it strikes us</h2>
  <div data-role="impression">
    <p class="count">Being read on this device, as soon as there is nothing else to do.</p>
    <div class="impression-blank" aria-hidden="true"><span></span><span></span><span></span></div>
  </div>
</section>`;

/**
 * The page of an item.
 *
 * @param {Shop} shop - The shop.
 * @param {ShopItem} item - The item.
 * @returns {string} The document.
 */
export function productPage(shop, item) {
  const trail = trailOf(shop, item);
  const others = neighbours(shop, item);
  const main = html`${breadcrumbs(trail)}
    <article class="product" data-testid="product" data-item-id="${item.id}">
      <div class="product-picture">
        <img src="${item.image}" alt="${item.title}" width="800" height="800" decoding="async" />
      </div>
      <div class="product-words">
        ${item.brand ? html`<p class="product-maker">${item.brand}</p>` : ''}
        <h1>${item.title}</h1>
        <p class="product-figures">
          <span class="product-price">${item.priceText}</span>${rating(item)}
        </p>
        <p class="product-description">${item.description}</p>
        <div class="product-buy">${buyPart(item)}</div>
        ${facts(item)} ${IMPRESSION}
      </div>
    </article>
    <script type="application/json" id="item">
      ${jsonForScript(candidateOf(item))}
    </script>
    <script type="module" async src="/assets/look.js"></script>
    <section class="window" aria-labelledby="more-title">
      <div class="window-head">
        <h2 id="more-title" class="more-title">More for you</h2>
        <p
          class="window-status"
          data-role="status"
          data-testid="feed-status"
          aria-live="polite"
          tabindex="-1"
        >
          In the shop’s order, the same for everybody.
        </p>
      </div>
      <vitrine-feed
        rows="2"
        row-size="${ROW_SIZE}"
        candidates="/api/candidates.json"
        context-item="${item.id}"
        data-testid="feed"
      >
        ${cardTemplate()}
        ${serverRow({ id: 'server', title: `More in ${trail.at(-1)?.name ?? 'the shop'}`, items: others.slice(0, ROW_SIZE) })}
        ${serverRow({ id: 'server-2', title: 'More to see', items: others.slice(ROW_SIZE) })}
      </vitrine-feed>
    </section>`;
  return layout({
    shop,
    page: 'product',
    title: item.title,
    description: (item.description ?? item.title).slice(0, 160),
    main,
    department: trail[0]?.path ?? '',
  });
}

/**
 * @param {ShopItem} item - The item.
 * @returns {SafeHtml} The way into the cart, or why there is none.
 */
function buyPart(item) {
  if (item.available === false) return html`<p class="notice">Sold out for now.</p>`;
  return html`<button
      type="button"
      class="buy-button needs-js"
      data-action="add"
      disabled
      data-testid="add-to-cart"
    >
      Add to the cart
    </button>
    <p class="buy-note" data-role="buy-note" role="status"></p>
    <noscript><p class="notice">The cart needs JavaScript.</p></noscript>`;
}

/**
 * The fields of an item that the page's script reports and the candidates list carries.
 *
 * @param {ShopItem} item - The item.
 * @returns {Record<string, unknown>} A candidate in the interchange format.
 */
export function candidateOf(item) {
  const { place: _place, priceText: _priceText, ...candidate } = item;
  return candidate;
}

/**
 * Twenty-four other items, nearest category first, each group in the server's order.
 *
 * @param {Shop} shop - The shop.
 * @param {ShopItem} item - The item of the page.
 * @returns {ShopItem[]} Without the item itself.
 */
function neighbours(shop, item) {
  const groups = [
    ...trailOf(shop, item)
      .toReversed()
      .map((category) => category.items),
    shop.items,
  ];
  /** @type {Set<ShopItem>} */
  const found = new Set();
  for (const group of groups) {
    for (const other of group) {
      if (found.size >= 2 * ROW_SIZE) return [...found];
      if (other !== item) found.add(other);
    }
  }
  return [...found];
}

/**
 * @param {ShopItem} item - The item.
 * @returns {SafeHtml | ''} Its tags and scores, when it has any.
 */
function facts(item) {
  const tags = item.tags ?? [];
  const scores = Object.entries(item.attributes ?? {});
  if (tags.length === 0 && scores.length === 0) return '';
  const strongest = scores.toSorted(([, a], [, b]) => b - a).slice(0, SCALES_SHOWN);
  return html`<div class="facts">
    ${
      tags.length > 0
        ? html`<ul class="chips" aria-label="Tags">
            ${tags.map((tag) => html`<li class="chip">${tag}</li> `)}
          </ul>`
        : ''
    }
    ${
      strongest.length > 0
        ? html`<dl class="scales">
            ${strongest.map(
              ([name, value]) =>
                html`<div>
                  <dt>${inWords(name)}</dt>
                  <dd><meter min="0" max="1" value="${value}">${value}</meter></dd>
                </div> `,
            )}
          </dl>`
        : ''
    }
  </div>`;
}
