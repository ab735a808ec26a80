/**
 * The manifest of a pack: what is in it, and the hashes by which it is trusted.
 *
 * @packageDocumentation
 */
import { hexOf } from '../core/binary.ts';

/** A file of a pack. */
export interface PackFile {
  /** File name inside the pack's folder. */
  readonly name: string;
  /** Size. */
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** How a pack was trained. */
export interface PackTraining {
  /** What it was allowed to learn from. */
  readonly protocol: string;
  /** Seed of all draws. */
  readonly seed: number;
  /** Visitors and interactions that it learned from. */
  readonly visitors: number;
  /** See `visitors`. */
  readonly interactions: number;
}

/** `manifest.json`. */
export interface PackManifest {
  /** Always `vitrine-pack`. */
  readonly format: 'vitrine-pack';
  /** Format version. */
  readonly version: 1;
  /** Content hash: the first 32 digits of the SHA-256 over the other fields and the files' hashes. */
  readonly packId: string;
  /** I items. */
  readonly numItems: number;
  /** A attributes. */
  readonly numAttributes: number;
  /** How it was trained. */
  readonly training: PackTraining;
  /** Signal names of the additive ranker, J; empty in a content-only pack. */
  readonly signals: readonly string[];
  /** True switches personalisation off wherever this pack is used. */
  readonly killSwitch: boolean;
  /** All other files. */
  readonly files: readonly PackFile[];
}

/** A pack in memory: `manifest.json` and its files by name. */
export interface PackFiles {
  /** Parsed manifest. */
  readonly manifest: PackManifest;
  /** Contents by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Format version that this release writes and reads. */
export const PACK_VERSION = 1;

/** Name of the attribute model's file. */
export const ATTRIBUTES_FILE = 'attributes.bin';

/** Name of the file with what enriching items needs of the whole catalog. */
export const CATALOG_FILE = 'catalog.bin';

/** Files that no ranker reads: a page fetches them when somebody asks for them. */
export const LAZY_FILES: ReadonlySet<string> = new Set([ATTRIBUTES_FILE]);

/**
 * SHA-256.
 *
 * @param bytes - Any bytes.
 * @returns 64 lower-case hexadecimal digits.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/**
 * Whether bytes are those of a file.
 *
 * @param bytes - As they came.
 * @param file - As the manifest says.
 * @returns True when size and hash are the same.
 */
export async function isWhole(bytes: Uint8Array, file: PackFile): Promise<boolean> {
  return bytes.length === file.bytes && (await sha256(Uint8Array.from(bytes))) === file.sha256;
}

/**
 * Content hash of all that a manifest says, but for the hash itself.
 *
 * @param body - The other fields.
 * @returns 32 lower-case hexadecimal digits.
 */
export async function packIdOf(body: Omit<PackManifest, 'packId'>): Promise<string> {
  const { format, version, numItems, numAttributes, training, signals, killSwitch, files } = body;
  const fields = [format, version, numItems, numAttributes, training, signals, killSwitch, files];
  return (await sha256(new TextEncoder().encode(JSON.stringify(fields)))).slice(0, 32);
}
