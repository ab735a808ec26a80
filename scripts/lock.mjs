/**
 * `npm run lock`, after a change of dependencies: writes package-lock.json anew and completes it;
 * `npm run lock -- site/` does so for the documentation site.
 * A registry mirror that holds the packages of one platform only makes npm leave the others out of
 * the lock file, and `npm ci` then refuses it everywhere. What is added names version and platform,
 * which is all that `npm ci` needs to skip a package of another platform.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { ROOT, run } from './run.mjs';

const FOLDER = ROOT + (process.argv[2] ?? '');
const LOCK = `${FOLDER}package-lock.json`;

/**
 * The platform in a package's name.
 *
 * @param {string} name - Such as `@oxlint/binding-linux-arm-musleabihf`.
 * @returns {{ os: string[], cpu: string[], libc?: string[] }} As npm writes it.
 */
function platformOf(name) {
  const [, base = ''] = name.split('/');
  const [os = '', cpu = '', abi = ''] = base.replace(/^(?:binding|rollup)-/u, '').split('-');
  if (os !== 'linux' || abi === '') return { os: [os], cpu: [cpu] };
  return { os: [os], cpu: [cpu], libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] };
}

/**
 * Adds the optional packages that are named but not described.
 *
 * @param {Record<string, any>} packages - Of a lock file; changed in place.
 * @returns {number} How many were added.
 */
function complete(packages) {
  let added = 0;
  for (const { dev, optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const key = `node_modules/${name}`;
      if (key in packages) continue;
      packages[key] = { version, ...(dev ? { dev } : {}), optional: true, ...platformOf(name) };
      added += 1;
    }
  }
  return added;
}

const flags = ['--prefix', FOLDER, '--package-lock-only', '--no-audit', '--no-fund'];
const code = await run('npm', ['install', ...flags]);
if (code === 0) {
  const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
  const added = complete(lock.packages);
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${added} packages of other platforms added`);
} else {
  process.exitCode = code;
}
