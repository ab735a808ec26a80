/**
 * What is public, read by API Extractor out of the rolled-up declarations in dist/: one model for each
 * entry of package.json that has types.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { ROOT } from '../run.mjs';

/** @typedef {{ kind: string, text: string, canonicalReference?: string }} Token */
/**
 * A declared thing, as API Extractor describes it; only what the pages need.
 *
 * @typedef {object} Member
 * @property {string} kind - `Interface`, `Function`, `PropertySignature` …
 * @property {string} [name] - Missing for constructors and the like.
 * @property {string} [docComment] - With its stars.
 * @property {readonly Token[]} [excerptTokens] - Its declaration.
 * @property {boolean} [isOptional] - Of a property.
 * @property {readonly Member[]} [members] - What it holds.
 */
/** @typedef {{ specifier: string, path: string, docComment: string, members: readonly Member[] }} Entry */

const FOLDER = `${ROOT}temp/docs/api/`;

/** @type {{ name: string, exports: Record<string, string | { types?: string }> }} */
const PACKAGE = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));

/**
 * @param {string} types - Path of a rolled-up declaration.
 * @param {string} name - Of the model's file.
 * @returns {Member & { docComment?: string }} The package in the model.
 * @throws {Error} When API Extractor fails.
 */
function extract(types, name) {
  const silent = { default: { logLevel: /** @type {any} */ ('none') } };
  const file = `${FOLDER}${name}.api.json`;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: `${ROOT}package.json`,
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: ROOT + types,
      compiler: { overrideTsconfig: overrides(types) },
      apiReport: { enabled: false, reportFileName: `${name}.api.md` },
      docModel: { enabled: true, apiJsonFilePath: file },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const options = { localBuild: true, messageCallback: handle };
  if (!Extractor.invoke(config, options).succeeded)
    throw new Error(`${types}: API Extractor failed`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * API Extractor prints what nobody marks as handled.
 *
 * @param {{ handled: boolean }} message
 */
function handle(message) {
  Object.assign(message, { handled: true });
}

/**
 * @param {string} types - Path of a rolled-up declaration.
 * @returns {object} How it is compiled.
 */
function overrides(types) {
  const lib = ['ES2022', 'DOM', 'DOM.Iterable'];
  const options = { target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', strict: true };
  return {
    compilerOptions: { ...options, lib, types: [], noEmit: true, skipLibCheck: true },
    include: [ROOT + types],
  };
}

/**
 * Reads what is public. Takes some seconds for each entry.
 *
 * @returns {readonly Entry[]} In the order of package.json; entries without types have no page.
 */
export function readApi() {
  mkdirSync(FOLDER, { recursive: true });
  return Object.entries(PACKAGE.exports).flatMap(([path, target]) => {
    const types = typeof target === 'string' ? undefined : target.types;
    if (types === undefined) return [];
    if (!existsSync(ROOT + types)) {
      console.warn(`${types} is not there, so ${path} has no page: run npm run build.`);
      return [];
    }
    const name = path === '.' ? PACKAGE.name : path.slice(2);
    const model = extract(types.replace(/^\.\//u, ''), name);
    const [entry] = model.members ?? [];
    return [
      {
        specifier: path === '.' ? PACKAGE.name : `${PACKAGE.name}/${name}`,
        path: `/api/${name}`,
        docComment: model.docComment ?? '',
        members: entry?.members ?? [],
      },
    ];
  });
}
