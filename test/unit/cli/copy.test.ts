import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type CopyJob, readArguments, readCopyArguments } from '../../../src/cli/arguments.ts';
import { copy, type Integrity } from '../../../src/cli/copy.ts';
import { failureOf, testFolder } from './data-folder.ts';

const PACK = fileURLToPath(new URL('../../../packs/default', import.meta.url));

/** What a page needs of {@link packageFolder}, in alphabetical order. */
const NEEDED = [
  'chunks/tensors-Ab1.js',
  'vitrine-consent.js',
  'vitrine-events.js',
  'vitrine-feed.js',
  'vitrine-inspect.js',
  'vitrine.iife.js',
  'vitrine.js',
  'vitrine.worker.js',
  'wasm/simd.wasm',
];

/** What a page does not need. */
const OTHERS = [
  'vitrine.cli.js',
  'vitrine.d.ts',
  'vitrine.js.map',
  'vitrine.worker.d.ts',
  'chunks/tensors-Ab1.js.map',
];

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** An installed package; each file holds its own name. */
function packageFolder(dir: string): string {
  const home = join(dir, 'package');
  write(join(home, 'package.json'), '{"version":"1.2.3"}');
  for (const name of [...NEEDED, ...OTHERS]) write(join(home, 'dist', name), name);
  cpSync(PACK, join(home, 'packs', 'default'), { recursive: true });
  return home;
}

function shop(): { home: string; dir: string; folder: string } {
  const dir = testFolder();
  return { home: packageFolder(dir), dir, folder: join(dir, 'public', 'shop files') };
}

function job(folder: string, more: Partial<CopyJob> = {}): CopyJob {
  return { folder, pack: undefined, json: undefined, ...more };
}

/** Files below a folder, in alphabetical order. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted();
}

function integrityIn(folder: string): Integrity {
  return JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8')) as Integrity;
}

/** Adds a file to those that an earlier copy is said to have left. */
function list(folder: string, ...names: readonly string[]): void {
  const { files, version } = integrityIn(folder);
  const added = names.map((name) => [name, { integrity: 'sha384-x', bytes: 1 }]);
  const record = { version, files: { ...files, ...Object.fromEntries(added) } };
  writeFileSync(join(folder, 'integrity.json'), JSON.stringify(record));
}

