import { expect, it } from 'vitest';
import { assemble } from '../../../scripts/kernels/assemble.mjs';
import { moduleText } from '../../../scripts/kernels/module.mjs';
import * as wat from '../../../scripts/kernels/wat.mjs';
import { KERNEL_BYTES } from '../../../src/kernels/kernel-bytes.ts';
import * as format from '../../../src/kernels/kernel-format.ts';
import { MAX_WIDTH } from '../../../src/kernels/vector-tiles.ts';

it('commits the bytes that the source gives', async () => {
  const bytes = await assemble(moduleText());
  expect(Buffer.from(bytes).toString('hex')).toBe(KERNEL_BYTES);
});

it('gives kernels and their callers the same numbers', () => {
  const { CHUNK, GROUP, HEADER_BYTES, INT8_FORMAT, SCRATCH_BYTES } = format;
  expect({ CHUNK, GROUP, HEADER_BYTES, MAX_WIDTH }).toEqual({
    CHUNK: wat.CHUNK,
    GROUP: wat.GROUP,
    HEADER_BYTES: wat.HEADER_BYTES,
    MAX_WIDTH: wat.MAX_WIDTH,
  });
  expect(SCRATCH_BYTES).toBe(4 * CHUNK * MAX_WIDTH);
  expect(INT8_FORMAT.firstTile).toBe(MAX_WIDTH);
});

it.each([1, 128, 516, 517, 10_000, 1_000_000])(
  'keeps int8 sums of %i dimensions in 32 bits',
  (dims) => {
    const { itemLevels, vectorLevels } = format.INT8_FORMAT;
    expect(itemLevels * vectorLevels(dims) * dims).toBeLessThan(2 ** 31);
  },
);
