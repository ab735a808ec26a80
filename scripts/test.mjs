/**
 * `npm test`: set-up, then every stage; `npm run test:unit` and the like: one stage. What follows a
 * single stage goes on to its tool: `npm run test:unit -- test/unit/feed`.
 * The last line is `N passed, N failed`, with `, N skipped` when some were.
 */
import { existsSync } from 'node:fs';
import { ROOT, run } from './run.mjs';
import { setUp } from './setup.mjs';
import { STAGES } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */
/** @typedef {import('./stages.mjs').Count} Count */

/**
 * Runs one stage and says what it does and how long it took.
 *
 * @param {Stage} stage - What to run.
 * @param {readonly string[]} args - For its tool.
 * @param {NodeJS.ProcessEnv} env - From the set-up.
 * @returns {Promise<Count & { name: string, seconds: number }>} Its figures.
 */
async function runStage(stage, args, env) {
  console.log(`\n── ${stage.name}: ${stage.does}`);
  const start = performance.now();
  let count = { passed: 0, failed: 1, skipped: 0 };
  if (stage.needsBuild === true && !existsSync(`${ROOT}dist/vitrine.worker.d.ts`)) {
    console.error(`${stage.name} needs dist/, and the build failed.`);
  } else {
    try {
      count = await stage.run(args, env);
    } catch (error) {
      console.error(error);
    }
  }
  return { name: stage.name, ...count, seconds: (performance.now() - start) / 1000 };
}

/**
 * @param {readonly string[]} argv - Stage name and its arguments; none for all stages.
 * @returns {Promise<boolean>} Whether all passed.
 */
async function main([only, ...args]) {
  const stages = STAGES.filter(({ name }) => only === undefined || name === only);
  if (stages.length === 0) {
    throw new Error(`No stage ${only}; there are ${STAGES.map(({ name }) => name).join(', ')}.`);
  }
  console.log(`Set-up, then ${stages.map(({ name }) => name).join(', ')}`);
  const env = await setUp({ browser: stages.some(({ needsBrowser }) => needsBrowser === true) });
  // A stage by itself builds what it reads; in the whole run the build is a stage.
  if (only !== undefined && stages[0]?.needsBuild === true) {
    await run(process.execPath, ['scripts/build.mjs', '--if-stale']);
  }
  const results = [];
  for (const stage of stages) results.push(await runStage(stage, args, env));
  return report(results);
}

/**
 * @param {readonly (Count & { name: string, seconds: number })[]} results - One per stage.
 * @returns {boolean} Whether nothing failed.
 */
function report(results) {
  console.log('\n── Summary');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, passed, failed, skipped, seconds } of results) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    const verdict = failed === 0 ? 'ok    ' : 'FAILED';
    const time = `${seconds.toFixed(1)} s`.padStart(8);
    console.log(`${verdict} ${name.padEnd(13)} ${time}  ${passed} passed, ${failed} failed`);
  }
  // Repeated here, at the end, since logs are often cut to their tail.
  for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(failure);
  const tail = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${tail}`);
  return total.failed === 0;
}

try {
  if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
