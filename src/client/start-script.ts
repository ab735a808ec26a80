/**
 * What the page script does when it is loaded: get `vitrine-feed.js` where the page needs that.
 *
 * @packageDocumentation
 */
import { createLog } from '../core/log.ts';
import type { Candidates, Feed, Vitrine } from '../core/types.ts';
import { createVitrine, emit } from './create-vitrine.ts';
import type { FeedHost } from './feed-host.ts';
import type { AnalyticsOptions } from './ga4-tell.ts';
import { besideScript, setScriptUrl } from './spawn-worker.ts';

/** A `<vitrine-feed>` on the page; see docs/feed-element.md for its attributes. */
export interface VitrineFeed extends HTMLElement {
  /** Instance that feeds it. Default: that of the script tag. */
  vitrine: Vitrine | undefined;
  /** What is ranked. Default: its `candidates` attribute, else that of the script tag. */
  candidates: Candidates | undefined;
  /** Where events on rows go besides. Default: its `analytics` attribute, else that of the tag. */
  analytics: AnalyticsOptions | string | undefined;
  /** The feed that is shown; setting one shows it. */
  feed: Feed | undefined;
  /** Ranks anew and shows the result; never rejects. */
  refresh(): Promise<void>;
}

/** What `vitrine-feed.js` brings. */
export interface FeedModule {
  /** Class of `<vitrine-feed>`. */
  readonly VitrineFeedElement: new () => VitrineFeed;
  /** Reorders the shop's cards in one container by a feed's order, without rows. */
  readonly reorderCards: (container: Element, feed: Pick<Feed, 'order'>) => void;
}

interface FeedFile extends FeedModule {
  readonly startFeed: (host: FeedHost) => void;
}

interface InspectFile {
  readonly openInspector: () => void;
}

/** Loads a file from beside the page script. */
function beside(name: string): Promise<unknown> {
  // A variable, so that bundlers leave the file where it is.
  const url = besideScript(name).href;
  return import(/* @vite-ignore */ url);
}

let ownTag: HTMLOrSVGScriptElement | undefined;

/**
 * Loads `vitrine-feed.js` from beside the page script and defines `<vitrine-feed>`.
 *
 * The page script does so by itself when its tag has `data-*` options or the document holds a
 * `<vitrine-feed>`; call it in pages that add one later, or for `reorderCards`.
 *
 * @returns The module; rejects with a TypeError when the file is not there.
 * @example const { reorderCards } = await loadFeedElement();
 */
export async function loadFeedElement(): Promise<FeedModule> {
  const loaded = (await beside('vitrine-feed.js')) as FeedFile;
  loaded.startFeed({
    script: ownTag,
    createVitrine,
    emit,
    warn: ({ code, message }) => createLog('warn').warn(code, message),
  });
  return loaded;
}

/**
 * Starts the page script; does nothing outside a page.
 *
 * @param url - Where it was loaded from; worker and element lie beside it.
 * @param script - Its tag, if known; else the tag with this very address, as module scripts have no
 *   `document.currentScript`.
 */
export function startScript(url: string | undefined, script?: HTMLScriptElement): void {
  setScriptUrl(url);
  if (typeof document === 'undefined') return;
  ownTag = script ?? [...document.scripts].find(({ src }) => src === url);
  if (/[?&]vitrine=inspect/.test(location.search)) {
    // Without the file there is no inspector; the page is as it was.
    (beside('vitrine-inspect.js') as Promise<InspectFile>)
      .then(({ openInspector }) => openInspector())
      .catch(() => {});
  }
  const hasOptions = Object.keys(ownTag?.dataset ?? {}).length > 0;
  const load = (): void => {
    if (hasOptions || document.querySelector('vitrine-feed')) {
      // Without the file the server's list stands.
      loadFeedElement().catch(() => {});
    }
  };
  if (hasOptions || document.readyState !== 'loading') load();
  else document.addEventListener('DOMContentLoaded', load);
}
