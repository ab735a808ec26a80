/** The default pack as it is committed and shipped. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateCatalog } from '../../scripts/demo-catalog/generate.mjs';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { ROOT } from '../../scripts/run.mjs';
import { readPackFolder } from '../../src/cli/pack-folder.ts';
import { decodePack } from '../../src/pack/pack-codec.ts';
import { scoreList } from '../../src/ranker/additive-model.ts';
import { createSignalEngine } from '../../src/ranker/signals.ts';

const FOLDER = `${ROOT}packs/default`;
const MOST_BYTES = 300_000;

test('all its files together are at most 300 kB, as they lie on the disk', () => {
  const sizes = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}/${name}`).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test('holds no file that its manifest does not name', () => {
  const { manifest } = readPackFolder(FOLDER);
  const named = ['manifest.json', ...manifest.files.map(({ name }) => name)];
  expect(readdirSync(FOLDER).toSorted()).toEqual(named.toSorted());
});

test('is whole, and made for the demo shop’s catalog', async () => {
  const { ids } = await decodePack(readPackFolder(FOLDER));
  const { items } = generateCatalog({ seed: 1 });
  expect(ids).toEqual(items.map(({ id }) => id));
});

test('ranks what goes with a tent above what does not', async () => {
  const { ids, model, ranker } = await decodePack(readPackFolder(FOLDER));
  const row = (id: string): number => ids.indexOf(id);
  const [tent, bag, cream] = [row('tent-11'), row('sleeping-bag-06'), row('face-cream-04')];
  const list = {
    items: Int32Array.of(tent),
    step: Int32Array.of(0),
    candidates: Int32Array.of(bag, cream),
  };
  const [ofBag = 0, ofCream = 0] = scoreList(ranker, createSignalEngine(model)(list));
  expect(ofBag).toBeGreaterThan(ofCream);
});

test('is served by the demo shop', async () => {
  const shop = await startDemoServer();
  try {
    const { manifest } = readPackFolder(FOLDER);
    const url = `${shop.url}/packs/default/`;
    expect(await (await fetch(`${url}manifest.json`)).json()).toEqual(manifest);
    for (const { name, bytes } of manifest.files) {
      const response = await fetch(url + name);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect((await response.arrayBuffer()).byteLength).toBe(bytes);
    }
    expect((await fetch(`${shop.url}/packs/default/..%2f..%2fpackage.json`)).status).toBe(404);
  } finally {
    await shop.close();
  }
});
