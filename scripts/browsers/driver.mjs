/**
 * What the checks know of a browser: one small interface, which each driver fills in its own way
 * (Playwright, WebDriver BiDi, W3C WebDriver).
 */
import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('../../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../../src/core/types.ts').VitrineOptions} VitrineOptions */
/** @typedef {import('../../src/core/types.ts').Feed} Feed */
/** @typedef {import('../../src/core/types.ts').Stats} Stats */
/** @typedef {import('../../src/core/types.ts').Consent} Consent */
/** @typedef {import('../../src/core/types.ts').Item} Item */

/**
 * A page's worth of work, done by pages/page.js.
 *
 * @typedef {object} Work
 * @property {VitrineOptions} options
 * @property {readonly string[]} [looks] - Ids of items that are looked at, oldest first.
 * @property {readonly Consent[]} [changes] - Of consent, after the looks.
 * @property {number} [most] - Candidates, default all.
 */

/** @typedef {{ feed: Feed, stats: Stats, codes: string[] }} Made */

/**
 * Everything that a page of ours can leave on the device, but the browser's own cache.
 *
 * @typedef {object} Leftovers
 * @property {string[]} databases
 * @property {string[]} caches
 * @property {string[]} files - Of the origin's private file system.
 * @property {string[]} buckets
 * @property {string[]} keys - Of localStorage and sessionStorage.
 * @property {string} cookies
 */

/**
 * The globals of a test page. The checks run without the types of a document.
 *
 * @typedef {object} PageScope
 * @property {{ createVitrine(options: VitrineOptions): Promise<Vitrine>, loadFeedElement(): Promise<unknown> }} library
 * @property {any} consent - The consent entry, in test/e2e/consent/banners.html.
 * @property {any} document
 * @property {any} localStorage
 * @property {any} sessionStorage
 * @property {Item[]} items - The candidates.
 * @property {Vitrine} shop - An instance that goes on.
 * @property {(work: Work) => Promise<Made>} visit - Makes an instance, ranks, and disposes of it.
 * @property {(vitrine: Vitrine, ids: readonly string[], now?: number) => Promise<void>} look
 * @property {() => Promise<Leftovers>} leftovers
 * @property {() => Promise<Record<string, boolean>>} probe - What the browser offers, by name.
 * @property {any} own - Whatever a single check or a page of test/e2e puts there.
 */

/**
 * What a driver gives: runs an expression whose promise fulfils with a text.
 *
 * @typedef {object} RawTab
 * @property {(url: string) => Promise<void>} open - Resolves when the page has loaded.
 * @property {() => Promise<void>} reload - Likewise.
 * @property {(expression: string) => Promise<string>} evaluate - Rejects with the page's error.
 * @property {(x: number, y: number) => Promise<void>} click - As a visitor would, in pixels of the viewport.
 * @property {() => Promise<void>} close
 */

/**
 * A browser that runs.
 *
 * @typedef {object} Session
 * @property {string} version
 * @property {() => Promise<RawTab>} newTab - Empty.
 * @property {() => Promise<string[]>} errors - Uncaught errors and what was written to the console as
 *   an error, by pages and workers, since the last call.
 * @property {() => Promise<void>} close - Resolves when its processes are gone.
 */

/**
 * How a browser is found and started.
 *
 * @typedef {object} Browser
 * @property {string} name - For `--only`.
 * @property {string} title - For people.
 * @property {readonly string[]} packages - Of Debian.
 * @property {() => readonly string[]} missing - Programs that are not there.
 * @property {(profile: string | null) => Promise<Session>} open - With a folder that keeps its data;
 *   null for a private window.
 */

/** Longest wait for a condition in a page, and between two looks. */
const [PATIENCE_MS, PAUSE_MS] = [30_000, 25];

/** @param {string} call - An expression. @returns {string} One whose promise fulfils with JSON. */
const asText = (call) => `(async () => JSON.stringify(await ${call}) ?? 'null')()`;

/**
 * A click as both WebDrivers take it.
 *
 * @param {number} x - Pixels of the viewport.
 * @param {number} y - The same.
 * @returns {object[]} Actions.
 */
export function clickAt(x, y) {
  const [button, duration] = [0, 0];
  const actions = [
    { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration },
    { type: 'pointerDown', button },
    { type: 'pointerUp', button },
  ];
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** A page in a tab. */
export class Tab {
  #raw;

  /** @param {RawTab} raw */
  constructor(raw) {
    this.#raw = raw;
  }

  /**
   * @param {string} url
   * @returns {Promise<void>} When the page has loaded; its modules may still run.
   */
  open(url) {
    return this.#raw.open(url);
  }

  /** Loads the page of the checks anew; resolves when its functions are there. */
  async reload() {
    await this.#raw.reload();
    await this.until((page) => page.own?.isReady);
  }

  /**
   * Runs a function in the page. It is sent as text: it sees nothing but its arguments.
   *
   * @template T
   * @template [A=undefined]
   * @param {(page: PageScope, argument: A) => T | Promise<T>} work
   * @param {A} [argument] - JSON.
   * @returns {Promise<T>} What it returned, as JSON has it.
   */
  async evaluate(work, argument) {
    const call = `(${String(work)})(globalThis, ${JSON.stringify(argument)})`;
    return JSON.parse(await this.#raw.evaluate(asText(call)));
  }

  /**
   * Waits for a condition, over navigations if need be.
   *
   * @template [A=undefined]
   * @param {(page: PageScope, argument: A) => unknown} condition - Asked in the page again and again.
   * @param {A} [argument] - JSON.
   * @throws {Error} When it does not come true in half a minute.
   */
  async until(condition, argument) {
    const asked = `(${String(condition)})(globalThis, ${JSON.stringify(argument)})`;
    let last = '';
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(PAUSE_MS)) {
      try {
        if (
          JSON.parse(await this.#raw.evaluate(asText(`Promise.resolve(${asked}).then(Boolean)`)))
        ) {
          return;
        }
      } catch (error) {
        // The page goes, or is not there yet.
        last = String(error);
      }
    }
    throw new Error(`Waited in vain for ${String(condition)} ${last}`);
  }

  /**
   * Clicks in the middle of an element, as a visitor would.
   *
   * @param {string} selector - Of the first one.
   */
  async click(selector) {
    const { x, y } = await this.evaluate((page, wanted) => {
      const element = page.document.querySelector(wanted);
      element.scrollIntoView({ block: 'center' });
      const { height, left, top, width } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, selector);
    await this.#raw.click(x, y);
  }

  /** @returns {Promise<void>} When it is gone. */
  close() {
    return this.#raw.close();
  }
}
