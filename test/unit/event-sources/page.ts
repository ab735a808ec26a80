/** A page's globals for sources of events, and an instance that takes note of what it is told. */
import { vi } from 'vitest';
import type { LearnedInteraction } from '../../../src/event-sources/heard.ts';
import type { TrackTarget } from '../../../src/event-sources/teller.ts';

/** An instance, and what it was told, oldest first. */
export interface Hearer extends TrackTarget {
  readonly told: LearnedInteraction[];
  /** The same in short: `view_item a`, `purchase a b ×2`. */
  readonly short: () => readonly string[];
}

/** Makes an instance that only listens; one that `fails` rejects, as without a worker. */
export function hearer({ fails = false } = {}): Hearer {
  const told: LearnedInteraction[] = [];
  return {
    told,
    short: () =>
      told.map(({ items, quantity, type }) =>
        [type, ...items.map(({ id }) => id), ...(quantity ? [`×${quantity}`] : [])].join(' '),
      ),
    track: async (interaction) => {
      told.push(interaction);
      if (fails) throw new Error('no worker');
    },
  };
}

/** An element as far as cards of ours are looked for in it. */
export class FakeElement extends EventTarget {
  dataset: Readonly<Record<string, string>> = {};
  feed: unknown;
  readonly around: readonly string[];

  constructor(itemId = '', around: readonly string[] = ['vitrine-feed']) {
    super();
    if (itemId) this.dataset = { vitrineItem: itemId };
    this.around = around;
  }

  closest(selector: string): FakeElement | null {
    if (selector === '[data-vitrine-item]') return this.dataset['vitrineItem'] ? this : null;
    return this.around.some((name) => selector.includes(name)) ? this : null;
  }
}

/** Puts a document, and whatever else, on the page. */
export function stubPage(globals: Readonly<Record<string, unknown>> = {}): EventTarget {
  const feeds: FakeElement[] = [];
  const document = Object.assign(new EventTarget(), { feeds, querySelectorAll: () => feeds });
  vi.stubGlobal('document', document);
  vi.stubGlobal('Element', FakeElement);
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  return document;
}

/** A click on a card, as it reaches the document. */
export function clickCard(document: EventTarget, card: FakeElement): void {
  const event = new Event('click');
  Object.defineProperty(event, 'target', { value: card });
  document.dispatchEvent(event);
}

/** An event of a theme, with its fields on itself. */
export function send(document: EventTarget, name: string, fields: object): void {
  document.dispatchEvent(Object.assign(new Event(name, { bubbles: true }), fields));
}
