/**
 * Loads `vitrine-feed.js`, which lies beside the page script, when a page needs it.
 *
 * @packageDocumentation
 */
import { emit } from './create-vitrine.ts';
import { defaultCandidates, defaultInstance, onDefaultInstance } from './default-instance.ts';
import { besideScript } from './spawn-worker.ts';

/** What is in the file. */
type FeedElementModule = typeof import('./feed-element.ts');

/**
 * Loads the code of `<vitrine-feed>` and defines the element.
 *
 * The script tag does so by itself when the document holds a `<vitrine-feed>`; call it in pages
 * that add one later, or for `reorderCards`.
 *
 * @returns The module; rejects with a TypeError when the file is not beside the script.
 * @example const { reorderCards } = await loadFeedElement();
 */
export async function loadFeedElement(): Promise<FeedElementModule> {
  // A variable, so that bundlers leave the file where it is.
  const url = besideScript('vitrine-feed.js').href;
  const loaded = (await import(/* @vite-ignore */ url)) as FeedElementModule;
  loaded.defineFeedElement({
    instance: defaultInstance,
    candidates: defaultCandidates,
    onInstance: onDefaultInstance,
    expose: (vitrine, detail) => emit(vitrine, 'exposure', detail),
  });
  return loaded;
}
