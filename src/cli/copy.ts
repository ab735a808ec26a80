/**
 * `vitrine copy`: the files that a shop hosts itself, with their hashes in `integrity.json`.
 *
 * What stands in the folder and is not ours is left alone. Ours is what the package holds and what
 * the `integrity.json` of an earlier copy lists. That file is written last: until then it tells
 * what an interrupted copy left to remove.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isVitrineError, VitrineError } from '../core/errors.ts';
import { decodePack } from '../pack/pack-codec.ts';
import type { CopyJob } from './arguments.ts';
import { sweepDrafts, writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { readPackFolder } from './pack-folder.ts';

/** What `integrity.json` holds. */
export interface Integrity {
  /** Of the package that the files came from. */
  readonly version: string;
  /** By path from the folder, with `/` between, in alphabetical order. */
  readonly files: Readonly<Record<string, FileIntegrity>>;
}

/** One file of {@link Integrity}. */
interface FileIntegrity {
  /** `sha384-` and the hash in base64, as the attribute `integrity` takes it. */
  readonly integrity: string;
  /** Of the file. */
  readonly bytes: number;
}

/** By path from the folder, in the order of writing: a file comes after those that it asks for. */
type Files = ReadonlyMap<string, Buffer>;

const INTEGRITY = 'integrity.json';
const PACK = 'pack/';

/** What a page names itself; all else in dist/ is asked for by these. */
const ENTRIES = [
  'vitrine-consent.js',
  'vitrine-events.js',
  'vitrine-feed.js',
  'vitrine-inspect.js',
  'vitrine.worker.js',
  'vitrine.iife.js',
  'vitrine.js',
];

/** Why a place cannot be written to, by the system's code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to write there',
  EPERM: 'you have no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a link of that name leads nowhere',
  EISDIR: 'a folder of that name stands there',
};

function refuseFolder(detail: string): never {
  throw new VitrineError('OPTION_INVALID', `DIR: ${detail}`);
}

/** Does something to a path, and says in words why it cannot be done. */
function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (isVitrineError(error) || !(error instanceof Error && 'syscall' in error)) throw error;
    const reason = REASONS[String((error as NodeJS.ErrnoException).code)] ?? error.message;
    throw new VitrineError('OPTION_INVALID', `${path} cannot be written: ${reason}.`, {
      cause: error,
    });
  }
}

/** Node's own recursive way never returns where the system makes no folders, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(resolve(folder)));
  mkdirSync(folder);
}

function distFiles(dist: string): Files {
  const missing = ENTRIES.find((name) => !existsSync(join(dist, name)));
  if (missing !== undefined) {
    const advice = 'there is no such file; install vitrine anew, or build it by `npm run build`';
    throw dataError(join(dist, missing), 0, advice);
  }
  const others = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(sep, '/'))
    .filter((name) => /\.(?:js|wasm)$/u.test(name) && name !== 'vitrine.cli.js')
    .filter((name) => !ENTRIES.includes(name))
    .toSorted();
  return new Map([...others, ...ENTRIES].map((name) => [name, readFileSync(join(dist, name))]));
}

async function packFiles(folder: string): Promise<Files> {
  const pack = readPackFolder(folder);
  // Its hashes are checked here, and not first on the shop's page.
  await decodePack(pack);
  const names = [...[...pack.files.keys()].map((name) => basename(name)), 'manifest.json'];
  return new Map(names.map((name) => [PACK + name, readFileSync(join(folder, name))]));
}

/** Names in an `integrity.json` are data: none may lead out of the folder. */
function isInside(folder: string, name: string): boolean {
  const isPlain = name
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/u.test(part));
  if (!isPlain || name === INTEGRITY) return false;
  const parent = dirname(join(folder, name));
  // A link to a folder elsewhere would lead out of it, too.
  return existsSync(parent) && `${realpathSync(parent)}${sep}`.startsWith(realRoot(folder));
}

/** With a separator at its end, so that `/a/bc` does not count as inside `/a/b`. */
function realRoot(folder: string): string {
  return realpathSync(folder).replace(/[/\\]?$/u, sep);
}

/** Files that an earlier copy left and that are still there. */
function earlierFiles(folder: string): string[] {
  const path = join(folder, INTEGRITY);
  if (!existsSync(path)) return [];
  let files: unknown;
  try {
    ({ files } = JSON.parse(readFileSync(path, 'utf8')) as { files?: unknown });
  } catch {
    // Told below, as what is no record of ours.
  }
  if (typeof files !== 'object' || files === null || Array.isArray(files)) {
    refuseFolder(`${path} was not written by vitrine; remove it, or name a folder for us alone.`);
  }
  return Object.keys(files).filter(
    (name) =>
      isInside(folder, name) &&
      lstatSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === false,
  );
}

