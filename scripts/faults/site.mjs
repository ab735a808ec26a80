/**
 * The host of the fault tests: a copy of the built files, so that a build beside the run cannot
 * change them, with the page and the workers of test/faults.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStaticServer } from '../../test/helpers/static-server.mjs';
import { generateCatalog } from '../demo-catalog/generate.mjs';
import { ROOT } from '../run.mjs';

/** @typedef {import('../../test/helpers/static-server.mjs').StaticServer} StaticServer */
/** @typedef {import('../../test/helpers/static-server.mjs').Rule} Rule */
/** @typedef {import('../../src/core/types.ts').Item} Item */

/**
 * @typedef {object} Site
 * @property {string} url - Of the page's origin, without a slash at its end.
 * @property {StaticServer} server - Of that origin.
 * @property {StaticServer} cdn - Of another origin with the same files, open to all by CORS.
 * @property {readonly Item[]} items - Candidates, at `/data/items.json`.
 * @property {readonly string[]} looks - Ids of five items of one kind.
 * @property {string} wholeIntegrity - Hash of the worker in one file, as `integrity` takes it.
 * @property {() => Promise<void>} close - Stops both and removes the files.
 */

/** Where the library stands. */
export const LIBRARY = '/lib/';

/**
 * Makes a worker file that runs scripts of test/faults/workers before the library's: what a page
 * sets up beforehand does not reach workers.
 *
 * @param {string} folder - Of the library on the site.
 */
function writeWorkers(folder) {
  const scripts = join(ROOT, 'test', 'faults', 'workers');
  for (const name of readdirSync(scripts)) {
    cpSync(join(scripts, name), join(folder, name));
    const text = `import './${name}';\nimport './vitrine.worker.js';\n`;
    writeFileSync(join(folder, name.replace(/\.js$/u, '.worker.js')), text);
  }
}

/** @param {string} path @returns {string} `sha384-…`. */
function integrityOf(path) {
  return `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`;
}

/** @returns {Promise<Site>} When both origins answer. */
export async function startSite() {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-faults-'));
  const folder = join(root, LIBRARY);
  cpSync(`${ROOT}dist`, folder, { recursive: true, filter: (path) => !path.endsWith('.map') });
  cpSync(`${ROOT}packs/default`, join(root, 'pack'), { recursive: true });
  cpSync(`${ROOT}test/faults/page.html`, join(root, 'page.html'));
  for (const name of ['page.js', 'limits.js']) {
    cpSync(`${ROOT}test/faults/${name}`, join(folder, name));
  }
  writeFileSync(join(folder, 'blank.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeWorkers(folder);
  const { items } = generateCatalog({ seed: 1 });
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data', 'items.json'), JSON.stringify(items));
  const looks = items.filter(({ categoryPath }) => categoryPath?.[0] === 'Kitchen').slice(0, 5);
  const open = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  const [server, cdn] = await Promise.all([
    startStaticServer({ root }),
    startStaticServer({ root, rules: [{ path: '', headers: open }] }),
  ]);
  return {
    url: server.url,
    server,
    cdn,
    items,
    wholeIntegrity: integrityOf(join(folder, 'vitrine.whole.worker.js')),
    looks: looks.map(({ id }) => id),
    close: async () => {
      await Promise.all([server.close(), cdn.close()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
