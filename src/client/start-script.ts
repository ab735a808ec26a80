/**
 * What a script tag does by itself: define the element and, when asked by `data-*`, start.
 *
 * @packageDocumentation
 */
import { createLog } from '../core/log.ts';
import type { Vitrine, VitrineOptions } from '../core/types.ts';
import { isVitrineError } from '../core/errors.ts';
import { createVitrine } from './create-vitrine.ts';
import { setDefaultInstance } from './default-instance.ts';
import { defineFeedElement } from './feed-element.ts';
import { readOptions } from './options.ts';
import { setScriptUrl } from './spawn-worker.ts';

/** A function that waits for the default instance. */
type Command = (vitrine: Vitrine) => void;

/** Runs what the shop has queued, then whatever it pushes, at once. */
function runQueue(vitrine: Vitrine): void {
  const page = globalThis as { vitrine_queue?: Pick<Command[], 'push'> };
  const run = (...commands: Command[]): number => {
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
  const queued = page.vitrine_queue;
  page.vitrine_queue = { push: run };
  if (Array.isArray(queued)) run(...(queued as Command[]));
}

/**
 * Starts the page script.
 *
 * The element is defined once for each page. When the tag has at least one `data-*` attribute that
 * names an option (`data-consent`, `data-storage-name` …) or `data-candidates`, an instance is made
 * with them: `defaultInstance()`, for every `<vitrine-feed>` and for `window.vitrine_queue`.
 * A second copy of the script does nothing. Wrong values are told on the console.
 *
 * @param url - Where the script was loaded from; the worker lies beside it.
 * @param script - The tag; null when the script was imported by another.
 */
export async function startScript(
  url: string | undefined,
  script: HTMLOrSVGScriptElement | null | undefined,
): Promise<void> {
  setScriptUrl(url);
  const isFirst = defineFeedElement();
  const options = script && readOptions(script.dataset);
  if (!isFirst || !options) return;
  try {
    const vitrine = await createVitrine(options as VitrineOptions);
    setDefaultInstance(vitrine, script.dataset['candidates']);
    runQueue(vitrine);
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
