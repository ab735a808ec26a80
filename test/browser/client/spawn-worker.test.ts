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

it('lets a blob import a worker of another origin', async () => {
  const started: string[] = [];
  vi.stubGlobal('Worker', recorder(started));
  spawnWorker(new URL('https://cdn.example/v1/"vitrine".worker.js'));
  const [shim = ''] = (started[0] ?? '').split(' ');
  expect(shim).toMatch(/^blob:/);
  const text = await (await fetch(shim)).text();
  expect(text).toBe('import "https://cdn.example/v1/%22vitrine%22.worker.js"');
});

/** A file with what a worker says at its start, at an address of its own, and its hash. */
async function hosted(text: string): Promise<{ url: string; hash: string }> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hash = btoa(String.fromCodePoint(...new Uint8Array(digest)));
  return { url: `data:text/javascript,${encodeURIComponent(text)}`, hash: `sha256-${hash}` };
}

it('starts a worker whose bytes have the hash of its address, and hands all messages on', async () => {
  const { hash, url } = await hosted('onmessage = ({ data }) => postMessage(data)');
  const worker = spawnWorker(new URL(`${url}#${hash}`));
  const answers: unknown[] = [];
  const two = new Promise<void>((resolve) => {
    worker.addEventListener('message', ({ data }) => answers.push(data) === 2 && resolve());
  });
  const first = { id: 1 };
  worker.postMessage(first);
  first.id = 9;
  worker.postMessage(2);
  await two;
  expect(answers).toEqual([{ id: 1 }, 2]);
  expect(() => worker.postMessage(() => undefined)).toThrow(DOMException);
  worker.terminate();
});

it('starts nothing when the bytes have another hash, and says so', async () => {
  const { hash } = await hosted('something else');
  const { url } = await hosted('postMessage("started")');
  const worker = spawnWorker(new URL(`${url}#${hash}`));
  const told = await new Promise<string>((resolve) => {
    for (const type of ['message', 'error']) {
      worker.addEventListener(type, () => resolve(type));
    }
  });
  expect(told).toBe('error');
});

it('asks the policy `vitrine` for its addresses, once, where there are Trusted Types', () => {
  const started: string[] = [];
  const policies: string[] = [];
  vi.stubGlobal('Worker', recorder(started));
  vi.stubGlobal('trustedTypes', {
    createPolicy(name: string, { createScriptURL }: { createScriptURL: (url: string) => string }) {
      policies.push(name);
      return { createScriptURL: (url: string) => `trusted ${createScriptURL(url)}` };
    },
  });
  for (const name of ['a', 'b']) spawnWorker(new URL(`/${name}.js`, location.href));
  expect(policies.length).toBeLessThanOrEqual(1);
  expect(started).toHaveLength(2);
});
