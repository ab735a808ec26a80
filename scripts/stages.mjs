/** What `npm test` consists of: one entry per stage, in the order in which they run. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ROOT, run, runTool } from './run.mjs';

/**
 * How many tests ran.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures?: readonly string[] }} Count
 */

/**
 * A stage of `npm test`.
 *
 * @typedef {object} Stage
 * @property {string} name - Also the name of its npm script.
 * @property {string} does - One line for the reader of the log.
 * @property {boolean} [needsBrowser] - Whether the set-up must provide one.
 * @property {boolean} [needsBuild] - Whether it reads dist/.
 * @property {(args: readonly string[], env: NodeJS.ProcessEnv) => Promise<Count>} run - `args` go on to the tool.
 */

/** Named, since tsgolint crashed on folders with bundles in them. */
const LINTED = [
  'src',
  'workers',
  'demo',
  'test',
  'scripts',
  'vite.config.ts',
  'vitest.config.ts',
  'playwright.config.ts',
];

const TYPE_PROJECTS = [
  'tsconfig.json',
  'workers/tsconfig.json',
  'src/cli/tsconfig.json',
  'test/tsconfig.json',
  'scripts/tsconfig.json',
  'demo/tsconfig.json',
];

/** Vitest leaves a core to its own thread, which has next to nothing to do in Node. */
const ALL_CORES = '--maxWorkers=100%';

/** @type {readonly Stage[]} */
export const STAGES = [
  { name: 'test:types', does: 'TypeScript, one run per thread and room', run: typeCheck },
  {
    name: 'test:lint',
    does: 'oxlint with types and the layer rules',
    run: async (args) =>
      once(
        await runTool(
          'oxlint',
          args.length > 0 ? args : LINTED.filter((path) => existsSync(ROOT + path)),
        ),
      ),
  },
  {
    name: 'test:format',
    does: 'oxfmt',
    run: async (args) => once(await runTool('oxfmt', ['--check', ...args])),
  },
  {
    name: 'test:docs',
    does: 'the docs without a browser: links, commands, JSON, types, figures',
    run: docs,
  },
  {
    name: 'test:unit',
    does: 'unit and ranking tests in Node',
    run: (args, env) => vitest('unit*', [ALL_CORES, ...args], env),
  },
  {
    name: 'test:fuzz',
    does: 'hostile input at every border; -- --runs N --seed N --only KIND',
    needsBrowser: true,
    run: fuzz,
  },
  {
    name: 'build',
    does: 'dist/: page, IIFE, worker, declarations, API report',
    run: async () => once(await run(process.execPath, ['scripts/build.mjs'])),
  },
  {
    name: 'test:browser',
    does: 'kernels, store and protocol in Chromium',
    needsBrowser: true,
    run: (args, env) => vitest('browser', args, env),
  },
  {
    name: 'test:e2e',
    does: 'pages on the built files in Chromium, with and without WebGPU',
    needsBrowser: true,
    needsBuild: true,
    run: playwright,
  },
  {
    name: 'test:size',
    does: 'size limits',
    needsBuild: true,
    run: async () =>
      once(
        await run(process.execPath, ['scripts/size.mjs', '--check', '--json', 'temp/size.json']),
      ),
  },
  {
    name: 'test:package',
    does: 'the packed package, its types, the lint rules themselves',
    needsBuild: true,
    run: (args, env) => vitest('package', [ALL_CORES, ...args], env),
  },
];

/**
 * The count of a stage that is one test.
 *
 * @param {number} code - Exit code of its tool.
 * @returns {Count} One passed or one failed.
 */
export function once(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {readonly string[]} args - For tsc.
 * @returns {Promise<Count>} One test per project.
 */
async function typeCheck(args) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const project of TYPE_PROJECTS) {
    if (!existsSync(ROOT + project)) continue;
    const code = await runTool('typescript#tsc', ['--noEmit', '-p', project, ...args]);
    if (code === 0) count.passed += 1;
    else count.failed += 1;
  }
  return count;
}

/**
 * @param {string} project - Name in vitest.config.ts; with `*` at its end, all that begin so.
 * @param {readonly string[]} args - File names or options.
 * @param {NodeJS.ProcessEnv} env - From the set-up.
 * @returns {Promise<Count>} Vitest's own figures.
 */
