/** Reads the copy of a profile in the browser's private file system. */

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
