/**
 * What WebKit leaves of a database that was looked for: the upgrade of a new one is aborted, and the
 * specification removes it again, but in Safari and in every browser on iOS an empty one, of version
 * 0, stays on the disk.
 *
 * @packageDocumentation
 */

/**
 * Whether looking for a database would leave an empty one.
 *
 * @returns True in WebKit (2.50 is the last that was tried, by `npm run test:browsers`).
 */
export function leavesShells(): boolean {
  const { userAgent } = globalThis.navigator ?? { userAgent: '' };
  // Chromium names WebKit, too.
  return userAgent.includes('AppleWebKit/') && !userAgent.includes('Chrome/');
}

/**
 * Asks for a database without opening it.
 *
 * @param factory - Where it would be.
 * @param name - Its name.
 * @returns Whether there is none but an empty shell; false where the browser does not say.
 */
export async function isAbsent(factory: IDBFactory, name: string): Promise<boolean> {
  try {
    const all = await factory.databases();
    return all.every((database) => database.name !== name || !database.version);
  } catch {
    return false; // opening it tells why
  }
}
