/** Binary files of ours, spoilt: somewhere, or in what a section or its header says. */
import fc from 'fast-check';
import { readSections, type SectionData, writeSections } from '../../src/core/binary.ts';

/** What happens to a file; places are shares of its length. */
export type Damage =
  | { readonly how: 'flip'; readonly at: readonly number[]; readonly mask: number }
  | { readonly how: 'cut'; readonly at: number }
  | { readonly how: 'extend'; readonly by: number }
  | { readonly how: 'head'; readonly at: number; readonly byte: number }
  | { readonly how: 'empty' }
  | { readonly how: 'drop' | 'shorten' | 'lengthen' | 'retype'; readonly section: number }
  | {
      readonly how: 'write';
      readonly section: number;
      /** Empty: everywhere. */
      readonly at: readonly number[];
      readonly value: number;
    };

const share = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const section = fc.nat(40);

/** Damages; those to sections pass every check of the format itself. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({
    how: fc.constant('flip' as const),
    at: fc.array(share, { minLength: 1, maxLength: 4 }),
    mask: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ how: fc.constant('cut' as const), at: share }),
  fc.record({ how: fc.constant('extend' as const), by: fc.constantFrom(1, 8, 4_096) }),
  // The header and the sections' heads lie in the first kilobyte.
  fc.record({ how: fc.constant('head' as const), at: fc.nat(700), byte: fc.nat(255) }),
  fc.constant({ how: 'empty' as const }),
  fc.record({
    how: fc.constantFrom(
      'drop' as const,
      'shorten' as const,
      'lengthen' as const,
      'retype' as const,
    ),
    section,
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      how: fc.constant('write' as const),
      section,
      at: fc.array(share, { maxLength: 2 }),
      value: fc.constantFrom(
        Number.NaN,
        Infinity,
        -Infinity,
        3e38,
        -3e38,
        1e-45,
        0,
        -1,
        1,
        255,
        65_535,
        2 ** 31 - 1,
        -(2 ** 31),
      ),
    }),
  },
);

function placeIn(length: number, at: number): number {
  return Math.floor(length * at);
}

/** Sections of a file; none of what is no file any more. */
function sectionsOf(bytes: Uint8Array): Map<string, SectionData> {
  try {
    return new Map(readSections(bytes));
  } catch {
    return new Map(); // an earlier damage
  }
}

function inSections(bytes: Uint8Array, change: Extract<Damage, { section: number }>): Uint8Array {
  const sections = sectionsOf(bytes);
  const names = [...sections.keys()];
  const name = names[change.section % Math.max(1, names.length)];
  const data = name === undefined ? undefined : sections.get(name);
  if (name === undefined || data === undefined) return bytes;
  if (change.how === 'drop') sections.delete(name);
  else sections.set(name, changed(data, change));
  return writeSections(sections);
}

function changed(data: SectionData, change: Extract<Damage, { section: number }>): SectionData {
  if (change.how === 'shorten') return data.slice(0, -1);
  if (change.how === 'lengthen') {
    const longer = new (data.constructor as new (length: number) => SectionData)(data.length + 1);
    longer.set(data);
    return longer;
  }
  if (change.how === 'retype') {
    return data instanceof Float32Array ? Int32Array.from(data) : Float32Array.from(data);
  }
  const copy = data.slice();
  if (change.how !== 'write') return copy;
  const { at, value } = change;
  if (at.length === 0) return copy.fill(value);
  for (const place of at) if (copy.length > 0) copy[placeIn(copy.length, place)] = value;
  return copy;
}

/** A spoilt copy. */
export function spoil(file: Uint8Array, change: Damage): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(file);
  switch (change.how) {
    case 'flip':
      for (const at of change.at) {
        const place = placeIn(bytes.length, at);
        bytes[place] = (bytes[place] as number) ^ change.mask;
      }
      return bytes;
    case 'cut':
      return bytes.slice(0, placeIn(bytes.length, change.at));
    case 'extend':
      return Uint8Array.from([...bytes, ...new Uint8Array(change.by)]);
    case 'head':
      if (change.at < bytes.length) bytes[change.at] = change.byte;
      return bytes;
    case 'empty':
      return new Uint8Array();
    default:
      return Uint8Array.from(inSections(bytes, change));
  }
}
