/**
 * Shopify's Customer Privacy API: https://shopify.dev/docs/api/customer-privacy
 *
 * @packageDocumentation
 */
import { scope, type ConsentSource, type ConsentState } from './source.ts';

/** What `Shopify.customerPrivacy` brings, as far as it is used. */
interface CustomerPrivacy {
  preferencesProcessingAllowed(): boolean;
  currentVisitorConsent?(): { readonly preferences?: unknown };
}

/** The storefront's global. */
interface Shopify {
  readonly customerPrivacy?: Partial<CustomerPrivacy>;
  loadFeatures?(
    features: readonly { readonly name: string; readonly version: string }[],
    done: (error?: unknown) => void,
  ): void;
}

const FEATURE = [{ name: 'consent-tracking-api', version: '0.1' }] as const;

/** The visitor chose; and where Shopify's own script is loaded by Hydrogen: it is there. */
const EVENTS = ['visitorConsentCollected', 'shopifyCustomerPrivacyApiLoaded'] as const;

/**
 * Asks the API: it counts the shop's settings, the visitor's region and what was chosen. What is not
 * allowed was refused, or, where nothing was chosen yet, not yet allowed.
 */
function answerOf({ customerPrivacy }: Shopify): ConsentState | undefined {
  if (typeof customerPrivacy?.preferencesProcessingAllowed !== 'function') return undefined;
  if (customerPrivacy.preferencesProcessingAllowed()) return 'granted';
  const { preferences } = customerPrivacy.currentVisitorConsent?.() ?? {};
  return preferences === 'no' ? 'denied' : 'unknown';
}

/**
 * Listens to Shopify: consent is granted where preferences may be processed.
 *
 * @returns The source; outside a Shopify storefront it never answers.
 * @example connectConsent(vitrine, [shopifyConsent()])
 */
export function shopifyConsent(): ConsentSource {
  return {
    name: 'Shopify',
    listen(say) {
      const shopify = (): Shopify => Object(scope()['Shopify']) as Shopify;
      let isOver = false;
      const ask = (): void => {
        try {
          const answer = isOver ? undefined : answerOf(shopify());
          if (answer !== undefined) say(answer);
        } catch {
          // Its fault is not the page's: it has not answered.
        }
      };
      for (const event of EVENTS) document.addEventListener(event, ask);
      ask();
      try {
        shopify().loadFeatures?.(FEATURE, (error) => error || ask());
      } catch {
        // As above.
      }
      return () => {
        isOver = true;
        for (const event of EVENTS) document.removeEventListener(event, ask);
      };
    },
  };
}
