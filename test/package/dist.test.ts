/** What a shop's security policy and its server care about in the built files. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/run.mjs';

const DIST = `${ROOT}dist`;
const FILES = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
const SCRIPTS = FILES.filter((name) => name.endsWith('.js'));

/** `import … from './x.js'` and `import './x.js'`, not `import('./x.js')`. */
const STATIC_IMPORT = /\bimport\s*(?:[^("'`;]*?\bfrom\s*)?["'`](?<path>\.[^"'`]+)["'`]/gu;

const read = (name: string): string => readFileSync(`${DIST}/${name}`, 'utf8');

test('the entries, the declarations and the WebAssembly files are there', () => {
  expect(FILES).toEqual(
    expect.arrayContaining([
      'vitrine.js',
      'vitrine.iife.js',
      'vitrine-consent.js',
      'vitrine-events.js',
      'vitrine-inspect.js',
      'vitrine-react.js',
      'vitrine-taste.js',
      'vitrine-vue.js',
      'vitrine-feed.js',
      'vitrine.worker.js',
      'vitrine.d.ts',
      'vitrine-consent.d.ts',
      'vitrine-events.d.ts',
      'vitrine-inspect.d.ts',
      'vitrine-react.d.ts',
      'vitrine-taste.d.ts',
      'vitrine-vue.d.ts',
      'wasm/tfjs-backend-wasm.wasm',
      'wasm/tfjs-backend-wasm-simd.wasm',
    ]),
  );
});

describe.each(SCRIPTS)('%s', (name) => {
  test('makes no code from text, so a policy without unsafe-eval holds', () => {
    expect(read(name)).not.toMatch(/\beval\s*\(|\bnew Function\b|\bFunction\s*\(\s*["'`]/u);
  });

  test('refers to its chunks by relative paths that are there', () => {
    const targets = [...read(name).matchAll(/(?:from|import)\s*\(?\s*["'`](?<path>[^"'`]+)["'`]/gu)]
      .map((match) => match.groups?.['path'] ?? '')
      .filter((path) => path.endsWith('.js'));
    const resolved = targets.map((path) => posix.join(dirname(name), path));
    expect(targets.filter((path) => !path.startsWith('.'))).toEqual([]);
    expect(resolved.filter((path) => !FILES.includes(path))).toEqual([]);
  });

  // The bundler's own helpers have no source.
  const sources = name.includes('/rolldown-runtime-') ? [] : [`${name}.map`];
  test('has a source map', () => {
    expect(FILES).toEqual(expect.arrayContaining(sources));
  });
});

test.each([
  'vitrine.js',
  'vitrine.iife.js',
  'vitrine-feed.js',
  'vitrine-consent.js',
  'vitrine-events.js',
  'vitrine-inspect.js',
  'vitrine-react.js',
  'vitrine-taste.js',
  'vitrine-vue.js',
])('%s holds neither the worker nor TensorFlow.js nor idb', (name) => {
  const { sources } = JSON.parse(read(`${name}.map`)) as { sources: string[] };
  const heavy =
    /@tensorflow|node_modules\/idb|\/(?:models|store|feed|segments|catalog)\/|workers\//u;
  expect(sources.filter((source) => heavy.test(source))).toEqual([]);
});

/** What a page starts does nothing but import this one. */
const FIRST = FILES.find((name) => /^chunks\/first-[^/]*\.js$/u.test(name)) ?? '';

/** The files that are loaded before the first line of `name` runs, itself included. */
function withStaticImports(name: string): readonly string[] {
  const found = new Set([name]);
  // A set visits what is added while it is walked.
  for (const file of found) {
    for (const match of read(file).matchAll(STATIC_IMPORT)) {
      found.add(posix.join(dirname(file), match.groups?.['path'] ?? ''));
    }
  }
  return [...found];
}

test('the worker starts without TensorFlow.js: the first feed does not wait for it', () => {
  expect(read('vitrine.worker.js')).toContain(`"./${FIRST}"`);
  const sources = withStaticImports(FIRST).flatMap(
    (file) => (JSON.parse(read(`${file}.map`)) as { sources: string[] }).sources,
  );
  expect(sources.filter((source) => source.includes('@tensorflow'))).toEqual([]);
  expect(sources.some((source) => source.endsWith('feed.worker.ts'))).toBe(true);
});
