/**
 * What a browser's worker hands to what tells the shop.
 *
 * @packageDocumentation
 */
import type { TelemetryOptions } from '../core/privacy.ts';
import { type TellingFacts, type TellingPorts, tellShop } from './tell-shop.ts';

/** Where a worker stands. */
export interface TellingPlace extends Pick<TellingPorts, 'openCache' | 'pageUrl'> {
  /** `storageName` of the instance. */
  readonly storage: string;
}

/**
 * Tells the shop from a worker.
 *
 * @param options - What the shop asks for.
 * @param facts - What is true of the visitor.
 * @param place - See {@link TellingPlace}.
 * @throws As {@link tellShop}.
 */
export async function tellFromWorker(
  options: TelemetryOptions,
  facts: TellingFacts,
  place: TellingPlace,
): Promise<void> {
  const { openCache, pageUrl, storage } = place;
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
  await tellShop(options, facts, {
    openCache,
    // Where there are no locks there is no cache, and nothing is told.
    lock: (job) =>
      navigator.locks.request(
        `vitrine:${storage}:report`,
        { ifAvailable: true },
        (held) => held && job(),
      ),
    hasGpc: globalPrivacyControl === true,
    pageUrl,
    // No cookies, no address of the page: the server learns the answer, and what every request says.
    post: async (url, body) => {
      await fetch(url, {
        method: 'POST',
        body,
        credentials: 'omit',
        keepalive: true,
        referrerPolicy: 'no-referrer',
        headers: { 'content-type': 'application/json' },
      });
    },
    randomWord: () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
  });
}
