/**
 * Every command of the docs exists, in `sh` snippets and in inline code: npm scripts, commands of
 * `vitrine`, scripts of Node, and the options of each.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT } from '../run.mjs';
import { isException } from './exceptions.mjs';
import { faultAt } from './pages.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Finding} Finding */

/** Programs of a shop's machine whose arguments are its own business. */
const OTHERS = new Set(['', 'cd', 'cp', 'git', 'curl', 'mkdir', 'psql', 'createdb', 'export']);
/** The same as `npx vitrine`, in the repository; looked for among the sources, since it may not be built. */
const BUILT = 'node dist/vitrine.cli.js';
/** What npm does by itself; `install` and the like take any words. */
const NPM = new Set(['ci', 'install', 'pack', 'start', 'test']);
const INLINE =
  /`(?<command>(?:npm (?:run|test|start)|npx |vitrine |node (?:scripts|docs|test)\/)[^`]*)`/gu;
const OPTION = /^(?<name>--[a-z][\w-]*)/u;

const ARGUMENTS = readFileSync(`${ROOT}src/cli/arguments.ts`, 'utf8');
const USAGE = (ARGUMENTS.split('USAGE: string = `')[1] ?? '').split('`;', 1)[0] ?? '';

/**
 * @param {readonly string[]} words - After the name of a script.
 * @returns {readonly string[]} Names of the options among them.
 */
function optionsIn(words) {
  return words.flatMap((word) => OPTION.exec(word)?.groups?.['name'] ?? []);
}

/**
 * The source of a script and of the folder that is named like it: options are looked for in there.
 *
 * @param {string} file - From the root.
 * @returns {string} Its text.
 */
function sourceOf(file) {
  const folder = file.replace(/\.mjs$/u, '');
  const own = readFileSync(ROOT + file, 'utf8');
  if (!existsSync(ROOT + folder)) return own;
  const names = readdirSync(ROOT + folder).filter((name) => name.endsWith('.mjs'));
  return [own, ...names.map((name) => readFileSync(`${ROOT}${folder}/${name}`, 'utf8'))].join('\n');
}

/**
 * @param {readonly string[]} words - File of a script, and its arguments.
 * @returns {string | undefined} What is wrong.
 */
function faultOfScript([file = '', ...words]) {
  if (!existsSync(ROOT + file)) return `there is no ${file}`;
  const source = sourceOf(file);
  const unknown = optionsIn(words).find((option) => {
    const name = option.slice(2);
    const spellings = [
      `'${option}`,
      `${option} `,
      `\`${option}`,
      `'${name}'`,
      ` ${name}: {`,
      `'${name}': {`,
    ];
    return !spellings.some((spelling) => source.includes(spelling));
  });
  return unknown === undefined ? undefined : `${file} knows no ${unknown}`;
}

/**
 * @param {readonly string[]} words - After `vitrine`.
 * @returns {string | undefined} What is wrong.
 */
function faultOfVitrine([command = '', ...words]) {
  const lines = USAGE.split('\n');
  const line = lines.find((text) => text.startsWith(`vitrine ${command} `));
  if (line === undefined) return `vitrine has no command ${command}`;
  const unknown = optionsIn(words).find(
    (option) => option !== '--seed' && !new RegExp(`${option}(?![\\w-])`, 'u').test(line),
  );
  return unknown === undefined ? undefined : `vitrine ${command} knows no ${unknown}`;
}

/**
 * @param {string} folder - Of a page, from the root.
 * @returns {Record<string, string>} Scripts of its own package.json, as examples have one, or of ours.
 */
function scriptsOf(folder) {
  const own = `${ROOT}${folder}/package.json`;
  const file = existsSync(own) ? own : `${ROOT}package.json`;
  return JSON.parse(readFileSync(file, 'utf8')).scripts ?? {};
}

/**
 * @param {string} name - Of a script in package.json.
 * @param {readonly string[]} words - After it.
 * @param {string} folder - Of the page.
 * @returns {string | undefined} What is wrong.
 */
