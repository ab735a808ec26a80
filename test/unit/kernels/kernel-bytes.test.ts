import { expect, it } from 'vitest';
import { assemble } from '../../../scripts/kernels/assemble.mjs';
import { STEPS_PER_TURN } from '../../../scripts/kernels/narrow-tile.mjs';
import { moduleText } from '../../../scripts/kernels/module.mjs';
import * as wat from '../../../scripts/kernels/wat.mjs';
import { relaxedModuleText } from '../../../scripts/kernels/relaxed-module.mjs';
import { KERNEL_BYTES, RELAXED_BYTES } from '../../../src/kernels/kernel-bytes.ts';
import * as format from '../../../src/kernels/kernel-format.ts';
import { MAX_WIDTH } from '../../../src/kernels/vector-tiles.ts';

it.each([
  ['the kernels', moduleText, KERNEL_BYTES],
  ['those with relaxed SIMD', relaxedModuleText, RELAXED_BYTES],
])('commits the bytes that the source of %s gives', async (_, text, digits) => {
  const bytes = await assemble(text());
  expect(Buffer.from(bytes).toString('hex')).toBe(digits);
});

it('gives kernels and their callers the same numbers', () => {
  const { CHUNK, GROUP, HEADER_BYTES, INT7_FORMAT, INT8_FORMAT, SCRATCH_BYTES } = format;
  expect({ CHUNK, GROUP, HEADER_BYTES, MAX_WIDTH }).toEqual({
    CHUNK: wat.CHUNK,
    GROUP: wat.GROUP,
    HEADER_BYTES: wat.HEADER_BYTES,
    MAX_WIDTH: wat.MAX_WIDTH,
  });
  expect(SCRATCH_BYTES).toBe(4 * CHUNK * MAX_WIDTH);
  expect(INT8_FORMAT.firstTile).toBe(MAX_WIDTH);
  expect(INT7_FORMAT.firstTile).toBe(2 * MAX_WIDTH);
  expect(INT7_FORMAT.dimsTurn).toBe(STEPS_PER_TURN * INT7_FORMAT.dimsStep);
});

it.each([1, 128, 516, 517, 10_000, 1_000_000])(
  'keeps int8 sums of %i dimensions in 32 bits',
  (dims) => {
    const { itemLevels, vectorLevels } = format.INT8_FORMAT;
    expect(itemLevels(dims) * vectorLevels(dims) * dims).toBeLessThan(2 ** 31);
  },
);

it.each([1, 2, 64, 4096])('keeps int7 sums of %i dimensions in 16 bits', (dims) => {
  const { itemLevels, mostDims, vectorLevels } = format.INT7_FORMAT;
  expect(dims).toBeLessThanOrEqual(mostDims);
  // Each of the rounded entries may be half a level larger.
  const rounding = Math.sqrt(dims) / 2;
  const product = (itemLevels(dims) + rounding) * (vectorLevels(dims) + rounding);
  expect(product).toBeLessThan(2 ** 15 - 1);
  expect(Math.min(itemLevels(dims), vectorLevels(dims))).toBeGreaterThan(100);
});
