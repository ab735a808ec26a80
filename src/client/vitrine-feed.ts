/**
 * `vitrine-feed.js`: the element, and what the script tag's `data-*` attributes start.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';
import type { Command, PageScope } from './default-instance.ts';
import { VitrineFeedElement, setHost } from './feed-element.ts';
import type { FeedHost } from './feed-host.ts';
import { readOptions } from './read-options.ts';
import { VitrineTopicsElement } from './topics-element.ts';

export { reorderCards } from './reorder-cards.ts';
export { VitrineFeedElement };

/** Runs what the shop has queued, then whatever it pushes, at once. */
function runQueue(queue: Command[], vitrine: Vitrine): void {
  queue.push = (...commands: Command[]): number => {
    for (const command of commands) {
      try {
        command(vitrine);
      } catch (error) {
        // The shop's own mistake: told as such, and the next command still runs.
        reportError(error);
      }
    }
    return 0;
  };
  queue.push(...queue.splice(0));
}

/** Makes the instance that the tag asks for; a second copy of the script makes none. */
async function startTag(host: FeedHost): Promise<void> {
  const options = readOptions(host.script?.dataset ?? {});
  const page = globalThis as PageScope;
  const queue = (page.vitrine_queue ??= []);
  if (!options || queue.isStarted) return;
  // Set before the first wait, so that a second copy of the script sees it.
  queue.isStarted = true;
  const vitrine = await host.createVitrine(options);
  queue.instance = vitrine;
  runQueue(queue, vitrine);
  for (const element of document.querySelectorAll('vitrine-feed')) {
    if (element instanceof VitrineFeedElement && !element.feed) void element.refresh();
  }
}

/**
 * Defines `<vitrine-feed>` and `<vitrine-topics>` where there are custom elements, unless another
 * copy already did.
 */
export function defineFeedElement(): void {
  if (typeof customElements === 'undefined' || customElements.get('vitrine-feed')) return;
  customElements.define('vitrine-feed', VitrineFeedElement);
  customElements.define('vitrine-topics', VitrineTopicsElement);
}

/**
 * Called by the page script once it has loaded this file: defines the element, and starts an
 * instance when the tag has at least one `data-*` attribute that names an option (`data-consent`,
 * `data-storage-name` …) or `data-candidates`. That instance feeds every `<vitrine-feed>` without
 * one of its own, and runs `window.vitrine_queue`. Wrong options are told on the console.
 *
 * @param host - The page script.
 */
export function startFeed(host: FeedHost): void {
  setHost(host);
  defineFeedElement();
  // A wrong option is the only cause.
  startTag(host).catch(host.warn);
}
