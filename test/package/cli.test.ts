import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { testFolder, writeData } from '../unit/cli/data-folder.ts';

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

describe('vitrine on the command line', { timeout: 60_000 }, () => {
  beforeEach((context) => {
    context.skip(!existsSync(CLI), 'dist/vitrine.cli.js is made by `npm run build`');
  });

  it('tells its usage', () => {
    const { out, status } = vitrine('--help');
    expect(status).toBe(0);
    for (const command of ['train', 'evaluate', 'pack'])
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
