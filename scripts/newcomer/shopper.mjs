/** Somebody who has just come to the demo shop, and clicks on five products of one kind. */

/** @typedef {import('playwright').Page} Tab */
/** @typedef {import('./table.mjs').Step} Step */

/**
 * The first page as a shopper sees it.
 *
 * @typedef {object} Window
 * @property {string} feed - `shop` or `visitor`: whose order stands there.
 * @property {string} reason - Of the feed.
 * @property {readonly ShownRow[]} rows - From the top.
 */

/**
 * @typedef {object} ShownRow
 * @property {string} title - Of the row.
 * @property {string} kind - Such as `inferred`; '' for the server's own.
 * @property {number} share - Of its items, those of the kind that was looked at, 0 to 1.
 */

/**
 * @typedef {object} Seen
 * @property {string} kind - Name of the category of what was looked at.
 * @property {readonly string[]} looked - Ids of the items, in their order.
 * @property {Window} before - The first page.
 * @property {Window} after - The same after the clicks.
 */

const CLICKS = 5;
/** A row has the kind when most of it does. */
const MOST = 0.5;

/**
 * @param {Seen} seen - What a shopper saw.
 * @returns {boolean} Whether the first page changed from the shop's order to the visitor's, with a row
 *   that has mostly the kind of the items that were looked at.
 */
export function isPersonal({ after, before }) {
  const isOwn = after.feed === 'visitor' && after.reason === 'PERSONALIZED';
  const hasRow = after.rows.some(({ kind, share }) => kind === 'inferred' && share > MOST);
  return before.feed === 'shop' && isOwn && hasRow;
}

/**
 * Waits for the page's feed and reads it.
 *
 * @param {Tab} tab - On a page with a feed.
 * @param {ReadonlySet<string>} ofKind - Ids of the items of a kind.
 * @returns {Promise<Window>} What stands there.
 */
async function windowOf(tab, ofKind) {
  await tab.locator('html[data-feed]').waitFor();
  const reason = await tab.locator('vitrine-feed').getAttribute('data-reason');
  const rows = await tab.getByTestId('feed-row').all();
  return {
    feed: (await tab.locator('html').getAttribute('data-feed')) ?? '',
    reason: reason ?? '',
    rows: await Promise.all(
      rows.map(async (row) => {
        const cards = await row.getByTestId('card').all();
        const ids = await Promise.all(cards.map((card) => card.getAttribute('data-item-id')));
        const found = ids.filter((id) => ofKind.has(id ?? '')).length;
        return {
          title: (await row.getByRole('heading').first().textContent()) ?? '',
          kind: (await row.getAttribute('data-row-kind')) ?? '',
          share: cards.length === 0 ? 0 : found / cards.length,
        };
      }),
    ),
  };
}

/**
 * Clicks on a card and waits until the item's page has its rows, as a shopper would look.
 *
 * @param {Tab} tab - Where the card is.
 * @param {import('playwright').Locator} card - To be clicked.
 * @returns {Promise<string>} Id of the item.
 */
async function open(tab, card) {
  const id = (await card.getAttribute('data-item-id')) ?? '';
  await card.getByRole('link').first().click();
  await tab.locator(`[data-testid="product"][data-item-id="${id}"]`).waitFor();
  await tab.locator('html[data-feed]').waitFor();
  return id;
}

/**
 * Opens the first product of the front page, and four more of its kind.
 *
 * @param {Tab} tab - On the front page.
 * @returns {Promise<{ kind: string, looked: string[] }>} What was looked at.
 */
async function click(tab) {
  const looked = [await open(tab, tab.locator('vitrine-feed').getByTestId('card').first())];
  const kindLink = tab.locator('nav.breadcrumbs a').last();
  const kind = (await kindLink.textContent()) ?? '';
  await kindLink.click();
  const cards = tab.getByTestId('listing').getByTestId('card');
  while (looked.length < CLICKS) {
    await cards.first().waitFor();
    const known = looked.map((id) => `:not([data-item-id="${id}"])`).join('');
    looked.push(await open(tab, cards.and(tab.locator(`.card${known}`)).first()));
    await tab.goBack();
  }
  return { kind, looked };
}

/**
 * Ids of the items of a kind, by the shop's own list.
 *
 * @param {string} url - Of the shop.
 * @param {string} kind - Name of the last level of a category.
 * @returns {Promise<ReadonlySet<string>>} May be empty.
 */
async function idsOf(url, kind) {
  /** @type {{ id: string, categoryPath?: string[] }[]} */
  const items = await (await fetch(`${url}/api/candidates.json`)).json();
  return new Set(
    items.filter(({ categoryPath }) => categoryPath?.at(-1) === kind).map(({ id }) => id),
  );
}

/**
 * A visit, timed.
 *
 * @param {Tab} tab - Of a profile that has never been here.
 * @param {string} url - Of the demo shop, without a slash at its end.
 * @returns {Promise<{ seen: Seen, steps: Step[] }>} What was seen, and how long it took.
 * @throws {Error} When a page does not come, or makes no feed.
 */
export async function lookAtFive(tab, url) {
  /** @type {Step[]} */
  const steps = [];
  let begin = performance.now();
  const lap = (/** @type {string} */ name) => {
    const now = performance.now();
    steps.push({ name, seconds: (now - begin) / 1000 });
    begin = now;
  };
  await tab.goto(url);
  const before = await windowOf(tab, new Set());
  lap('the first page, in the shop’s order');
  const { kind, looked } = await click(tab);
  lap('five clicks on products of one kind, each page with its rows');
  await tab.locator('a.wordmark').click();
  await tab.locator('html[data-feed]').waitFor();
  lap('the first page again, in the visitor’s order');
  const after = await windowOf(tab, await idsOf(url, kind));
  return { seen: { kind, looked, before, after }, steps };
}
