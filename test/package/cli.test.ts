import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  TASTE_CATALOG,
  tasteInteractions,
  testFolder,
  writeData,
} from '../unit/cli/data-folder.ts';

const CLI = fileURLToPath(new URL('../../dist/vitrine.cli.js', import.meta.url));

interface Result {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs the built command line; one that hangs is ended and has no status. */
function vitrine(...args: string[]): Result {
  const options = { encoding: 'utf8', timeout: 30_000 } as const;
  const { status, stderr, stdout } = spawnSync(process.execPath, [CLI, ...args], options);
  return { status, out: stdout, errors: stderr };
}

/** Expects exit 1, nothing on the output, and a first line on the error output. */
function expectFailure({ errors, out, status }: Result, firstLine: RegExp): void {
  expect(errors.split('\n')[0]).toMatch(firstLine);
  expect(errors).not.toMatch(/^ {4}at /m);
  expect([status, out]).toEqual([1, '']);
}

/** Starts the command line and sends a signal when as many lines of progress have come. */
function interrupted(
  args: readonly string[],
  signal: NodeJS.Signals,
  lines: number,
): Promise<Result> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  let isSent = false;
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
    if (isSent || errors.split('\n').length <= lines) return;
    isSent = true;
    child.kill(signal);
  });
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, out, errors }));
  });
}

/** Content hash of a pack, after all its files were checked. */
function packIdOf(folder: string): string {
  const file = `${folder}.json`;
  expect(vitrine('pack', folder, '--json', file)).toMatchObject({ status: 0, errors: '' });
  return (JSON.parse(readFileSync(file, 'utf8')) as { packId: string }).packId;
}

function skipUnbuilt(context: { skip: (condition: boolean, note: string) => void }): void {
  context.skip(!existsSync(CLI), 'dist/vitrine.cli.js is made by `npm run build`');
}

describe('vitrine on the command line', { timeout: 60_000 }, () => {
  beforeEach(skipUnbuilt);

  it('tells its usage', () => {
    const { out, status } = vitrine('--help');
    expect(status).toBe(0);
    for (const command of ['train', 'evaluate', 'enrich', 'pack'])
      expect(out).toContain(`vitrine ${command}`);
  });

  it.each([
    [[], /^OPTION_INVALID: .*got no command/],
    [['bake'], /^OPTION_INVALID: .*got bake/],
    [['train'], /^OPTION_INVALID: .*--data is missing/],
    [['train', '--data', 'x'], /^OPTION_INVALID: .*--out is missing/],
    [['train', '--data=', '--out', 'x'], /^OPTION_INVALID: .*--data is missing/],
    [['train', '--data', 'x', '--out', 'y', '--seed', 'k'], /^OPTION_INVALID: .*--seed: got k/],
    [['train', '--data', 'x', '--out', 'y', '--seed=-1'], /^OPTION_INVALID: .*--seed: got -1/],
    [['evaluate', '--data', 'x'], /^OPTION_INVALID: .*--pack is missing/],
    [
      ['evaluate', '--data', 'x', '--pack', 'y', '--protocol', 'luck'],
      /^OPTION_INVALID: .*--protocol: got luck, expected one of leave-one-out, /,
    ],
    [['pack'], /^OPTION_INVALID: .*--pack is missing/],
    [['pack', 'no-such-pack'], /^PACK_FORMAT: .*no-such-pack.manifest\.json: no such file/],
    [
      ['train', '--data', 'no-such-data', '--out', 'x'],
      /^DATA_INVALID: .*no-such-data: there is no such folder/,
    ],
  ])('%j ends with exit 1 and what was wrong', (args, firstLine) => {
    expectFailure(vitrine(...args), firstLine);
  });

  it('names file and line of bad data, and writes no pack', () => {
    const dir = testFolder();
    const data = writeData(join(dir, 'data'), { catalog: [{ id: 'a' }, { id: 'a' }] });
    const result = vitrine('train', '--data', data, '--out', join(dir, 'pack'));
    expectFailure(result, /^DATA_INVALID: .*catalog\.ndjson:2: the id a stands in line 1 already$/);
    writeFileSync(join(data, 'catalog.ndjson'), '{"id":"a"}\n{"id":\n');
    const next = vitrine('train', '--data', data, '--out', join(dir, 'pack'));
    expectFailure(next, /^DATA_INVALID: .*catalog\.ndjson:2: expected a JSON object/);
    expect(readdirSync(dir)).toEqual(['data']);
  });

  it('trains a pack and tells what is inside', () => {
    const dir = testFolder();
    const catalog = [{ id: 'a', tags: ['x'] }, { id: 'b', tags: ['x'] }, { id: 'c' }];
    const data = writeData(join(dir, 'data'), { catalog });
    const pack = join(dir, 'pack');
    const trained = vitrine('train', '--data', data, '--out', pack);
    expect(trained).toMatchObject({ status: 0 });
    expect(trained.out).toContain('content-only pack');
    const inspected = vitrine('pack', pack);
    expect(inspected).toMatchObject({ status: 0, errors: '' });
    expect(inspected.out).toContain('trained by all, seed 1');
    expect(inspected.out).toContain('3 items');
  });
});

