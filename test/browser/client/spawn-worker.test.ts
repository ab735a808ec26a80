import { afterEach, expect, it, vi } from 'vitest';
import { findWorker, setScriptUrl, spawnWorker } from '../../../src/client/spawn-worker.ts';

afterEach(() => {
  setScriptUrl(undefined);
  vi.unstubAllGlobals();
});

/** A Worker that only notes what it was started with. */
const recorder = (started: string[]): typeof EventTarget =>
  class extends EventTarget {
    constructor(url: string | URL, options: WorkerOptions) {
      super();
      started.push(`${url} ${options.type}`);
    }
  } as unknown as typeof EventTarget;

it('finds the worker beside the script, whatever folder the page is in', () => {
  setScriptUrl('https://cdn.example/v1/vitrine.js?x=1');
  expect(findWorker().href).toBe('https://cdn.example/v1/vitrine.worker.js');
});

it('takes the shop’s own URL, relative to the document', () => {
  setScriptUrl('https://cdn.example/v1/vitrine.js');
  expect(findWorker('/w/worker.js').href).toBe(new URL('/w/worker.js', document.baseURI).href);
  expect(findWorker(new URL('https://a.example/w.js')).href).toBe('https://a.example/w.js');
});

it('starts a worker of the page’s own origin directly, as shops’ policies want it', () => {
  const started: string[] = [];
  vi.stubGlobal('Worker', recorder(started));
  spawnWorker(new URL('/vitrine.worker.js', location.href));
  expect(started).toEqual([`${location.origin}/vitrine.worker.js module`]);
});

it('lets a blob import a worker of another origin, and frees the blob at the first answer', async () => {
  const started: string[] = [];
  vi.stubGlobal('Worker', recorder(started));
  const worker = spawnWorker(new URL('https://cdn.example/v1/"vitrine".worker.js'));
  const [shim = ''] = (started[0] ?? '').split(' ');
  expect(shim).toMatch(/^blob:/);
  const text = await (await fetch(shim)).text();
  expect(text).toBe('import "https://cdn.example/v1/%22vitrine%22.worker.js"');
  worker.dispatchEvent(new MessageEvent('message'));
  await expect(fetch(shim)).rejects.toThrow(TypeError);
});
