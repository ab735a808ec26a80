/**
 * What a snippet of the docs may use without saying where it comes from, as the check that runs it
 * provides it (scripts/docs/snippet-start.mjs). A snippet that declares a name of its own has its own.
 */
import type { VitrineFeed, Vitrine, createVitrine as create } from '../../src/index.ts';
import type { VitrineTaste } from '../../src/taste.ts';
import type { connectConsent as connect, eraseOnLogout as erase } from '../../src/consent.ts';

declare global {
  const vitrine: Vitrine;
  const createVitrine: typeof create;
  const connectConsent: typeof connect;
  const eraseOnLogout: typeof erase;
  const candidates: readonly Record<string, unknown>[];
  const passphrase: string;
  const myConsent: { readonly analytics: boolean };
  function show(...shown: readonly unknown[]): void;
  function gtag(command: 'event', name: string, params: object): void;
  interface HTMLElementTagNameMap {
    'vitrine-feed': VitrineFeed;
    'vitrine-taste': VitrineTaste;
  }
}