describe('vitrine, stopped', { timeout: 120_000 }, () => {
  beforeEach(skipUnbuilt);

  /** A folder with data, an earlier pack of other data, and what a killed process left behind. */
  function workplace() {
    const dir = testFolder();
    const few = writeData(join(dir, 'few'), { catalog: [{ id: 'a' }] });
    const pack = join(dir, 'pack');
    expect(vitrine('train', '--data', few, '--out', pack).status).toBe(0);
    const before = packIdOf(pack);
    const interactions = tasteInteractions(1500);
    const data = writeData(join(dir, 'data'), { catalog: TASTE_CATALOG, interactions });
    const [json, report] = [join(dir, 'figures.json'), join(dir, 'page.html')];
    const outputs = ['--json', json, '--report', report];
    return { dir, pack, before, data, outputs };
  }

  const KNOWN = ['data', 'few', 'pack', 'pack.json'];

  it.each([
    ['SIGINT', 1, 130],
    ['SIGINT', 3, 130],
    ['SIGTERM', 2, 143],
  ] as const)(
    'by %s after line %i of train: exit %i, the earlier pack whole, nothing else',
    async (...given) => {
      const [signal, lines, code] = given;
      const { before, data, dir, outputs, pack } = workplace();
      const args = ['train', '--data', data, '--out', pack, ...outputs];
      const { errors, out, status } = await interrupted(args, signal, lines);
      expect([status, out]).toEqual([code, '']);
      expect(errors).toMatch(/^Reading .*: \d+ s\n/u);
      expect(errors).toContain(`${signal}: stopped, nothing unfinished is left.`);
      expect(readdirSync(dir).sort()).toEqual(KNOWN);
      expect(packIdOf(pack)).toBe(before);
    },
  );

  it('just before the pack is written: the earlier one or the new one is whole', async () => {
    const { before, data, dir, pack } = workplace();
    // Reading, learning, signals, functions, learning again, the catalog.
    const args = ['train', '--data', data, '--out', pack];
    const { status } = await interrupted(args, 'SIGINT', 6);
    expect(readdirSync(dir).sort()).toEqual(KNOWN);
    expect([0, 130]).toContain(status);
    if (status === 130) expect(packIdOf(pack)).toBe(before);
    else expect(packIdOf(pack)).not.toBe(before);
  });

  it('in evaluate: neither figures nor page', async () => {
    const { data, dir, outputs, pack } = workplace();
    expect(vitrine('train', '--data', data, '--out', pack).status).toBe(0);
    const args = ['evaluate', '--data', data, '--pack', pack, ...outputs];
    const { status } = await interrupted(args, 'SIGINT', 1);
    expect(status).toBe(130);
    expect(readdirSync(dir).sort()).toEqual(KNOWN);
  });

  it('by a kill: the next run removes what was left, and brings back what was moved aside', () => {
    const { before, dir, pack } = workplace();
    const pid = spawnSync(process.execPath, ['-e', '']).pid;
    // Killed between moving the earlier pack aside and moving the new one in.
    renameSync(pack, join(dir, `.pack.${pid}.old`));
    mkdirSync(join(dir, `.pack.${pid}.part`));
    const bad = ['train', '--data', join(dir, 'nothing'), '--out', pack];
    expect(vitrine(...bad).status).toBe(1);
    expect(readdirSync(dir).sort()).toEqual(KNOWN);
    expect(packIdOf(pack)).toBe(before);
  });
});

describe('vitrine enrich', { timeout: 60_000 }, () => {
  beforeEach(skipUnbuilt);

  it('enriches by a content-only pack and names the line of bad data', () => {
    const dir = testFolder();
    const catalog = [{ id: 'a', title: 'Lovely leather boots', x: 1 }, { id: 'b' }];
    const data = writeData(join(dir, 'data'), { catalog });
    const [pack, out] = [join(dir, 'pack'), join(dir, 'out')];
    expect(vitrine('train', '--data', data, '--out', pack).status).toBe(0);
    const enriched = vitrine('enrich', '--data', data, '--pack', pack, '--out', out);
    expect(enriched).toMatchObject({ status: 0 });
    const lines = readFileSync(join(out, 'catalog.ndjson'), 'utf8').split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      ...catalog[0],
      derived: { features: [{ kind: 'material', value: 'leather', evidence: 'leather' }] },
    });
    writeFileSync(join(data, 'catalog.ndjson'), '{"id":"a"}\n{"id":\n');
    const bad = vitrine('enrich', '--data', data, '--pack', pack, '--out', join(dir, 'bad'));
    expectFailure(bad, /^DATA_INVALID: .*catalog\.ndjson:2: expected a JSON object/);
    expect(readdirSync(join(dir, 'bad'))).toEqual([]);
  });

  it('needs no more memory for a large catalog than for a small one', () => {
    const dir = testFolder();
    const item = { title: 'Lovely leather boots', description: 'soft and warm '.repeat(40) };
    const data = writeData(join(dir, 'small'), { catalog: [{ id: 'a', ...item }] });
    const pack = join(dir, 'pack');
    expect(vitrine('train', '--data', data, '--out', pack).status).toBe(0);
    const large = Array.from({ length: 40_000 }, (_, i) => ({ id: `${i}`, ...item }));
    const peakOf = (catalog: readonly object[], name: string): number => {
      const from = writeData(join(dir, name), { catalog });
      const json = join(dir, `${name}.json`);
      const args = ['--data', from, '--pack', pack, '--out', join(dir, `${name}.out`)];
      expect(vitrine('enrich', ...args, '--json', json)).toMatchObject({ status: 0 });
      return (JSON.parse(readFileSync(json, 'utf8')) as { peakMemoryMb: number }).peakMemoryMb;
    };
    // The large file has 26 MB, its parsed lines several times as much; garbage comes on top.
    expect(peakOf(large, 'large') - peakOf(large.slice(0, 10), 'ten')).toBeLessThan(80);
  });
});
