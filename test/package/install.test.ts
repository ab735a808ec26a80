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
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM_ARGS, chromiumPath } from '../../scripts/browser.mjs';
import { generateCatalog } from '../../scripts/demo-catalog/generate.mjs';
import { ROOT, toolPath } from '../../scripts/run.mjs';
import { startStaticServer } from '../helpers/static-server.mjs';

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
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
  expect(conditional.length).toBeGreaterThan(2);
  expect([...new Set(conditional.map((target) => Object.keys(target)[0]))]).toEqual(['types']);
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

/** A page that shows the reason of its first feed, and nothing when the script is refused. */
function pageOf(tag: string, api: string): string {
  return `<!doctype html><link rel="icon" href="data:,">${tag}
    <pre id="result"></pre><script type="module">${api}
      const vitrine = await createVitrine({ pack: '/vitrine/pack/', timeoutMs: 50000 });
      const items = await (await fetch('/candidates.json')).json();
      await vitrine.track({ type: 'add_to_cart', items: [items[0]] });
      const { order, reason } = await vitrine.rerank(items);
      document.querySelector('#result').textContent = reason + ' ' + order.length;
    </script>`;
}

test('vitrine copy: the folder as plain files makes a feed, with hashes', async ({ skip }) => {
  skip(chromiumPath() === '', 'needs a Chromium');
  const site = join(folder, 'site');
  const command = join(installed, readManifest().bin['vitrine'] ?? '');
  const lines = node([command, 'copy', join(site, 'vitrine'), '--pack']).split('\n');
  const copied = readdirSync(join(site, 'vitrine'), { recursive: true, encoding: 'utf8' });
  expect(copied.filter((name) => /\.map$|\.ts$|cli/u.test(name))).toEqual([]);
  const [asModule = '', asScript = ''] = lines.filter((line) => line.startsWith('<script'));
  const { items } = generateCatalog({ seed: 1 });
  writeFileSync(join(site, 'candidates.json'), JSON.stringify(items));
  writeFileSync(
    join(site, 'module.html'),
    pageOf(asModule, "import { createVitrine } from '/vitrine/vitrine.js';"),
  );
  writeFileSync(join(site, 'script.html'), pageOf(asScript, 'const { createVitrine } = Vitrine;'));
  const server = await startStaticServer({ root: site });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    for (const name of ['module', 'script']) {
      await page.goto(`${server.url}/${name}.html`);
      await page.locator('#result:not(:empty)').waitFor({ state: 'attached' });
      expect(await page.textContent('#result')).toBe(`PERSONALIZED ${items.length}`);
    }
    expect(problems).toEqual([]);
    expect(server.requests.map(({ path }) => path)).toContain('/vitrine/pack/manifest.json');
  } finally {
    await browser.close();
    await server.close();
  }
});
