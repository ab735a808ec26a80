/**
 * What a page starts: fetches the worker's code by `import()`, because browsers keep what they
 * compiled of a module that came so, and compile a worker's own file and what it names anew on
 * every page (Chromium 156: `consumedCacheSize` of `v8.compileModule` in a trace).
 *
 * @packageDocumentation
 */

/** Address of the file that has `feed.worker.ts`, put in by vite.config.ts. */
declare const MAIN: string;

/** Asked for before there is anybody to answer. */
const early: MessageEvent[] = [];
const keep = (event: MessageEvent): void => void early.push(event);

addEventListener('message', keep);
import(/* @vite-ignore */ MAIN).then(
  () => {
    removeEventListener('message', keep);
    for (const { data, ports } of early) {
      dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
    }
  },
  (error: unknown) => {
    // Thrown where nobody catches it: the page learns of a worker that cannot start by its error event.
    setTimeout(() => {
      throw error;
    });
  },
);
