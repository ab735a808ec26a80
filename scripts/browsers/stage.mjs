/** What a check has at hand: a browser, an origin of its own, and tabs that are closed behind it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tab } from './driver.mjs';

/** @typedef {import('./driver.mjs').Browser} Browser */
/** @typedef {import('./driver.mjs').RawTab} RawTab */
/** @typedef {import('./driver.mjs').Session} Session */
/** @typedef {import('./driver.mjs').VitrineOptions} VitrineOptions */
/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('../../test/helpers/static-server.mjs').StaticServer} StaticServer */

/** The page that most checks work in. */
const PAGE = '/browsers/page.html';

/** A clock that stands still, so that feeds are repeatable. */
export const NOW = Date.UTC(2026, 0, 15, 12);

/** @type {VitrineOptions} */
export const OPTIONS = { seed: 7, timeoutMs: 30_000, logLevel: 'silent' };

/**
 * @param {Site} site
 * @param {string} [department]
 * @returns {string[]} Ids of five items of one kind.
 */
export function looksOf({ items }, department = 'Kitchen') {
  const kind = items.filter(({ categoryPath }) => categoryPath?.[0] === department);
  return kind.slice(0, 5).map(({ id }) => id);
}

/** One browser with a profile on the disk, for all checks; each check begins a scene of its own. */
export class Stage {
  /** @type {Browser} */
  browser;
  /** @type {Site} */
  site;
  #folder = mkdtempSync(join(tmpdir(), 'vitrine-profile-'));
  /** @type {Session | null} */
  #session = null;
  /** @type {RawTab[]} */
  #tabs = [];
  /** @type {string[]} */
  #errors = [];
  /** @type {StaticServer | null} */
  #server = null;

  /** @param {Browser} browser @param {Site} site */
  constructor(browser, site) {
    this.browser = browser;
    this.site = site;
  }

  /** @returns {StaticServer} Of the scene's own origin. */
  get server() {
    if (this.#server === null) throw new Error('No scene was begun.');
    return this.#server;
  }

  /** @returns {Promise<Session>} Started where it is not yet. */
  async session() {
    this.#session ??= await this.browser.open(this.#folder);
    return this.#session;
  }

  /** Begins a scene: a new origin, no tab, no error. */
  async begin() {
    this.#errors = [];
    this.#server = await this.site.open();
    await (await this.session()).errors();
  }

  /** @returns {Promise<string[]>} Errors of the scene, which is over. */
  async end() {
    // In turn: a driver has one tab in its hands at a time.
    for (const tab of this.#tabs.splice(0)) await tab.close();
    await this.#server?.close();
    this.#server = null;
    return [...this.#errors, ...((await this.#session?.errors()) ?? [])];
  }

  /**
   * @param {string} [path] - On the scene's origin.
   * @param {Session} [session] - Default: that with the profile.
   * @returns {Promise<Tab>} A new one; modules of its page may still run.
   */
  async tab(path = PAGE, session) {
    const { newTab } = session ?? (await this.session());
    const raw = await newTab();
    if (session === undefined) this.#tabs.push(raw);
    const tab = new Tab(raw);
    await tab.open(this.server.url + path);
    return tab;
  }

  /**
   * @param {string} [path] - With the page of the checks, default as it is.
   * @param {Session} [session] - As for {@link Stage.tab}.
   * @returns {Promise<Tab>} When its functions are there.
   */
  async page(path = PAGE, session) {
    const tab = await this.tab(path, session);
    await tab.until((page) => page.own?.isReady);
    return tab;
  }

  /** Ends the browser; the next tab starts it again, with the same folder. */
  async restart() {
    this.#errors.push(...((await this.#session?.errors()) ?? []));
    this.#tabs = [];
    await this.#session?.close();
    this.#session = null;
  }

  /**
   * Works in a private window. One browser runs at a time: the other one is ended for it.
   *
   * @template T
   * @param {(session: Session) => Promise<T>} work
   * @returns {Promise<T>} Its result, when the window is closed.
   */
  async inPrivate(work) {
    await this.restart();
    const session = await this.browser.open(null);
    try {
      return await work(session);
    } finally {
      this.#errors.push(...(await session.errors()));
      await session.close();
    }
  }

  /** Ends the browser and removes its profile. */
  async close() {
    await this.#session?.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
