/**
 * What WebKit leaves of a database that was looked for: the upgrade of a new one is aborted, and the
 * specification removes it again, but in Safari and in every browser on iOS an empty one, of version
 * 0, stays on the disk.
 *
 * @packageDocumentation
 */

/**
 * Whether looking for a database would leave an empty one, and there is none to find.
 *
 * Only WebKit is asked, by the version in its name: 605 for years, while Chromium stands at 537.
 *
 * @param factory - Where it would be.
 * @param name - Its name.
 * @returns Whether there is none but an empty shell; false elsewhere, and where the browser does not
 *   say. Tried in WebKitGTK 2.50 by `npm run test:browsers`.
 */
export async function isKnownAbsent(factory: IDBFactory, name: string): Promise<boolean> {
  if (!globalThis.navigator?.userAgent.includes('AppleWebKit/6')) return false;
  try {
    const all = await factory.databases();
    return all.every((database) => database.name !== name || !database.version);
  } catch {
    return false; // opening it tells why
  }
}
