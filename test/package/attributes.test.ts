import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../src/models/attributes/model-file.ts';
import { createRandom } from '../../src/core/rng.ts';

const CLI = fileURLToPath(new URL('../../dist/vitrine.cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vitrine-attributes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COLOURS = ['red', 'blue', 'green', 'black', 'white'];
const KINDS = ['boot', 'sandal', 'coat', 'short'];
const BRANDS = Array.from({ length: 30 }, (_, n) => `brand${n}`);

/** Boots and coats are for winter, unless they are red: no single word decides. */
function linesOf(seed: number, count: number): string {
  const random = createRandom(seed, 'seasons');
  const pick = (words: readonly string[]): string =>
    words[Math.floor(random() * words.length)] as string;
  return Array.from({ length: count }, () => {
    const [colour, kind] = [pick(COLOURS), pick(KINDS)];
    const isWarm = kind === 'boot' || kind === 'coat';
    const season = isWarm === (colour !== 'red') ? 'Winter' : 'Summer';
    return `${JSON.stringify({ title: `${pick(BRANDS)} ${colour} ${kind}`, labels: { season } })}\n`;
  }).join('');
}

/** Figures and model file of one run. */
function run(name: string) {
  const [json, out] = [join(folder, `${name}.json`), join(folder, `${name}.bin`)];
  const files = ['--train', join(folder, 'train.ndjson'), '--test', join(folder, 'test.ndjson')];
  const options = ['--label', 'season', '--json', json, '--out', out];
  const { status, stdout } = spawnSync(
    process.execPath,
    [CLI, 'attributes', ...files, ...options],
    {
      encoding: 'utf8',
    },
  );
  return { status, stdout, out, figures: JSON.parse(readFileSync(json, 'utf8')) as unknown };
}

describe('vitrine attributes', () => {
  let first: ReturnType<typeof run>;

  beforeAll(() => {
    writeFileSync(join(folder, 'train.ndjson'), linesOf(1, 1200));
    writeFileSync(join(folder, 'test.ndjson'), linesOf(2, 300));
    first = run('first');
  }, 120_000);

  it('writes the figures of both models, and says them', () => {
    expect(first.status).toBe(0);
    expect(first.stdout).toContain('tf-idf + logistic regression');
    expect(first.figures).toEqual({
      accuracy: expect.any(Number),
      macroF1: expect.any(Number),
      baseline: {
        accuracy: expect.any(Number),
        macroF1: expect.any(Number),
        c: expect.any(Number),
      },
      parameters: expect.any(Number),
      bytes: statSync(first.out).size,
    });
  });

  it('learns what no single word decides', () => {
    expect((first.figures as { accuracy: number }).accuracy).toBeGreaterThan(0.97);
  });

  it('keeps a model that can be read', () => {
    const model = readModel(readFileSync(first.out));
    expect(model.classes?.names.toSorted()).toEqual(['Summer', 'Winter']);
  });

  it('gives the same figures and the same file for the same seed', () => {
    const second = run('second');
    expect(second.figures).toEqual(first.figures);
    expect(readFileSync(second.out)).toEqual(readFileSync(first.out));
  });
});
