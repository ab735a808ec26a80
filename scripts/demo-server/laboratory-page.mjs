/**
 * The laboratory: three benches on which a merchandiser tries out what happens behind the window.
 * The server sends the furniture, the same for everybody; demo/laboratory.js works at it.
 */
import { html } from './html.mjs';
import { layout } from './layout.mjs';

/** @typedef {import('./html.mjs').SafeHtml} SafeHtml */
/** @typedef {import('./shop.mjs').Shop} Shop */

/** What a new segment can be told to lean to: words on the page, words for the library. */
const DIRECTIONS = [
  ['Anywhere', ''],
  ['Cheaper', 'cheaper'],
  ['Finer', 'luxury'],
  ['More comfort', 'more comfort'],
  ['More style', 'more style'],
  ['More outdoor', 'more outdoor'],
];

/**
 * The page of the laboratory.
 *
 * @param {Shop} shop - The shop.
 * @returns {string} The document.
 */
export function laboratoryPage(shop) {
  const main = html`<div class="page-head">
      <h1>The laboratory</h1>
      <p class="lead">
        Behind the window three small models are at work, all of them on this device. Here you can
        try each by hand: invent a row, see what is read in an item, and let the window learn from
        what you did.
      </p>
      <nav aria-label="Benches">
        <ul class="chips">
          <li><a class="chip" href="#rows">Invent a row</a></li>
          <li><a class="chip" href="#character">Read an item</a></li>
          <li><a class="chip" href="#learning">Let it learn</a></li>
        </ul>
      </nav>
      <p class="lab-status" data-role="lab-status" data-testid="lab-status" role="status">
        <span class="needs-js">The three benches are being set up on this device.</span>
        <noscript>The laboratory needs JavaScript. Everything else works without it.</noscript>
      </p>
    </div>
    ${rowsBench()} ${characterBench()} ${learningBench()}`;
  return layout({
    shop,
    page: 'laboratory',
    title: 'The laboratory',
    description: 'Try out how the window is arranged: generated rows, synthetic scores, learning.',
    main,
    extra: { script: 'laboratory', styles: ['laboratory', 'draft', 'benches'] },
  });
}

/** @returns {SafeHtml} Where a row is invented. */
function rowsBench() {
  return html`<section class="bench needs-js" id="rows" aria-labelledby="rows-title">
    <h2 id="rows-title">Invent a row</h2>
    <p class="lead">
      Choose a kind of shopper to start from, how far to go and where to. What comes out is a new
      kind of shopper, with a name made of what its items share. What you keep stands first in your
      window; the rest never appears there.
    </p>
    <div class="bench-parts">
      ${rowForm()}
      <div class="draft" data-role="draft" data-testid="draft" aria-busy="true"></div>
    </div>
    <div class="draft-shelf" data-role="draft-shelf" data-testid="draft-shelf"></div>
    <h3>Rows that were made here</h3>
    <p class="count">
      By you, or by the window itself when you turned to something that no row stood for.
    </p>
    <div class="made" data-role="made" data-testid="made" tabindex="0" aria-label="Made rows"></div>
  </section>`;
}

/** @returns {SafeHtml} What a new row is made of. */
function rowForm() {
  return html`<form class="controls" data-role="row-form" data-testid="row-form" autocomplete="off">
    <fieldset data-role="row-controls" disabled>
      <legend class="sr-only">What to make</legend>
      <label class="field"
        ><span>Start from</span
        ><select name="seed" data-testid="seed">
          <option>The shop’s rows …</option>
        </select></label
      >
      <label class="field"
        ><span>How far to go</span
        ><input
          type="range"
          name="temperature"
          min="0"
          max="1"
          step="0.1"
          value="0.4"
          aria-describedby="temperature-words"
          data-testid="temperature"
        /><output id="temperature-words" name="words" data-testid="temperature-words"
          >0.4, some way off</output
        ></label
      >
      <fieldset class="field">
        <legend>Where to</legend>
        <div class="choices">
          ${DIRECTIONS.map(
            ([words, toward], index) =>
              html`<label class="choice"
                ><input
                  type="radio"
                  name="direction"
                  value="${toward}"
                  data-testid="direction"
                  ${index === 0 ? html` checked` : ''}
                /><span>${words}</span></label
              > `,
          )}
        </div>
        <label class="field"
          ><span>or in your own words</span
          ><input
            type="text"
            name="toward"
            maxlength="100"
            placeholder="more cotton, less leather"
            data-testid="toward"
        /></label>
      </fieldset>
      <button type="submit" class="buy-button" data-testid="make">Make a row</button>
    </fieldset>
    <p class="bench-news" data-role="row-news" data-testid="row-news" role="status"></p>
  </form>`;
}

/** @returns {SafeHtml} Where an item is read. */
function characterBench() {
  return html`<section class="bench needs-js" id="character" aria-labelledby="character-title">
    <h2 id="character-title">Read an item</h2>
    <p class="lead">
      When there is nothing else to do, a small Transformer reads every item and says what it is
      like, with the words that moved it. Where it knows too few of the words, it says that it is
      guessing, and then its scores do not count.
    </p>
    <div class="reading">
      <p data-role="reading" data-testid="reading" role="status">One moment …</p>
      <progress data-role="reading-bar" max="1" value="0" aria-label="Items read"></progress>
    </div>
    <form class="find" data-role="find-form" role="search" autocomplete="off">
      <label class="field"
        ><span>Find an item</span
        ><input
          type="search"
          name="words"
          maxlength="80"
          placeholder="wool blanket"
          disabled
          data-testid="find"
      /></label>
      <button type="button" class="plain-button" data-role="others" disabled data-testid="others">
        Others
      </button>
    </form>
    <ul class="read-items" data-role="read-items" data-testid="read-items"></ul>
  </section>`;
}

/** @returns {SafeHtml} Where the window learns. */
function learningBench() {
  return html`<section class="bench needs-js" id="learning" aria-labelledby="learning-title">
    <h2 id="learning-title">Let it learn</h2>
    <p class="lead">
      The shop’s ranking was trained on everybody. Here it is tuned to you, from what you looked at
      and chose. It is only used when it ranks choices that it has not seen better than before, and
      you can always go back.
    </p>
    <div class="bench-parts">
      <div class="controls">
        <div class="panel-actions">
          <button
            type="button"
            class="buy-button"
            data-role="learn-start"
            disabled
            data-testid="learn-start"
          >
            Learn now
          </button>
          <button
            type="button"
            class="plain-button"
            data-role="learn-stop"
            disabled
            data-testid="learn-stop"
          >
            Stop
          </button>
        </div>
        <p class="bench-news" data-role="learn-news" data-testid="learn-news" role="status"></p>
        <progress data-role="learn-bar" max="1" value="0" aria-label="Learning"></progress>
        <h3>What is in use</h3>
        <ul class="versions" data-role="versions" data-testid="versions"></ul>
      </div>
      <div class="learnt">
        <figure class="loss" data-role="loss" data-testid="loss"></figure>
        <div class="gate" data-role="gate" data-testid="gate"></div>
      </div>
    </div>
  </section>`;
}
