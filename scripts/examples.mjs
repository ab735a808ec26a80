/**
 * `npm run test:examples`: opens all examples in Chromium; `-- --postgres` also starts a PostgreSQL
 * for the candidate server (from Debian's package `postgresql`), which fetches `pg` from npm.
 * `-- --serve NAME` serves one of them instead.
 */
import { parseArgs } from 'node:util';
import { startStaticServer } from '../test/helpers/static-server.mjs';
import { makeWorkplace } from './examples/site.mjs';
import { run, runTool } from './run.mjs';
import { setUp } from './setup.mjs';

const { values } = parseArgs({
  options: { postgres: { type: 'boolean', default: false }, serve: { type: 'string' } },
});

/** @param {string} name - Of an example. */
async function serve(name) {
  const workplace = makeWorkplace();
  const { url } = await startStaticServer({ root: workplace.siteOf(name), port: 4174 });
  process.on('exit', workplace.remove);
  process.on('SIGINT', () => process.exit(0));
  // Examples without a build stand in folders of one site.
  console.log(`${url}/ or ${url}/${name}/`);
}

const env = await setUp({ browser: values.serve === undefined });
await run(process.execPath, ['scripts/build.mjs', '--if-stale']);
if (values.serve !== undefined) {
  await serve(values.serve);
} else {
  if (!values.postgres) {
    console.log('Skipped: the candidate server. It needs PostgreSQL; run with `-- --postgres`.');
  }
  const asked = { ...env, ...(values.postgres ? { VITRINE_POSTGRES: '1' } : {}) };
  const tool = '@playwright/test#playwright';
  const more = await runTool(tool, ['test', '-c', 'playwright.examples.config.ts'], asked);
  const inTests = ['test', 'test/e2e/examples', '--project=plain'];
  process.exitCode = more || (await runTool(tool, inTests, env));
}
