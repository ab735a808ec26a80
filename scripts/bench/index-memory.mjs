/**
 * Memory of the feed worker. `performance.measureUserAgentSpecificMemory` leaves WebAssembly out
 * (Chromium 156), so a worker of the bench's own notes the memories that are made and loads ours.
 */
import { writeFileSync } from 'node:fs';

/** Loaded before the worker; a memory that nobody holds any more does not count. */
const NOTE_MEMORIES = `
const memories = new Set();
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    for (const thing of Object.values(this.exports)) {
      if (thing instanceof WebAssembly.Memory) memories.add(new WeakRef(thing));
    }
  }
};
globalThis.wasmBytes = () =>
  [...memories].reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
`;

/** Address of the worker, for `createVitrine({ workerUrl })`. */
export const NOTING_WORKER = '/noting.worker.js';

/** Chromium's flag to count at once, instead of after the next collection of garbage. */
export const COUNT_AT_ONCE = '--enable-blink-features=ForceEagerMeasureMemory';

/**
 * Puts the worker beside the pages of a site that has our files in `dist/`.
 *
 * @param {string} site - Folder, with a slash at its end.
 */
export function writeNotingWorker(site) {
  writeFileSync(`${site}note-memories.js`, NOTE_MEMORIES);
  const lines = ["import './note-memories.js';", "import './dist/vitrine.worker.js';", ''];
  writeFileSync(site + NOTING_WORKER.slice(1), lines.join('\n'));
}

/**
 * Memory of a page's workers.
 *
 * @param {import('playwright').Page} page - Isolated from other origins; its only worker is running
 *   and is {@link NOTING_WORKER}.
 * @returns {Promise<number>} Bytes of JavaScript and of WebAssembly.
 */
export async function workerBytes(page) {
  const scripts = await page.evaluate(async () => {
    const { breakdown } = await /** @type {any} */ (performance).measureUserAgentSpecificMemory();
    const isWorker = (/** @type {{ scope: string }} */ { scope }) => /worker/i.test(scope);
    return breakdown
      .filter((/** @type {any} */ entry) => entry.attribution.some(isWorker))
      .reduce((/** @type {number} */ sum, /** @type {any} */ entry) => sum + entry.bytes, 0);
  });
  const [worker] = page.workers();
  if (worker === undefined) throw new Error('The page has no worker.');
  return scripts + Number(await worker.evaluate('wasmBytes()'));
}
