/**
 * "Bring your own catalog": the furniture, the same for everybody. The file is read by demo/bring.js on
 * the page and goes nowhere.
 */
import { ownCardTemplate } from './card.mjs';
import { html } from './html.mjs';
import { layout } from './layout.mjs';

/** @typedef {import('./html.mjs').SafeHtml} SafeHtml */
/** @typedef {import('./shop.mjs').Shop} Shop */

const ROWS = 5;
const ROW_SIZE = 12;

/**
 * The page that takes a catalog.
 *
 * @param {Shop} shop - The shop.
 * @returns {string} The document.
 */
export function bringPage(shop) {
  const main = html`<div class="page-head">
      <h1>Bring your own catalog</h1>
      <p class="lead">
        See this window arranged with your items: a CSV, NDJSON or JSON file, a Google Merchant feed
        (XML or tab-separated) or Shopify’s product export.
        <strong>Nothing is uploaded.</strong> The file is read by this page, on this device, and
        forgotten when you leave it; pictures are drawn here too, so that not even your picture
        server hears of it.
      </p>
      <noscript><p class="notice">Reading a catalog needs JavaScript.</p></noscript>
    </div>
    ${intake()} ${preview()} ${results()}`;
  return layout({
    shop,
    page: 'bring',
    title: 'Bring your own catalog',
    description: 'Rows, segments and generated attributes of your own catalog, in the browser.',
    main,
    extra: { script: 'bring', styles: ['laboratory', 'bring'] },
  });
}

/** @returns {SafeHtml} Where a catalog comes in. */
function intake() {
  return html`<section class="intake needs-js" aria-label="Your catalog">
    <div class="drop" data-role="drop" data-testid="drop">
      <p class="drop-words" id="drop-words">Drop a file anywhere on this page, or</p>
      <label class="drop-choose"
        ><input
          type="file"
          class="sr-only"
          data-role="file"
          data-testid="file"
          accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.xml,.rss,.atom"
        /><span class="buy-button">Choose a file</span></label
      >
      <button
        type="button"
        class="plain-button"
        data-action="example"
        data-testid="example"
        disabled
      >
        Try 600 made-up items
      </button>
      <details class="paste">
        <summary>Paste text instead</summary>
        <label class="field"
          ><span>Lines of your catalog, with the line of names</span
          ><textarea
            rows="6"
            spellcheck="false"
            data-role="paste"
            data-testid="paste"
            placeholder="sku,name,category,price"
          ></textarea>
        </label>
        <button
          type="button"
          class="plain-button"
          data-action="paste"
          data-testid="paste-read"
          disabled
        >
          Read it
        </button>
      </details>
    </div>
    <div class="intake-news">
      <progress
        data-role="progress"
        data-testid="progress"
        max="1"
        value="0"
        aria-label="Reading the catalog"
      ></progress>
      <p role="status" data-role="bring-status" data-testid="bring-status">
        No catalog yet. It takes a second or two.
      </p>
    </div>
  </section>`;
}

/** @returns {SafeHtml} What will be shown of a catalog; gone as soon as one is there. */
function preview() {
  return html`<ol class="preview needs-js" data-role="preview">
    <li>
      <h2>Your rows</h2>
      <p>Your items in a window. Press one to look at it, and the window follows.</p>
    </li>
    <li>
      <h2>Kinds of shoppers</h2>
      <p>Which of them your words, makers and prices can tell apart, with the items of each.</p>
    </li>
    <li>
      <h2>What it reads in an item</h2>
      <p>Comfort, style and other scores that nobody typed in, with the words behind them.</p>
    </li>
  </ol>`;
}

/** @returns {SafeHtml} What is shown of a catalog, empty until one was read. */
function results() {
  return html`<div class="brought" data-role="brought" data-testid="brought" hidden>
    <section aria-labelledby="facts-title">
      <h2 id="facts-title" tabindex="-1">What was read</h2>
      <p data-role="facts" data-testid="facts"></p>
      <div data-role="problems" data-testid="problems"></div>
      <p>
        <a data-role="save" data-testid="save" download="catalog.ndjson">Save as NDJSON</a>, the
        format in which <code>vitrine train</code>, <code>enrich</code> and
        <code>node scripts/demo-server.mjs --data</code> take a catalog.
      </p>
      <details class="mapping" data-role="mapping" data-testid="mapping">
        <summary>Which column holds what</summary>
        <div class="mapping-fields" data-role="mapping-fields"></div>
      </details>
    </section>
    <section class="window" aria-labelledby="rows-title">
      <div class="window-head">
        <h2 id="rows-title" tabindex="-1">Your rows</h2>
        <p
          class="window-status"
          data-role="rows-status"
          data-testid="rows-status"
          role="status"
        ></p>
      </div>
      <vitrine-feed rows="${ROWS}" row-size="${ROW_SIZE}" data-testid="feed" data-role="own-feed"
        >${ownCardTemplate()}</vitrine-feed
      >
    </section>
    <section aria-labelledby="segments-title">
      <h2 id="segments-title">Shoppers it can tell apart</h2>
      <p class="lead">
        Each line is a kind of shopper, with how many of your items are theirs. Press one, and the
        rows above are arranged as for a visitor of that kind.
      </p>
      <ul class="kinds" data-role="kinds" data-testid="kinds"></ul>
    </section>
    <section aria-labelledby="read-title">
      <h2 id="read-title">What it reads in an item</h2>
      <p class="lead">
        Scores that nobody typed in, made of your words by a model of 60 kB. The words below a score
        moved it.
      </p>
      <ul class="read-own" data-role="read-own" data-testid="read-own"></ul>
    </section>
  </div>`;
}
