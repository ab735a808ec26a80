/**
 * The window on a catalog that was brought along: its rows, the shoppers it tells apart, and what is
 * read in an item.
 */
import { bar, byRole, itemIdOf, make, openDialog } from './dom.js';
import { pictureOf } from './pictures.js';
import { guessingNote, scoreList } from './scores.js';
import { addArrows } from './shelf.js';

/** @typedef {import('./engine.js').Vitrine} Vitrine */
/** @typedef {import('./engine.js').Candidate} Candidate */
/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {import('../src/core/types.ts').Segment} Segment */
/** @typedef {import('../src/core/generated-features.ts').GeneratedFeatures} GeneratedFeatures */
/** @typedef {import('../src/client/feed-element.ts').VitrineFeedElement} FeedElement */

const PICTURE = 400;
const ROWS = 5;
const ROW_SIZE = 12;
/** Kinds of shopper with fewer items are not worth a line. */
const LEAST_ITEMS = 1;
const READ_ITEMS = 4;
/** From more items on, the first rows are made of the first of them. */
const MANY = 4000;
const FIRST = 2000;
const SCORES = 4;
const LOOK_EVERY = 1000;
const LOOKS = 60;
const NEUTRAL =
  'In the order of your file: this visitor has done nothing yet. Press an item to look at it, or a kind of shopper below.';
const OWN = 'Arranged by what you pressed, as it would be for that visitor.';

/** One window, used for one catalog after the other. */
export class OwnWindow {
  /** @type {Vitrine} */
  #instance;
  /** @type {FeedElement | null} */
  #element = /** @type {FeedElement | null} */ (byRole('own-feed'));
  /** @type {ReadonlyMap<string, Candidate>} */
  #items = new Map();
  /** Id of the kind of shopper for whom the rows are arranged. @type {string | null} */
  #kind = null;
  /** Number of the latest catalog. */
  #turn = 0;

