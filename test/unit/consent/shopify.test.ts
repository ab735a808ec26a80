import { afterEach, describe, expect, it, vi } from 'vitest';
import { shopifyConsent } from '../../../src/consent/shopify.ts';
import { hear, stubPage } from './page.ts';

afterEach(() => vi.unstubAllGlobals());

/** A storefront: what `Shopify` is before and after its consent script was loaded. */
class Storefront {
  allowed = false;
  choice: '' | 'yes' | 'no' = '';
  customerPrivacy: object | undefined;
  features: unknown;
  #done: ((error?: unknown) => void) | undefined;

  readonly loadFeatures = (features: unknown, done: (error?: unknown) => void): void => {
    this.features = features;
    this.#done = done;
  };

  /** The script is there. */
  load(error?: unknown): void {
    if (!error) {
      this.customerPrivacy = {
        preferencesProcessingAllowed: () => this.allowed,
        currentVisitorConsent: () => ({
          marketing: '',
          analytics: '',
          preferences: this.choice,
          sale_of_data: '',
        }),
      };
    }
    this.#done?.(error);
  }
}

function open(): { shop: Storefront; document: EventTarget } {
  const shop = new Storefront();
  return { shop, document: stubPage({ Shopify: shop }) };
}

const collected = (): Event =>
  new CustomEvent('visitorConsentCollected', { detail: { preferencesAllowed: true } });

describe('Shopify’s Customer Privacy API', () => {
  it('is loaded and asked whether preferences may be processed', () => {
    const { shop } = open();
    const heard = hear([shopifyConsent()]);
    expect(shop.features).toEqual([{ name: 'consent-tracking-api', version: '0.1' }]);
    expect(heard.states).toEqual([]);
    shop.allowed = true;
    shop.load();
    expect(heard.states).toEqual(['granted']);
    expect(heard.by).toBe('Shopify: granted');
  });

  it('is unknown where consent is needed and nothing was chosen yet', () => {
    const { shop } = open();
    const heard = hear([shopifyConsent()]);
    shop.load();
    expect(heard.states).toEqual(['unknown']);
  });

  it('follows what the visitor chooses', () => {
    const { document, shop } = open();
    const heard = hear([shopifyConsent()]);
    shop.load();
    shop.choice = 'yes';
    shop.allowed = true;
    document.dispatchEvent(collected());
    shop.choice = 'no';
    shop.allowed = false;
    document.dispatchEvent(collected());
    expect(heard.states).toEqual(['unknown', 'granted', 'denied']);
  });

  it('is there at once where its script was loaded before', () => {
    const { shop } = open();
    shop.allowed = true;
    shop.load();
    expect(hear([shopifyConsent()]).states).toEqual(['granted']);
  });

  it('is heard of where Hydrogen loads it later', () => {
    const document = stubPage();
    const heard = hear([shopifyConsent()]);
    vi.stubGlobal('Shopify', { customerPrivacy: { preferencesProcessingAllowed: () => true } });
    document.dispatchEvent(new Event('shopifyCustomerPrivacyApiLoaded'));
    expect(heard.states).toEqual(['granted']);
  });

  it('never answers outside a storefront, nor when its script does not load or throws', () => {
    stubPage();
    expect(hear([shopifyConsent()]).states).toEqual([]);
    const { shop } = open();
    const heard = hear([shopifyConsent()]);
    shop.load(new Error('blocked'));
    shop.customerPrivacy = {
      preferencesProcessingAllowed: () => {
        throw new Error('theirs');
      },
    };
    (globalThis.document as unknown as EventTarget).dispatchEvent(collected());
    expect(heard.states).toEqual([]);
  });

  it('is not heard any more once disconnected', () => {
    const { document, shop } = open();
    const heard = hear([shopifyConsent()]);
    heard.stop();
    shop.allowed = true;
    shop.load();
    document.dispatchEvent(collected());
    expect(heard.states).toEqual([]);
  });
});
