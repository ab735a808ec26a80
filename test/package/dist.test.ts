/** What a shop's security policy and its server care about in the built files. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/run.mjs';

const DIST = `${ROOT}dist`;
const FILES = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
const SCRIPTS = FILES.filter((name) => name.endsWith('.js'));

const read = (name: string): string => readFileSync(`${DIST}/${name}`, 'utf8');

test('the entries, the declarations and the WebAssembly files are there', () => {
  expect(FILES).toEqual(
    expect.arrayContaining([
      'vitrine.js',
      'vitrine.iife.js',
      'vitrine-feed.js',
      'vitrine.worker.js',
      'vitrine.d.ts',
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

  test('has a source map', () => {
    expect(FILES).toContain(`${name}.map`);
  });
});

test.each(['vitrine.js', 'vitrine.iife.js', 'vitrine-feed.js'])(
  '%s holds neither the worker nor TensorFlow.js nor idb',
  (name) => {
    const { sources } = JSON.parse(read(`${name}.map`)) as { sources: string[] };
    const heavy =
      /@tensorflow|node_modules\/idb|\/(?:models|store|feed|segments|catalog)\/|workers\//u;
    expect(sources.filter((source) => heavy.test(source))).toEqual([]);
  },
);

test('the worker’s entry holds no TensorFlow.js: the first feed does not wait for it', () => {
  const { sources } = JSON.parse(read('vitrine.worker.js.map')) as { sources: string[] };
  expect(sources.filter((source) => source.includes('@tensorflow'))).toEqual([]);
  expect(sources.some((source) => source.endsWith('feed.worker.ts'))).toBe(true);
});
