/**
 * Proves that the lint rules fire: each is broken once, in a folder of its own with our own
 * configuration. A rule that no file can break would let every import through unseen.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, toolPath } from '../../scripts/run.mjs';

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

const IMPORTS = 'eslint(no-restricted-imports)';
const GLOBALS = 'eslint(no-restricted-globals)';
const PROPERTIES = 'eslint(no-restricted-properties)';

/** Room, what it must not import (`type` for types only, which some rooms may). */
const FORBIDDEN_IMPORTS: readonly (readonly [room: string, statement: string])[] = [
  ...['catalog', 'segments', 'feed', 'events', 'ranker', 'models', 'store', 'client', 'cli'].map(
    (room) => ['src/core', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ...['core', 'catalog', 'segments', 'feed', 'events', 'store', 'client'].flatMap((room) => [
    [`src/${room}`, `import { X } from '@tensorflow/tfjs-core'`] as const,
    [`src/${room}`, `export const X = await import('@tensorflow/tfjs-core')`] as const,
  ]),
  ...['core', 'catalog', 'segments', 'feed', 'events', 'models', 'client', 'cli'].map(
    (room) => [`src/${room}`, `import { X } from 'idb'`] as const,
  ),
  ...['core', 'catalog', 'segments', 'feed', 'events', 'models', 'store', 'cli'].map(
    (room) => [`src/${room}`, `import { X } from 'comlink'`] as const,
  ),
  ...['core', 'catalog', 'segments', 'feed', 'events', 'models', 'store', 'client'].map(
    (room) => [`src/${room}`, `import { X } from 'node:fs'`] as const,
  ),
  ...['segments', 'feed', 'events', 'ranker'].map(
    (room) => ['src/catalog', `import { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'segments', 'feed', 'events'].map(
    (room) => ['src/ranker', `import { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'feed', 'events', 'ranker'].map(
    (room) => ['src/segments', `export { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'segments', 'feed'].map(
    (room) => ['src/events', `import { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'events'].map(
    (room) => ['src/feed', `import { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'segments', 'feed', 'events', 'ranker'].flatMap((room) =>
    ['models', 'store', 'client'].map(
      (other) => [`src/${room}`, `import type { X } from '../${other}/x.ts'`] as const,
    ),
  ),
  ['src/engine', `import { X } from '../models/x.ts'`],
  ['src/engine', `import { X } from '../store/x.ts'`],
  ['src/engine', `import type { X } from '../client/x.ts'`],
  ['src/engine', `import { X } from 'idb'`],
  ...['catalog', 'ranker', 'pack', 'engine', 'cli'].map(
    (room) => ['src/report', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ['src/report', `import { X } from 'node:fs'`],
  ...['catalog', 'ranker', 'feed', 'engine', 'cli'].map(
    (room) => ['src/image', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'feed', 'pack', 'store', 'engine', 'models'].map(
    (room) => ['src/learn', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ...['off-policy', 'clusters'].flatMap((room) => [
    [`src/${room}`, `import { X } from '../events/x.ts'`] as const,
    [`src/${room}`, `import { X } from '../ranker/x.ts'`] as const,
    [`src/${room}`, `import type { X } from '../engine/x.ts'`] as const,
    [`src/${room}`, `import { X } from 'node:fs'`] as const,
  ]),
  ['src/learn', `import { X } from '@tensorflow/tfjs-core'`],
  ['src/core', `import type { X } from '../learn/x.ts'`],
  ['src/core', `import type { X } from '../rules/x.ts'`],
  ['src/rules', `import { X } from '../feed/x.ts'`],
  ['src/rules', `import type { X } from '../engine/x.ts'`],
  ['src/client', `import { X } from '../rules/x.ts'`],
  ['src/image', `import { X } from 'sharp'`],
  ['src/image', `import { X } from 'node:fs'`],
  ['src/core', `import type { X } from '../image/x.ts'`],
  ['src/core', `import type { X } from '../kernels/x.ts'`],
  ...['catalog', 'feed', 'models', 'store', 'engine', 'client'].map(
    (room) => ['src/kernels', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ...['catalog', 'feed', 'pack', 'store', 'engine', 'models'].map(
    (room) => ['src/catalog-index', `import { X } from '../${room}/x.ts'`] as const,
  ),
  ['src/catalog-index', `import { X } from 'node:fs'`],
  ['src/client', `import { X } from '../catalog-index/x.ts'`],
  ['src/core', `import type { X } from '../catalog-index/x.ts'`],
  ['src/kernels', `import { X } from '@tensorflow/tfjs-core'`],
  ...['events', 'engine', 'store', 'protocol'].map(
    (room) => ['src/telemetry', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ['src/kernels', `import { X } from 'node:fs'`],
  ...['core', 'client', 'engine'].map(
    (room) => ['src/consent', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ...['core', 'client', 'consent'].map(
    (room) => ['src/event-sources', `import type { X } from '../${room}/x.ts'`] as const,
  ),
  ...['client', 'engine', 'store', 'protocol', 'events'].map(
    (room) => ['src/taste', `import { X } from '../${room}/x.ts'`] as const,
  ),
  ['src/taste', `import { X } from '../core/types.ts'`],
  ['src/taste', `import { X } from 'comlink'`],
  ['src/client', `import { X } from '../taste/x.ts'`],
  ['src/inspect', `import { X } from '../client/x.ts'`],
  ['src/sensitive', `import { X } from '../catalog/x.ts'`],
  ['src/capsule', `import { X } from '../engine/x.ts'`],
  ['src/capsule', `import { X } from 'idb'`],
  ['src/client', `import { X } from '../capsule/x.ts'`],
  ['src/client', `import { X } from '../kernels/x.ts'`],
  ['src/client', `import { X } from '../image/x.ts'`],
  ['src/report', `import { X } from '../protocol.ts'`],
  ...['catalog', 'ranker', 'engine', 'client'].map(
    (room) => [`src/${room}`, `import { X } from '../report/x.ts'`] as const,
  ),
  ['src/feed', `import type { X } from '../engine/x.ts'`],
  ['src/store', `import type { X } from '../engine/x.ts'`],
  ['src/client', `import type { X } from '../engine/x.ts'`],
  ['src/models', `import type { X } from '../store/x.ts'`],
  ['src/models', `import { X } from '../../workers/x.ts'`],
  ['src/store', `import { X } from '../models/x.ts'`],
  ['src/client', `import { X } from '../feed/x.ts'`],
  ['src/client', `import { X } from '../ranker/x.ts'`],
  ...['core', 'catalog', 'segments', 'feed', 'events', 'ranker', 'models', 'store'].map(
    (room) => [`src/${room}`, `import type { X } from '../simulate/x.ts'`] as const,
  ),
  ...['src/engine', 'src/client'].map(
    (room) => [room, `import { X } from '../simulate/x.ts'`] as const,
  ),
  ['src', `import { X } from './simulate/x.ts'`],
  ['workers', `import { X } from '../src/simulate/x.ts'`],
  ['src/simulate', `import { X } from '../ranker/x.ts'`],
  ['src/simulate', `import type { X } from '../cli/x.ts'`],
  ['src/simulate', `import { X } from 'node:fs'`],
  ['src/ranker', `import { X } from 'idb'`],
  ['src/ranker', `import { X } from '@tensorflow/tfjs-core'`],
  ['src/ranker', `import { X } from 'node:fs'`],
  ['src/client', `import type { X } from '../store/x.ts'`],
  ['src/client', `import { X } from '../events/x.ts'`],
  ['src/client', `import { X } from '../protocol.ts'`],
  ['src/core', `import { X } from '../index.ts'`],
  ['src', `import { X } from './models/x.ts'`],
  ['src', `import { X } from './feed/x.ts'`],
  ['workers', `import { X } from '../src/client/x.ts'`],
  ['workers', `import { X } from 'idb'`],
  ['workers', `import { X } from '@tensorflow/tfjs-core'`],
  ['workers', `import { X } from 'node:fs'`],
  ['demo', `import { X } from '../src/client/x.ts'`],
];

const ALLOWED_IMPORTS: readonly (readonly [room: string, statement: string])[] = [
  ['src/core', `import { X } from './y.ts'`],
  ['src/catalog', `import { X } from '../core/y.ts'`],
  ['src/catalog', `import type { X } from '../events/y.ts'`],
  ['src/feed', `import { X } from '../segments/y.ts'`],
  ['src/rules', `import type { X } from '../feed/y.ts'`],
  ['src/engine', `import { X } from '../rules/y.ts'`],
  ['src/ranker', `import { X } from '../core/y.ts'`],
  ['src/ranker', `import type { X } from '../catalog/y.ts'`],
  ['src/simulate', `import { X } from '../core/y.ts'`],
  ['src/simulate', `import type { X } from '../ranker/y.ts'`],
  ['src/cli', `import { X } from '../simulate/y.ts'`],
  ['src/report', `import { X } from '../core/y.ts'`],
  ['src/report', `import { X } from './y.ts'`],
  ['src/off-policy', `import { X } from '../core/y.ts'`],
  ['src/clusters', `import type { X } from '../ranker/y.ts'`],
  ['src/cli', `import { X } from '../off-policy/y.ts'`],
  ['src/learn', `import { X } from '../ranker/y.ts'`],
  ['src/learn', `import { X } from '../events/y.ts'`],
  ['src/models', `import { X } from '../learn/y.ts'`],
  ['src/image', `import { X } from '../core/y.ts'`],
  ['src/kernels', `import { X } from '../core/y.ts'`],
  ['src/telemetry', `import { X } from '../core/y.ts'`],
  ['src/sensitive', `import type { X } from '../core/y.ts'`],
  ['src/capsule', `import { X } from '../store/y.ts'`],
  ['src/segments', `import { X } from '../sensitive/y.ts'`],
  ['src', `import { X } from './consent/y.ts'`],
  ['src', `import { X } from './taste/y.ts'`],
  ['src/taste', `import type { X } from '../core/types.ts'`],
  ['src/taste', `import { X } from '../core/y.ts'`],
  ['src/taste', `import { X } from '../client/default-instance.ts'`],
  ['src', `import { X } from './event-sources/y.ts'`],
  ['src/catalog-index', `import { X } from '../core/y.ts'`],
  ['src/catalog-index', `import { X } from '../kernels/y.ts'`],
  ['src/catalog-index', `import { X } from '../pack/quantise.ts'`],
  ['src/catalog-index', `import type { X } from '../catalog/y.ts'`],
  ['src/engine', `import { X } from '../catalog-index/y.ts'`],
  ['src/cli', `import { X } from '../catalog-index/y.ts'`],
  ['src/models', `import { X } from '../kernels/y.ts'`],
  ['src/engine', `import { X } from '../kernels/y.ts'`],
  ['workers', `import { X } from '../src/kernels/y.ts'`],
  ['src/image', `import { X } from './y.ts'`],
  ['src/engine', `import { X } from '../image/y.ts'`],
  ['src/cli', `import { X } from '../image/y.ts'`],
  ['src/cli', `import { X } from '../report/y.ts'`],
  ['src/cli', `import { X } from '../models/y.ts'`],
  ['src/models', `import { X } from '@tensorflow/tfjs-core'`],
  ['src/models', `import { X } from '../feed/y.ts'`],
  ['src/store', `import { X } from 'idb'`],
  ['src/store', `import { X } from '../events/y.ts'`],
  ['src/client', `import { X } from 'comlink'`],
  ['src/client', `import type { X } from '../protocol.ts'`],
  ['src/client', `import { X } from '../core/y.ts'`],
  ['src', `import { X } from './client/y.ts'`],
  ['workers', `import { X } from 'comlink'`],
  ['workers', `import { X } from '../src/store/y.ts'`],
  ['workers', `import { X } from '../src/client/throw-handler.ts'`],
  ['src/engine', `import type { X } from '../store/y.ts'`],
  ['src/engine', `import { X } from '../feed/y.ts'`],
];

/** Room, a line that the room must not hold, and the rule that says so. */
const FORBIDDEN_LINES: readonly (readonly [room: string, line: string, code: string])[] = [
  ...['core', 'catalog', 'segments', 'feed', 'events', 'models', 'store'].flatMap((room) => [
    [`src/${room}`, 'export const X = document', GLOBALS] as const,
    [`src/${room}`, 'export const X = window', GLOBALS] as const,
    [`src/${room}`, 'export const X = globalThis.document', GLOBALS] as const,
  ]),
  ['workers', 'export const X = document', GLOBALS],
  ...['core', 'feed', 'client'].flatMap((room) => [
    [
      `src/${room}`,
      'export const X = (y: Element) => void (y.innerHTML = "")',
      PROPERTIES,
    ] as const,
    [`src/${room}`, 'export const X = (y: Element) => y.outerHTML', PROPERTIES] as const,
    [
      `src/${room}`,
      'export const X = (y: Element) => y.insertAdjacentHTML("afterend", "")',
      PROPERTIES,
    ] as const,
  ]),
  ['src/client', 'export const X = () => document.write("")', PROPERTIES],
  ['src/feed', 'console.log(1)', 'eslint(no-console)'],
  ['src/client', 'console.warn(1)', 'eslint(no-console)'],
  ['workers', 'console.warn(1)', 'eslint(no-console)'],
  ['src/feed', 'export const X = eval("1")', 'eslint(no-eval)'],
  ['src/feed', 'export const X = new Function("1")', 'eslint(no-new-func)'],
  ['src/feed', 'export const X: any = 1', 'typescript(no-explicit-any)'],
  ['src/feed', 'export default 1', 'import(no-default-export)'],
  ['src/feed', 'Promise.resolve(1)', 'typescript(no-floating-promises)'],
  ['src/feed', "import './cycle.ts'", 'import(no-cycle)'],
  ['src/feed', '// TODO later\nexport const X = 1', 'eslint(no-warning-comments)'],
];

let folder = '';
const sources: { readonly path: string; readonly text: string }[] = [];
let diagnostics: readonly Diagnostic[] = [];

/** Each statement gets a file of its own; all are linted in one run. */
function pathOf(room: string, text: string): string {
  const known = sources.find((source) => dirname(source.path) === room && source.text === text);
  if (known) return known.path;
  const path = `${room}/case-${sources.length}.ts`;
  sources.push({ path, text });
  return path;
}

const cases = {
  forbidden: FORBIDDEN_IMPORTS.map(([room, text]) => ({ room, text, path: pathOf(room, text) })),
  allowed: ALLOWED_IMPORTS.map(([room, text]) => ({ room, text, path: pathOf(room, text) })),
  lines: FORBIDDEN_LINES.map(([room, text, code]) => ({
    room,
    text,
    code,
    path: pathOf(room, text),
  })),
};

/** The codes that oxlint reports for a file. */
function codesOf(path: string): readonly string[] {
  return diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-layers-'));
  cpSync(`${ROOT}.oxlintrc.json`, join(folder, '.oxlintrc.json'));
  // The type-aware rules come from a package that oxlint looks for beside its configuration.
  symlinkSync(`${ROOT}node_modules`, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'tsconfig.json'), '{"compilerOptions":{"strict":true,"noEmit":true}}');
  for (const { path, text } of sources) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text};\n`);
  }
  const inCycle = sources.find(({ text }) => text.includes('./cycle.ts'))?.path ?? '';
  writeFileSync(join(folder, 'src/feed/cycle.ts'), `import './${basename(inCycle)}';\n`);
  let output: string;
  try {
    const args = [toolPath('oxlint'), '--format=json', 'src', 'workers', 'demo'];
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    // It exits with 1 because it found what it should find.
    output = (error as { stdout: string }).stdout;
  }
  diagnostics = (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the linter refuses', () => {
  test.each(cases.forbidden)('in $room: $text', ({ path }) => {
    expect(codesOf(path)).toContain(IMPORTS);
  });
  test.each(cases.lines)('in $room: $text', ({ path, code }) => {
    expect(codesOf(path)).toContain(code);
  });
});

describe('the linter allows', () => {
  test.each(cases.allowed)('in $room: $text', ({ path }) => {
    expect(codesOf(path)).not.toContain(IMPORTS);
  });
});
