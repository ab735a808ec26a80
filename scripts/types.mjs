/**
 * Rolls the declarations up into dist/vitrine.d.ts and compares the public API with its report,
 * etc/vitrine.api.md. `npm run api` (`--local`) writes the report anew after a wanted change.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ROOT, runTool } from './run.mjs';

const REPORT = `${ROOT}etc/vitrine.api.md`;
/** What API Extractor writes beside a thing without docstring, and beside a type left unexported. */
const FAULTS = ['(undocumented)', '(ae-forgotten-export)'];

/**
 * Makes the rolled-up declarations.
 *
 * @param {{ local: boolean }} options - `local`: update the report instead of comparing with it.
 * @returns {Promise<void>} Settles when dist/vitrine.d.ts is written.
 * @throws {Error} When the API differs from its report, or when something public has no
 * docstring or is not exported.
 */
export async function buildTypes({ local }) {
  rmSync(`${ROOT}temp/types`, { recursive: true, force: true });
  mkdirSync(`${ROOT}etc`, { recursive: true });
  const emitted = await runTool('typescript#tsc', ['-p', 'tsconfig.types.json']);
  if (emitted !== 0) throw new Error('tsc could not write the declarations.');
  const flags = local ? ['run', '--local'] : ['run'];
  const code = await runTool('@microsoft/api-extractor', flags);
  if (code !== 0) {
    throw new Error(
      'The public API differs from etc/vitrine.api.md: run `npm run api`, review it.',
    );
  }
  const lines = readFileSync(REPORT, 'utf8').split('\n');
  const wrong = lines.filter((line) => FAULTS.some((fault) => line.includes(fault)));
  if (wrong.length > 0) throw new Error(`${REPORT}:\n${wrong.join('\n')}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildTypes({ local: process.argv.includes('--local') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
