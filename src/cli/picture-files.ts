/**
 * The pictures that a catalog names → the numbers of the `image` block, at build time.
 *
 * @packageDocumentation
 */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { VitrineError } from '../core/errors.ts';
import { openDecoder } from './picture-decoder.ts';

/** Where pictures come from. */
export interface PictureFilesOptions {
  /** Folder that relative addresses start from; `auto`: the data folder. */
  readonly pictures: string;
  /** Data folder. */
  readonly data: string;
  /** Whether addresses with http(s) are fetched when the folder does not hold them. */
  readonly isOnline: boolean;
}

/** How many pictures came to what. */
interface PictureCounts {
  /** Described. */
  read: number;
  /** Named, but not found: no such file, or an address that may not be fetched. */
  missing: number;
  /** Found, but no picture that can be decoded. */
  damaged: number;
}

/** Describes pictures. */
export interface PictureFiles {
  /** Grows with each call of `describe`. */
  readonly counts: PictureCounts;
  /**
   * Describes the picture of an item; never rejects.
   *
   * @param image - As in the item; undefined counts as nothing.
   * @returns 24 numbers; undefined when there is no picture to be had.
   */
  describe(image: string | undefined): Promise<readonly number[] | undefined>;
}

/** More bytes are no picture for a shop's page. */
const MAX_BYTES = 50_000_000;
/** A picture that takes longer to fetch is missing. */
const DEADLINE_MS = 20_000;

/** Path of an address without its query; undefined when it is not well-formed. */
function pathOf(image: string): string | undefined {
  try {
    return decodeURIComponent(new URL(image, 'https://shop.invalid/').pathname);
  } catch {
    return undefined; // no address: the same as no picture
  }
}

/** The file in a folder that an address names: at its path, else by its last part. */
function findFile(folder: string, image: string): string | undefined {
  const path = pathOf(image);
  if (path === undefined || path.includes('\0')) return undefined;
  const root = folder.endsWith(sep) ? folder : folder + sep;
  return [join(folder, path), join(folder, basename(path))].find(
    // Decoded, a path may hold `..` after all.
    (file) => file.startsWith(root) && statSync(file, { throwIfNoEntry: false })?.isFile(),
  );
}

async function readSmall(file: string): Promise<Uint8Array | undefined> {
  return statSync(file).size > MAX_BYTES ? undefined : readFile(file);
}

async function fetchSmall(url: string): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
  const isTooLarge = Number(response.headers.get('content-length')) > MAX_BYTES;
  if (response.ok && !isTooLarge) return new Uint8Array(await response.arrayBuffer());
  await response.body?.cancel();
  return undefined;
}

function folderOf({ data, pictures }: PictureFilesOptions): string {
  const folder = resolve(pictures === 'auto' ? data : pictures);
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new VitrineError('OPTION_INVALID', `--pictures: there is no folder ${folder}.`);
}

/**
 * Opens the pictures of a catalog.
 *
 * `image: "/images/1.jpg?w=400"` is looked for at `images/1.jpg` of the folder, then at `1.jpg`;
 * `https://cdn.example/images/1.jpg` is looked for at the same places.
 *
 * @param options - See {@link PictureFilesOptions}.
 * @returns See {@link PictureFiles}.
 * @throws `OPTION_INVALID` when the folder is not there or sharp cannot be loaded.
 */
export async function openPictures(options: PictureFilesOptions): Promise<PictureFiles> {
  const folder = folderOf(options);
  const describeFile = await openDecoder();
  const counts = { read: 0, missing: 0, damaged: 0 };
  const load = async (image: string): Promise<Uint8Array | undefined> => {
    const file = findFile(folder, image);
    if (file !== undefined) return readSmall(file);
    return options.isOnline && /^https?:\/\//iu.test(image) ? fetchSmall(image) : undefined;
  };
  return {
    counts,
    async describe(image) {
      if (image === undefined) return undefined;
      const bytes = await load(image).catch(() => undefined);
      if (bytes === undefined) {
        counts.missing++;
        return undefined;
      }
      const vector = await describeFile(bytes);
      if (vector) counts.read++;
      else counts.damaged++;
      return vector ?? undefined;
    },
  };
}