describe('vitrine copy', () => {
  it('copies what a page needs, and nothing else', async () => {
    const { folder, home } = shop();
    await copy(job(folder), home);
    expect(filesIn(folder)).toEqual([...NEEDED, 'integrity.json'].toSorted());
    for (const name of NEEDED) expect(readFileSync(join(folder, name), 'utf8')).toBe(name);
  });

  it('writes version, hashes and sizes, by name', async () => {
    const { folder, home } = shop();
    await copy(job(folder), home);
    const { files, version } = integrityIn(folder);
    expect(version).toBe('1.2.3');
    expect(Object.keys(files)).toEqual(NEEDED);
    for (const name of NEEDED) {
      const hash = createHash('sha384').update(name).digest('base64');
      expect(files[name]).toEqual({ integrity: `sha384-${hash}`, bytes: name.length });
    }
  });

  it('prints both ways to include the script, with hashes', async () => {
    const { folder, home } = shop();
    const lines = (await copy(job(folder), home)).split('\n');
    const { files } = integrityIn(folder);
    expect(lines).toContain(
      `<script type="module" src="/shop%20files/vitrine.js" integrity="${files['vitrine.js']?.integrity}" crossorigin="anonymous"></script>`,
    );
    expect(lines).toContain(
      `<script src="/shop%20files/vitrine.iife.js" integrity="${files['vitrine.iife.js']?.integrity}" crossorigin="anonymous"></script>`,
    );
  });

  it('changes nothing the second time', async () => {
    const { folder, home } = shop();
    await copy(job(folder, { pack: true }), home);
    const longAgo = new Date(1_000_000);
    for (const name of filesIn(folder)) utimesSync(join(folder, name), longAgo, longAgo);
    const before = readFileSync(join(folder, 'integrity.json'), 'utf8');
    expect(await copy(job(folder, { pack: true }), home)).toContain(' 0 written');
    for (const name of filesIn(folder)) {
      expect([name, statSync(join(folder, name)).mtimeMs]).toEqual([name, longAgo.getTime()]);
    }
    expect(readFileSync(join(folder, 'integrity.json'), 'utf8')).toBe(before);
  });

  it('replaces what changed, removes what is listed and not needed, leaves all else', async () => {
    const { folder, home } = shop();
    await copy(job(folder), home);
    write(join(folder, 'chunks/tensors-Zz9.js'), 'old');
    write(join(folder, 'chunks/tensors-Other.js'), 'not listed');
    write(join(folder, 'logo.svg'), 'the shop’s');
    list(folder, 'chunks/tensors-Zz9.js', 'chunks/long-gone.js');
    writeFileSync(join(folder, 'vitrine.js'), 'earlier');
    const text = await copy(job(folder), home);
    expect(text).toContain('9 files, 1 written, 8 as they were, 1 old ones removed');
    const theirs = ['chunks/tensors-Other.js', 'logo.svg'];
    expect(filesIn(folder)).toEqual([...NEEDED, ...theirs, 'integrity.json'].toSorted());
    expect(readFileSync(join(folder, 'vitrine.js'), 'utf8')).toBe('vitrine.js');
    expect(Object.keys(integrityIn(folder).files)).toEqual(NEEDED);
  });

  it('removes nothing outside the folder, and no folder, whatever is listed', async () => {
    const { dir, folder, home } = shop();
    await copy(job(folder), home);
    const outside = join(dir, 'elsewhere', 'keep.js');
    write(outside, 'keep');
    write(join(folder, 'more', 'keep.js'), 'keep');
    symlinkSync(dirname(outside), join(folder, 'link'));
    list(folder, '../../elsewhere/keep.js', outside, 'link/keep.js', 'more', '', '__proto__');
    await copy(job(folder), home);
    expect(existsSync(outside)).toBe(true);
    expect(existsSync(join(folder, 'more', 'keep.js'))).toBe(true);
  });

  it('leaves the record of an earlier copy until the new one is whole', async () => {
    const { folder, home } = shop();
    await copy(job(folder), home);
    const before = readFileSync(join(folder, 'integrity.json'), 'utf8');
    write(join(home, 'dist', 'vitrine.worker.js'), 'newer');
    // In the way of the last file.
    rmSync(join(folder, 'vitrine.js'));
    mkdirSync(join(folder, 'vitrine.js'));
    const { code, message } = await failureOf(() => copy(job(folder), home));
    expect(code).toBe('OPTION_INVALID');
    expect(message).toContain(`${join(folder, 'vitrine.js')} is a folder, expected a file of ours`);
    expect(readFileSync(join(folder, 'vitrine.worker.js'), 'utf8')).toBe('newer');
    expect(readFileSync(join(folder, 'integrity.json'), 'utf8')).toBe(before);
  });

  it('refuses a folder that is a file, below a file, or the package’s own', async () => {
    const { dir, home } = shop();
    const file = join(dir, 'file');
    write(file, 'mine');
    const messageOf = async (folder: string): Promise<string> => {
      const { code, message } = await failureOf(() => copy(job(folder), home));
      expect(code).toBe('OPTION_INVALID');
      return message;
    };
    expect(await messageOf(file)).toContain(`DIR: ${file} is a file, expected a folder`);
    expect(await messageOf(join(file, 'below'))).toContain('a part of its path is a file');
    symlinkSync(join(dir, 'nowhere'), join(dir, 'link'));
    expect(await messageOf(join(dir, 'link'))).toContain('a link of that name leads nowhere');
    expect(await messageOf(join(home, 'dist'))).toContain('belongs to the package itself');
    expect(await messageOf(join(home, 'dist', 'new'))).toContain('belongs to the package itself');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(filesIn(join(home, 'dist'))).toEqual([...NEEDED, ...OTHERS].toSorted());
  });

  it.runIf(existsSync('/proc/self'))('refuses where no folder can be made', async () => {
    for (const folder of ['/proc', '/proc/vitrine']) {
      const { code, message } = await failureOf(() => copy(job(folder), shop().home));
      expect(code).toBe('OPTION_INVALID');
      expect(message).toMatch(/\/proc\S* cannot be written: no folder can be made there/u);
    }
  });

  it.each(['no JSON', 'null', '[]', '{"files":[]}', '{"vitrine.js":"sha384-x"}'])(
    'touches nothing where integrity.json is somebody else’s: %s',
    async (text) => {
      const { folder, home } = shop();
      write(join(folder, 'integrity.json'), text);
      const { code, message } = await failureOf(() => copy(job(folder), home));
      expect([code, message]).toEqual([
        'OPTION_INVALID',
        expect.stringContaining('was not written by vitrine; remove it, or name a folder'),
      ]);
      expect(filesIn(folder)).toEqual(['integrity.json']);
    },
  );

  it('says what is missing in a package that is not built', async () => {
    const { folder, home } = shop();
    rmSync(join(home, 'dist', 'vitrine.worker.js'));
    const { code, message } = await failureOf(() => copy(job(folder), home));
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('vitrine.worker.js: there is no such file; install vitrine anew');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('vitrine copy --pack', () => {
  it('brings the package’s pack or another one, which stays until it is replaced', async () => {
    const { dir, folder, home } = shop();
    const named = readdirSync(PACK).map((name) => `pack/${name}`);
    await copy(job(folder, { pack: true }), home);
    expect(filesIn(join(folder, 'pack'))).toEqual(readdirSync(PACK).toSorted());
    expect(Object.keys(integrityIn(folder).files)).toEqual([...NEEDED, ...named].toSorted());
    await copy(job(folder), home);
    expect(Object.keys(integrityIn(folder).files)).toEqual([...NEEDED, ...named].toSorted());
    const own = join(dir, 'own pack');
    cpSync(PACK, own, { recursive: true });
    write(join(folder, 'pack', 'old.bin'), 'of an earlier pack');
    write(join(folder, 'pack', 'notes.txt'), 'the shop’s');
    list(folder, 'pack/old.bin');
    const text = await copy(job(folder, { pack: own }), home);
    expect(text).toContain('data-pack="/shop%20files/pack/"');
    expect(filesIn(join(folder, 'pack'))).toEqual([...readdirSync(PACK), 'notes.txt'].toSorted());
  });

  it('copies nothing when the pack is damaged or missing', async () => {
    const { dir, folder, home } = shop();
    writeFileSync(join(home, 'packs', 'default', 'tables.bin'), 'damaged');
    const damaged = await failureOf(() => copy(job(folder, { pack: true }), home));
    expect(damaged.code).toBe('PACK_INTEGRITY');
    const missing = await failureOf(() => copy(job(folder, { pack: join(dir, 'no') }), home));
    expect(missing.code).toBe('PACK_FORMAT');
    expect(existsSync(folder)).toBe(false);
  });

  it('writes the figures where --json says', async () => {
    const { dir, folder, home } = shop();
    const json = join(dir, 'figures.json');
    await copy(job(folder, { json }), home);
    const figures = JSON.parse(readFileSync(json, 'utf8')) as Integrity & { written: string[] };
    expect(figures).toMatchObject({ ...integrityIn(folder), removed: [] });
    expect(figures.written.toSorted()).toEqual(NEEDED);
  });
});

describe('the words of vitrine copy', () => {
  const read = (line: string): CopyJob | null => readCopyArguments(line.split(' '));

  it('takes --pack with or without a path', () => {
    expect(read('copy d')).toEqual({ folder: 'd', pack: undefined, json: undefined });
    expect(read('copy d --pack')).toMatchObject({ folder: 'd', pack: true });
    expect(read('copy d --pack p')).toMatchObject({ folder: 'd', pack: 'p' });
    expect(read('copy d --pack --json j')).toMatchObject({ folder: 'd', pack: true, json: 'j' });
  });

  it('leaves the usage and other commands to others', () => {
    expect([read('pack p'), read('copy --help')]).toEqual([null, null]);
    expect(readArguments(['copy', '--help'])).toBeNull();
  });

  it.each([
    ['copy', 'DIR is missing'],
    ['copy --pack d', 'DIR is missing; it stands before --pack'],
    ['copy d e', 'got e, expected nothing more'],
    ['copy d --out o', 'vitrine copy takes no --out'],
    ['copy d --pack=', '--pack: got nothing'],
    ['copy d --packs', "Unknown option '--packs'"],
  ])('refuses: %s', async (line, problem) => {
    const { code, message } = await failureOf(() => read(line));
    expect([code, message]).toEqual(['OPTION_INVALID', expect.stringContaining(problem)]);
  });
});
