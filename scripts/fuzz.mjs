/**
 * `npm run test:fuzz`: hostile input at every border, from seeds. `--runs N` (default 2,000) shared
 * out over the kinds, `--seed N` (default 1), `--only KIND`, and `--path P` with the path of a report
 * to see one run again, `--json FILE` for the figures. The last line is `N passed, N failed`.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildFuzz } from './fuzz/build.mjs';
import { fuzzMarkup } from './fuzz/markup.mjs';
import { fuzzInThread } from './fuzz/thread.mjs';
import { runCounted } from './run.mjs';

/** @typedef {import('./fuzz/thread.mjs').Job} Job */
/** @typedef {import('./fuzz/thread.mjs').Outcome} Outcome */

/** Parts of a hundred runs. A run with an index takes twenty times as long as one with candidates. */
const SHARES = new Map([
  ['candidates', 33],
  ['events', 18],
  ['capsules', 5],
  ['records', 16],
  ['rules', 8],
  ['segments', 8],
  ['markup', 4],
  ['slices', 5],
  ['packs', 2],
  ['indexes', 1],
]);

/** Longest first, so that no core waits for a late one. */
const ORDER = ['markup', 'indexes', 'packs', 'records', 'candidates', 'events'];

/**
 * @param {string | undefined} value
 * @param {string} name
 * @returns {number} A whole number.
 */
function whole(value, name) {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new Error(`--${name}: got ${value}, expected a whole number.`);
  }
  return number;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    path: { type: 'string' },
    json: { type: 'string' },
  },
});

/** @returns {Job[]} What was asked for. */
function readJobs() {
  const { only, path } = values;
  const runs = whole(values.runs, 'runs');
  const seed = whole(values.seed, 'seed');
  if (only !== undefined) {
    const known = [...SHARES.keys()];
    if (!known.includes(only)) {
      throw new Error(`--only: got ${only}, expected ${known.join(', ')}.`);
    }
    return [{ kind: only, runs, seed, ...(path === undefined ? {} : { path }) }];
  }
  if (path !== undefined) throw new Error('--path belongs to one kind: give --only, too.');
  const jobs = [...SHARES].map(([kind, share]) => {
    return { kind, seed, runs: Math.floor((runs * share) / 100) };
  });
  // What rounding has left over.
  const [first] = jobs;
  if (first) first.runs += runs - jobs.reduce((sum, job) => sum + job.runs, 0);
  const place = (/** @type {Job} */ { kind }) => ORDER.indexOf(kind) + 1 || ORDER.length + 1;
  return jobs.toSorted((a, b) => place(a) - place(b)).filter((job) => job.runs > 0);
}

/** @param {Job} job @returns {string} The command that makes the same runs. */
function commandOf({ kind, runs, seed }) {
  return `npm run test:fuzz -- --only ${kind} --runs ${runs} --seed ${seed}`;
}

/**
 * Says what came out of one kind.
 *
 * @param {Job} job
 * @param {Outcome} outcome
 * @param {number} ms
 */
function tell(job, outcome, ms) {
  const { failed, passed, report } = outcome;
  const verdict = failed === 0 ? 'ok    ' : 'FAILED';
  const time = `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`${verdict} ${job.kind.padEnd(11)} ${time}  ${passed} passed, ${failed} failed`);
  if (failed === 0) return;
  const left = job.runs - passed - failed;
  if (left > 0) console.log(`  ${left} runs were not made after the failure`);
  console.log(`${report}\nAgain: ${commandOf(job)}`);
}

/** @param {readonly Job[]} jobs @returns Figures of all kinds. */
async function runAll(jobs) {
  const total = {
    passed: 0,
    failed: 0,
    failures: /** @type {{ again: string, report: string }[]} */ ([]),
  };
  const waiting = jobs.values();
  const work = async () => {
    for (const job of waiting) {
      const start = performance.now();
      const outcome = await (job.kind === 'markup' ? fuzzMarkup(job) : fuzzInThread(job));
      const { failed, passed, report } = outcome;
      tell(job, outcome, performance.now() - start);
      total.passed += passed;
      total.failed += failed;
      if (failed > 0) total.failures.push({ again: commandOf(job), report });
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  return total;
}

await runCounted(async () => {
  const jobs = readJobs();
  await buildFuzz();
  const total = await runAll(jobs);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(total));
  return total;
});
