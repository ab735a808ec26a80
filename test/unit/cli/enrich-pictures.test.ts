import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isImageVector } from '../../../src/catalog/image-block.ts';
import { enrich } from '../../../src/cli/enrich.ts';
import { train } from '../../../src/cli/train.ts';
import { createFolder, failureOf, testFolder, writeData } from './data-folder.ts';

const { dir, remove } = createFolder();
const pack = join(dir, 'pack');

function square(colour: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="${colour}"/></svg>`;
}

const OWN = Array.from({ length: 24 }, (_, i) => i / 24);
const CATALOG = [
  { id: 'red', title: 'Wool scarf', image: '/pictures/red.svg', stock: { shelf: 3 } },
  { id: 'blue', title: 'Wool hat', image: '/pictures/blue.svg', imageVector: OWN, price: 9 },
  { id: 'gone', title: 'Wool sock', image: '/pictures/gone.svg', imageVector: OWN },
  { id: 'bare', title: 'Wool shawl' },
];

const quiet = (): ReturnType<typeof vi.spyOn> =>
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);

beforeAll(async () => {
  const silence = quiet();
  const data = writeData(join(dir, 'data'), { catalog: CATALOG });
  await train({ data, out: pack, protocol: 'all', seed: 1 });
  silence.mockRestore();
});

afterAll(remove);

beforeEach(() => {
  const silence = quiet();
  return () => silence.mockRestore();
});

/** A data folder with pictures in it. */
function shop(): { data: string; out: string; json: string } {
  const folder = testFolder();
  const data = writeData(join(folder, 'data'), { catalog: CATALOG });
  mkdirSync(join(data, 'pictures'));
  writeFileSync(join(data, 'pictures/red.svg'), square('#c22'));
  writeFileSync(join(data, 'pictures/blue.svg'), square('#24c'));
  return { data, out: join(folder, 'out'), json: join(folder, 'figures.json') };
}

interface Enriched {
  readonly id: string;
  readonly imageVector?: readonly number[];
}

function linesOf(out: string): string[] {
  return readFileSync(join(out, 'catalog.ndjson'), 'utf8').trim().split('\n');
}

function itemsOf(out: string): Enriched[] {
  return linesOf(out).map((line) => JSON.parse(line) as Enriched);
}

describe('enrich with pictures', () => {
  it('writes what the pictures look like, and counts them', async () => {
    const { data, json, out } = shop();
    const said = await enrich({ data, pack, out, json, pictures: 'auto' });
    const [red, blue, gone, bare] = itemsOf(out);
    expect(isImageVector(red?.imageVector)).toBe(true);
    expect(isImageVector(blue?.imageVector)).toBe(true);
    expect(red?.imageVector).not.toEqual(blue?.imageVector);
    expect(bare).not.toHaveProperty('imageVector');
    expect(said).toContain('2 with their picture');
    const figures = JSON.parse(readFileSync(json, 'utf8')) as object;
    expect(figures).toMatchObject({ items: 4, pictures: { read: 2, missing: 1, damaged: 0 } });
    // A picture that is not there takes nothing away.
    expect(gone?.imageVector).toEqual(OWN);
  });

  it('keeps the shop’s fields byte for byte and gives the same lines again', async () => {
    const { data, out } = shop();
    await enrich({ data, pack, out, pictures: 'auto' });
    const first = linesOf(out);
    expect(first[0]).toContain(JSON.stringify(CATALOG[0]).slice(0, -1));
    writeFileSync(join(data, 'catalog.ndjson'), `${first.join('\n')}\n`);
    await enrich({ data, pack, out, pictures: 'auto' });
    expect(itemsOf(out)).toEqual(first.map((line) => JSON.parse(line) as Enriched));
  });

  it('reads none unless it is asked to', async () => {
    const { data, json, out } = shop();
    await enrich({ data, pack, out, json });
    const [red, blue] = itemsOf(out);
    expect(red).not.toHaveProperty('imageVector');
    expect(blue?.imageVector).toEqual(OWN);
    expect(JSON.parse(readFileSync(json, 'utf8'))).not.toHaveProperty('pictures');
  });

  it('refuses a folder that is not there', async () => {
    const { data, out } = shop();
    const call = (): Promise<string> => enrich({ data, pack, out, pictures: join(data, 'none') });
    expect((await failureOf(call)).code).toBe('OPTION_INVALID');
  });
});
