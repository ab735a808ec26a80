/**
 * The page of the browser checks: the library, the candidates, and a few things that most checks do.
 * A file of its own, since strict policies forbid scripts inside the page. `?from=URL` takes the
 * library from another place.
 */

/** @typedef {import('../driver.mjs').PageScope} PageScope */

const page = /** @type {PageScope} */ (/** @type {unknown} */ (globalThis));
const from = new URLSearchParams(location.search).get('from');
page.library = await import(from ?? '/some/folder/vitrine/vitrine.js');

const response = await fetch('/data/demo.json');
page.items = await response.json();

/** @type {PageScope['look']} */
page.look = async (vitrine, ids, now = Date.now()) => {
  for (const [index, id] of ids.entries()) {
    const item = page.items.find((one) => one.id === id);
    const time = now - (ids.length - index) * 60_000;
    await vitrine.track({ type: 'view_item', items: [{ ...item, id }], time });
  }
};

/** @type {PageScope['visit']} */
page.visit = async ({ changes = [], looks = [], most, options }) => {
  const vitrine = await page.library.createVitrine(options);
  const codes = /** @type {string[]} */ ([]);
  vitrine.on('error', ({ code }) => codes.push(code));
  await page.look(vitrine, looks, typeof options.now === 'number' ? options.now : undefined);
  for (const consent of changes) await vitrine.setConsent(consent);
  const feed = await vitrine.rerank(page.items.slice(0, most));
  const stats = await vitrine.stats();
  vitrine.dispose();
  return { feed, stats, codes };
};

/** @returns {Promise<string[]>} Names in the origin's private file system; none without one. */
async function filesLeft() {
  const names = [];
  try {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) names.push(name);
  } catch {
    // WebKitGTK has none, and Firefox refuses it in private windows: nothing can be left there.
  }
  return names;
}

/** @type {PageScope['leftovers']} */
page.leftovers = async () => {
  const { storageBuckets } = /** @type {{ storageBuckets?: { keys(): Promise<string[]> } }} */ (
    /** @type {unknown} */ (navigator)
  );
  return {
    databases: (await indexedDB.databases()).map(({ name = '' }) => name),
    caches: await caches.keys(),
    files: await filesLeft(),
    buckets: (await storageBuckets?.keys()) ?? [],
    keys: [...Object.keys(page.localStorage), ...Object.keys(page.sessionStorage)],
    cookies: page.document.cookie,
  };
};

/** A function of two vectors in relaxed SIMD: `f32x4.relaxed_madd`; WebAssembly.validate tells. */
const RELAXED = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0,
  32, 0, 32, 1, 32, 2, 253, 133, 2, 11,
];

/** The same in ordinary SIMD: `f32x4.add`. */
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 123, 123, 1, 123, 3, 2, 1, 0, 10, 11, 1, 9, 0, 32, 0,
  32, 1, 253, 228, 1, 11,
];

/** @returns {Promise<boolean>} Whether a graphics card, or what stands for one, answers. */
async function hasAdapter() {
  const { gpu } = /** @type {{ gpu?: { requestAdapter(): Promise<unknown> } }} */ (
    /** @type {unknown} */ (navigator)
  );
  const adapter = await gpu?.requestAdapter().catch(() => null);
  return adapter !== null && adapter !== undefined;
}

/** @type {PageScope['probe']} */
page.probe = async () => {
  const root = await navigator.storage?.getDirectory?.().catch(() => null);
  const signal = /** @type {{ globalPrivacyControl?: boolean }} */ (
    /** @type {unknown} */ (navigator)
  );
  return {
    'secure context at 127.0.0.1': isSecureContext,
    IndexedDB: 'indexedDB' in globalThis,
    'storage buckets': 'storageBuckets' in navigator,
    'origin private file system': root !== null && root !== undefined,
    'Cache storage': 'caches' in globalThis,
    'Web Locks': 'locks' in navigator,
    BroadcastChannel: 'BroadcastChannel' in globalThis,
    'WebAssembly SIMD': WebAssembly.validate(new Uint8Array(SIMD)),
    'relaxed SIMD': WebAssembly.validate(new Uint8Array(RELAXED)),
    '`navigator.gpu`': 'gpu' in navigator,
    'WebGPU adapter on this machine': await hasAdapter(),
    'Trusted Types': 'trustedTypes' in globalThis,
    'Global Privacy Control': 'globalPrivacyControl' in signal,
    '`navigator.deviceMemory`': 'deviceMemory' in navigator,
  };
};

page.own = { isReady: true };
