import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSections, type SectionData, writeSections } from '../../../src/core/binary.ts';
import { isVitrineError } from '../../../src/core/errors.ts';

const FLOATS = fc.float({ noNaN: true });

/** A section of any type and length, empty included. */
const SECTION: fc.Arbitrary<SectionData> = fc.oneof(
  fc.uint8Array({ maxLength: 13 }),
  fc.int8Array({ maxLength: 13 }),
  fc.uint16Array({ maxLength: 13 }),
  fc.int32Array({ maxLength: 13 }),
  fc.array(FLOATS, { maxLength: 13 }).map((values) => Float32Array.from(values)),
);

const ASCII = fc.string({ unit: 'binary-ascii', minLength: 0, maxLength: 40 });

const SECTIONS = fc
  .uniqueArray(fc.tuple(ASCII, SECTION), { selector: ([name]) => name, maxLength: 12 })
  .map((entries) => new Map<string, SectionData>(entries));

/** The code of the error that reading ends with; null when it ends well. */
function codeOf(bytes: Uint8Array): string | null {
  try {
    readSections(bytes);
    return null;
  } catch (error) {
    return isVitrineError(error) ? error.code : String(error);
  }
}

function sample(): Uint8Array<ArrayBuffer> {
  return writeSections(
    new Map<string, SectionData>([
      ['a', Uint8Array.of(1, 2, 3)],
      ['bc', Float32Array.of(0.5, -1, 2)],
      ['d.e', Int32Array.of(-7)],
    ]),
  );
}

/** The header of a file with one section, all fields as given. */
function hostile(fields: { count?: number; name?: number; type?: number; length?: number }) {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('VTRN'));
  view.setUint16(4, 1, true);
  view.setUint16(6, fields.count ?? 1, true);
  view.setUint8(8, fields.name ?? 0);
  view.setUint8(9, fields.type ?? 0);
  view.setUint32(10, fields.length ?? 0, true);
  return bytes;
}

describe('writeSections and readSections', () => {
  it('give back names, types, order and values', () => {
    fc.assert(
      fc.property(SECTIONS, (sections) => {
        const read = readSections(writeSections(sections));
        expect([...read.entries()]).toEqual([...sections.entries()]);
        for (const [name, data] of sections) {
          expect(read.get(name)?.constructor).toBe(data.constructor);
        }
      }),
    );
  });

  it('keep NaN and infinities', () => {
    const data = Float32Array.of(NaN, Infinity, -Infinity, -0);
    expect(readSections(writeSections(new Map([['x', data]]))).get('x')).toEqual(data);
  });

  it('keep no section at all', () => {
    expect(readSections(writeSections(new Map())).size).toBe(0);
  });

  it('keep 64 sections and a name of 255 characters', () => {
    const sections = new Map(
      Array.from({ length: 64 }, (_, i) => [`${i}`.padEnd(255, 'n'), Uint8Array.of(i)] as const),
    );
    expect([...readSections(writeSections(sections))]).toEqual([...sections]);
  });

  it('put every section at a multiple of 8 bytes', () => {
    expect(sample().length % 8).toBe(0);
    const header = 8 + (6 + 1) + (6 + 2) + (6 + 3);
    const first = Math.ceil(header / 8) * 8;
    expect([...sample().subarray(first, first + 3)]).toEqual([1, 2, 3]);
    expect(new DataView(sample().buffer).getFloat32(first + 8, true)).toBe(0.5);
    expect(new DataView(sample().buffer).getInt32(first + 8 + 16, true)).toBe(-7);
  });

  it('write only what a view covers', () => {
    const view = Uint8Array.of(9, 8, 7, 6).subarray(1, 3);
    expect(readSections(writeSections(new Map([['v', view]]))).get('v')).toEqual(
      Uint8Array.of(8, 7),
    );
  });

  it('read from the middle of a buffer, at any place', () => {
    const bytes = sample();
    const wide = new Uint8Array(bytes.length + 8);
    wide.set(bytes, 3);
    expect(readSections(wide.subarray(3, 3 + bytes.length))).toEqual(readSections(bytes));
  });

  it('give copies that the file does not share', () => {
    const bytes = sample();
    const { buffer } = readSections(bytes).get('bc')!;
    expect(buffer).not.toBe(bytes.buffer);
    bytes.fill(0);
    expect([...new Float32Array(buffer)]).toEqual([0.5, -1, 2]);
  });
});

describe('readSections on what is not ours', () => {
  it('rejects any other bytes', () => {
    expect(codeOf(new Uint8Array())).toBe('PACK_FORMAT');
    expect(codeOf(new TextEncoder().encode('<!doctype html>'))).toBe('PACK_FORMAT');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(codeOf(bytes)).toBe('PACK_FORMAT');
      }),
    );
  });

  it('tells another version', () => {
    for (const version of [0, 2, 65_535]) {
      const bytes = sample();
      new DataView(bytes.buffer).setUint16(4, version, true);
      expect(codeOf(bytes)).toBe('PACK_VERSION');
    }
  });

  it('rejects a file that is cut off anywhere', () => {
    const bytes = sample();
    const padding = 4; // the last section is 4 bytes of 8: without its padding nothing is lost
    for (let length = 0; length < bytes.length - padding; length++) {
      expect(codeOf(bytes.subarray(0, length)), `cut at ${length}`).toBe('PACK_FORMAT');
    }
    for (let length = bytes.length - padding; length < bytes.length; length++) {
      expect(readSections(bytes.subarray(0, length))).toEqual(readSections(bytes));
    }
  });

  it('rejects counts, names, types and lengths that the file cannot hold', () => {
    expect(codeOf(hostile({}))).toBeNull();
    expect(codeOf(hostile({ count: 65 }))).toBe('PACK_FORMAT');
    expect(codeOf(hostile({ count: 65_535 }))).toBe('PACK_FORMAT');
    expect(codeOf(hostile({ count: 64 }))).toBe('PACK_FORMAT');
    expect(codeOf(hostile({ name: 255 }))).toBe('PACK_FORMAT');
    expect(codeOf(hostile({ type: 5 }))).toBe('PACK_FORMAT');
    expect(codeOf(hostile({ type: 255 }))).toBe('PACK_FORMAT');
    for (const type of [0, 1, 2, 3, 4]) {
      expect(codeOf(hostile({ type, length: 0xffff_ffff }))).toBe('PACK_FORMAT');
      expect(codeOf(hostile({ type, length: 17 }))).toBe('PACK_FORMAT');
    }
  });

  it('ends in no other error, whatever bytes of a good file are changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(sample().length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(changes, (pairs) => {
        const bytes = sample();
        for (const [at, value] of pairs) bytes[at] = value;
        expect([null, 'PACK_FORMAT', 'PACK_VERSION']).toContain(codeOf(bytes));
      }),
      { numRuns: 500 },
    );
  });
});