function faultOfPackageScript(name, words, folder) {
  const script = scriptsOf(folder)[name];
  if (script === undefined) return `package.json has no script ${name}`;
  const file = /^node (?<file>\S+)/u.exec(script)?.groups?.['file'];
  // Stages hand their options on to a tool.
  const isOurs = file !== undefined && file !== 'scripts/test.mjs' && existsSync(ROOT + file);
  if (!isOurs || !words.includes('--')) return undefined;
  return faultOfScript([file, ...words.slice(words.indexOf('--') + 1)]);
}

/**
 * @param {readonly string[]} words - After `npm`.
 * @param {string} folder - Of the page.
 * @returns {string | undefined} What is wrong.
 */
function faultOfNpm([verb = '', ...rest], folder) {
  if (verb === 'run') {
    const [name, ...words] = rest;
    // “each alone by `npm run`”.
    return name === undefined ? undefined : faultOfPackageScript(name, words, folder);
  }
  if (!NPM.has(verb)) return `npm ${verb} is not known to this check`;
  const isScript = scriptsOf(folder)[verb] !== undefined;
  return isScript ? faultOfPackageScript(verb, rest, folder) : undefined;
}

/**
 * @param {string} command - One command, without `&&`.
 * @param {string} [folder] - Of the page that has it.
 * @returns {string | undefined} What is wrong with it.
 */
export function faultOfCommand(command, folder = '') {
  const words = command.split(/\s+/u).filter((word) => !/^\w+=/u.test(word));
  const begin = words.slice(0, 2).join(' ');
  const isOurs = begin === 'npx vitrine' || begin === BUILT;
  const [program = '', ...rest] = isOurs ? ['vitrine', ...words.slice(2)] : words;
  if (OTHERS.has(program)) return undefined;
  switch (program) {
    case 'npm':
      return faultOfNpm(rest, folder);
    case 'vitrine':
      return faultOfVitrine(rest);
    case 'node':
      return faultOfScript(rest);
    case 'npx':
      return existsSync(`${ROOT}node_modules/.bin/${rest[0]}`) ? undefined : `no ${rest[0]} here`;
    default:
      return `${program} is not known to this check`;
  }
}

/**
 * @param {string} code - Of a snippet.
 * @returns {readonly { command: string, line: number }[]} Its commands; `line` from 0.
 */
function commandsOf(code) {
  const lines = code.replaceAll(/\\\n/gu, '  ').split('\n');
  return lines.flatMap((text, line) =>
    text
      .replace(/(?:^|\s)#.*$/u, '')
      .split(/&&|;|\|(?=\s)/u)
      .map((command) => ({ command: command.trim(), line }))
      .filter(({ command }) => command !== ''),
  );
}

/**
 * @param {Page} page - A page.
 * @returns {readonly { command: string, line: number }[]} Its commands; `line` from 1.
 */
function commandsIn(page) {
  const fenced = page.snippets
    .filter((snippet) => snippet.language === 'sh' && !isException(page, snippet))
    .flatMap(({ code, line }) =>
      commandsOf(code).map((found) => ({ ...found, line: line + found.line })),
    );
  const inline = page.prose.flatMap((text, index) =>
    [...text.matchAll(INLINE)].flatMap((match) =>
      commandsOf(match.groups?.['command'] ?? '').map(({ command }) => ({
        command,
        line: index + 1,
      })),
    ),
  );
  return [...fenced, ...inline];
}

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Finding} Commands that are not there.
 */
export function checkCommands(pages) {
  const found = pages.flatMap((page) => commandsIn(page).map((entry) => ({ page, ...entry })));
  const faults = found.flatMap(({ command, line, page }) => {
    const fault = faultOfCommand(command, dirname(page.path));
    return fault === undefined ? [] : [faultAt(page, line, `command \`${command}\`: ${fault}`)];
  });
  return { checked: found.length, faults };
}