function checkFolder(folder: string, dist: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    refuseFolder(`${folder} is a file, expected a folder; name another one.`);
  }
  const real = existsSync(folder) ? realRoot(folder) : `${resolve(folder)}${sep}`;
  if (real.startsWith(realRoot(dist))) {
    refuseFolder(`${folder} belongs to the package itself; name a folder of your shop.`);
  }
}

/** Writes a file unless it is there already; what a killed process left beside it goes. */
function writeChanged(path: string, bytes: Buffer): boolean {
  return attempt(path, () => {
    sweepDrafts(path);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new VitrineError('OPTION_INVALID', `${path} is a folder, expected a file of ours.`);
    }
    if (existsSync(path) && readFileSync(path).equals(bytes)) return false;
    makeFolder(dirname(path));
    writeWhole(path, bytes);
    return true;
  });
}

function integrityOf(version: string, files: Files): Integrity {
  const entries = [...files.keys()].toSorted().map((name) => {
    const bytes = files.get(name) ?? Buffer.alloc(0);
    const hash = createHash('sha384').update(bytes).digest('base64');
    return [name, { integrity: `sha384-${hash}`, bytes: bytes.length }] as const;
  });
  return { version, files: Object.fromEntries(entries) };
}

/** One row per file that a page names, one per folder of others. */
function tableOf({ files }: Integrity): string[] {
  const rows = new Map<string, { count: number; bytes: number }>();
  for (const [name, { bytes }] of Object.entries(files)) {
    const label = name.includes('/') ? name.slice(0, name.indexOf('/') + 1) : name;
    const row = rows.get(label) ?? { count: 0, bytes: 0 };
    rows.set(label, { count: row.count + 1, bytes: row.bytes + bytes });
  }
  return [...rows].map(([label, { bytes, count }]) => {
    const kilobytes = `${(bytes / 1000).toFixed(1)} kB`.padStart(12);
    return `${label.padEnd(20)}${kilobytes}${label.endsWith('/') ? `  ${count} files` : ''}`;
  });
}

function htmlOf(folder: string, { files }: Integrity): string[] {
  const name = encodeURIComponent(basename(resolve(folder)));
  const base = name === '' ? '/' : `/${name}/`;
  const tag = (file: string, type: string): string =>
    `<script${type} src="${base}${file}" integrity="${files[file]?.integrity}" crossorigin="anonymous"></script>`;
  return [
    'Include one of the two, as a module or as a plain script; put your own path before the name:',
    tag('vitrine.js', ' type="module"'),
    tag('vitrine.iife.js', ''),
    ...(`${PACK}manifest.json` in files ? [`The pack: data-pack="${base}${PACK}".`] : []),
  ];
}

/**
 * Copies what a page needs into a folder of the shop. A second run changes nothing.
 *
 * Files that an earlier copy listed and that are no longer needed go; a pack that it brought stays
 * until another one takes its place. Each file is whole or not there.
 *
 * @param job - What `vitrine copy` was asked for.
 * @param home - Folder of the installed package, with `dist/` and `packs/default/`.
 * @returns Lines for the terminal: a table, and the HTML that includes the script.
 * @throws `OPTION_INVALID` when the folder is a file, the package's own, or cannot be written;
 *   `DATA_INVALID` when the package is not built; `PACK_FORMAT`, `PACK_VERSION` or
 *   `PACK_INTEGRITY` for a pack that pages would refuse.
 */
export async function copy(job: CopyJob, home: string): Promise<string> {
  const { folder, json, pack } = job;
  const dist = join(home, 'dist');
  const files = new Map(distFiles(dist));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Integrity;
  checkFolder(folder, dist);
  const earlier = earlierFiles(folder);
  if (pack === undefined) {
    const kept = earlier.filter((name) => name.startsWith(PACK));
    for (const name of kept) files.set(name, readFileSync(join(folder, name)));
  } else {
    const from = pack === true ? join(home, 'packs', 'default') : pack;
    for (const [name, bytes] of await packFiles(from)) files.set(name, bytes);
  }
  attempt(folder, () => makeFolder(folder));
  const written = [...files].filter(([name, bytes]) => writeChanged(join(folder, name), bytes));
  const removed = earlier.filter((name) => !files.has(name));
  for (const name of removed) attempt(join(folder, name), () => rmSync(join(folder, name)));
  const integrity = integrityOf(version, files);
  const record = Buffer.from(`${JSON.stringify(integrity, null, 2)}\n`);
  writeChanged(join(folder, INTEGRITY), record);
  if (json !== undefined) {
    const figures = { ...integrity, written: written.map(([name]) => name), removed };
    writeChanged(json, Buffer.from(`${JSON.stringify(figures)}\n`));
  }
  const same = files.size - written.length;
  return [
    `vitrine ${version} in ${folder}: ${files.size} files, ${written.length} written, ${same} as they were, ${removed.length} old ones removed`,
    ...tableOf(integrity),
    `The hash of each file stands in ${join(folder, INTEGRITY)}.`,
    '',
    ...htmlOf(folder, integrity),
  ].join('\n');
}
