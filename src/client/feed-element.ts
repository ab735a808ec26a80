/**
 * `<vitrine-feed>`: shows a feed in the shop's own markup and learns from clicks and views.
 *
 * @packageDocumentation
 */
import type { Candidates, Feed, Interaction, RankedItem, Row, Vitrine } from '../core/types.ts';
import { readCardClick } from './card-click.ts';
import { armOf } from './experiment-arm.ts';
import { fetchCandidates, isText, isUrl, itemsById, parseCandidates } from './candidates.ts';
import type { RawItem } from './candidates.ts';
import { defaultInstance } from './default-instance.ts';
import type { FeedHost } from './feed-host.ts';
import { findElement } from './find-element.ts';
import { fillTemplate } from './fill-template.ts';
import type { AnalyticsOptions, tellAnalytics as Tell } from './ga4-tell.ts';
import { drawRows, LABEL, renderRows } from './render-rows.ts';
import type { DrawnRow } from './render-rows.ts';
import { readJson } from './read-options.ts';
import { CARD, keepFocus, reorderCards } from './reorder-cards.ts';
import { watchRows } from './watch-rows.ts';

/** Whoever loaded this file; without any, elements wait for `el.vitrine` to be set. */
const hosts: FeedHost[] = [];

/**
 * Says who loaded this file. Of several copies of the page script, each of which has the instances
 * that it made, the first tag with an attribute counts.
 *
 * @param loader - The page script.
 */
export function addHost(loader: FeedHost): void {
  hosts.push(loader);
}

/**
 * What the script tag says.
 *
 * @param name - Of a `data-*` attribute, in camel case.
 * @returns Its value; undefined when no tag has it.
 */
export function tagOption(name: string): string | undefined {
  return hosts.map(({ script }) => script?.dataset[name]).find((value) => value !== undefined);
}

/** A file of its own: most pages tell nobody. */
let tellAnalytics: typeof Tell | undefined;

/** A second before a row counts as seen is time enough; without the file nothing is told. */
async function loadAnalytics(): Promise<void> {
  try {
    ({ tellAnalytics } = await import('./ga4-tell.ts'));
  } catch {
    // Not there, or blocked: the rows are what matters.
  }
}

/** Milliseconds of a task that draws cards. */
const SLICE_MS = 5;

/** Node has no elements; importing the package there must not throw. */
const Base: typeof HTMLElement =
  globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** The shop's cards; for a card that fills a list entry, the entry. */
function cardsById(container: Element): Map<string, Element> {
  const cards = new Map<string, Element>();
  for (const card of container.querySelectorAll<HTMLElement>(CARD)) {
    const id = card.dataset['vitrineItem'] ?? '';
    const parent = card.parentElement;
    if (!cards.has(id)) cards.set(id, parent?.matches('li:has(> :only-child)') ? parent : card);
  }
  return cards;
}

/**
 * The custom element.
 *
 * Attributes (each also as `data-…`): `rows` 1 to 20, `row-size` 1 to 100, `candidates` (a URL, or
 * the selector of a `<script type="application/json">`), `for` (selector of the container with the
 * shop's cards, default the element itself), `mode="reorder"` (cards change places, no rows).
 * Its children are the server's list: they stand until a personalised feed comes, and return when
 * one cannot be made. A `<template>` child is the card; without it the shop's existing cards
 * (`data-vitrine-item="ID"`) move into the rows. A `<button data-vitrine-less>` on a card takes the
 * item away and asks for less like it. Dispatches `vitrine:feed` with the feed as detail.
 *
 * @example <vitrine-feed rows="5" row-size="8" candidates="/candidates.json">…</vitrine-feed>
 */
export class VitrineFeedElement extends Base {
  #vitrine: Vitrine | undefined;
  #candidates: Candidates | undefined;
  #feed: Feed | undefined;
  #items: ReadonlyMap<string, RawItem> = new Map();
  /** Rows that were drawn ahead, of the feed that comes next; shown once. */
  #ahead: { readonly feed: Feed; readonly rows: readonly DrawnRow[] } | undefined;
  #fallback: readonly ChildNode[] | undefined;
  #drawn: readonly DrawnRow[] = [];
  /** Comments that hold the places of the shop's cards while these are in rows. */
  readonly #places: [Comment, Element][] = [];
  /** The server's list where it was left to stand. */
  #standing: DrawnRow | undefined;
  #analytics: AnalyticsOptions | string | undefined;
  #ticket = 0;
  #unwatch: (() => void) | undefined;

  /** The instance that feeds this element; default: that of the script tag. */
  get vitrine(): Vitrine | undefined {
    return this.#vitrine ?? defaultInstance();
  }
  set vitrine(vitrine: Vitrine | undefined) {
    this.#vitrine = vitrine;
    this.#refreshWhenParsed();
  }

  /** What is ranked; default: the `candidates` attribute, else that of the script tag. */
  get candidates(): Candidates | undefined {
    return this.#candidates ?? this.#option('candidates') ?? tagOption('candidates');
  }
  set candidates(candidates: Candidates | undefined) {
    this.#candidates = candidates;
    this.#items = new Map();
    this.#refreshWhenParsed();
  }

