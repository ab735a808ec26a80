/**
 * Named typed arrays in one buffer with a versioned header: how binary files of a pack look.
 *
 * Layout, little-endian: `VTRN`, u16 version, u16 number of sections; per section a u8 name length,
 * the name in ASCII, u8 type, u32 length in elements; then the sections' data in that order, each
 * at a multiple of 8 bytes.
 *
 * @packageDocumentation
 */
import { VitrineError } from './errors.ts';

/** What a section can hold. */
export type SectionData = Uint8Array | Int8Array | Uint16Array | Int32Array | Float32Array;

const MAGIC = 0x4e525456;
const VERSION = 1;
const TYPES = [Uint8Array, Int8Array, Uint16Array, Int32Array, Float32Array] as const;

/** Most sections, and most elements of one: a hostile header must not allocate. */
const MAX_SECTIONS = 64;

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function headerSize(names: readonly string[]): number {
  return align(8 + names.reduce((sum, name) => sum + 6 + name.length, 0));
}

/**
 * Writes sections into one buffer.
 *
 * @param sections - By name; names are ASCII, at most 255 characters, at most 64 of them.
 * @returns The file's bytes.
 */
export function writeSections(sections: ReadonlyMap<string, SectionData>): Uint8Array<ArrayBuffer> {
  const names = [...sections.keys()];
  let size = headerSize(names);
  for (const data of sections.values()) size = align(size + data.byteLength);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, names.length, true);
  let at = 8;
  let offset = headerSize(names);
  for (const [name, data] of sections) {
    bytes[at] = name.length;
    bytes.set(new TextEncoder().encode(name), at + 1);
    at += 1 + name.length;
    bytes[at] = TYPES.findIndex((type) => data instanceof type);
    view.setUint32(at + 1, data.length, true);
    at += 5;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset = align(offset + data.byteLength);
  }
  return bytes;
}

/**
 * Reads what {@link writeSections} wrote.
 *
 * @param bytes - A whole file.
 * @returns Sections by name, as copies.
 * @throws `PACK_FORMAT` when it is something else or cut off, `PACK_VERSION` for another version.
 */
export function readSections(bytes: Uint8Array): ReadonlyMap<string, SectionData> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) {
    throw new VitrineError('PACK_FORMAT', 'no header of ours.');
  }
  const version = view.getUint16(4, true);
  if (version !== VERSION) {
    throw new VitrineError('PACK_VERSION', `got ${version}, expected ${VERSION}.`);
  }
  try {
    return readBody(bytes, view);
  } catch (error) {
    if (error instanceof VitrineError) throw error;
    throw new VitrineError('PACK_FORMAT', 'the file is cut off.', { cause: error });
  }
}

function readBody(bytes: Uint8Array, view: DataView): ReadonlyMap<string, SectionData> {
  const count = view.getUint16(6, true);
  if (count > MAX_SECTIONS) throw new VitrineError('PACK_FORMAT', `${count} sections.`);
  const heads: { name: string; type: number; length: number }[] = [];
  let at = 8;
  for (let i = 0; i < count; i++) {
    const length = view.getUint8(at);
    const name = new TextDecoder().decode(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
    heads.push({ name, type: view.getUint8(at), length: view.getUint32(at + 1, true) });
    at += 5;
  }
  const sections = new Map<string, SectionData>();
  let offset = align(at);
  for (const { name, type, length } of heads) {
    const Type = TYPES[type];
    if (!Type) throw new VitrineError('PACK_FORMAT', `${name}: unknown type ${type}.`);
    const size = length * Type.BYTES_PER_ELEMENT;
    if (offset + size > bytes.length) throw new VitrineError('PACK_FORMAT', `${name} is cut off.`);
    // Not `bytes.slice`: a Node Buffer's shares its memory.
    const copy = new Uint8Array(bytes.subarray(offset, offset + size));
    sections.set(name, new Type(copy.buffer, 0, length));
    offset = align(offset + size);
  }
  return sections;
}

/**
 * Bytes as text.
 *
 * @param bytes - Any.
 * @returns Two lower-case hexadecimal digits for each.
 * @example hexOf(Uint8Array.of(1, 255)) // '01ff'
 */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