  /** @param {Vitrine} instance - An instance of its own. */
  constructor(instance) {
    this.#instance = instance;
    this.#element?.addEventListener('vitrine:feed', () => this.#mark());
    this.#element?.addEventListener('click', (event) => {
      const button = /** @type {Element} */ (event.target).closest('[data-action="look"]');
      const item = this.#items.get(itemIdOf(button));
      if (item !== undefined) void this.#lookAt(item);
    });
  }

  /**
   * Shows a catalog.
   *
   * @param {readonly Candidate[]} items - In the order of the file.
   * @returns {Promise<boolean>} Whether rows were made; the first ones stand on the page by then.
   */
  async show(items) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#kind = null;
    this.#items = new Map(items.map((item) => [item.id, item]));
    // What was pressed in an earlier catalog says nothing of this one.
    if (turn > 1) await this.#instance.profile.erase();
    if (items.length > MANY) {
      // Thousands that nobody has seen before take seconds; the first rows need only the first.
      const first = await this.#rank({ items: items.slice(0, FIRST) });
      if (turn === this.#turn) this.#draw(first, `First rows, from the first ${FIRST} items …`);
    }
    const feed = await this.#rank();
    const { worker } = await this.#instance.stats();
    if (turn !== this.#turn || worker !== 'running') return false;
    this.#draw(feed, NEUTRAL);
    this.#showKinds(await this.#instance.segments.list());
    void this.#showReading(items.slice(0, READ_ITEMS), turn);
    return true;
  }

  /**
   * @param {{ segmentId?: string, items?: readonly Candidate[] }} [request] - As for a visitor of a
   *   kind, default the one who is here; of some items, default all.
   * @returns {Promise<Feed>} Rows.
   */
  #rank({ segmentId, items = [...this.#items.values()] } = {}) {
    return this.#instance.rerank(items, {
      rows: ROWS,
      rowSize: ROW_SIZE,
      ...(segmentId !== undefined && { preview: { segmentId } }),
    });
  }

  /**
   * @param {Feed} feed - Rows.
   * @param {string} sentence - What is said above them.
   */
  #draw(feed, sentence) {
    const line = byRole('rows-status');
    if (line !== null) line.textContent = sentence;
    if (this.#element === null) return;
    this.#element.candidates = [...this.#items.values()];
    this.#element.feed = feed;
  }

  /** Marks what the element drew, for styles and tests, and draws the pictures. */
  #mark() {
    const element = this.#element;
    if (element === null) return;
    element.dataset['reason'] = element.feed?.reason ?? '';
    for (const section of element.querySelectorAll('section'))
      section.dataset['testid'] = 'feed-row';
    for (const place of element.querySelectorAll('.card-picture')) {
      const id = itemIdOf(place);
      place.closest('.card')?.setAttribute('data-item-id', id);
      const item = this.#items.get(id);
      if (item !== undefined) place.replaceChildren(pictureOf(item, PICTURE));
    }
    addArrows(element);
  }

  /** @param {readonly Segment[]} segments - All that the library knows. */
  #showKinds(segments) {
    const kinds = segments
      .filter(({ support }) => support >= LEAST_ITEMS)
      .toSorted((a, b) => b.support - a.support);
    const most = kinds[0]?.support ?? 1;
    byRole('kinds')?.replaceChildren(
      ...kinds.map((segment) => make('li', {}, this.#kindButton(segment, most))),
    );
  }

  /**
   * @param {Segment} segment - A kind of shopper.
   * @param {number} most - Items of the largest.
   * @returns {HTMLElement} Its line, which is a button.
   */
  #kindButton({ id, name, support }, most) {
    return make(
      'button',
      {
        type: 'button',
        class: 'kind',
        'aria-pressed': 'false',
        'data-testid': 'kind',
        'data-segment-id': id,
        'data-support': String(support),
        onclick: () => void this.#showAs(id, name),
      },
      make('span', {}, name),
      bar(support / most),
      make('span', { class: 'number' }, `${support.toLocaleString('en')} items`),
    );
  }

  /**
   * Shows the rows of a kind of shopper; pressed again, those of the visitor who is here.
   *
   * @param {string} id - Of the segment.
   * @param {string} name - Its name.
   */
  async #showAs(id, name) {
    this.#kind = this.#kind === id ? null : id;
    const kind = this.#kind;
    for (const button of byRole('kinds')?.querySelectorAll('button') ?? []) {
      button.setAttribute('aria-pressed', String(button.dataset['segmentId'] === kind));
    }
    const line = byRole('rows-status');
    if (line !== null) line.textContent = 'Arranging …';
    const feed = await this.#rank(kind === null ? {} : { segmentId: kind });
    if (kind !== this.#kind) return;
    this.#draw(
      feed,
      kind === null ? this.#ownWords(feed) : `As for a visitor of the kind “${name}”.`,
    );
    document.getElementById('rows-title')?.scrollIntoView({ block: 'start' });
  }

  /**
   * @param {Feed} feed - Rows for who is here.
   * @returns {string} How they came about.
   */
  #ownWords({ personalized }) {
    return personalized ? OWN : NEUTRAL;
  }

  /** @param {Candidate} item - Pressed in a row: it is looked at, and the rows follow. */
  async #lookAt(item) {
    const reading = make('div', {}, make('p', { class: 'count' }, 'It is being read …'));
    openDialog({
      title: item.title ?? item.id,
      kind: 'look',
      content: [
        make('div', { class: 'look-picture' }, pictureOf(item, PICTURE)),
        make(
          'p',
          { class: 'count' },
          [item.categoryPath?.join(' › '), item.brand].filter(Boolean).join(' · '),
        ),
        make('p', {}, item.description ?? ''),
        make('h3', {}, 'What is read in it'),
        reading,
      ],
    });
    void this.#readInto(item, reading, this.#turn);
    await this.#instance.track({ type: 'view_item', items: [item] });
    if (this.#kind !== null) return;
    const feed = await this.#rank();
    if (this.#kind === null) this.#draw(feed, this.#ownWords(feed));
  }

  /**
   * @param {readonly Candidate[]} items - The first of the catalog: they are read first.
   * @param {number} turn - Of the catalog.
   */
  async #showReading(items, turn) {
    const places = items.map((item) => {
      const reading = make('div', {}, make('p', { class: 'count' }, 'It is being read …'));
      const entry = make(
        'li',
        { class: 'read-item', 'data-testid': 'read-item', 'data-item-id': item.id },
        make('h3', {}, item.title ?? item.id),
        reading,
      );
      return { entry, item, reading };
    });
    byRole('read-own')?.replaceChildren(...places.map(({ entry }) => entry));
    for (const { item, reading } of places) await this.#readInto(item, reading, turn);
  }

  /**
   * Waits until an item was read, and shows its scores.
   *
   * @param {Candidate} item - An item.
   * @param {HTMLElement} place - Where.
   * @param {number} turn - Of its catalog.
   */
  async #readInto(item, place, turn) {
    for (let look = 0; look < LOOKS && turn === this.#turn; look += 1) {
      const generated = await this.#scoresOf(item.id);
      if (generated !== null) {
        place.replaceChildren(
          scoreList(generated, { most: SCORES }),
          ...(generated.guessing ? [guessingNote()] : []),
        );
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
    place.replaceChildren(make('p', { class: 'count' }, 'It was not read yet.'));
  }

  /**
   * @param {string} itemId - An item.
   * @returns {Promise<GeneratedFeatures | null>} Null while it was not read.
   */
  async #scoresOf(itemId) {
    try {
      return (await this.#instance.explain(itemId)).features.generated;
    } catch {
      // No worker: it stays unread.
      return null;
    }
  }
}
