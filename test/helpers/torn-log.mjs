/**
 * Tears the log of a profile's databases, as a killed browser or a full disk does (FAULTS 7). The
 * next start of the browser looks healthy and goes on writing behind the tear; the one after finds
 * it and deletes all databases of the origin.
 *
 * To be used on a browser that is closed: close, tear, open and write, close, open.
 */
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The log that the browser appended to last.
 *
 * @param {string} profile - The browser's user data directory.
 * @returns {string} The file's path.
 */
function newestLog(profile) {
  const databases = join(profile, 'Default', 'IndexedDB');
  const logs = readdirSync(databases)
    .filter((folder) => folder.endsWith('.leveldb'))
    .flatMap((folder) =>
      readdirSync(join(databases, folder)).map((file) => join(databases, folder, file)),
    )
    .filter((file) => file.endsWith('.log'));
  const [newest] = logs.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (newest === undefined) throw new Error(`No log in ${databases}.`);
  return newest;
}

/**
 * Cuts bytes off the end of the newest log.
 *
 * @param {string} profile - The browser's user data directory; the browser is closed.
 * @param {number} bytes - How many, 1 to 600; what is not there is not cut.
 * @returns {number} Size of the log afterwards.
 */
export function tearLog(profile, bytes) {
  const file = newestLog(profile);
  const size = Math.max(0, statSync(file).size - bytes);
  truncateSync(file, size);
  return size;
}

/**
 * For `page.evaluate`: how many interactions the newest whole copy of the profile holds.
 *
 * @param {string} name - Of the database.
 * @returns {Promise<number>} 0 without a copy.
 */
export async function countCopied(name) {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(`vitrine-${name}`).catch(() => null);
  let newest = { sequence: 0, events: 0 };
  for (const slot of ['a', 'b']) {
    const handle = await folder?.getFileHandle(slot).catch(() => null);
    const text = (await (await handle?.getFile())?.text()) ?? '';
    const [head = '', body = ''] = text.split('\n');
    try {
      const { sequence } = JSON.parse(head);
      if (sequence > newest.sequence) newest = { sequence, events: JSON.parse(body).log.length };
    } catch {
      // Empty, or being written.
    }
  }
  return newest.events;
}
