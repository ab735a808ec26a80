/**
 * `npm run docs`: the documentation site while one writes; `-- --build` makes it in site/dist/, `--port N`
 * names the port. VitePress is installed in site/ on demand, so that the project does not carry it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ROOT, run } from './run.mjs';
import { setUp } from './setup.mjs';

const HOME = `${ROOT}site/`;
const STAMP = `${HOME}node_modules/.vitrine-setup`;

/**
 * Installs VitePress unless it was installed for this very lock file.
 *
 * @throws {Error} When that fails.
 */
async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(`${HOME}package-lock.json`))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.log('Installing VitePress in site/ (npm ci) …');
  const code = await run('npm', ['ci', '--prefix', HOME, '--no-audit', '--no-fund']);
  if (code !== 0) throw new Error('VitePress could not be installed; the reason stands above.');
  writeFileSync(STAMP, lock);
}

/**
 * Gathers the pages; the reference is read out of the built declarations. While one writes, the last
 * build will do.
 *
 * @param {boolean} isFinal - Whether they must be those of the sources.
 * @throws {Error} When the build fails.
 */
async function gather(isFinal) {
  if (isFinal || !existsSync(`${ROOT}dist/vitrine.d.ts`)) {
    const code = await run(process.execPath, ['scripts/build.mjs', '--if-stale']);
    if (code !== 0) throw new Error('The build failed; its reason stands above.');
  }
  const { readApi } = await import('./docs/api-model.mjs');
  const { gatherSite } = await import('./docs/site-pages.mjs');
  gatherSite(readApi());
}

/** Copies pages again when one of them changes. */
async function follow() {
  const { gatherPages } = await import('./docs/site-pages.mjs');
  for (const folder of ['docs', 'site/pages']) {
    watch(ROOT + folder, { recursive: true }, () => gatherPages());
  }
}

async function main() {
  const { values } = parseArgs({
    options: { build: { type: 'boolean', default: false }, port: { type: 'string' } },
  });
  await setUp({ browser: false });
  await install();
  await gather(values.build);
  if (!values.build) await follow();
  const port = values.port === undefined ? [] : ['--port', values.port];
  const args = values.build ? ['build', HOME] : ['dev', HOME, ...port];
  const code = await run(process.execPath, [
    `${HOME}node_modules/vitepress/bin/vitepress.js`,
    ...args,
  ]);
  if (code !== 0) throw new Error('VitePress failed; its reason stands above.');
  if (values.build) console.log('The site is in site/dist/: plain files for any web server.');
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
