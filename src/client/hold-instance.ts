/**
 * An instance that lives as long as a part of an application does.
 *
 * @packageDocumentation
 */
import { isVitrineError } from '../core/errors.ts';
import { createLog } from '../core/log.ts';
import type { Vitrine } from '../core/types.ts';

/**
 * Makes an instance, and disposes of it at the end, also when that comes before it is made. Does
 * nothing outside a page.
 *
 * @param create - Makes it.
 * @param onReady - Called with it, unless the end came first. A wrong option is told on the console,
 *   and nothing is made: the server's order stands.
 * @returns The end.
 */
export function holdInstance(
  create: () => Promise<Vitrine>,
  onReady: (vitrine: Vitrine) => void,
): () => void {
  if (typeof document === 'undefined') return () => undefined;
  let isOver = false;
  let made: Vitrine | undefined;
  create().then(
    (vitrine) => {
      made = vitrine;
      if (isOver) vitrine.dispose();
      else onReady(vitrine);
    },
    (error: unknown) => {
      if (isVitrineError(error)) createLog('warn').warn(error.code, error.message);
    },
  );
  return () => {
    isOver = true;
    made?.dispose();
  };
}
