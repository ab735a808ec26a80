/**
 * What a browser's worker hands to what tells the shop.
 *
 * @packageDocumentation
 */
import type { TelemetryOptions } from '../core/privacy.ts';
import { type TellingFacts, type TellingPorts, tellShop } from './tell-shop.ts';

/** Where a worker stands. */
export type TellingPlace = Omit<TellingPorts, 'hasGpc' | 'post'>;

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
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
  await tellShop(options, facts, {
    ...place,
    hasGpc: globalPrivacyControl === true,
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
  });
}
