/** Small questions about files, shared by the scripts. */
import { existsSync, readdirSync, statSync } from 'node:fs';

/**
 * When something under these paths was last changed.
 *
 * @param {readonly string[]} paths - Files or folders; missing ones are left out.
 * @returns {number} Milliseconds since 1970, 0 when nothing is there.
 */
export function newestChange(paths) {
  let newest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    newest = Math.max(newest, stat.mtimeMs);
    if (stat.isDirectory()) {
      newest = Math.max(newest, newestChange(readdirSync(path).map((name) => `${path}/${name}`)));
    }
  }
  return newest;
}
