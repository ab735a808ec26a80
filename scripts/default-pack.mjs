/**
 * `npm run pack`: trains the default pack on the demo's own catalog and simulated visitors, and puts
 * it in packs/default. `-- --check` only says whether the pack there equals a fresh one, byte by
 * byte; `-- --quality` measures how well such a pack ranks what its visitors did last.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { generateCatalog } from './demo-catalog/generate.mjs';
import { ROOT, runTool } from './run.mjs';

/** Of catalog, visitors and training. */
const SEED = 1;

/** Enough that every item has been looked at by some. Bots are rare, as in a log that was cleaned. */
const VISITORS = 3000;
const VISITS = 6;
const KINDS = { single: 40, mixed: 25, drifting: 22, gift: 12, bot: 1 };

/** Of all files together, as they lie on the disk. */
const MAX_BYTES = 300_000;

const PLACE = `${ROOT}packs/default`;
const WORK = `${ROOT}temp/default-pack`;
const DATA = `${WORK}/data`;
/** Built for this run alone: dist/ may be old, or in use. */
const CLI = `${WORK}/cli/vitrine.cli.js`;

/**
 * Loads one of our modules.
 *
 * @template T
 * @param {string} path - Under src/.
 * @returns {Promise<T>} Its exports.
 */
async function load(path) {
  const options = /** @type {const} */ ({ configFile: false, logLevel: 'error', root: ROOT });
  return (await runnerImport(`${ROOT}src/${path}`, options)).module;
}

/**
 * @param {readonly object[]} records - Anything.
 * @returns {string} NDJSON.
 */
const ndjson = (records) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

/**
 * Writes the demo's catalog and what simulated visitors did in the shop as it is.
 *
 * @returns {Promise<void>} Settles when both files are written.
 */
async function writeData() {
  const { items } = generateCatalog({ seed: SEED });
  /** @type {typeof import('../src/simulate/population.ts')} */
  const { createPopulation } = await load('simulate/population.ts');
  /** @type {typeof import('../src/simulate/shop-log.ts')} */
  const { runShop, toInteractions } = await load('simulate/shop-log.ts');
  const population = createPopulation(items, {
    visitors: VISITORS,
    visits: VISITS,
    seed: SEED,
    kinds: KINDS,
  });
  const events = runShop(population, { visits: VISITS, seed: SEED });
  const interactions = toInteractions(events, items);
  mkdirSync(DATA, { recursive: true });
  writeFileSync(`${DATA}/catalog.ndjson`, ndjson(items));
  writeFileSync(`${DATA}/interactions.ndjson`, ndjson(interactions));
  console.log(`${items.length} items, ${VISITORS} visitors, ${interactions.length} interactions`);
}

/**
 * Runs the command line tool and stops when it fails.
 *
 * @param {readonly string[]} args - Command and options.
 */
function vitrine(args) {
  const { status } = spawnSync(process.execPath, [CLI, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`vitrine ${args[0]} failed.`);
}

/**
 * @param {string} protocol - What may be learned from.
 * @returns {string} The pack's folder.
 */
function train(protocol) {
  const out = `${WORK}/${protocol}`;
  const size = ['--max-bytes', String(MAX_BYTES)];
  const figures = ['--seed', String(SEED), '--json', `${WORK}/${protocol}.train.json`];
  vitrine(['train', '--data', DATA, '--out', out, '--protocol', protocol, ...size, ...figures]);
  return out;
}

/**
 * @param {string} folder - Of a pack.
 * @returns {Map<string, Buffer>} Its files by name; none when it is not there.
 */
function filesOf(folder) {
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`)]));
}

/**
 * @param {string} fresh - Folder of a pack.
 * @returns {string[]} Names of files that are not the same in packs/default.
 */
function differences(fresh) {
  const [now, then] = [filesOf(fresh), filesOf(PLACE)];
  const names = new Set([...now.keys(), ...then.keys()]);
  return [...names].filter((name) => !now.get(name)?.equals(then.get(name) ?? Buffer.alloc(0)));
}

/** @returns {Promise<void>} Settles when the pack is made, or compared, or measured. */
async function main() {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      quality: { type: 'boolean', default: false },
    },
  });
  rmSync(WORK, { recursive: true, force: true });
  const build = ['build', '--mode', 'cli', '--outDir', dirname(CLI)];
  if ((await runTool('vite', build)) !== 0) throw new Error('The build failed.');
  await writeData();
  if (values.quality) {
    const pack = train('leave-one-out');
    const figures = ['--json', `${WORK}/quality.json`];
    const protocol = ['--protocol', 'leave-one-out'];
    vitrine(['evaluate', '--data', DATA, '--pack', pack, ...protocol, ...figures]);
    return;
  }
  const fresh = train('all');
  const changed = differences(fresh);
  if (values.check && changed.length > 0) {
    throw new Error(`packs/default is not what npm run pack makes: ${changed.join(', ')}`);
  }
  if (!values.check) {
    rmSync(PLACE, { recursive: true, force: true });
    cpSync(fresh, PLACE, { recursive: true });
  }
  const files = [...filesOf(PLACE)];
  const bytes = files.reduce((sum, [, content]) => sum + content.length, 0);
  const state = changed.length === 0 ? 'as before' : 'new';
  console.log(`packs/default: ${files.length} files, ${bytes} bytes, ${state}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
