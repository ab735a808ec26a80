/** The package as a shop gets it: packed by npm, installed in an empty folder, looked at and imported. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT, toolPath } from '../../scripts/run.mjs';

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly unpkg: string;
  readonly jsdelivr: string;
  readonly license: string;
}

let folder = '';
let tarball = '';
let installed = '';

function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
}

/** Runs Node and returns what it printed; a failure carries the output. */
function node(args: readonly string[], cwd = folder): string {
  return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-package-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  // Installed by hand, so that the test needs no registry: what npm would fetch is linked from here.
  installed = join(folder, 'node_modules', 'vitrine');
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(folder, 'package'), installed, { recursive: true });
  for (const name of ['comlink', 'idb', '@tensorflow']) {
    symlinkSync(`${ROOT}node_modules/${name}`, join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('imports as an ES module in Node without touching a page', () => {
  const printed = node([
    '--input-type=module',
    '--eval',
    "const v = await import('vitrine'); console.log(typeof v.createVitrine, typeof v.isVitrineError)",
  ]);
  expect(printed.trim()).toBe('function function');
});

test('every path that the manifest names is in the package', () => {
  const { exports, unpkg, jsdelivr } = readManifest();
  const paths = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  // A pattern names a folder.
  const named = [...paths, unpkg, jsdelivr].map((path) => path.replace(/\*$/u, ''));
  const missing = named.filter((path) => !existsSync(join(installed, path)));
  expect(missing).toEqual([]);
});

test('types come first in every export that has them', () => {
  const { exports } = readManifest();
  const conditional = Object.values(exports).filter((target) => typeof target !== 'string');
  expect(conditional.map((target) => Object.keys(target)[0])).toEqual(['types', 'types']);
});

test('installs without running a script', () => {
  const names = Object.keys(readManifest().scripts ?? {});
  expect(names.filter((name) => /install|prepare|prepublish/u.test(name))).toEqual([]);
});

test('holds the licence and no tests, tools or build records', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files).toContain('LICENSE');
  expect(readManifest().license).toBe('MIT');
  const strays = files.filter((name) =>
    /^(?:test|scripts|demo|temp|etc)\/|\.test\.ts$|tsconfig|(?:^|\/)\.[^/]/u.test(name),
  );
  expect(strays).toEqual([]);
});

test('publint finds nothing', async () => {
  const { publint } = await import('publint');
  const { messages } = await publint({ pkgDir: installed, strict: true });
  expect(messages).toEqual([]);
});

test('the types resolve for Node’s ES modules and for bundlers', () => {
  // Exits with 1, and says why, when an export has no or the wrong types.
  const attw = [toolPath('@arethetypeswrong/cli#attw'), tarball, '--profile', 'esm-only'];
  // Plain: in CI and on dumb terminals it leaves its emoji out by itself.
  const printed = node([...attw, '--format', 'ascii', '--no-emoji', '--no-color']);
  expect(printed).toContain('node16 (from ESM): OK (ESM)');
});

test('a merchant’s strict TypeScript accepts the declarations', () => {
  writeFileSync(
    join(folder, 'shop.ts'),
    "import { createVitrine } from 'vitrine';\nimport type { Feed } from 'vitrine';\n" +
      'export async function first(): Promise<Feed> {\n' +
      "  const vitrine = await createVitrine({ consent: 'granted' });\n" +
      "  return vitrine.rerank([{ id: 'a' }], { rows: 2 });\n}\n",
  );
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'nodenext'];
  const lib = ['--lib', 'es2022,dom,dom.iterable', '--types', ''];
  expect(node([toolPath('typescript#tsc'), ...options, ...lib, 'shop.ts'])).toBe('');
});
