import { describe, expect, it } from 'vitest';
import {
  checkManifest,
  filesOf,
  type IndexManifest,
} from '../../../src/catalog-index/index-format.ts';
import {
  decodeLists,
  encodeLists,
  type IndexLists,
} from '../../../src/catalog-index/list-table.ts';
import {
  groupBytesOf,
  listBytesOf,
  paddedDims,
  readItem,
  writeList,
} from '../../../src/catalog-index/row-layout.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { writeSections } from '../../../src/core/binary.ts';
import { isVitrineError } from '../../../src/core/errors.ts';
import { compileKernels } from '../../../src/kernels/compile-kernels.ts';
import { INT8_FORMAT } from '../../../src/kernels/kernel-format.ts';
import { KernelInstance } from '../../../src/kernels/kernel-instance.ts';
import { quantiseSigned } from '../../../src/pack/quantise.ts';

/** Code of what is thrown; `none` when nothing is. */
function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return isVitrineError(error) ? error.code : String(error);
  }
  return 'none';
}

const lists: IndexLists = {
  dims: 4,
  sizes: Int32Array.of(9, 1),
  means: new Uint8Array(listBytesOf(2, 4)).fill(3),
  spreads: Float32Array.of(0.1, 0),
  reach: 1.5,
  projection: { data: new Float32Array(24).fill(0.5), rows: 6, dims: 4 },
  blocks: Int32Array.of(77),
  catalog: Uint8Array.of(1, 2, 3),
};

describe('lists.bin', () => {
  it('comes back as it was written', () => {
    expect(decodeLists(encodeLists(lists))).toEqual(lists);
  });

  it('may reach everywhere', () => {
    expect(decodeLists(encodeLists({ ...lists, reach: Infinity })).reach).toBe(Infinity);
  });

  it('is refused at every length but its own', () => {
    const bytes = encodeLists(lists);
    for (let length = 0; length < bytes.length - 8; length += 7) {
      expect(codeOf(() => decodeLists(bytes.subarray(0, length)))).toBe('INDEX_FORMAT');
    }
  });

  it('is refused when it is another file of ours', () => {
    const other = writeSections(new Map([['head', Uint8Array.of(1)]]));
    expect(codeOf(() => decodeLists(other))).toBe('INDEX_FORMAT');
  });

  it.each([
    ['an empty list', { sizes: Int32Array.of(10, 0) }],
    ['sizes that do not fit the means', { sizes: Int32Array.of(9) }],
    ['a list too many', { sizes: Int32Array.of(9, 1, 70) }],
    ['blocks that do not fit the items', { blocks: Int32Array.of(7, 7) }],
    ['an empty block', { blocks: Int32Array.of(0) }],
    ['a spread that is no number', { spreads: Float32Array.of(0.1, Number.NaN) }],
    ['a reach that is no number', { reach: Number.NaN }],
    ['a reach below 0', { reach: -1 }],
    ['a projection from nowhere', { projection: { data: Float32Array.of(1), rows: 6, dims: 4 } }],
    ['no dimensions', { dims: 0 }],
  ] as const)('is refused with %s', (_, change) => {
    const bytes = encodeLists({ ...lists, ...change });
    expect(codeOf(() => decodeLists(bytes))).toBe('INDEX_FORMAT');
  });
});

describe('a manifest', () => {
  const file = (name: string) => ({ name, bytes: 10, sha256: 'a'.repeat(64) });
  const manifest: IndexManifest = {
    vitrineIndex: 1,
    indexId: '0',
    numItems: 10,
    numLists: 2,
    dimensions: 4,
    recall: 1,
    items: [],
    lists: file('lists.bin'),
    rows: [file('rows-000.bin')],
    details: [file('details-000.bin')],
  };

  it('is taken as it is', () => {
    expect(checkManifest(manifest)).toBe(manifest);
    expect(filesOf(manifest).map(({ name }) => name)).toEqual([
      'lists.bin',
      'rows-000.bin',
      'details-000.bin',
    ]);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['another version', { ...manifest, vitrineIndex: 2 }],
    ['a version that has no text', { ...manifest, vitrineIndex: [{ toString: 1 }] }],
    ['no counts', { ...manifest, numItems: 0 }],
    ['a count that is no number', { ...manifest, numLists: '2' }],
    ['no files', { ...manifest, rows: undefined }],
    ['a file elsewhere', { ...manifest, lists: file('../secret') }],
    ['a file at another host', { ...manifest, lists: file('//other.example') }],
    ['a file without a hash', { ...manifest, rows: [{ name: 'rows', bytes: 1 }] }],
    ['a file of less than nothing', { ...manifest, rows: [{ ...file('rows'), bytes: -1 }] }],
    ['too many bytes', { ...manifest, rows: [{ ...file('rows'), bytes: 3e9 }] }],
    ['too many files', { ...manifest, rows: Array.from({ length: 5_000 }, () => file('rows')) }],
  ])('is refused when it is %s', (_, value) => {
    expect(codeOf(() => checkManifest(value))).toBe('INDEX_FORMAT');
  });
});

describe('rows in groups', () => {
  const dims = 5;
  const random = createRandom(1, 'rows');
  const data = Float32Array.from({ length: 11 * dims }, () => random() - 0.5);
  const { integers, scales } = quantiseSigned(data, dims);
  const rows = { bytes: integers, factors: scales, dims };
  const order = [10, 3, 4, 0, 1, 2, 5, 6, 7];

  it('are read back one by one', () => {
    const memory = new DataView(writeList(rows, order).buffer);
    for (const [i, row] of order.entries()) {
      const item = readItem(memory, Math.floor(i / 8) * groupBytesOf(dims), i % 8, dims);
      for (const [d, value] of item.entries()) {
        expect(Math.abs(value - (data[row * dims + d] as number))).toBeLessThan(0.0025);
      }
    }
  });

  it('take whole groups, zeros behind the last', () => {
    const bytes = writeList(rows, order);
    expect(bytes).toHaveLength(2 * groupBytesOf(dims));
    const last = readItem(new DataView(bytes.buffer), groupBytesOf(dims), 5, dims);
    expect([...last]).toEqual([0, 0, 0, 0, 0]);
    expect(writeList(rows, [])).toHaveLength(0);
  });

  it('lie as the kernels pack them', async () => {
    // A change of the kernels' layout makes every index that was served before unreadable.
    const instance = new KernelInstance(await compileKernels());
    const { floats, kernels } = instance;
    const [from, to] = [16_384, 32_768];
    floats.set(data, from / 4);
    const padded = paddedDims(dims);
    const size = [
      from,
      dims,
      padded,
      to,
      groupBytesOf(dims),
      11,
      INT8_FORMAT.itemLevels(dims),
    ] as const;
    INT8_FORMAT.packItems(kernels)(...size);
    const own = new DataView(writeList(rows, [...Array.from({ length: 11 }).keys()]).buffer);
    const theirs = new DataView(kernels.memory.buffer, to);
    for (let row = 0; row < 11; row++) {
      const group = Math.floor(row / 8) * groupBytesOf(dims);
      const [a, b] = [own, theirs].map((view) => readItem(view, group, row % 8, dims));
      for (const [d, value] of (a ?? []).entries()) expect(value).toBeCloseTo(Number(b?.[d]), 2);
      expect(own.getFloat32(group + 4 * (row % 8), true)).toBeCloseTo(
        theirs.getFloat32(group + 4 * (row % 8), true),
        8,
      );
      // Class 0 everywhere.
      expect(own.getInt32(group + 32 + 4 * (row % 8), true)).toBe(0);
    }
  });
});
