/**
 * `<vitrine-inspector>`: the panel itself.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';
import { button, h, nothing } from './dom.ts';
import { ENGINE_TAB } from './engine-tab.ts';
import { download, exportAll } from './export-all.ts';
import { FEED_TAB } from './feed-tab.ts';
import { FORCE_TAB } from './force-tab.ts';
import { keepPlace } from './keep-place.ts';
import { LOG_TAB } from './log-tab.ts';
import { findInstance } from './page.ts';
import {
  failureOf,
  type Panel,
  type PanelState,
  type Snapshot,
  type Tab,
  takeSnapshot,
} from './panel.ts';
import { REPLAY_TAB } from './replay-tab.ts';
import { RULES_TAB } from './rules-tab.ts';
import { showOwn } from './show-feed.ts';
import { styleSheet } from './style.ts';
import { type TabList, tabList } from './tab-list.ts';
import { VISITOR_TAB } from './visitor-tab.ts';

const TABS = [
  FEED_TAB,
  VISITOR_TAB,
  LOG_TAB,
  RULES_TAB,
  REPLAY_TAB,
  FORCE_TAB,
  ENGINE_TAB,
] as const;

/** A page may make its instance late, or never. */
const LOOK_EVERY_MS = 250;

/** What happens on the page in one go is looked at once. */
const SETTLE_MS = 300;

/** Node has no elements; importing the file there must not throw. */
const Base: typeof HTMLElement =
  globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** The custom element; made by `openInspector`. */
export class VitrineInspectorElement extends Base implements Panel {
  readonly state: PanelState = {};
  #vitrine: Vitrine | undefined;
  #seen: Snapshot | undefined;
  #titles: ReadonlyMap<string, string> = new Map();
  #tab: Tab = FEED_TAB;
  #stop = new AbortController();
  #settling: ReturnType<typeof setTimeout> | undefined;
  #before: Element | null = null;
  /** Undefined before the first drawing. */
  #tabs: TabList | undefined;
  readonly #box = h('div', {
    role: 'tabpanel',
    id: 'tab-panel',
    tabindex: 0,
    'data-testid': 'panel',
  });
  readonly #status = h('p', { role: 'status', 'data-testid': 'status' });

  /** The page's instance. */
  get vitrine(): Vitrine {
    if (!this.#vitrine) throw new TypeError('The inspector has no instance yet.');
    return this.#vitrine;
  }

  /** See {@link Panel.seen}. */
  get seen(): Snapshot {
    if (!this.#seen) throw new TypeError('The inspector has seen nothing yet.');
    return this.#seen;
  }

  /** Whether everything is loaded; tests wait for the attribute `ready`. */
  #markReady(): void {
    this.toggleAttribute('ready', this.#seen !== undefined);
  }

  /** Called by the browser. */
  connectedCallback(): void {
    this.setAttribute('role', 'complementary');
    this.setAttribute('aria-label', 'Vitrine inspector');
    if (!this.shadowRoot) this.#build();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    document.addEventListener('click', (event) => this.#afterClick(event), { signal });
    this.addEventListener('keydown', this.#onKey, { signal });
    this.#before = document.activeElement;
    // Nobody's place on the page is taken.
    if (this.#before === document.body) this.#tabs?.focus();
    this.#look();
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    this.#stop.abort();
    clearTimeout(this.#settling);
  }

  /**
   * Inspects an instance.
   *
   * @param vitrine - Left out: the page's own, as soon as there is one.
   */
  inspect(vitrine: Vitrine | undefined): void {
    if (vitrine && vitrine !== this.#vitrine) this.#start(vitrine);
  }

  /** Closes the panel; a page that shows somebody else's feed gets its own back. */
  close(): void {
    if (this.state.forced !== undefined) void showOwn(this);
    this.remove();
    if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }

  titleOf(itemId: string): string {
    return this.#titles.get(itemId) ?? itemId;
  }

  say(text: string): void {
    this.#status.textContent = text;
  }

  async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.say(failureOf(error));
    }
  }

  draw(): void {
    const active = this.shadowRoot?.activeElement ?? null;
    this.#tabs?.choose(this.#tab.id);
    this.#box.setAttribute('aria-labelledby', `tab-${this.#tab.id}`);
    keepPlace(this.#box, active, () => {
      const content = this.#seen
        ? this.#tab.draw(this)
        : nothing(this.#vitrine ? 'Looking…' : 'Waiting for Vitrine on this page.');
      this.#box.replaceChildren(h('div', {}, content));
    });
  }

  async reload(): Promise<void> {
    const { vitrine } = this;
    await this.attempt(async () => {
      const seen = await takeSnapshot(vitrine);
      if (vitrine !== this.#vitrine) return;
      this.#seen = seen;
      const { events, held, titles } = seen.inspection;
      const known = [...events, ...held, ...titles];
      this.#titles = new Map(known.map(({ itemId, title = itemId }) => [itemId, title]));
      this.draw();
      this.#markReady();
    });
  }

  #build(): void {
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styleSheet()];
    this.#tabs = tabList(TABS, (tab) => {
      this.#tab = tab;
      this.draw();
      this.#box.scrollTop = 0;
      // What was tracked since is told to nobody.
      if (this.#seen) void this.reload();
    });
    const close = button('×', () => this.close(), {
      'aria-label': 'Close the inspector',
      title: 'Close (Escape)',
    });
    const again = button('↻', () => this.#vitrine && this.reload(), {
      'aria-label': 'Look again',
      title: 'Look again',
    });
    root.append(
      h('div', { class: 'head' }, h('h2', {}, 'Vitrine inspector'), again, close),
      this.#tabs.element,
      this.#box,
      h(
        'div',
        { class: 'foot' },
        this.#status,
        button('Export JSON', () => this.#export(), { 'data-testid': 'export' }),
      ),
    );
    this.draw();
  }

  /** Looks for the page's instance until there is one. */
  #look(): void {
    if (this.#vitrine) return;
    const found = findInstance();
    if (found) this.#start(found);
    else if (!this.#stop.signal.aborted) setTimeout(() => this.#look(), LOOK_EVERY_MS);
  }

  #start(vitrine: Vitrine): void {
    this.#vitrine = vitrine;
    this.#seen = undefined;
    const off = [
      vitrine.on('feed', ({ isPreview }) => isPreview || this.#soon()),
      vitrine.on('segment', () => this.#soon()),
      vitrine.on('consent', () => this.#soon()),
    ];
    const { signal } = this.#stop;
    signal.addEventListener('abort', () => off.forEach((stop) => stop()));
    // The page's own first feed comes first.
    if (document.readyState === 'complete') void this.reload();
    else addEventListener('load', () => this.#soon(), { signal });
  }

  #afterClick(event: Event): void {
    if (this.#vitrine && !event.composedPath().includes(this)) this.#soon();
  }

  /** Loads anew once the page has settled. */
  #soon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.reload(), SETTLE_MS);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.close();
    // Short cuts of the page are not meant.
    event.stopPropagation();
  };

  async #export(): Promise<void> {
    await this.attempt(async () => {
      const all = await exportAll(this.vitrine, this.state);
      download('vitrine-inspection.json', JSON.stringify(all, null, 2));
      this.say('Exported.');
    });
  }
}