async function vitest(project, args, env) {
  const file = reportFile(`${project.replace('*', '')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runTool('vitest', ['run', '--project', project, ...reporters, ...args], env);
  return counted(code, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: vitestFailures(report),
  }));
}

/**
 * @param {any} report - Vitest's, in JSON.
 * @returns {string[]} File, name and first lines of what failed.
 */
function vitestFailures({ testResults }) {
  return testResults.flatMap((/** @type {any} */ { assertionResults, message, name }) => {
    const file = name.replace(ROOT, '');
    const failed = assertionResults.filter((/** @type {any} */ { status }) => status === 'failed');
    const lines = failed.map((/** @type {any} */ { failureMessages, fullName }) =>
      inShort(`${file} > ${fullName}`, failureMessages[0]),
    );
    return lines.length === 0 && message ? [inShort(file, message)] : lines;
  });
}

/**
 * @param {any} suite - Of Playwright's report in JSON.
 * @returns {string[]} File, name and first lines of what failed.
 */
function playwrightFailures({ specs = [], suites = [] }) {
  const own = specs
    .filter((/** @type {any} */ { ok }) => !ok)
    .map((/** @type {any} */ { file, line, tests, title }) => {
      const results = tests.flatMap((/** @type {any} */ test) => test.results);
      return inShort(
        `${file}:${line} > ${title}`,
        results.find((/** @type {any} */ { error }) => error)?.error.message,
      );
    });
  return [...own, ...suites.flatMap(playwrightFailures)];
}

/**
 * @param {string} title - Of a failed test.
 * @param {string} [message] - Why; colours are taken out.
 * @returns {string} Three lines at most.
 */
function inShort(title, message = '') {
  // eslint-disable-next-line no-control-regex
  const plain = message.replaceAll(/\u001B\[\d+m/gu, '');
  const why = plain.split('\n').filter((line) => line.trim() !== '');
  return [title, ...why.slice(0, 2).map((line) => `    ${line.trim().slice(0, 300)}`)].join('\n');
}

/**
 * @param {readonly string[]} args - File names or options.
 * @param {NodeJS.ProcessEnv} env - From the set-up.
 * @returns {Promise<Count>} Playwright's own figures.
 */
async function playwright(args, env) {
  const file = reportFile('e2e.json');
  const code = await runTool(
    '@playwright/test#playwright',
    ['test', '--reporter=list,json', ...args],
    {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  );
  return counted(code, file, ({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: playwrightFailures({ suites }),
  }));
}

/**
 * @param {readonly string[]} args - Options of scripts/fuzz.mjs.
 * @param {NodeJS.ProcessEnv} env - From the set-up.
 * @returns {Promise<Count>} One test per run.
 */
async function fuzz(args, env) {
  const file = reportFile('fuzz.json', args);
  const code = await run(process.execPath, ['scripts/fuzz.mjs', ...args, '--json', file], env);
  return counted(code, file, ({ failed, failures, passed }) => ({
    passed,
    failed,
    skipped: 0,
    failures: failures.map((/** @type {any} */ { again, report }) => inShort(again, report)),
  }));
}

/**
 * @param {readonly string[]} args - Options of scripts/docs-check.mjs.
 * @param {NodeJS.ProcessEnv} env - From the set-up.
 * @returns {Promise<Count>} One test per thing that was looked at.
 */
async function docs(args, env) {
  const file = reportFile('docs.json', args);
  const flags = ['scripts/docs-check.mjs', '--quick', ...args, '--json', file];
  const code = await run(process.execPath, flags, env);
  return counted(code, file, ({ failed, faults, passed }) => ({
    passed,
    failed,
    skipped: 0,
    failures: faults,
  }));
}

/**
 * @param {string} name - Of a report.
 * @param {readonly string[]} [args] - May say by `--json FILE` where it is wanted.
 * @returns {string} Where it goes; nothing of an earlier run is left there.
 */
function reportFile(name, args = []) {
  const at = args.indexOf('--json');
  const file = resolve(ROOT, (at < 0 ? undefined : args[at + 1]) ?? `temp/test/${name}`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * Reads a report. A tool that failed without a failed test (a file that does not load, a crash, no
 * test at all) counts as one failure: no error may end in a green line.
 *
 * @param {number} code - Exit code of the tool.
 * @param {string} file - Its report, perhaps missing.
 * @param {(report: any) => Count} read - Takes the figures out.
 * @returns {Count} With at least one failure when `code` is not 0.
 */
function counted(code, file, read) {
  const count = existsSync(file)
    ? read(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