  /** The shop's analytics; default: the `analytics` attribute, else that of the script tag. */
  get analytics(): AnalyticsOptions | string | undefined {
    const name = this.#option('analytics') ?? tagOption('analytics');
    return this.#analytics ?? name;
  }
  set analytics(analytics: AnalyticsOptions | string | undefined) {
    this.#analytics = analytics;
  }

  /** The feed that is shown. Setting one shows it; its items' fields come from `candidates`. */
  get feed(): Feed | undefined {
    return this.#feed;
  }
  set feed(feed: Feed | undefined) {
    const ticket = ++this.#ticket;
    this.#feed = feed;
    const { candidates } = this;
    if (!feed || !candidates || !this.#needsItems || this.#items.size > 0) {
      this.#draw();
      return;
    }
    // The shop ranked by itself; the cards still need the items' fields.
    void this.#load(candidates).then(() => {
      if (ticket === this.#ticket) this.#draw();
    });
  }

  /** Called by the browser. */
  connectedCallback(): void {
    // A property set before this class was known hides the class's own.
    for (const name of ['vitrine', 'candidates', 'analytics', 'feed'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const { [name]: value } = this;
      Reflect.deleteProperty(this, name);
      Object.assign(this, { [name]: value });
    }
    for (const type of ['click', 'auxclick']) this.addEventListener(type, this.#onClick);
    if (this.#drawn.length > 0 || this.#standing) this.#watch();
    if (this.#feed) return;
    this.#refreshWhenParsed();
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.#unwatch?.();
    for (const type of ['click', 'auxclick']) this.removeEventListener(type, this.#onClick);
  }

  /**
   * Ranks the candidates anew and shows the result. Never rejects; a failure leaves or brings back
   * the server's list.
   */
  async refresh(): Promise<void> {
    const { vitrine, candidates } = this;
    if (!vitrine || !candidates) return;
    const ticket = ++this.#ticket;
    try {
      const known = await this.#load(candidates);
      const rows = Number(this.#option('rows'));
      const rowSize = Number(this.#option('row-size'));
      const itemId = this.#option('context-item');
      const feed = await vitrine.rerank(known, {
        ...(rows >= 1 && { rows: Math.min(rows, 20) }),
        ...(rowSize >= 1 && { rowSize: Math.min(rowSize, 100) }),
        ...(itemId && { context: { itemId } }),
      });
      await this.#drawAhead(feed);
      // A later feed may have come in between.
      if (ticket === this.#ticket) this.feed = feed;
    } catch {
      // Disposed, or a page script in the way: what the server sent must stand.
      if (ticket === this.#ticket) this.feed = undefined;
    }
  }

  #option(name: string): string | undefined {
    return this.getAttribute(name) ?? this.getAttribute(`data-${name}`) ?? undefined;
  }

  get #template(): HTMLTemplateElement | null {
    return this.querySelector('template');
  }

  /** Cards are filled from the items' fields, and analytics are told of them. */
  get #needsItems(): boolean {
    return this.#template !== null || this.analytics !== undefined;
  }

  /** Waits until the children are there; the parser may still be on its way to them. */
  #refreshWhenParsed(): void {
    // Several properties are often set in one go, and a feed that is set meanwhile comes first.
    const ticket = ++this.#ticket;
    const go = (): void => {
      if (ticket === this.#ticket && this.isConnected) void this.refresh();
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', go);
    else queueMicrotask(go);
  }

  /** The candidates as they go to the worker; a template needs the items on the page as well. */
  async #load(candidates: Candidates): Promise<Candidates> {
    let known = candidates;
    if (typeof known === 'string' && /^[#.[]/.test(known)) {
      known = (readJson(known) ?? []) as Candidates;
    } else if (isUrl(known) && this.#needsItems) {
      return this.#fetch(known);
    }
    if (this.#needsItems) this.#items = itemsById(known);
    return known;
  }

  /** The list goes on as text: it is the worker that says what is wrong with it. */
  async #fetch(url: string | URL): Promise<Candidates> {
    const text = await fetchCandidates(url);
    // Parsing and handing over 3,000 items in one task would hold the page for too long.
    await new Promise((resolve) => setTimeout(resolve));
    const sent = parseCandidates(text);
    this.#items = itemsById(sent);
    // Why nothing came, or no JSON, it finds out by itself; and an index names its files relative
    // to where it lies.
    return isText(text) && !('vitrineIndex' in Object(sent)) ? text : url;
  }

  #draw(): void {
    keepFocus(() => this.#render());
    this.#ahead = undefined;
    const detail = this.#feed;
    if (detail) this.dispatchEvent(new CustomEvent('vitrine:feed', { detail, bubbles: true }));
  }

  /** Where the shop's cards are. */
  get #container(): Element {
    const source = this.#option('for');
    return (source && findElement(source)) || this;
  }

  #render(): void {
    const feed = this.#feed;
    this.#restore();
    if (this.#option('mode') !== 'reorder') this.#renderRows(feed);
    else if (feed) reorderCards(this.#container, feed);
  }

  #renderRows(feed: Feed | undefined): void {
    const container = this.#container;
    const template = this.#template;
    this.#fallback ??= [...this.childNodes].filter((node) => node !== template);
    const hasFallback =
      container !== this || this.#fallback.some((node) => node instanceof Element);
    if (!feed) return;
    if (!feed.personalized && hasFallback) {
      this.#letStand(feed, container);
      return;
    }
    this.#drawn =
      this.#ahead?.feed === feed ? this.#ahead.rows : renderRows(feed, this.#cards(container));
    if (this.#drawn.length === 0) return;
    if (template) for (const node of this.#fallback) node.remove();
    this.prepend(...new Set(this.#drawn.map(({ section }) => section)));
    this.#watch();
  }

  /** Without what the visitors who are held out see, there is nothing to compare rows with. */
  #letStand(feed: Feed, list: Element): void {
    const [row] = feed.rows;
    if (!row || (this.analytics === undefined && feed.reason !== 'HOLDOUT')) return;
    const cards = cardsById(list);
    const all = feed.rows.flatMap(({ items }) => items);
    const items = cards.size > 0 ? all.filter(({ itemId }) => cards.has(itemId)) : row.items;
    const ranked = items.map((item, n) => ({ ...item, rank: n + 1 }));
    const section = list as HTMLElement;
    this.#standing = { section, list: section, row: { ...row, items: ranked } };
    this.#watch();
  }

  /** Gives the card of an item: the filled template, else the shop's own, taken from its place. */
  #cards(container: Element): (ranked: RankedItem) => Node | null {
    const template = this.#template;
    if (template) return (ranked) => this.#fill(ranked, template);
    const cards = cardsById(container);
    return ({ itemId }) => {
      const card = cards.get(itemId);
      if (!card) return null;
      const place = document.createComment('');
      card.replaceWith(place);
      this.#places.push([place, card]);
      return card;
    };
  }

  /** Null for an item that the page does not know. */
  #fill(ranked: RankedItem, template: HTMLTemplateElement): Node | null {
    // What was found in an index comes with the feed.
    const { sponsored, why } = ranked;
    const item = this.#items.get(ranked.itemId) ?? ranked.item;
    return item ? fillTemplate(template, { ...item, sponsored, why }) : null;
  }

  /** Draws a few cards at a time: all in one task would hold the page of a slow phone. */
  async #drawAhead(feed: Feed): Promise<void> {
    const template = this.#template;
    if (!template || !feed.personalized || this.#option('mode') === 'reorder') return;
    const drawing = drawRows(feed, (ranked) => this.#fill(ranked, template));
    let end = performance.now() + SLICE_MS;
    for (;;) {
      const { done, value: rows } = drawing.next();
      if (done) {
        this.#ahead = { feed, rows };
        return;
      }
      // Nobody waits for a page that is hidden, and its timers are slow.
      if (performance.now() < end || document.hidden) continue;
      await new Promise((resolve) => setTimeout(resolve));
      end = performance.now() + SLICE_MS;
    }
  }

  /** Brings the server's list back. */
  #restore(): void {
    this.#unwatch?.();
    for (const [place, card] of this.#places.splice(0)) {
      card.querySelector(`:scope > .${LABEL}`)?.remove();
      place.replaceWith(card);
    }
    for (const { section } of this.#drawn) section.remove();
    if (this.#drawn.length > 0 && this.#template) this.append(...(this.#fallback ?? []));
    this.#drawn = [];
    this.#standing = undefined;
  }

  #watch(): void {
    if (this.analytics !== undefined) void loadAnalytics();
    const rows = this.#standing ? [this.#standing] : this.#drawn;
    this.#unwatch = watchRows(rows, (row) => {
      const { vitrine } = this;
      const feed = this.#feed;
      if (!vitrine || !feed) return;
      const items = row.items.map(({ itemId }) => itemId);
      if (!this.#standing) this.#track({ type: 'view_item_list', items, rowId: row.id });
      const exposure = { row, feed, experiment: armOf(feed) };
      for (const host of hosts) host.emit(vitrine, 'exposure', exposure);
      this.#tell('view_item_list', row);
    });
  }

  #onClick = (event: Event): void => {
    const click = readCardClick(event);
    if (!click) return;
    const { card, itemId, type } = click;
    const row = this.#drawn.find(({ list }) => list.contains(card))?.row;
    this.#track({ type, itemId, ...(row && { rowId: row.id }) });
    // Only its own place goes: nothing that is being looked at moves to another row.
    if (type === 'less_like_this') (card.closest('li') ?? card).remove();
    else this.#tell(type, row ?? this.#standing?.row, itemId);
  };

  #tell(name: 'view_item_list' | 'select_item', row: Row | undefined, itemId?: string): void {
    const { analytics } = this;
    const feed = this.#feed;
    if (analytics === undefined || !feed || !row) return;
    const told = { name, row, items: this.#items, experiment: armOf(feed), itemId };
    tellAnalytics?.(analytics, told);
  }

  #track(interaction: Interaction): void {
    // The log tells the shop; its visitor's page goes on.
    if (!this.#feed?.isPreview) this.vitrine?.track(interaction).catch(() => {});
  }
}
