/** Builds what is fuzzed: one file for Node's threads, one for the page. */
import { build } from 'vite';
import { ROOT } from '../run.mjs';

/** For Node. */
export const THREAD_FILE = `${ROOT}temp/fuzz/node/run-kind.js`;

/** For the page. */
export const PAGE_FILE = `${ROOT}temp/fuzz/page/page.js`;

/** @returns {Promise<void>} When both are there. */
export async function buildFuzz() {
  const common = {
    configFile: /** @type {const} */ (false),
    logLevel: /** @type {const} */ ('error'),
    root: ROOT,
    publicDir: /** @type {const} */ (false),
  };
  await build({
    ...common,
    // Emscripten looks for its file beside itself; it is not started here.
    define: { __dirname: "''" },
    ssr: { noExternal: true },
    build: {
      ssr: `${ROOT}test/fuzz/run-kind.ts`,
      outDir: `${ROOT}temp/fuzz/node`,
      emptyOutDir: true,
    },
  });
  await build({
    ...common,
    build: {
      lib: { entry: `${ROOT}test/fuzz/markup.ts`, formats: ['es'], fileName: () => 'page.js' },
      outDir: `${ROOT}temp/fuzz/page`,
      emptyOutDir: true,
    },
  });
}
