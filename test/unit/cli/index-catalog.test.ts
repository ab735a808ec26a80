import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, inflateSync } from 'node:zlib';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import {
  checkManifest,
  filesOf,
  type IndexManifest,
} from '../../../src/catalog-index/index-format.ts';
import { decodeLists, rowBytesOf } from '../../../src/catalog-index/list-table.ts';
import { projectRows } from '../../../src/catalog-index/project-rows.ts';
import { plainSet } from '../../../src/catalog-index/train-lists.ts';
import { outputsOf, readArguments } from '../../../src/cli/arguments.ts';
import { indexCatalog } from '../../../src/cli/index-catalog.ts';
import { keptFields } from '../../../src/cli/index-items.ts';
import { runJob } from '../../../src/cli/run-job.ts';
import { createTextCache, encodeItems } from '../../../src/catalog/encode-items.ts';
import { meanVectors } from '../../../src/catalog/mean-vector.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import { createFolder, failureOf, testFolder, writeData } from './data-folder.ts';

const { items } = generateCatalog({ seed: 1 });

function readManifest(folder: string): IndexManifest {
  return checkManifest(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
}

const read = (folder: string, name: string): Buffer => readFileSync(join(folder, name));

describe('an index of the demo catalog', () => {
  const { dir, remove } = createFolder();
  const out = join(dir, 'index');
  let text = '';
  beforeAll(async () => {
    const data = writeData(join(dir, 'data'), { catalog: items });
    text = await indexCatalog({ data, out, json: join(dir, 'figures.json') });
  }, 60_000);
  afterAll(remove);

  it('tells its figures', () => {
    const figures: unknown = JSON.parse(readFileSync(join(dir, 'figures.json'), 'utf8'));
    const bytes = readdirSync(out).reduce((sum, name) => sum + read(out, name).length, 0);
    expect(figures).toEqual({
      items: items.length,
      dimensions: 64,
      lists: expect.any(Number),
      bytes,
      seconds: expect.any(Number),
      recall: expect.any(Number),
    });
    expect((figures as { recall: number }).recall).toBeGreaterThanOrEqual(0.95);
    expect(text).toContain(`${items.length} items`);
  });

  it('has the files of its manifest, byte for byte, and no others', () => {
    const files = filesOf(readManifest(out));
    for (const { bytes, name, sha256 } of files) {
      const content = read(out, name);
      expect(content).toHaveLength(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    expect(readdirSync(out).toSorted()).toEqual(
      [...files.map(({ name }) => name), 'manifest.json'].toSorted(),
    );
  });

  it('is a list of candidates for whoever knows nothing of indexes', () => {
    const manifest: unknown = JSON.parse(read(out, 'manifest.json').toString());
    const { items: head, warnings } = normalizeCandidates(manifest, { maxItems: 1_000 });
    expect(head.map(({ id }) => id)).toEqual(items.slice(0, 200).map(({ id }) => id));
    expect(warnings).toEqual([]);
  });

  it('has the rows that its lists tell of', () => {
    const manifest = readManifest(out);
    const lists = decodeLists(read(out, 'lists.bin'));
    expect(rowBytesOf(lists)).toBe(manifest.rows.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(lists.sizes).toHaveLength(manifest.numLists);
    // Else a search would look at everything.
    expect(lists.reach).toBeLessThan(Infinity);
  });

  it('has the details of each item once, with its place in the shop’s order', () => {
    const { blocks } = decodeLists(read(out, 'lists.bin'));
    const bytes = Buffer.concat(readManifest(out).details.map(({ name }) => read(out, name)));
    const entries: [number, { id: string }][] = [];
    let at = 0;
    for (const length of blocks) {
      const block = inflateSync(bytes.subarray(at, (at += length)));
      entries.push(...(JSON.parse(block.toString()) as typeof entries));
    }
    expect(at).toBe(bytes.length);
    const places = entries.toSorted((a, b) => a[0] - b[0]);
    expect(places.map(([, { id }]) => id)).toEqual(items.map(({ id }) => id));
  });

  it('keeps in 64 dimensions what counts: the 200 nearest in all 128 are among the first 500', async () => {
    const valid = normalizeCandidates(items, { maxItems: items.length }).items;
    const encoded = encodeItems(valid, createTextCache());
    const { projection } = decodeLists(read(out, 'lists.bin'));
    const { presence, vectors } = encoded;
    const weights = [3, 400, 900].map((first) =>
      valid.map((_, row) => (row >= first && row < first + 40 && row % 13 === 0 ? 1 : 0)),
    );
    const taste = meanVectors({ vectors, presence }, weights, encoded.model.space);
    const all = referenceScores({
      items: vectors,
      itemPresence: presence,
      vectors: taste.vectors,
      vectorPresence: taste.presence,
    });
    // The index's own projection, of a space learned from the same items.
    const { scorer } = await openScorer('wasm');
    scorer.load(plainSet(projectRows(vectors, projection)));
    const found = scorer.top(plainSet(projectRows(taste.vectors, projection)), 500);
    for (let v = 0; v < 3; v++) {
      const best = [...valid.keys()].toSorted(
        (a, b) => (all[b * 3 + v] as number) - (all[a * 3 + v] as number),
      );
      const near = new Set(found.rows.subarray(v * found.count, (v + 1) * found.count));
      const kept = best.slice(0, 200).filter((row) => near.has(row));
      expect(kept.length).toBeGreaterThan(190);
    }
  });
});

describe('vitrine index', () => {
  const few = items.slice(0, 40);

  it('gives the same bytes for the same catalog and seed', async () => {
    const dir = testFolder();
    const data = writeData(dir, { catalog: few });
    const [a, b] = [join(dir, 'a'), join(dir, 'b')];
    await indexCatalog({ data, out: a });
    await indexCatalog({ data, out: b });
    expect(readManifest(a)).toEqual(readManifest(b));
  });

  it('reads items.ndjson.gz as well, and items of which only the id is known', async () => {
    const dir = testFolder();
    const lines = [{ id: 'a' }, { id: 7 }, { id: 'c', title: 'Lamp' }];
    const text = lines.map((line) => JSON.stringify(line)).join('\r\n\r\n');
    writeFileSync(join(dir, 'items.ndjson.gz'), gzipSync(`\uFEFF${text}`));
    await indexCatalog({ data: dir, out: join(dir, 'index') });
    expect(readManifest(join(dir, 'index'))).toMatchObject({ numItems: 3, numLists: 1, recall: 1 });
  });

  it('holds a catalog of which nothing but ids is known', async () => {
    const dir = testFolder();
    const catalog = Array.from({ length: 900 }, (_, n) => ({ id: `item ${n}` }));
    const data = writeData(dir, { catalog });
    await indexCatalog({ data, out: join(dir, 'index') });
    expect(readManifest(join(dir, 'index'))).toMatchObject({ numItems: 900, recall: 1 });
  });

  it('replaces an earlier index, and nothing else', async () => {
    const dir = testFolder();
    const data = writeData(join(dir, 'data'), { catalog: few });
    const out = join(dir, 'index');
    await indexCatalog({ data, out });
    await indexCatalog({ data: writeData(join(dir, 'new'), { catalog: few.slice(0, 5) }), out });
    expect(readManifest(out).numItems).toBe(5);
    const other = join(dir, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'manifest.json'), '{"format":"vitrine-pack"}');
    const failure = await failureOf(() => indexCatalog({ data, out: other }));
    expect(failure.code).toBe('OPTION_INVALID');
    expect(readdirSync(other)).toEqual(['manifest.json']);
  });

  it.each([
    [
      'a line that is no JSON',
      'catalog.ndjson',
      '{"id":"a"}\n{"id":',
      /catalog\.ndjson:2: .*JSON/u,
    ],
    ['an item without id', 'catalog.ndjson', '{"id":"a"}\n{"title":"x"}', /:2: .*"id"/u],
    ['an id that comes twice', 'catalog.ndjson', '{"id":"a"}\n{"id":"a"}', /:2: .*line 1 already/u],
    ['an empty catalog', 'catalog.ndjson', '\n\n', /empty/u],
    ['no catalog', 'else.ndjson', '{"id":"a"}', /expected catalog\.ndjson/u],
    ['a file that is no gzip', 'catalog.ndjson.gz', '{"id":"a"}', /gzip/u],
  ])('ends in one line for %s, and leaves nothing', async (_, name, content, message) => {
    const dir = testFolder();
    writeFileSync(join(dir, name), content);
    const out = join(dir, 'index');
    const job = readArguments(['index', '--data', dir, '--out', out]);
    const outcome = await runJob(job as NonNullable<typeof job>);
    expect(outcome.isDone).toBe(false);
    expect(outcome.text).toMatch(message);
    expect(outcome.text).toMatch(/^DATA_INVALID: [^\n]+$/u);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(dir)).toEqual([name]);
  });

  it('writes where it is told, and needs to be told', () => {
    const job = readArguments(['index', '--data', 'd', '--out', 'o', '--seed', '4', '--json', 'j']);
    expect(job).toMatchObject({ command: 'index', data: 'd', out: 'o', seed: 4 });
    expect(job === null ? [] : outputsOf(job)).toEqual(['o', 'j']);
    expect(() => readArguments(['index', '--data', 'd'])).toThrowError(/--out is missing/u);
  });
});

describe('what is kept of an item', () => {
  it('is all that cards show, with a description cut between words', () => {
    const description = 'word '.repeat(100);
    const item = { id: 'a', price: 3, imageVector: [1, 2], description, available: false };
    const kept = keptFields(item);
    expect(Object.keys(kept).toSorted()).toEqual(['available', 'description', 'id', 'price']);
    expect(kept.description?.length).toBeLessThanOrEqual(240);
    expect(kept.description).toMatch(/word$/u);
  });

  it('cuts a description without blanks all the same', () => {
    const length = keptFields({ id: 'a', description: 'x'.repeat(999) }).description?.length;
    expect(length).toBe(120);
  });
});
