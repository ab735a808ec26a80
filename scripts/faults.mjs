/**
 * `npm run test:faults`: breaks what a page stands on, in Chromium, against the built files: the GPU,
 * the worker, policies of the host, storage, tabs and whole browsers. Each case ends in a feed, with
 * the right code and without an error in the page.
 *
 * `--only SECTION` (gpu, silent, worker, policy, storage, kills, wipes, limits), `--runs N` of those that are
 * repeated (default 200 GPU faults, 300 killed tabs, 50 wipes of each kind), `--from N` to begin later
 * with the faults of `silent`, `--quick` for a tenth of them, `--docs` to write what was found on this
 * machine into docs/faults.md. The last line is `N passed, N failed`.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gpuCases } from './faults/gpu-cases.mjs';
import { killCases } from './faults/kill-cases.mjs';
import { limitCases } from './faults/limit-cases.mjs';
import { policyCases } from './faults/policy-cases.mjs';
import { runCases } from './faults/runner.mjs';
import { silentCases } from './faults/silent-cases.mjs';
import { startSite } from './faults/site.mjs';
import { storageCases } from './faults/storage-cases.mjs';
import { keepRows, writeTable } from './faults/table.mjs';
import { wipeCases } from './faults/wipe-cases.mjs';
import { workerCases } from './faults/worker-cases.mjs';
import { ROOT, run, runCounted } from './run.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string' },
    from: { type: 'string', default: '0' },
    quick: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
  },
});

/** @param {number} usual @returns {number} Of what is repeated. */
function runsOf(usual) {
  const runs = values.runs === undefined ? usual / (values.quick ? 10 : 1) : Number(values.runs);
  if (!Number.isSafeInteger(runs) || runs < 1) {
    throw new Error(`--runs: got ${values.runs}, expected a whole number from 1.`);
  }
  return runs;
}

/** @typedef {import('./faults/site.mjs').Site} Site */
/** @typedef {import('./faults/runner.mjs').Case} Case */

/** @type {Record<string, (site: Site) => Case[]>} */
const SECTIONS = {
  gpu: gpuCases,
  silent: (site) => silentCases(site, { runs: runsOf(200), from: Number(values.from) }),
  worker: workerCases,
  policy: policyCases,
  storage: storageCases,
  kills: (site) => killCases(site, { runs: runsOf(300) }),
  wipes: (site) => wipeCases(site, { runs: runsOf(50) }),
  limits: limitCases,
};

/** @returns {Promise<{ passed: number, failed: number }>} Cases. */
async function main() {
  const sections = Object.keys(SECTIONS).filter((name) => [undefined, name].includes(values.only));
  if (sections.length === 0) {
    throw new Error(`--only: got ${values.only}, expected ${Object.keys(SECTIONS).join(', ')}.`);
  }
  await run(process.execPath, ['scripts/build.mjs', '--if-stale', '--js-only']);
  if (!existsSync(`${ROOT}dist/vitrine.whole.worker.js`)) throw new Error('There is no dist/.');
  const site = await startSite();
  let [passed, failed] = [0, 0];
  try {
    for (const section of sections) {
      const rows = await runCases(section, SECTIONS[section]?.(site) ?? []);
      keepRows(section, rows);
      const wrong = rows.filter((row) => row.wrong.length > 0).length;
      failed += wrong;
      passed += rows.length - wrong;
    }
  } finally {
    await site.close();
  }
  if (values.docs) writeTable();
  return { passed, failed };
}

await runCounted(main);
