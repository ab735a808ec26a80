/**
 * Starts Vitrine for the blocks of the page: one instance, consent as Shopify has it, learning from
 * the storefront's own events. Loaded by the block's schema.
 */
(() => {
  const block = document.querySelector('[data-vitrine-block]');
  if (!block || window.vitrineBlock) return;
  window.vitrineBlock = true;

  const json = (name) =>
    JSON.parse(block.querySelector(`[data-vitrine-${name}]`)?.textContent ?? 'null');

  /** Shopify's own bus where there is one, and what this page says beside it. */
  const listeners = new Map();
  const bus = {
    subscribe(name, heard) {
      listeners.set(name, heard);
      return window.Shopify?.analytics?.subscribe?.(name, heard);
    },
  };

  function learnFromCartForms() {
    const variants = json('variants');
    document.addEventListener('submit', ({ target }) => {
      if (!target.matches('form[action*="/cart/add"]')) return;
      const sent = new FormData(target);
      const id = variants[sent.get('id')] ?? json('product')?.id;
      const cartLine = { quantity: sent.get('quantity') ?? 1, merchandise: { product: { id } } };
      listeners.get('product_added_to_cart')?.({ data: { cartLine } });
    });
  }

  async function start() {
    const { consentScript, eventsScript, script, worker } = block.dataset;
    const [page, consent, events] = await Promise.all([
      import(script),
      import(consentScript),
      import(eventsScript),
    ]);
    const vitrine = await page.createVitrine({ workerUrl: worker });
    let agreed;
    const target = { setConsent: (state, by) => (agreed = vitrine.setConsent(state, by)) };
    consent.connectConsent(target, [consent.shopifyConsent()]);
    // What is known of the visitor is read then, before the first feed.
    await agreed;
    events.listenToShopify(vitrine, { from: bus, variants: json('variants') ?? {} });
    const product = json('product');
    // Where the theme tells of it, too, it counts once.
    if (product) listeners.get('product_viewed')({ data: { productVariant: { product } } });
    if ('cartForms' in block.dataset) learnFromCartForms();
    await page.loadFeedElement();
    for (const feed of document.querySelectorAll('[data-vitrine-block] vitrine-feed')) {
      feed.vitrine = vitrine;
    }
  }

  // Whatever fails: the collection stands as it is.
  start().catch(() => {});
})();
