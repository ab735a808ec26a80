/**
 * One shopper who shops by herself: an instance of its own with a profile of its own, whose window
 * stands on the page while one watches. What it learns is erased when the watching ends.
 */
import { knownCandidates } from './candidates.js';
import { withMoves } from './moves.js';
import { openOther } from './other-engine.js';
import { DEEDS, nextChoice } from './persona-script.js';

/** @typedef {import('./engine.js').Vitrine} Vitrine */
/** @typedef {import('./engine.js').Candidate} Candidate */
/** @typedef {import('./persona-script.js').Choice} Choice */
/** @typedef {import('./persona-script.js').Deed} Deed */
/** @typedef {import('./persona-script.js').Persona} Persona */
/** @typedef {import('../src/client/feed-element.ts').VitrineFeedElement} FeedElement */

/** @typedef {{ deed: Deed, choice: Choice }} Step */

/** One waits for the next step anyway; on a slow device it may take a while. */
const PATIENCE = 20_000;
/** Who shops in a hurry sees the first rows; so does who watches. */
const ROWS_SEEN = 2;

/** Shops step by step on the page's feed. */
export class PersonaWatch {
  #element;
  #persona;
  /** @type {Promise<Vitrine>} */
  #opening;
  /** Ids of what was turned to. @type {string[]} */
  #done = [];
  #isOver = false;

  /**
   * @param {FeedElement} element - The page's feed.
   * @param {Persona} persona - Who shops.
   */
  constructor(element, persona) {
    this.#element = element;
    this.#persona = persona;
    this.#opening = openOther({ storageName: 'alder-watch', timeoutMs: PATIENCE });
  }

  /** How many steps were done. */
  get steps() {
    return this.#done.length;
  }

  /** Whether nothing is left to do. */
  get isDone() {
    return this.#done.length >= DEEDS.length;
  }

  /**
   * What comes next.
   *
   * @returns {Step | null} Null when nothing is left.
   */
  next() {
    const deed = DEEDS[this.#done.length];
    const list = knownCandidates();
    const byId = new Map(list.map((item) => [item.id, item]));
    const rows = this.#element.feed?.rows.slice(0, ROWS_SEEN) ?? [];
    const window = rows.flatMap(({ items }) =>
      items.flatMap(({ itemId }) => byId.get(itemId) ?? []),
    );
    const choice = nextChoice(this.#persona, { list, window }, this.#done);
    return deed === undefined || choice === null ? null : { deed, choice };
  }

  /**
   * Does a step, and arranges the window anew.
   *
   * @param {Step} step - From {@link next}.
   */
  async perform({ choice: { item }, deed }) {
    this.#done.push(item.id);
    const instance = await this.#opening;
    await instance.track(
      deed === 'cart'
        ? { type: 'add_to_cart', items: [item], quantity: 1 }
        : { type: 'view_item', items: [item] },
    );
    await this.#arrange(instance);
  }

  /** Shows the window of somebody of whom nothing is known yet. */
  async begin() {
    await this.#arrange(await this.#opening);
  }

  /**
   * Erases the profile and ends the worker. The window is the caller's to give back.
   *
   * @returns {Promise<void>} Settles when nothing of it is left; never rejects.
   */
  async end() {
    this.#isOver = true;
    try {
      const instance = await this.#opening;
      await instance.profile.erase();
      instance.dispose();
    } catch {
      // It was never opened, or its worker is gone, and the profile with it.
    }
  }

  /** @param {Vitrine} instance - The persona's. */
  async #arrange(instance) {
    const element = this.#element;
    const feed = await instance.rerank(knownCandidates(), {
      rows: Number(element.getAttribute('rows')),
      rowSize: Number(element.getAttribute('row-size')),
    });
    if (this.#isOver) return;
    await withMoves(() => {
      element.feed = feed;
    });
  }
}
