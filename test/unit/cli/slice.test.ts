import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutSlice } from '../../../src/cli/cut-slice.ts';
import { evaluate } from '../../../src/cli/evaluate.ts';
import { writePackFolder } from '../../../src/cli/pack-folder.ts';
import { train } from '../../../src/cli/train.ts';
import { hash32 } from '../../../src/core/rng.ts';
import { decodeSlice } from '../../../src/pack/slice-codec.ts';
import { encodedPack, trainedPack } from '../pack/pack-fixtures.ts';
import {
  createFolder,
  failureOf,
  TASTE_CATALOG,
  tasteInteractions,
  writeData,
} from './data-folder.ts';

const { dir, remove } = createFolder();
const IDS = trainedPack().ids.slice(2, 6);
const out = join(dir, 'home.bin');
const pack = join(dir, 'pack');

beforeAll(async () => writePackFolder(pack, await encodedPack()));
afterAll(remove);

/** Cuts a slice for a file that holds this text. */
function cut(text: string): Promise<string> {
  const items = join(dir, 'items');
  writeFileSync(items, text);
  return cutSlice({ pack, items, out, json: join(dir, 'slice.json') });
}

describe('vitrine slice', () => {
  const records = IDS.map((id) => ({ id }));

  it.each([
    ['an array', JSON.stringify(records)],
    ['a container', JSON.stringify({ items: records, slice: 'home.bin' })],
    ['NDJSON', records.map((record) => JSON.stringify(record)).join('\n')],
    ['an id per line', `${IDS.join('\n')}\n`],
  ])('reads candidates from %s', async (_, text) => {
    await cut(text);
    const { hashes } = await decodeSlice(new Uint8Array(readFileSync(out)));
    expect([...hashes]).toEqual(IDS.map((id) => hash32(id) | 0));
  });

  it('tells what it holds, and what the pack does not know', async () => {
    expect(await cut(`${IDS.join('\n')}\nnobody`)).toContain(
      'slice of 4 items, 1 unknown to the pack',
    );
    const figures = JSON.parse(readFileSync(join(dir, 'slice.json'), 'utf8')) as object;
    const bytes = readFileSync(out).length;
    expect(figures).toMatchObject({ items: 4, unknown: 1, bytes });
  });

  it.each([
    ['nobody at all', 'nobody', /expected items that the pack knows/],
    ['an empty list', '\n', /expected items, got none/],
    ['broken lines', '{"id":"a"}\n{"id"', /1 lines are no JSON/],
  ])('refuses %s', async (_, text, expected) => {
    const { code, message } = await failureOf(() => cut(text));
    expect(code).toBe('DATA_INVALID');
    expect(message).toMatch(expected);
  });
});

describe('vitrine evaluate --slices', () => {
  it('says what slices reach beside the whole pack, and what they weigh', async () => {
    const data = writeData(join(dir, 'data'), {
      catalog: TASTE_CATALOG,
      interactions: tasteInteractions(),
    });
    const trained = join(dir, 'trained');
    const protocol = 'leave-one-out';
    await train({ data, out: trained, protocol, seed: 1 });
    const json = join(dir, 'evaluate.json');
    await evaluate({ data, pack: trained, protocol, slices: true, json });
    const { metrics, slices } = JSON.parse(readFileSync(json, 'utf8')) as {
      metrics: Record<string, number>;
      slices: { lists: number; metrics: Record<string, number>; whole: object; brotli200: number };
    };
    expect(slices.whole).toEqual(metrics);
    expect(slices.lists).toBe(150);
    expect(slices.metrics['HR@10']).toBeGreaterThan(0.8 * (metrics['HR@10'] as number));
    expect(slices.brotli200).toBeLessThan(60_000);
  }, 60_000);
});
