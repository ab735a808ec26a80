/**
 * In the browser, before a snippet of the docs: gives it what site/snippets/globals.d.ts promises, with a
 * visitor who has looked at a few things.
 */
// Variables, so that the type checker does not look for the files.
const [page, consent] = ['/vitrine/vitrine.js', '/vitrine/vitrine-consent.js'];
const { createVitrine } = await import(page);
const { connectConsent, eraseOnLogout } = await import(consent);

const candidates = await (await fetch('/candidates.json')).json();
const vitrine = await createVitrine({
  consent: 'granted',
  pack: '/packs/2026-11/',
  seed: 7,
  timeoutMs: 30_000,
});
const looked = ['headphones-01', 'headphones-02', 'earbuds-01', 'lamp-1', 'lamp-2'];
for (const itemId of looked) {
  const item = candidates.find((/** @type {{ id: string }} */ { id }) => id === itemId);
  if (item !== undefined) await vitrine.track({ type: 'view_item', items: [item] });
}
await vitrine.rerank(candidates);

Object.assign(globalThis, {
  candidates,
  connectConsent,
  createVitrine,
  eraseOnLogout,
  gtag: () => {},
  myConsent: { analytics: true },
  passphrase: 'correct horse battery staple',
  show: () => {},
  vitrine,
  /** What a comment after an expression says, set beside its value. */
  expectValue: (/** @type {unknown} */ value, /** @type {unknown} */ said) => {
    if (value !== said) throw new Error(`got ${String(value)}, the comment says ${String(said)}`);
  },
});
