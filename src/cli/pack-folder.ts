/**
 * Packs on disk. A pack is written beside its place and moved there when it is whole.
 *
 * @packageDocumentation
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { VitrineError } from '../core/errors.ts';
import type { PackFiles, PackManifest } from '../pack/pack-format.ts';

/**
 * Writes a pack; an interruption leaves the old one, or none.
 *
 * @param folder - Where; an earlier pack there is replaced.
 * @param pack - Manifest and files.
 */
export function writePackFolder(folder: string, pack: PackFiles): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const draft = join(parent, `.${basename(folder)}.${process.pid}.part`);
  const clean = (): void => rmSync(draft, { recursive: true, force: true });
  process.once('exit', clean);
  try {
    clean();
    mkdirSync(draft);
    for (const [name, bytes] of pack.files) writeFileSync(join(draft, name), bytes);
    writeFileSync(join(draft, 'manifest.json'), `${JSON.stringify(pack.manifest, null, 2)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    clean();
    process.removeListener('exit', clean);
  }
}

/**
 * Reads a pack's files; they are verified when they are decoded.
 *
 * @param folder - Where.
 * @returns Manifest and files.
 * @throws `PACK_FORMAT` when there is no manifest, `PACK_INTEGRITY` when a file is missing.
 */
export function readPackFolder(folder: string): PackFiles {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new VitrineError('PACK_FORMAT', `${path}: no such file.`);
  let manifest: PackManifest;
  try {
    manifest = (JSON.parse(readFileSync(path, 'utf8')) ?? {}) as PackManifest;
  } catch {
    throw new VitrineError('PACK_FORMAT', `${path}: expected JSON.`);
  }
  if (!Array.isArray(manifest.files)) throw new VitrineError('PACK_FORMAT', `${path}: no files.`);
  const files = new Map<string, Uint8Array>();
  for (const { name } of manifest.files) {
    const file = join(folder, basename(String(name)));
    if (!existsSync(file)) throw new VitrineError('PACK_INTEGRITY', `${file} is missing.`);
    files.set(name, new Uint8Array(readFileSync(file)));
  }
  return { manifest, files };
}
