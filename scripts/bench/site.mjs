/** What the bench's browser loads: built by Vite into temp/bench, served as plain files. */
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { startStaticServer } from '../../test/helpers/static-server.mjs';
import { generateCatalog } from '../demo-catalog/generate.mjs';
import { ROOT } from '../run.mjs';

/** Folder of the site. */
export const SITE = `${ROOT}temp/bench/`;

const NUM_CANDIDATES = 200;

/** Files may be cached as on a shop's host; the clock ticks in 5 µs instead of 100. */
const HEADERS = {
  'cache-control': 'max-age=600',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** @returns {Promise<void>} When the workers are built; their manifest lies beside them. */
async function buildWorkers() {
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    base: './',
    publicDir: false,
    // Emscripten looks for its file beside itself; it is handed the module instead.
    define: { __dirname: "''", 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: `${SITE}site`,
      manifest: 'manifest.json',
      target: 'esnext',
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: {
          worker: `${ROOT}scripts/bench/worker.mjs`,
          'empty-worker': `${ROOT}scripts/bench/empty-worker.mjs`,
          'index-worker': `${ROOT}scripts/bench/index-worker.mjs`,
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

/** @returns {object[]} Items from all over the demo's catalog. */
function candidates() {
  const { items } = generateCatalog({ seed: 1 });
  const step = items.length / NUM_CANDIDATES;
  return Array.from({ length: NUM_CANDIDATES }, (_, n) => items[Math.floor(n * step)] ?? {});
}

/**
 * Builds and serves the site.
 *
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} Where it is.
 * @throws {Error} Without dist/.
 */
export async function startSite() {
  if (!existsSync(`${ROOT}dist/vitrine.js`))
    throw new Error('No dist/: run `npm run build` first.');
  rmSync(SITE, { recursive: true, force: true });
  mkdirSync(`${SITE}data`, { recursive: true });
  await buildWorkers();
  symlinkSync(`${ROOT}dist`, `${SITE}dist`);
  writeFileSync(`${SITE}data/items.json`, JSON.stringify(candidates()));
  copyFileSync(`${ROOT}scripts/bench/page.html`, `${SITE}page.html`);
  return startStaticServer({ root: SITE, rules: [{ path: '', headers: HEADERS }] });
}
