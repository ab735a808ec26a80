/**
 * Packs on disk. A pack is written beside its place and moved there when it is whole.
 *
 * @packageDocumentation
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { VitrineError } from '../core/errors.ts';
import type { PackFiles, PackManifest } from '../pack/pack-format.ts';
import { draftOf, finishDraft, sweepDrafts } from './drafts.ts';

/**
 * Refuses a place where a pack would replace something else.
 *
 * @param folder - Where a pack shall go.
 * @throws `OPTION_INVALID` when a file, or a folder of other things, stands there.
 */
export function checkPackPlace(folder: string): void {
  if (!existsSync(folder)) return;
  const isFree =
    statSync(folder).isDirectory() &&
    (existsSync(join(folder, 'manifest.json')) || readdirSync(folder).length === 0);
  if (isFree) return;
  throw new VitrineError(
    'OPTION_INVALID',
    `--out: ${folder} is no pack and would be replaced; name a new folder.`,
  );
}

/**
 * Writes a pack; an interruption leaves the old one, or none.
 *
 * @param folder - Where; an earlier pack there is replaced.
 * @param pack - Manifest and files.
 * @throws `OPTION_INVALID` as {@link checkPackPlace}.
 */
export function writePackFolder(folder: string, pack: PackFiles): void {
  checkPackPlace(folder);
  try {
    const draft = draftOf(folder);
    mkdirSync(draft);
    for (const [name, bytes] of pack.files) writeFileSync(join(draft, name), bytes);
    writeFileSync(join(draft, 'manifest.json'), `${JSON.stringify(pack.manifest, null, 2)}\n`);
    finishDraft(folder);
  } finally {
    sweepDrafts(folder);
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
