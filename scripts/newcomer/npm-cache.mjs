/** How warm npm's cache is: which of the packages that a lock file names lie in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} file - A package-lock.json, or the one that npm leaves in node_modules/.
 * @returns {string[]} Hashes of the packages that it names, `sha512-…`; those without one are left out.
 */
export function namedIn(file) {
  /** @type {{ packages: Record<string, { integrity?: string }> }} */
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.values(packages).flatMap(({ integrity }) => integrity ?? []);
}

/**
 * Looks the packages up by the names of npm's files (https://github.com/npm/cacache).
 *
 * @param {string} cache - Folder of npm's cache; may be missing.
 * @param {readonly string[]} hashes - Of packages.
 * @returns {ReadonlySet<string>} The hashes of those that are there.
 */
export function keptBy(cache, hashes) {
  const isThere = (/** @type {string} */ hash) => {
    const [algorithm = ''] = hash.split('-', 1);
    const hex = Buffer.from(hash.slice(algorithm.length + 1), 'base64').toString('hex');
    const parts = [hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)];
    return existsSync(join(cache, '_cacache', 'content-v2', algorithm, ...parts));
  };
  return new Set(hashes.filter(isThere));
}

/**
 * @param {ReadonlySet<string>} kept - What was there before.
 * @param {readonly string[]} installed - What was needed.
 * @returns {string} Such as `warm (292 of 292 packages)`.
 */
export function inWords(kept, installed) {
  const found = installed.filter((hash) => kept.has(hash)).length;
  const words = found === 0 ? 'cold' : found === installed.length ? 'warm' : 'partly warm';
  return `${words} (${found} of ${installed.length} packages)`;
}
