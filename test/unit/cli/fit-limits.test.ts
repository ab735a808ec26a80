import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fitLimits, type Limits } from '../../../src/cli/fit-limits.ts';
import { readDataset } from '../../../src/cli/read-data.ts';
import { splitData } from '../../../src/cli/split-data.ts';
import { train } from '../../../src/cli/train.ts';
import type { Item } from '../../../src/core/types.ts';
import type { Sequence } from '../../../src/ranker/types.ts';
import { failureOf, TASTE_CATALOG, tasteInteractions, testFolder, writeData } from './data-folder.ts';

/** More words than the smallest number of attributes, so that their number matters. */
const CATALOG = TASTE_CATALOG.map((item, i) => ({
  ...item,
  tags: Array.from({ length: 6 }, (_, k) => `t${(i * 7 + k * 31) % 150}`),
}));

let items: readonly Item[] = [];
let sequences: readonly Sequence[] = [];
let folder = '';

beforeAll(() => {
  folder = testFolderForAll();
  const data = readDataset(folder);
  ({ items } = data);
  sequences = splitData(data, 'all').learn;
});

function testFolderForAll(): string {
  const dir = testFolder();
  onTestFinished(() => undefined);
  return writeData(dir, { catalog: CATALOG, interactions: tasteInteractions() });
}

const limitsFor = async (bytes: number): Promise<Limits> =>
  (await fitLimits(items, sequences, bytes)).limits;

describe('fitLimits', () => {
  it('leaves everything as it is when there is room', async () => {
    expect(await limitsFor(1e8)).toEqual({ width: 32, dims: 48, attributes: 2048 });
  });
});
