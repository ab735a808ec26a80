/**
 * What a script tag does by itself: load the element where one is used and, when asked by `data-*`,
 * start.
 *
 * @packageDocumentation
 */
import { isVitrineError } from '../core/errors.ts';
import { createLog } from '../core/log.ts';
import type { Vitrine, VitrineOptions } from '../core/types.ts';
import { createVitrine } from './create-vitrine.ts';
import { setDefaultInstance } from './default-instance.ts';
import { loadFeedElement } from './load-feed-element.ts';
import { readOptions } from './options.ts';
import { setScriptUrl } from './spawn-worker.ts';

/** A function that waits for the default instance. */
type Command = (vitrine: Vitrine) => void;

/** The page's global scope. */
interface PageQueue {
  vitrine_queue?: Command[] & { isRunning?: boolean };
}

/** Runs what the shop has queued, then whatever it pushes, at once. */
function runQueue({ vitrine_queue: queue = [] }: PageQueue, vitrine: Vitrine): void {
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

/** Loads the element's file when the whole document holds one. */
function loadWhenUsed(): void {
  const load = (): void => {
    if (document.querySelector('vitrine-feed')) {
      // Without the file the server's list inside the element stands.
      loadFeedElement().catch(() => {});
    }
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', load);
  else load();
}

/**
 * Starts the page script.
 *
 * When the tag has at least one `data-*` attribute that names an option (`data-consent`,
 * `data-storage-name` …) or `data-candidates`, an instance is made with them: `defaultInstance()`,
 * for every `<vitrine-feed>` and for `window.vitrine_queue`. A second copy of the script makes none.
 * Wrong values are told on the console.
 *
 * @param url - Where the script was loaded from; worker and element lie beside it.
 * @param script - The tag; null or undefined when the script was imported by another.
 */
export async function startScript(
  url: string | undefined,
  script: HTMLOrSVGScriptElement | null | undefined,
): Promise<void> {
  setScriptUrl(url);
  if (typeof document === 'undefined') return;
  loadWhenUsed();
  const options = script && readOptions(script.dataset);
  const page = globalThis as PageQueue;
  if (!options || page.vitrine_queue?.isRunning) return;
  // Set before the first wait, so that a second copy of the script sees it.
  (page.vitrine_queue ??= []).isRunning = true;
  try {
    const vitrine = await createVitrine(options as VitrineOptions);
    setDefaultInstance(vitrine, script.dataset['candidates']);
    runQueue(page, vitrine);
  } catch (error) {
    if (isVitrineError(error)) createLog('warn').warn(error.code, error.message);
  }
}

/**
 * Finds the tag of a module script, which has no `document.currentScript`.
 *
 * @param url - Its `import.meta.url`.
 * @returns The script element with this very address; undefined when the module was imported.
 */
export function findScript(url: string): HTMLOrSVGScriptElement | undefined {
  if (typeof document === 'undefined') return undefined;
  return [...document.scripts].find(({ src }) => src === url);
}
