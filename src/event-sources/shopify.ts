/**
 * Learns from what a Shopify storefront tells on its page.
 *
 * @packageDocumentation
 */
import { type Heard, field, idOf, listOf } from './heard.ts';
import { SHOPIFY_NAMES, readCartLines, readPixel, readProductView } from './shopify-event.ts';
import { type ListenOptions, Teller, type TrackTarget } from './teller.ts';

/** What events are subscribed to: Hydrogen's analytics, or a bus of yours. */
export interface ShopifyBus {
  /** Adds a listener; may return what removes it. */
  subscribe(name: string, heard: (event: unknown) => void): unknown;
}

/** How a storefront is listened to. */
export interface ShopifyOptions extends ListenOptions {
  /**
   * Default: `window.Shopify.analytics`, where it has `subscribe`. To pass on what a web pixel hears
   * in its sandbox, give an object whose `subscribe` calls back with events of the same names.
   */
  readonly from?: ShopifyBus;
  /** Ids of products by those of their variants: themes name what goes into the cart by the latter. */
  readonly variants?: Readonly<Record<string, string | number>>;
}

/** Most variants and lines that are kept in mind. */
const MAX_KNOWN = 5_000;

/** Which product a variant, or a line of the cart, is of. */
class Products {
  readonly #byId: Map<string, unknown>;

  constructor(variants: Readonly<Record<string, unknown>>) {
    this.#byId = new Map(Object.entries(variants));
  }

  of(id: unknown): unknown {
    return this.#byId.get(idOf(id) ?? '');
  }

  /** Takes note of a pair, if it is one. */
  add(id: unknown, product: unknown): void {
    const key = idOf(id);
    const value = idOf(product);
    if (key && value && this.#byId.size < MAX_KNOWN) this.#byId.set(key, value);
  }

  /** Takes note of the lines of a cart. */
  addCart(cart: unknown): void {
    for (const line of listOf(field(cart, 'lines'))) {
      const merchandise = field(line, 'merchandise');
      const variant = field(merchandise, 'id');
      const product = field(field(merchandise, 'product'), 'id') ?? this.of(variant);
      this.add(variant, product);
      this.add(field(line, 'id'), product);
    }
  }
}

function busOf(from: ShopifyBus | undefined): ShopifyBus | undefined {
  const page = globalThis as { Shopify?: { analytics?: Partial<ShopifyBus> } };
  const bus = from ?? page.Shopify?.analytics;
  return typeof bus?.subscribe === 'function' ? (bus as ShopifyBus) : undefined;
}

/** Subscribes to all names; returns what ends it. */
function subscribeAll(bus: ShopifyBus | undefined, teller: Teller): () => void {
  const ends: unknown[] = [];
  for (const name of SHOPIFY_NAMES.keys()) {
    try {
      ends.push(bus?.subscribe(name, (event) => teller.tell(() => readPixel(name, event))));
    } catch {
      // Its fault is not the page's: that name is not heard.
    }
  }
  return () => {
    for (const end of ends) {
      try {
        if (typeof end === 'function') end();
      } catch {
        // The listener stays, and is silent.
      }
    }
  };
}

/** The theme's own events, as far as it sends some. */
function listenToTheme(teller: Teller, products: Products): () => void {
  const viewed = (event: Event): void =>
    teller.tell(() => {
      const product = field(event, 'product');
      products.add(field(field(product, 'selectedVariant'), 'id'), field(product, 'id'));
      return readProductView(event);
    });
  const readChange = (event: Event, result: unknown): Heard | null => {
    if (listOf(field(result, 'userErrors')).length > 0) return null;
    // What is gone is not in the cart any more, and what was added is not in an earlier one.
    const gone = readCartLines(event, (id) => products.of(id));
    products.addCart(field(result, 'cart'));
    return gone?.type === 'remove_from_cart' ? gone : readCartLines(event, (id) => products.of(id));
  };
  const changed = (event: Event): void =>
    teller.tell(() => {
      // It is sent before the cart has changed, and the cart may refuse.
      Promise.resolve(field(event, 'promise')).then(
        (result) => teller.tell(() => readChange(event, result)),
        () => undefined,
      );
      return null;
    });
  const looked = (event: Event): void =>
    teller.tell(() => {
      products.addCart(field(event, 'cart'));
      return null;
    });
  const heard = [
    ['shopify:product:view', viewed],
    ['shopify:cart:lines-update', changed],
    ['shopify:cart:view', looked],
  ] as const;
  for (const [name, listener] of heard) document.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of heard) document.removeEventListener(name, listener);
  };
}

/**
 * Learns from a Shopify storefront: from the standard events that themes send in the document, and
 * from the events of web pixels' names on `Shopify.analytics` (Hydrogen) or on a bus of yours. Where
 * both tell of the same, it counts once.
 *
 * @param vitrine - The instance.
 * @param options - See {@link ShopifyOptions}.
 * @returns Ends it.
 * @example const stop = listenToShopify(vitrine);
 */
export function listenToShopify(vitrine: TrackTarget, options: ShopifyOptions = {}): () => void {
  const teller = new Teller(vitrine, options);
  const endTheme = listenToTheme(teller, new Products(options.variants ?? {}));
  const endBus = subscribeAll(busOf(options.from), teller);
  return () => {
    teller.stop();
    endTheme();
    endBus();
  };
}
