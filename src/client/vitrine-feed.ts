/**
 * `vitrine-feed.js`: the element, and what the script tag's `data-*` attributes start.
 *
 * @packageDocumentation
 */
import type { Vitrine } from '../core/types.ts';
import type { Command, PageScope } from './default-instance.ts';
import { VitrineFeedElement, addHost, tagOption } from './feed-element.ts';
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

/** Feeds the elements that wait for an instance, or for candidates. */
function feedWaiting(): void {
  for (const element of document.querySelectorAll('vitrine-feed')) {
    if (element instanceof VitrineFeedElement && !element.feed) void element.refresh();
  }
}

/** Makes the instance that the tag asks for; a second copy of the script makes none. */
async function startTag(host: FeedHost, isFirstWithCandidates: boolean): Promise<void> {
  const options = readOptions(host.script?.dataset ?? {});
  const page = globalThis as PageScope;
  const queue = (page.vitrine_queue ??= []);
  if (!options) return;
  if (queue.isStarted) {
    // The copy that came first had no candidates. Where its instance is not there yet, it will see.
    if (isFirstWithCandidates && queue.instance) feedWaiting();
    return;
  }
  // Set before the first wait, so that a second copy of the script sees it.
  queue.isStarted = true;
  const vitrine = await host.createVitrine(options);
  queue.instance = vitrine;
  runQueue(queue, vitrine);
  feedWaiting();
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
  const hadCandidates = tagOption('candidates') !== undefined;
  addHost(host);
  defineFeedElement();
  const isFirst = !hadCandidates && tagOption('candidates') !== undefined;
  // A wrong option is the only cause.
  startTag(host, isFirst).catch(host.warn);
}
