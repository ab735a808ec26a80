/**
 * Rolls the declarations up into dist/vitrine.d.ts and dist/vitrine-consent.d.ts and compares the
 * public API with its reports in etc/. `npm run api` (`--local`) writes the report anew after a wanted change.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ROOT, runTool } from './run.mjs';

/** One for each public entry; their reports are reviewed like code. */
const ENTRIES = [
  { config: 'api-extractor.json', report: `${ROOT}etc/vitrine.api.md` },
  { config: 'api-extractor.consent.json', report: `${ROOT}etc/vitrine-consent.api.md` },
];
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
  for (const { config, report } of ENTRIES) {
    const flags = ['run', '--config', config, ...(local ? ['--local'] : [])];
    const code = await runTool('@microsoft/api-extractor', flags);
    if (code !== 0) {
      throw new Error(`The public API differs from ${report}: run \`npm run api\`, review it.`);
    }
    const lines = readFileSync(report, 'utf8').split('\n');
    const wrong = lines.filter((line) => FAULTS.some((fault) => line.includes(fault)));
    if (wrong.length > 0) throw new Error(`${report}:\n${wrong.join('\n')}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildTypes({ local: process.argv.includes('--local') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
