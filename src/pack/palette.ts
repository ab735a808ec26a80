/**
 * Floats of few distinct values as codes and a palette, without loss: popularities are logs of small
 * counts, tf-idf weights depend on an attribute's frequency alone, pages are unknown everywhere.
 *
 * @packageDocumentation
 */
import type { SectionData } from '../core/binary.ts';

/** Most colours that codes of one and of two bytes can name. */
const COLOURS = { byte: 256, word: 65_536 };

/** The section of a palette beside that of its codes. */
const paletteName = (name: string): string => `${name}.palette`;

/** Distinct values by their bits (NaN is a value), in the order in which they come. */
function findColours(data: Float32Array): { colours: Uint32Array; codes: Uint32Array } {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const numbers = new Map<number, number>();
  const codes = Uint32Array.from(bits, (value) => {
    const code = numbers.get(value) ?? numbers.size;
    numbers.set(value, code);
    return code;
  });
  return { colours: Uint32Array.from(numbers.keys()), codes };
}

/**
 * Sections that hold floats in the fewest bytes.
 *
 * @param name - Of the section.
 * @param data - Any floats; NaN too.
 * @returns `name` alone with the floats, or `name` with codes and `name.palette` with the values; no
 *   codes where all are the same.
 */
export function encodeFloats(name: string, data: Float32Array): [string, SectionData][] {
  const { colours, codes } = findColours(data);
  if (colours.length === 1) {
    return [
      [name, new Uint8Array(0)],
      [paletteName(name), new Float32Array(colours.buffer)],
    ];
  }
  const isByte = colours.length <= COLOURS.byte;
  const bytes = 4 * colours.length + (isByte ? 1 : 2) * data.length;
  if (colours.length > COLOURS.word || bytes >= data.byteLength) return [[name, data]];
  return [
    [name, isByte ? Uint8Array.from(codes) : Uint16Array.from(codes)],
    [paletteName(name), new Float32Array(colours.buffer)],
  ];
}

/**
 * Back to floats.
 *
 * @param name - Of the section.
 * @param sections - Of a file.
 * @param length - How many there are; matters where all are the same.
 * @returns The floats; undefined when the sections are not those of {@link encodeFloats}.
 */
export function decodeFloats(
  name: string,
  sections: ReadonlyMap<string, SectionData>,
  length = 0,
): Float32Array | undefined {
  const data = sections.get(name);
  if (data instanceof Float32Array) return data;
  const palette = sections.get(paletteName(name));
  const isCodes = data instanceof Uint8Array || data instanceof Uint16Array;
  if (!isCodes || !(palette instanceof Float32Array)) return undefined;
  if (data.length === 0 && palette.length === 1) {
    return new Float32Array(length).fill(palette[0] as number);
  }
  if (data.some((code) => code >= palette.length)) return undefined;
  return Float32Array.from(data, (code) => palette[code] as number);
}
