/** README's sizes are what is measured, within 2 %. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/run.mjs';

interface Entry {
  readonly name: string;
  readonly brotli: number;
  readonly gzip: number;
  readonly limit: number;
}

const NAMES = [
  'page',
  'iife',
  'element',
  'consent',
  'events',
  'react',
  'vue',
  'taste',
  'worker',
  'wasm-rank',
  'webgpu-rank',
  'webgpu',
  'wasm',
  'pictures',
  'index',
  'telemetry',
  'inspect',
  'pack',
];

let entries: readonly Entry[] = [];

beforeAll(() => {
  const file = `${ROOT}temp/test/sizes.json`;
  execFileSync(process.execPath, [`${ROOT}scripts/size.mjs`, '--json', file], { stdio: 'pipe' });
  ({ entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: Entry[] });
}, 120_000);

test('each entry is measured', () => {
  expect(entries.map(({ name }) => name)).toEqual(NAMES);
});

test('a device’s path counts the worker’s entry and more', () => {
  const size = (name: string): number => entries.find((entry) => entry.name === name)?.brotli ?? 0;
  for (const device of ['wasm', 'webgpu']) {
    expect(size(`${device}-rank`)).toBeGreaterThan(size('worker'));
    expect(size(device)).toBeGreaterThan(size(`${device}-rank`));
  }
});

test.each(NAMES)('README tells the size of %s (repair: npm run size -- --readme)', (name) => {
  const readme = readFileSync(`${ROOT}README.md`, 'utf8');
  const [, table = ''] = readme.split(/<!-- size:(?:start|end) -->/u);
  const row = table.split('\n').find((line) => line.startsWith(`| ${name} |`));
  const kiloBytes = [...(row ?? '').matchAll(/(?<number>[\d.]+) kB/gu)].map((match) =>
    Number(match.groups?.['number']),
  );
  const { brotli, gzip, limit } = entries.find((entry) => entry.name === name) as Entry;
  const measured = [brotli, gzip, limit].map((bytes) => bytes / 1000);
  expect(kiloBytes).toHaveLength(3);
  for (const [index, value] of measured.entries()) {
    // Half a place of the last digit is rounding, not drift.
    expect(Math.abs((kiloBytes[index] as number) - value)).toBeLessThanOrEqual(value * 0.02 + 0.05);
  }
});
