/**
 * `npm run build`: everything that stands in dist/. `--if-stale` does nothing when it is up to date,
 * `--js-only` leaves the declarations and the API report out: the demo shop needs neither.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { parseArgs } from 'node:util';
import { newestChange } from './files.mjs';
import { ROOT, runTool } from './run.mjs';
import { setUp } from './setup.mjs';
import { buildTypes } from './types.mjs';

const DIST = `${ROOT}dist`;
/** What the build reads; dist/ is stale when one of these is newer. */
const SOURCES = [
  'src',
  'workers',
  'scripts/build.mjs',
  'scripts/types.mjs',
  'vite.config.ts',
  'api-extractor.json',
  'api-extractor.consent.json',
  'api-extractor.events.json',
  'api-extractor.inspect.json',
  'api-extractor.react.json',
  'api-extractor.taste.json',
  'api-extractor.vue.json',
  'package-lock.json',
];
/** Of vite.config.ts; the long ones first. */
const MODES = 'worker whole cli page iife element consent events react vue taste inspect'.split(
  ' ',
);
/** Builds at a time. */
const LANES = 2;
/** One thread, with and without SIMD: what src/models/open-wasm.ts asks for. */
const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
/** Written after the scripts: it tells a finished build from one that was cut off. */
const STAMP = `${ROOT}temp/build/stamp`;

/**
 * Whether dist/ was finished after the last change of a source.
 *
 * @param {boolean} jsOnly - Whether the declarations may be missing.
 * @returns {boolean} False also when there is no dist/.
 */
function isFresh(jsOnly) {
  const last = `${DIST}/${jsOnly ? 'vitrine.worker.d.ts' : 'vitrine.d.ts'}`;
  if (!existsSync(STAMP) || !existsSync(last)) return false;
  return newestChange([STAMP]) >= newestChange(SOURCES.map((path) => ROOT + path));
}

/**
 * Builds the scripts in dist/ from nothing.
 *
 * @returns {Promise<void>} Settles when all files are written.
 * @throws {Error} When one of the tools fails; its reason stands in the output.
 */
async function buildScripts() {
  rmSync(STAMP, { force: true });
  rmSync(DIST, { recursive: true, force: true });
  const waiting = MODES.values();
  const work = async () => {
    for (const mode of waiting) {
      const code = await runTool('vite', ['build', '--mode', mode]);
      if (code !== 0) throw new Error(`vite build --mode ${mode} failed.`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  // npm does this when it installs the package; here nobody else does.
  chmodSync(`${DIST}/vitrine.cli.js`, 0o755);
  // A record for scripts/size.mjs, not for the shop.
  mkdirSync(`${ROOT}temp/build`, { recursive: true });
  renameSync(`${DIST}/manifest.json`, `${ROOT}temp/build/manifest.json`);
  mkdirSync(`${DIST}/wasm`, { recursive: true });
  for (const file of WASM_FILES) {
    copyFileSync(
      `${ROOT}node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`,
      `${DIST}/wasm/${file}`,
    );
  }
  // The worker is started, never imported; the empty types say so to TypeScript.
  writeFileSync(`${DIST}/vitrine.worker.d.ts`, 'export {};\n');
  writeFileSync(STAMP, '');
}

const { values } = parseArgs({
  options: {
    'if-stale': { type: 'boolean', default: false },
    'js-only': { type: 'boolean', default: false },
  },
});
if (!(values['if-stale'] && isFresh(values['js-only']))) {
  try {
    await setUp({ browser: false });
    const start = performance.now();
    await buildScripts();
    if (!values['js-only']) await buildTypes({ local: false });
    console.log(`Built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
