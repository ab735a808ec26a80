import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { leanCode, leanTensorflow } from '../../../scripts/lean-tensorflow.mjs';

const FOLDER = new URL('../../../node_modules/@tensorflow/', import.meta.url);

/** A file of TensorFlow.js, and what the worker's build makes of it. */
function read(path: string): { before: string; after: string | null } {
  const id = new URL(path, FOLDER).pathname;
  const before = readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL.*$/mu, '');
  return { before, after: leanCode(before, id) };
}

it('registers no optimisers and no storages of models', () => {
  const index = read('tfjs-core/dist/index.js');
  expect(index.before).toMatch(/registerOptimizers\(\)/u);
  expect(index.after).not.toMatch(/^\s*registerOptimizers|^import \{/mu);
  expect(index.after).toMatch(/export \* from '.\/base'/u);
  const browser = read('tfjs-core/dist/platforms/platform_browser.js');
  expect(browser.before).toMatch(/registerManager/u);
  expect(browser.after).not.toMatch(/registerManager/u);
  expect(browser.after).toMatch(/setPlatform\('browser', new PlatformBrowser\(\)\)/u);
});

it('names the same kernels of the CPU that the WebGPU backend names', () => {
  const { after, before } = read('tfjs-backend-webgpu/dist/kernel_utils/shared.js');
  const exported = (code: string): string[] =>
    (/export \{(?<names>[^}]*)\}/u.exec(code)?.groups?.['names'] ?? '')
      .split(',')
      .map((name) => name.replace(/^.* as /u, '').trim())
      .sort((a, b) => (a < b ? -1 : 1));
  const wanted = exported(before);
  expect(wanted.length).toBeGreaterThan(20);
  expect(exported(after ?? '')).toEqual(wanted);
});

it('leaves all other files as they are', () => {
  expect(read('tfjs-core/dist/engine.js').after).toBeNull();
  expect(read('tfjs-backend-wasm/dist/backend_wasm.js').after).toBeNull();
});

it('says so when a file has changed', () => {
  const shared = '/tfjs-backend-webgpu/dist/kernel_utils/shared.js';
  expect(() => leanCode('export {}', shared)).toThrow(/has changed/u);
  expect(() => leanCode('export {}', '/tfjs-core/dist/index.js')).toThrow(/has changed/u);
  expect(leanTensorflow().name).toBe('lean-tensorflow');
});
