/**
 * The examples, built in a folder of their own as in a shop's project: what npm would install is
 * linked from here, so that nothing is fetched.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ROOT, toolPath } from '../run.mjs';

/** What examples may import, linked from our own node_modules. */
const PACKAGES = ['react', 'react-dom', 'vite', 'vue'];

/**
 * A folder with all examples.
 *
 * @typedef {object} Workplace
 * @property {string} folder - Holds `examples/` and `node_modules/`.
 * @property {(name: string, env?: NodeJS.ProcessEnv) => string} siteOf - Builds an example where it
 *   has something to build, and gives the folder to be served.
 * @property {() => void} remove - Removes all of it.
 */

/**
 * @param {string} at - Link.
 * @param {string} to - What it names.
 */
function link(at, to) {
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(to, at);
}

/**
 * Makes a folder for the examples.
 *
 * @param {string} [vitrine] - Folder of the package `vitrine`; default: the repository, with what is in dist/.
 * @returns {Workplace} To be removed at the end.
 */
export function makeWorkplace(vitrine = ROOT) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-examples-'));
  const modules = join(folder, 'node_modules');
  for (const name of PACKAGES) link(join(modules, name), `${ROOT}node_modules/${name}`);
  link(join(modules, 'vitrine'), vitrine);
  link(join(modules, '.bin', 'vite'), toolPath('vite'));
  link(join(modules, '.bin', 'vitrine'), join(vitrine, 'dist', 'vitrine.cli.js'));
  cpSync(`${ROOT}examples`, join(folder, 'examples'), {
    recursive: true,
    filter: (path) => !/[/\\](?:node_modules|out)$/u.test(path),
  });
  return {
    folder,
    siteOf: (name, env) => siteOf(folder, name, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * @param {string} folder - Of the workplace.
 * @param {string} name - Of the example.
 * @param {NodeJS.ProcessEnv} [env] - Added to ours.
 * @returns {string} Folder to be served.
 */
function siteOf(folder, name, env = {}) {
  const example = join(folder, 'examples', name);
  const manifest = join(example, 'package.json');
  if (!existsSync(manifest)) return plainSite(folder, name);
  const { build } = JSON.parse(readFileSync(manifest, 'utf8')).scripts;
  // What `npm run build` does, without npm.
  const path = `${join(folder, 'node_modules', '.bin')}${delimiter}${process.env['PATH']}`;
  const options = { cwd: example, env: { ...process.env, ...env, PATH: path }, stdio: 'pipe' };
  execFileSync('sh', ['-c', build], /** @type {any} */ (options));
  return join(example, 'out');
}

/**
 * @param {string} folder - Of the workplace.
 * @param {string} name - Of an example without anything to build.
 * @returns {string} A web server's folder: the example, the products and `vitrine copy`'s files.
 */
function plainSite(folder, name) {
  const site = join(folder, 'site');
  if (!existsSync(site)) {
    mkdirSync(site);
    const cli = join(folder, 'node_modules', '.bin', 'vitrine');
    execFileSync(process.execPath, [cli, 'copy', join(site, 'vitrine')], { stdio: 'pipe' });
    for (const file of ['products.json', 'shop.css']) {
      cpSync(join(folder, 'examples', file), join(site, file));
    }
  }
  cpSync(join(folder, 'examples', name), join(site, name), { recursive: true });
  return site;
}
