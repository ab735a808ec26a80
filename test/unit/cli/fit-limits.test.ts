import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fitLimits, type Limits } from '../../../src/cli/fit-limits.ts';
import { readPackFolder } from '../../../src/cli/pack-folder.ts';
import { readDataset } from '../../../src/cli/read-data.ts';
import { train } from '../../../src/cli/train.ts';
import { decodePack } from '../../../src/pack/pack-codec.ts';
import {
  createFolder,
  failureOf,
  TASTE_CATALOG,
  tasteInteractions,
  writeData,
} from './data-folder.ts';

const { dir, remove } = createFolder();
afterAll(remove);

/** More words than the smallest number of attributes, so that their number matters. */
const CATALOG = TASTE_CATALOG.map((item, i) => ({
  ...item,
  tags: Array.from({ length: 6 }, (_, k) => `t${(i * 7 + k * 31) % 150}`),
}));
const DATA = writeData(dir, { catalog: CATALOG, interactions: tasteInteractions() });
const { items, visitors } = readDataset(DATA);

const limitsFor = async (bytes: number): Promise<Limits> =>
  (await fitLimits(items, visitors, bytes)).limits;

/** The size that the message of a failure names. */
async function leastBytes(): Promise<number> {
  const { code, message } = await failureOf(() => fitLimits(items, visitors, 1));
  expect(code).toBe('OPTION_INVALID');
  expect(message).toContain('--max-bytes 1: the smallest pack for these 60 items');
  return Number(/up to (?<bytes>\d+) bytes/u.exec(message)?.groups?.['bytes']);
}

const bytesOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

describe('fitLimits', () => {
  it('leaves everything as it is when there is room', async () => {
    expect(await limitsFor(1e8)).toEqual({ width: 32, dims: 48, attributes: 2048 });
  });

  it('finds room for what it says is the smallest, and not for one byte less', async () => {
    const least = await leastBytes();
    expect(await limitsFor(least)).toEqual({ width: 3, dims: 4, attributes: 32 });
    expect(await failureOf(() => limitsFor(least - 1))).toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('never takes smaller tables where there is more room', async () => {
    const least = await leastBytes();
    const steps = [1, 1.1, 1.5, 3].map((share) => Math.ceil(share * least));
    let before: Limits = { width: 0, dims: 0, attributes: 0 };
    for (const bytes of steps) {
      const limits = await limitsFor(bytes);
      const size = limits.width * limits.dims * limits.attributes;
      expect(size).toBeGreaterThanOrEqual(before.width * before.dims * before.attributes);
      before = limits;
    }
  });

  it('cuts the attributes to the number that it says', async () => {
    const { attributes, limits } = await fitLimits(items, visitors, await leastBytes());
    expect(attributes.count).toBeLessThanOrEqual(limits.attributes);
    expect((await fitLimits(items, visitors, 1e8)).attributes.count).toBeGreaterThan(64);
  });
});

describe('vitrine train --max-bytes', () => {
  const options = { data: DATA, protocol: 'all', seed: 1 } as const;

  it('makes a pack that is not larger, with the tables that were chosen', async () => {
    const maxBytes = Math.ceil(1.1 * (await leastBytes()));
    const out = join(dir, 'small');
    await train({ ...options, out, maxBytes });
    expect(bytesOf(out)).toBeLessThanOrEqual(maxBytes);
    const { model } = await decodePack(readPackFolder(out));
    const limits = await limitsFor(maxBytes);
    expect([model.tables.ease.width, model.embedding.dims]).toEqual([limits.width, limits.dims]);
    expect(model.attributes.count).toBeLessThanOrEqual(limits.attributes);
  });

  it('trains nothing and leaves nothing when no pack is small enough', async () => {
    const out = join(dir, 'none');
    const failure = await failureOf(() => train({ ...options, out, maxBytes: 1000 }));
    expect(failure.code).toBe('OPTION_INVALID');
    expect(existsSync(out)).toBe(false);
  });
});
