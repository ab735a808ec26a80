import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluate } from '../../../src/cli/evaluate.ts';
import { inspectPack, type PackFigures } from '../../../src/cli/inspect-pack.ts';
import { readPackFolder } from '../../../src/cli/pack-folder.ts';
import { train } from '../../../src/cli/train.ts';
import { decodePack } from '../../../src/pack/pack-codec.ts';
import { BASELINE_NAMES } from '../../../src/ranker/baselines.ts';
import { SIGNALS } from '../../../src/ranker/signals.ts';
import {
  createFolder,
  failureOf,
  TASTE_CATALOG,
  tasteInteractions,
  testFolder,
  writeData,
} from './data-folder.ts';

type Figures = Readonly<Record<string, number>>;

interface TrainFigures {
  readonly seconds: number;
  readonly peakMemoryMb: number;
  readonly packBytes: number;
  readonly packId: string;
  readonly models: {
    readonly attributes: {
      readonly parameters: number;
      readonly names: readonly string[];
      readonly note: string;
    };
    readonly embedding: { readonly dims: number; readonly epochs: number };
    readonly ranker: { readonly signals: number; readonly lists: number; readonly loss: number[] };
  };
}

interface EvaluateFigures {
  readonly protocol: string;
  readonly visitors: number;
  readonly metrics: Figures;
  readonly baselines: Readonly<Record<string, Figures>>;
  readonly ablation: Readonly<Record<string, Figures & { readonly note?: string }>>;
  readonly msPerVisitor: Figures;
  readonly trainedBy: string;
  readonly packId: string;
}

const METRICS = 'HR@1 HR@5 HR@10 NDCG@5 NDCG@10 MRR ILD coverage gini overlap'.split(' ');

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function trainFigures(path: string): TrainFigures {
  return json(path) as TrainFigures;
}

function evaluateFigures(path: string): EvaluateFigures {
  return json(path) as EvaluateFigures;
}

const { dir, remove } = createFolder();
const data = join(dir, 'data');
const out = join(dir, 'pack');
const protocol = 'leave-one-out';
let line = '';
let table = '';

const quiet = () => vi.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeAll(async () => {
  const silence = quiet();
  writeData(data, { catalog: TASTE_CATALOG, interactions: tasteInteractions() });
  const files = (name: string) => ({
    json: join(dir, `${name}.json`),
    report: join(dir, `${name}.html`),
  });
  line = await train({ data, out, protocol, seed: 3, ...files('train') });
  table = await evaluate({ data, pack: out, protocol, ...files('evaluate') });
  silence.mockRestore();
}, 60_000);

afterAll(remove);

beforeEach(() => {
  const silence = quiet();
  return () => silence.mockRestore();
});

