/**
 * One card, written twice: with an item's values for the server's list, and as the template that
 * `<vitrine-feed>` fills. Both have the same shape, so that a swap moves nothing. No picture waits
 * until it is scrolled to: what a page asks for must not tell how far it was read, nor when its window
 * was arranged. In the template the picture's place is empty; the page draws it (demo/pictures.js).
 */
import { html } from './html.mjs';

/** @typedef {import('./html.mjs').SafeHtml} SafeHtml */
/** @typedef {import('./catalog.mjs').ShopItem} ShopItem */

const WHY = html`<button
  type="button"
  class="card-why needs-js"
  data-action="why"
  data-testid="why-button"
>
  Why this?
</button>`;

/**
 * A card of the server's list.
 *
 * @param {ShopItem} item - The item.
 * @param {{ why?: boolean }} [options] - `why`: with the button that explains its place.
 * @returns {SafeHtml} An article.
 */
export function card(item, { why = false } = {}) {
  return html`<article
    class="card"
    data-testid="card"
    data-item-id="${item.id}"
    data-vitrine-item="${item.id}"
  >
    <a class="card-link" href="${item.url}">
      <span class="card-picture"
        ><img src="${item.image}" alt="" width="400" height="400" decoding="async"
      /></span>
      <span class="card-words"
        ><span class="card-title">${item.title}</span>
        <span class="card-maker">${item.brand}</span></span
      >
    </a>
    <p class="card-figures"><span class="card-price">${item.priceText}</span>${rating(item)}</p>
    ${why ? WHY : ''}
  </article>`;
}

/**
 * Stars in figures.
 *
 * @param {ShopItem} item - The item.
 * @returns {SafeHtml | ''} Nothing without a rating.
 */
export function rating(item) {
  if (typeof item.rating !== 'number' || item.rating <= 0) return '';
  const count = item.ratingCount
    ? html`<span class="card-count"> (${item.ratingCount})</span>`
    : '';
  return html`<span class="card-rating"
    ><span aria-hidden="true">★</span><span class="sr-only">Rated</span>
    <span>${item.rating}</span>${count}</span
  >`;
}

/**
 * The card that `<vitrine-feed>` fills from a candidate.
 *
 * @returns {SafeHtml} A template element.
 */
export function cardTemplate() {
  return html`<template
    ><article class="card" data-testid="card">
      <a class="card-link" data-vitrine-href="url">
        <span class="card-picture"></span>
        <span class="card-words"
          ><span class="card-title" data-vitrine-text="title"></span>
          <span class="card-maker" data-vitrine-text="brand"></span
        ></span>
      </a>
      <p class="card-figures">
        <span class="card-price" data-vitrine-text="price"></span
        ><span class="card-rating" data-vitrine-if="rating"
          ><span aria-hidden="true">★</span><span class="sr-only">Rated</span>
          <span data-vitrine-text="rating"></span
          ><span class="card-count" data-vitrine-if="ratingCount">
            (<span data-vitrine-text="ratingCount"></span>)</span
          ></span
        >
      </p>
      ${WHY}
    </article></template
  >`;
}

/**
 * The card of an item that was brought along: it leads nowhere, since this shop has no page of it; a
 * press looks at it.
 *
 * @returns {SafeHtml} A template element.
 */
export function ownCardTemplate() {
  return html`<template
    ><article class="card" data-testid="card">
      <button type="button" class="card-link" data-action="look" aria-haspopup="dialog">
        <span class="card-picture"></span>
        <span class="card-words"
          ><span class="card-title" data-vitrine-text="title"></span>
          <span class="card-maker" data-vitrine-text="brand"></span
        ></span>
      </button>
      <p class="card-figures">
        <span class="card-price" data-vitrine-text="price"></span>
      </p></article
  ></template>`;
}

/**
 * A titled line of cards in the server's order, in the markup that `<vitrine-feed>` draws.
 *
 * @param {object} row - The row.
 * @param {string} row.id - `server`, `server-2`, as the library names them.
 * @param {string} row.title - Heading.
 * @param {readonly ShopItem[]} row.items - Its items.
 * @param {boolean} [row.why] - Whether its cards can say why they stand there; default yes.
 * @returns {SafeHtml} A section.
 */
export function serverRow({ id, title, items, why = true }) {
  return html`<section
    class="vitrine-row"
    data-testid="feed-row"
    data-row-id="${id}"
    data-row-kind="server"
    aria-labelledby="row-${id}"
  >
    <h2 id="row-${id}">${title}</h2>
    <p class="why">In the shop’s order.</p>
    <ul class="vitrine-items" role="list">
      ${items.map((item) => html`<li>${card(item, { why })}</li> `)}
    </ul>
  </section>`;
}
