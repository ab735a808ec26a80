/**
 * `<vitrine-topics>`: a visitor who is new says what the visit is about.
 *
 * @packageDocumentation
 */
import type { Feed, Segment, Vitrine } from '../core/types.ts';
import { defaultInstance } from './default-instance.ts';
import { VitrineFeedElement } from './feed-element.ts';
import { findElement } from './find-element.ts';

/** Node has no elements; importing the package there must not throw. */
const Base: typeof HTMLElement =
  globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Topics offered unless the page says otherwise. */
const MAX = 8;

/** A row needs as many items, and some to spare. */
const LEAST_SUPPORT = 5;

/** The topics that have the most items here; ties by name. */
function topicsOf(segments: readonly Segment[], max: number): Segment[] {
  return segments
    .filter(({ support }) => support >= LEAST_SUPPORT)
    .sort((a, b) => b.support - a.support || (a.name < b.name ? -1 : 1))
    .slice(0, max);
}

/** Whether nothing but what was followed here is known of the visitor. */
function isNew({ reason, rows }: Feed): boolean {
  const isTold = rows.some(({ kind }) => kind === 'inferred');
  return reason === 'COLD_START' || reason === 'LOW_CONFIDENCE' || !isTold;
}

/**
 * The custom element: buttons with the names of segments; pressed ones are followed, and the feed
 * shows their rows first.
 *
 * Attributes: `max` (1 to 20, default 8), `label` (above the buttons), `for` (selector of the
 * `<vitrine-feed>`, default the first of the page), `always` (also for visitors who are known).
 * Without `always` it is `hidden` from the first feed on that knows the visitor.
 *
 * @example <vitrine-topics label="What are you looking for?"></vitrine-topics>
 */
export class VitrineTopicsElement extends Base {
  /** Followed before or here. */
  readonly #followed = new Set<string>();
  #isDrawn = false;

  /** Called by the browser. */
  connectedCallback(): void {
    document.addEventListener('vitrine:feed', this.#onFeed);
    const feed = this.#element?.feed;
    if (feed) void this.#show(feed);
    else this.hidden = true;
  }

  /** Called by the browser. */
  disconnectedCallback(): void {
    document.removeEventListener('vitrine:feed', this.#onFeed);
  }

  get #element(): VitrineFeedElement | undefined {
    const found = findElement(this.getAttribute('for') ?? 'vitrine-feed');
    return found instanceof VitrineFeedElement ? found : undefined;
  }

  get #vitrine(): Vitrine | undefined {
    return this.#element?.vitrine ?? defaultInstance();
  }

  #onFeed = (event: Event): void => {
    if (event.target === this.#element) void this.#show((event as CustomEvent<Feed>).detail);
  };

  async #show(feed: Feed): Promise<void> {
    if (this.#isDrawn) return;
    this.#isDrawn = this.hasAttribute('always') || isNew(feed);
    this.hidden = true;
    if (this.#isDrawn) await this.#draw().catch(() => (this.#isDrawn = false));
  }

  async #draw(): Promise<void> {
    const vitrine = this.#vitrine;
    if (!vitrine) return;
    const [segments, profile] = await Promise.all([vitrine.segments.list(), vitrine.profile.get()]);
    const blocked = new Set<string>();
    for (const { segmentId, followed, blocked: isBlocked } of profile.segments) {
      if (followed) this.#followed.add(segmentId);
      if (isBlocked) blocked.add(segmentId);
    }
    const max = Math.min(20, Number(this.getAttribute('max')) || MAX);
    const offered = segments.filter(({ id }) => !blocked.has(id));
    const buttons = topicsOf(offered, max).map((segment) => this.#button(segment));
    if (buttons.length === 0) return;
    const legend = document.createElement('legend');
    legend.textContent = this.getAttribute('label') ?? 'What are you looking for?';
    const group = document.createElement('fieldset');
    group.append(legend, ...buttons);
    this.replaceChildren(group);
    this.hidden = false;
  }

  #button({ id, name }: Segment): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.ariaPressed = String(this.#followed.has(id));
    button.addEventListener('click', () => void this.#toggle(id, button));
    return button;
  }

  async #toggle(id: string, button: HTMLButtonElement): Promise<void> {
    const isFollowed = this.#followed.delete(id);
    if (!isFollowed) this.#followed.add(id);
    button.ariaPressed = String(!isFollowed);
    try {
      await this.#vitrine?.segments[isFollowed ? 'unfollow' : 'follow'](id);
    } catch {
      // Disposed: there is no feed to change.
    }
    await this.#element?.refresh();
  }
}
