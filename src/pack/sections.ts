/**
 * Reading a pack's files with every shape checked.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData } from '../core/binary.ts';
import { VitrineError } from '../core/errors.ts';
import type { PackFiles } from './pack-format.ts';
import { decodeFloats } from './palette.ts';
import { dequantise } from './quantise.ts';
import { fromShort } from './short-scales.ts';

/** Typed access to the sections of one file; what is missing or of another shape is `PACK_FORMAT`. */
export class Sections {
  readonly #file: string;
  readonly #sections: ReadonlyMap<string, SectionData>;

  /**
   * @param file - Name of the file.
   * @param files - Of the pack.
   */
  constructor(file: string, files: PackFiles['files']) {
    this.#file = file;
    this.#sections = readSections(files.get(file) ?? new Uint8Array());
  }

  /**
   * @param name - Of a section.
   * @returns Whether it is there.
   */
  has(name: string): boolean {
    return this.#sections.has(name);
  }

  /**
   * @param name - Of a section.
   * @returns What it holds; undefined when it is not there.
   */
  find(name: string): SectionData | undefined {
    return this.#sections.get(name);
  }

  /**
   * @param name - Of a section.
   * @returns What it holds.
   */
  get(name: string): SectionData {
    const data = this.#sections.get(name);
    if (!data) throw new VitrineError('PACK_FORMAT', `${this.#file}: ${name} is missing.`);
    return data;
  }

  /**
   * @param name - Of a section that `encodeFloats` wrote.
   * @param length - Expected elements; default any.
   * @returns Floats.
   */
  floats(name: string, length?: number): Float32Array {
    const { length: found } = this.get(name);
    const data = decodeFloats(name, this.#sections, length);
    if (data === undefined || (length !== undefined && data.length !== length)) {
      throw new VitrineError('PACK_FORMAT', `${this.#file}: ${name} has ${found} elements.`);
    }
    return data;
  }

  /**
   * @param name - Of a section.
   * @returns Its integers, of whatever width they were written.
   */
  integers(name: string): Int32Array {
    const data = this.get(name);
    if (data instanceof Int32Array) return data;
    if (data instanceof Uint8Array || data instanceof Uint16Array) return Int32Array.from(data);
    throw new VitrineError('PACK_FORMAT', `${this.#file}: ${name} holds no integers.`);
  }

  /**
   * @param name - Of a section.
   * @param index - Which element, default the first.
   * @returns A number; NaN when there is no such element.
   */
  number(name: string, index = 0): number {
    return Number(this.get(name)[index]);
  }

  /** Packs of earlier releases have scales of 32 bits. */
  #scales(name: string, rows: number): Float32Array {
    const data = this.get(name);
    const isShort = data instanceof Uint16Array && data.length === rows;
    return isShort ? fromShort(data) : this.floats(name, rows);
  }

  /**
   * @param name - Of a quantised section; its scales are beside it.
   * @param width - Columns.
   * @param rows - Rows.
   * @returns Floats, row-major.
   */
  matrix(name: string, width: number, rows: number): Float32Array {
    const integers = this.get(name);
    const isBytes = integers instanceof Int8Array || integers instanceof Uint8Array;
    if (!isBytes || integers.length !== width * rows) {
      throw new VitrineError('PACK_FORMAT', `${this.#file}: ${name} does not fit.`);
    }
    return dequantise({ integers, scales: this.#scales(`${name}.scales`, rows) }, width);
  }
}

/**
 * Refuses a shape that does not hold.
 *
 * @param isSo - Whether it holds.
 * @param what - File and section.
 */
export function expect(isSo: boolean, what: string): void {
  if (!isSo) throw new VitrineError('PACK_FORMAT', `${what} does not fit.`);
}
