/**
 * The shop's host of the browser checks: a copy of the built files, so that a build beside the run
 * cannot change them, the pages of test/e2e and our own. Every check has a port of its own, and with
 * it an origin on which nothing lies yet and a list of requests.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStaticServer } from '../../test/helpers/static-server.mjs';
import { generateCatalog } from '../demo-catalog/generate.mjs';
import { ROOT } from '../run.mjs';

/** @typedef {import('../../src/core/types.ts').Item} Item */
/** @typedef {import('../../test/helpers/static-server.mjs').StaticServer} StaticServer */

/** Where the library stands; test/e2e's pages expect it there. */
export const LIBRARY = '/some/folder/vitrine/';

/**
 * @typedef {object} Site
 * @property {() => Promise<StaticServer>} open - An origin of its own with all files.
 * @property {StaticServer} cdn - One more, open to all by CORS.
 * @property {readonly Item[]} items - Candidates, at `/data/demo.json`.
 * @property {string} wholeIntegrity - Hash of the worker in one file, as `integrity` takes it.
 * @property {() => Promise<void>} close - Removes the files.
 */

/** What breaks storage in the worker, by `?fault=`. */
export const FAULTY_WORKER = `${LIBRARY}storage-faults.worker.js`;

/** @param {string} root @returns {void} */
function writeFiles(root) {
  const folder = join(root, LIBRARY);
  cpSync(`${ROOT}dist`, folder, { recursive: true, filter: (path) => !path.endsWith('.map') });
  cpSync(`${ROOT}test/e2e`, join(root, 'pages'), { recursive: true });
  cpSync(`${ROOT}scripts/browsers/pages`, join(root, 'browsers'), { recursive: true });
  // Scoring texts is not asked here, and would keep a slow engine busy.
  const isNeeded = (/** @type {string} */ path) => !path.endsWith('attributes.bin');
  cpSync(`${ROOT}packs/default`, join(root, 'pack'), { recursive: true, filter: isNeeded });
  const faults = 'storage-faults.js';
  cpSync(`${ROOT}test/faults/workers/${faults}`, join(folder, faults));
  const both = `import './${faults}';\nimport './vitrine.worker.js';\n`;
  writeFileSync(join(root, FAULTY_WORKER), both);
}

/** @returns {Promise<Site>} When all is written. */
export async function startSite() {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-browsers-'));
  writeFiles(root);
  const { items } = generateCatalog({ seed: 1 });
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data', 'demo.json'), JSON.stringify(items));
  const bytes = readFileSync(join(root, LIBRARY, 'vitrine.whole.worker.js'));
  const headers = { 'access-control-allow-origin': '*' };
  const cdn = await startStaticServer({ root, rules: [{ path: '', headers }] });
  return {
    open: () => startStaticServer({ root }),
    cdn,
    items,
    wholeIntegrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
    close: async () => {
      await cdn.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
