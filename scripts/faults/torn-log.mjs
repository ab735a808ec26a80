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
 * @param {string} profile - The browser's user data directory.
 * @param {string} origin - As `http://127.0.0.1:4000`.
 * @returns {string} Folder of the origin's databases.
 */
export function databaseFolder(profile, origin) {
  const { hostname, port } = new URL(origin);
  return join(profile, 'Default', 'IndexedDB', `http_${hostname}_${port}.indexeddb.leveldb`);
}

/**
 * @param {string} database - See {@link databaseFolder}.
 * @returns {string} Path of its newest log.
 */
export function newestLog(database) {
  const logs = readdirSync(database).filter((name) => /^\d+\.log$/u.test(name));
  const last = logs.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).at(-1);
  if (last === undefined) throw new Error(`${database}: no log.`);
  return join(database, last);
}

/**
 * Cuts the end off a database's log: what a crash or a full disk leaves of a record that was being
 * written.
 *
 * @param {string} database - See {@link databaseFolder}.
 * @param {number} bytes - How many; what is not there is not cut.
 */
export function tearLog(database, bytes) {
  const log = newestLog(database);
  truncateSync(log, Math.max(0, statSync(log).size - bytes));
}
