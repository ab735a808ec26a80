/** What a page downloads for each implementation. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { ROOT } from '../run.mjs';
import { filesOf } from './chunk-files.mjs';
import { IMPLEMENTATIONS } from './implementations.mjs';
import { SITE } from './site.mjs';

/** The best quality takes half a minute for ONNX Runtime's file and saves some 5 %. */
const QUALITY = 9;

/** @param {string} file - Of the site. @returns {number} Bytes after brotli. */
function brotliBytes(file) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  return brotliCompressSync(readFileSync(`${SITE}site/${file}`), { params }).length;
}

/**
 * Ours from `npm run size`, the peers' as the bench bundles them.
 *
 * @param {ReadonlySet<string>} measured - Names of implementations.
 * @returns {Record<string, number>} Bytes after brotli, by the name of an entry or implementation.
 */
export function measureBytes(measured) {
  const json = `${ROOT}temp/bench-sizes.json`;
  execFileSync(process.execPath, [`${ROOT}scripts/size.mjs`, '--json', json], { stdio: 'pipe' });
  /** @type {{ entries: { name: string, brotli: number }[] }} */
  const { entries } = JSON.parse(readFileSync(json, 'utf8'));
  const manifest = JSON.parse(readFileSync(`${SITE}site/manifest.json`, 'utf8'));
  const peers = Object.entries(IMPLEMENTATIONS).flatMap(([name, { module }]) => {
    if (module === undefined || !measured.has(name)) return [];
    const files = filesOf(manifest, `scripts/bench/implementations/${module}`);
    return [[name, files.reduce((sum, file) => sum + brotliBytes(file), 0)]];
  });
  return Object.fromEntries([...entries.map(({ brotli, name }) => [name, brotli]), ...peers]);
}
