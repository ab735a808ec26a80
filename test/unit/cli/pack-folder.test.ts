import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPackFolder, writePackFolder } from '../../../src/cli/pack-folder.ts';
import { encodedPack } from '../pack/pack-fixtures.ts';
import { failureOf, testFolder } from './data-folder.ts';

const PACK = await encodedPack(1);
const OTHER = await encodedPack(2);
/** Cannot be written: one of its files lies in a folder that there is not. */
const BROKEN = { ...OTHER, files: new Map([...OTHER.files, ['no/such/folder', new Uint8Array()]]) };

/** A pack in a folder of its own. */
function written(): { parent: string; folder: string } {
  const parent = testFolder();
  const folder = join(parent, 'pack');
  writePackFolder(folder, PACK);
  return { parent, folder };
}

/** Tries to write a pack that fails. */
function failToWrite(folder: string): void {
  expect(() => writePackFolder(folder, BROKEN)).toThrow('ENOENT');
}

describe('writePackFolder', () => {
  it('writes what readPackFolder reads', () => {
    expect(readPackFolder(written().folder)).toEqual(PACK);
  });

  it('writes the manifest and the files it lists, and leaves nothing else beside them', () => {
    const { folder, parent } = written();
    const names = PACK.manifest.files.map(({ name }) => name);
    expect(readdirSync(folder).sort()).toEqual([...names, 'manifest.json'].sort());
    expect(readdirSync(parent)).toEqual(['pack']);
  });

  it('makes the folders above', () => {
    const folder = join(testFolder(), 'a', 'b', 'pack');
    writePackFolder(folder, PACK);
    expect(readPackFolder(folder)).toEqual(PACK);
  });

  it('replaces an earlier pack whole', () => {
    const { folder, parent } = written();
    writeFileSync(join(folder, 'old.bin'), 'x');
    writePackFolder(folder, OTHER);
    expect(readPackFolder(folder)).toEqual(OTHER);
    expect(existsSync(join(folder, 'old.bin'))).toBe(false);
    expect(readdirSync(parent)).toEqual(['pack']);
  });

  it('leaves the old pack, and no draft, when writing fails', () => {
    const { folder, parent } = written();
    failToWrite(folder);
    expect(readPackFolder(folder)).toEqual(PACK);
    expect(readdirSync(parent)).toEqual(['pack']);
  });

  it('leaves nothing when the first pack fails', () => {
    const parent = testFolder();
    failToWrite(join(parent, 'pack'));
    expect(readdirSync(parent)).toEqual([]);
  });

  it('replaces an empty folder, and nothing that is no pack', async () => {
    const parent = testFolder();
    mkdirSync(join(parent, 'empty'));
    writePackFolder(join(parent, 'empty'), PACK);
    expect(readPackFolder(join(parent, 'empty'))).toEqual(PACK);
    mkdirSync(join(parent, 'photos'));
    writeFileSync(join(parent, 'photos', 'a.jpg'), 'x');
    writeFileSync(join(parent, 'file'), 'x');
    for (const name of ['photos', 'file']) {
      const { code, message } = await failureOf(() => writePackFolder(join(parent, name), PACK));
      expect(code).toBe('OPTION_INVALID');
      expect(message).toContain(`${name} is no pack`);
    }
    expect(readdirSync(parent).sort()).toEqual(['empty', 'file', 'photos']);
    expect(readdirSync(join(parent, 'photos'))).toEqual(['a.jpg']);
  });
});

describe('readPackFolder', () => {
  it('names a folder that is no pack', async () => {
    const { code, message } = await failureOf(() => readPackFolder(testFolder()));
    expect(code).toBe('PACK_FORMAT');
    expect(message).toContain('manifest.json: no such file');
  });

  it.each([
    ['{"format":', 'expected JSON'],
    ['{}', 'no files'],
    ['[]', 'no files'],
    ['7', 'no files'],
    ['null', 'no files'],
  ])('rejects the manifest %s', async (text, expected) => {
    const { folder } = written();
    writeFileSync(join(folder, 'manifest.json'), text);
    const { code, message } = await failureOf(() => readPackFolder(folder));
    expect(code).toBe('PACK_FORMAT');
    expect(message).toContain(expected);
  });

  it.each(PACK.manifest.files.map(({ name }) => name))('names %s when missing', async (name) => {
    const { folder } = written();
    rmSync(join(folder, name));
    const { code, message } = await failureOf(() => readPackFolder(folder));
    expect(code).toBe('PACK_INTEGRITY');
    expect(message).toContain(name);
  });

  it('reads nothing outside the folder, whatever the manifest names', async () => {
    const { folder, parent } = written();
    writeFileSync(join(parent, 'secret'), 'x');
    const path = join(folder, 'manifest.json');
    const manifest: object = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...manifest, files: [{ name: '../secret' }] }));
    expect((await failureOf(() => readPackFolder(folder))).code).toBe('PACK_INTEGRITY');
  });
});
