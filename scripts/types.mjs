/**
 * Rolls the declarations up into dist/vitrine.d.ts and one file for each other entry and compares the
 * public API with its reports in etc/. `npm run api` (`--local`) writes the report anew after a wanted change.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ROOT, runTool } from './run.mjs';

/** One for each public entry; their reports are reviewed like code. */
const ENTRIES = [
  { config: 'api-extractor.json', report: `${ROOT}etc/vitrine.api.md` },
  { config: 'api-extractor.consent.json', report: `${ROOT}etc/vitrine-consent.api.md` },
  { config: 'api-extractor.events.json', report: `${ROOT}etc/vitrine-events.api.md` },
  { config: 'api-extractor.inspect.json', report: `${ROOT}etc/vitrine-inspect.api.md` },
  { config: 'api-extractor.react.json', report: `${ROOT}etc/vitrine-react.api.md` },
  { config: 'api-extractor.taste.json', report: `${ROOT}etc/vitrine-taste.api.md` },
  { config: 'api-extractor.vue.json', report: `${ROOT}etc/vitrine-vue.api.md` },
];
/** What API Extractor writes beside a thing without docstring, and beside a type left unexported. */
const FAULTS = ['(undocumented)', '(ae-forgotten-export)'];

/** Declarations of the adapters, which take the types of the page script from it. */
const ADAPTERS = ['react', 'vue', 'client/feed-view', 'client/report-feed', 'taste/vitrine-taste'];
/** What API Extractor takes the page script for: a package, whose types it leaves where they are. */
const PACKAGE = 'vitrine-page';

/** Makes the adapters' declarations name the page script as a package. */
function nameThePage() {
  const folder = `${ROOT}temp/types/node_modules/${PACKAGE}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${folder}/package.json`,
    JSON.stringify({ name: PACKAGE, version: '1.0.0', type: 'module', types: 'index.d.ts' }),
  );
  copyFileSync(`${ROOT}dist/vitrine.d.ts`, `${folder}/index.d.ts`);
  for (const name of ADAPTERS) {
    const file = `${ROOT}temp/types/${name}.d.ts`;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/'(?:\.\/index|\.\.\/core\/types)\.ts'/gu, `'${PACKAGE}'`));
  }
}

/** Makes them name it as the file that lies beside them. */
function namePageFile() {
  for (const name of ['react', 'taste', 'vue']) {
    const file = `${ROOT}dist/vitrine-${name}.d.ts`;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(`'${PACKAGE}'`, "'./vitrine.js'"));
  }
}

/**
 * Makes the rolled-up declarations.
 *
 * @param {{ local: boolean }} options - `local`: update the report instead of comparing with it.
 * @returns {Promise<void>} Settles when they are written.
 * @throws {Error} When the API differs from its report, or when something public has no
 * docstring or is not exported.
 */
export async function buildTypes({ local }) {
  rmSync(`${ROOT}temp/types`, { recursive: true, force: true });
  mkdirSync(`${ROOT}etc`, { recursive: true });
  const emitted = await runTool('typescript#tsc', ['-p', 'tsconfig.types.json']);
  if (emitted !== 0) throw new Error('tsc could not write the declarations.');
  for (const [index, { config, report }] of ENTRIES.entries()) {
    // The first one is the page script's own.
    if (index === 1) nameThePage();
    const flags = ['run', '--config', config, ...(local ? ['--local'] : [])];
    const code = await runTool('@microsoft/api-extractor', flags);
    if (code !== 0) {
      throw new Error(`The public API differs from ${report}: run \`npm run api\`, review it.`);
    }
    const lines = readFileSync(report, 'utf8').split('\n');
    const wrong = lines.filter((line) => FAULTS.some((fault) => line.includes(fault)));
    if (wrong.length > 0) throw new Error(`${report}:\n${wrong.join('\n')}`);
  }
  namePageFile();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildTypes({ local: process.argv.includes('--local') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