describe('train', () => {
  it('writes a pack that decodes, and says so in one line', async () => {
    const { ids, model, ranker } = await decodePack(readPackFolder(out));
    expect(ids).toEqual(TASTE_CATALOG.map((item) => (item as { id: string }).id));
    expect(model.numItems).toBe(60);
    expect(ranker.names).toEqual(SIGNALS.map(({ name }) => name));
    expect(line).toContain(`${out}: pack of 60 items, `);
    expect(line).not.toContain('\n');
  });

  it('notes what it learned from: all but the last two of each visitor', () => {
    const { training } = readPackFolder(out).manifest;
    expect(training).toEqual({ protocol, seed: 3, visitors: 150, interactions: 150 * 6 });
  });

  it('writes its figures', () => {
    const figures = trainFigures(join(dir, 'train.json'));
    const { manifest } = readPackFolder(out);
    const size = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(figures).toMatchObject({ packBytes: size, packId: manifest.packId });
    expect(figures.seconds).toBeGreaterThanOrEqual(0);
    expect(figures.peakMemoryMb).toBeGreaterThan(10);
    const { embedding, ranker } = figures.models;
    expect(embedding.dims).toBeGreaterThan(0);
    expect(embedding.epochs).toBeGreaterThan(0);
    expect(ranker).toMatchObject({ signals: SIGNALS.length, lists: 150 });
    // Sixty items are too few to learn attributes from.
    expect(figures.models.attributes).toMatchObject({ parameters: 0, names: [] });
    expect(figures.models.attributes.note).toContain('200 are needed');
    expect(ranker.loss.at(-1)).toBeLessThan(ranker.loss[0]!);
  });

  it('writes a page about what was learned, from what, and what the pack weighs', () => {
    const page = readFileSync(join(dir, 'train.html'), 'utf8');
    const { manifest } = readPackFolder(out);
    expect(page).toContain(manifest.packId);
    for (const { name, sha256 } of manifest.files) {
      expect(page).toContain(`>${name}<`);
      expect(page).toContain(sha256);
    }
    // 150 visitors with 6 interactions each.
    expect(page).toContain('<b>150</b><span>visitors learned from</span>');
    expect(page).toContain('<b>900</b><span>interactions learned from</span>');
    expect(page).toContain('Loss per pass: Functions of the ranker');
    expect(page).toContain('Learned function of ');
  });

  it('gives the same pack for the same seed, another for another', async () => {
    const [same, other] = [join(dir, 'same'), join(dir, 'other')];
    await train({ data, out: same, protocol, seed: 3 });
    await train({ data, out: other, protocol, seed: 4 });
    expect(readPackFolder(same)).toEqual(readPackFolder(out));
    expect(readPackFolder(other).manifest.packId).not.toBe(readPackFolder(out).manifest.packId);
  }, 60_000);

  it('says that it is a content-only pack without interactions', async () => {
    const folder = testFolder();
    const catalogOnly = writeData(join(folder, 'data'), { catalog: TASTE_CATALOG });
    const pack = join(folder, 'pack');
    const file = join(folder, 'train.json');
    const said = await train({
      data: catalogOnly,
      out: pack,
      protocol: 'all',
      seed: 1,
      json: file,
    });
    expect(said).toContain('content-only pack, since there are no interactions');
    expect(trainFigures(file).models.ranker).toMatchObject({ lists: 0, loss: [] });
    expect(await inspectPack(pack)).toContain(`additive ranker: 2 of ${SIGNALS.length} signals`);
    expect(readPackFolder(pack).manifest.training).toMatchObject({ visitors: 0, interactions: 0 });
    // It ranks by likeness, which alone tells the tastes apart.
    const file2 = join(folder, 'evaluate.json');
    await evaluate({ data, pack, protocol, json: file2 });
    const { baselines, metrics } = evaluateFigures(file2);
    expect(metrics['HR@10']).toBeGreaterThan(baselines['server']!['HR@10']!);
  }, 60_000);

  it('does not say so where there are some, but too few', async () => {
    const folder = testFolder();
    const interactions = [{ visitorId: 'v', itemId: 'i1', time: 1 }];
    const few = writeData(join(folder, 'data'), { catalog: TASTE_CATALOG, interactions });
    const said = await train({ data: few, out: join(folder, 'pack'), protocol: 'all', seed: 1 });
    expect(said).toContain('content-only pack, since there are too few interactions');
  }, 60_000);

  it('leaves the old pack when the data are bad', async () => {
    const folder = testFolder();
    const bad = writeData(join(folder, 'data'), { catalog: [{ title: 'no id' }] });
    const before = readPackFolder(out);
    const failure = await failureOf(() => train({ data: bad, out, protocol, seed: 3 }));
    expect(failure.code).toBe('DATA_INVALID');
    expect(readPackFolder(out)).toEqual(before);
    expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('evaluate', () => {
  it('writes metrics, baselines and times', () => {
    const figures = evaluateFigures(join(dir, 'evaluate.json'));
    expect(figures).toMatchObject({ protocol, visitors: 150 });
    expect(Object.keys(figures.baselines)).toEqual(['server', ...BASELINE_NAMES]);
    for (const metrics of [figures.metrics, ...Object.values(figures.baselines)]) {
      expect(Object.keys(metrics).sort()).toEqual(METRICS.toSorted());
      for (const value of Object.values(metrics)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
    expect(figures.msPerVisitor['p50']).toBeGreaterThanOrEqual(0);
    expect(figures.msPerVisitor['p95']).toBeGreaterThanOrEqual(figures.msPerVisitor['p50']!);
  });

  it('tells what each family of signals is worth, and which there are none of', () => {
    const { ablation, metrics } = evaluateFigures(join(dir, 'evaluate.json'));
    for (const [name, { note, ...figures }] of Object.entries(ablation)) {
      expect(Object.keys(figures).sort()).toEqual(METRICS.toSorted());
      const isAbsent = name === 'withoutGenerated';
      if (isAbsent)
        expect([note, figures]).toEqual([expect.stringContaining('no signals'), metrics]);
      else expect(note).toBeUndefined();
    }
    const families = Object.keys(ablation);
    expect(families).toEqual(
      expect.arrayContaining(['withoutEase', 'withoutAttributes', 'withoutSegments']),
    );
    // Nothing of what makes the ranking is left without a name.
    const losses = families.map((name) => metrics['NDCG@10']! - ablation[name]!['NDCG@10']!);
    expect(Math.max(...losses)).toBeGreaterThan(0);
  });

  it('names the pack, and the protocol by which it was trained', async () => {
    const figures = evaluateFigures(join(dir, 'evaluate.json'));
    const { packId } = readPackFolder(out).manifest;
    expect(figures).toMatchObject({ trainedBy: protocol, packId });
    const other = { json: join(dir, 'clicks.json'), report: join(dir, 'clicks.html') };
    const written = quiet();
    written.mockClear();
    await evaluate({ data, pack: out, protocol: 'next-click', ...other });
    expect(written.mock.calls.flat().join('')).toContain('it may have learned from the answers');
    expect(evaluateFigures(other.json)).toMatchObject({ trainedBy: protocol });
    expect(readFileSync(other.report, 'utf8')).toContain('role="note">This pack was trained by');
  }, 60_000);

  it('writes a page with the same figures', () => {
    const page = readFileSync(join(dir, 'evaluate.html'), 'utf8');
    const { ablation, baselines, metrics } = evaluateFigures(join(dir, 'evaluate.json'));
    expect(page).not.toContain('role="note">This pack was trained by');
    for (const figures of [metrics, ...Object.values(baselines)]) {
      for (const value of Object.values(figures)) expect(page).toContain(`>${value.toFixed(4)}<`);
    }
    for (const name of Object.keys(ablation)) expect(page).toContain(name);
  });

  it('ranks far above chance, the server order and popularity', () => {
    const { baselines, metrics } = evaluateFigures(join(dir, 'evaluate.json'));
    // Chance is about 10 of 53 candidates; 10 of 26 when only the taste is known.
    expect(metrics['HR@10']).toBeGreaterThan(0.6);
    for (const rival of ['server', 'popularity']) {
      expect(metrics['NDCG@10']).toBeGreaterThan(1.5 * baselines[rival]!['NDCG@10']!);
    }
  });

  it('prints a row for the pack, for it without models, and for each baseline', () => {
    const rows = table.split('\n');
    expect(rows[0]).toContain('leave-one-out, 150 lists');
    expect(rows.slice(2).map((row) => row.split(' ')[0])).toEqual([
      'vitrine',
      'withoutGenerated',
      'withoutSegments',
      'server',
      ...BASELINE_NAMES,
    ]);
    const { metrics } = evaluateFigures(join(dir, 'evaluate.json'));
    expect(rows[2]).toContain(metrics['NDCG@10']!.toFixed(4));
  });

  it('gives the same metrics again', async () => {
    const file = join(dir, 'again.json');
    await evaluate({ data, pack: out, protocol, json: file });
    const [again, before] = [file, join(dir, 'evaluate.json')].map((path) => evaluateFigures(path));
    expect(again!.metrics).toEqual(before!.metrics);
    expect(again!.baselines).toEqual(before!.baselines);
  }, 60_000);

  it('rejects a pack of another catalog', async () => {
    const interactions = tasteInteractions(9);
    const other = writeData(testFolder(), { catalog: TASTE_CATALOG.toReversed(), interactions });
    const failure = await failureOf(() => evaluate({ data: other, pack: out, protocol }));
    expect(failure.code).toBe('DATA_INVALID');
    expect(failure.message).toContain('another catalog');
  });

  it.each(['all', protocol] as const)('says when %s leaves nothing to measure', async (name) => {
    const from = name === 'all' ? data : writeData(testFolder(), { catalog: TASTE_CATALOG });
    const failure = await failureOf(() => evaluate({ data: from, pack: out, protocol: name }));
    expect(failure.code).toBe('DATA_INVALID');
    expect(failure.message).toContain(`--protocol ${name}: there is nothing to measure, since`);
  });
});

describe('inspectPack', () => {
  it('tells id, training, sizes and hashes', async () => {
    const { manifest } = readPackFolder(out);
    const text = await inspectPack(out);
    expect(text).toContain(`pack ${manifest.packId}, format 1`);
    expect(text).toContain('trained by leave-one-out, seed 3, on 900 interactions of 150 visitors');
    expect(text).toContain(`60 items, ${manifest.numAttributes} attributes`);
    for (const { bytes, name, sha256 } of manifest.files) {
      expect(text).toContain(`${name} ${bytes} bytes sha256 ${sha256}`);
    }
  });

  it('writes the same as JSON', async () => {
    const file = join(dir, 'pack.json');
    await inspectPack(out, file);
    const { manifest } = readPackFolder(out);
    const figures = json(file) as PackFigures;
    expect(figures).toMatchObject({
      packId: manifest.packId,
      training: manifest.training,
      killSwitch: false,
      items: 60,
      files: manifest.files,
      models: { ranker: { signals: SIGNALS.length } },
    });
    expect(figures.models.ranker.used.length).toBeGreaterThan(5);
    expect(figures.segments.length).toBeGreaterThan(10);
    const text = await inspectPack(out);
    for (const { id, support } of figures.segments) {
      expect(text).toContain(`segment ${id}: ${support} items`);
    }
  });

  it('rejects a pack with a changed file', async () => {
    const copy = join(dir, 'changed');
    await train({ data, out: copy, protocol, seed: 3 });
    const file = join(copy, 'ranker.bin');
    const bytes = readFileSync(file);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
    writeFileSync(file, bytes);
    expect((await failureOf(() => inspectPack(copy))).code).toBe('PACK_INTEGRITY');
  }, 60_000);
});
