/**
 * Vitrine's second entry, `vitrine/consent`: what a page's consent banner says, passed on.
 *
 * @packageDocumentation
 */
export { connectConsent } from './consent/connect-consent.ts';
export type { ConnectOptions, ConsentTarget } from './consent/connect-consent.ts';
export { eraseOnLogout } from './consent/erase-on-logout.ts';
export type { EraseTarget } from './consent/erase-on-logout.ts';
export { hasGlobalPrivacyControl } from './consent/global-privacy-control.ts';
export { googleConsent } from './consent/google.ts';
export type { GoogleConsentOptions } from './consent/google.ts';
export { shopifyConsent } from './consent/shopify.ts';
export type { ConsentSource, ConsentState } from './consent/source.ts';
export { tcfConsent } from './consent/tcf.ts';
export type { TcfConsentOptions } from './consent/tcf.ts';
