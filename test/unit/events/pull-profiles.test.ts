import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VectorRef, VectorSet } from '../../../src/core/block-cosine.ts';
import type { InteractionType, LogRecord } from '../../../src/core/types.ts';
import { pullProfiles } from '../../../src/events/pull-profiles.ts';

const NOW = 1_700_000_000_000;
const BLOCKS = [
  { start: 0, size: 2, weight: 0.5 },
  { start: 2, size: 2, weight: 0.5 },
];
const HALF = Math.SQRT1_2;

/** Rows of two blocks; a block of zeros is absent. */
function setOf(...rows: readonly (readonly number[])[]): VectorSet {
  const presence = rows.flatMap((row) =>
    BLOCKS.map(({ start, size }) => (row.slice(start, start + size).some((v) => v !== 0) ? 1 : 0)),
  );
  return {
    vectors: { data: Float32Array.from(rows.flat()), rows: rows.length, dims: 4 },
    presence: { data: Float32Array.from(presence), rows: rows.length, dims: 2 },
  };
}

const PROFILES = setOf([HALF, 0, 0, 0], [0, HALF, HALF, 0]);
const ITEMS = setOf([0, HALF, 0, HALF], [HALF, 0, HALF, 0]);
const INPUT = {
  ids: ['a', 'b'],
  profiles: PROFILES,
  blocks: BLOCKS,
  vectorOf: (itemId: string): VectorRef | undefined =>
    ({ up: { set: ITEMS, row: 0 }, flat: { set: ITEMS, row: 1 } })[itemId],
};

function records(
  count: number,
  type: InteractionType,
  itemId: string,
  change: Partial<LogRecord> = {},
): LogRecord[] {
  return Array.from({ length: count }, (_, n) => ({
    eventId: `${type}${itemId}${n}`,
    time: NOW,
    type,
    itemId,
    segmentId: 'a',
    ...change,
  }));
}

function rowOf(set: VectorSet, row: number): number[] {
  return [...set.vectors.data.subarray(row * 4, row * 4 + 4)];
}

const pulled = (log: readonly LogRecord[]): number[] =>
  rowOf(pullProfiles(INPUT, log, NOW).vectors, 0);
const cosine = (block: readonly number[]): number => (block[0] as number) / Math.hypot(...block);

test('moves a segment toward what is engaged with in its rows, more with more evidence', () => {
  const [one, ten] = [
    pulled(records(1, 'view_item', 'up')),
    pulled(records(10, 'view_item', 'up')),
  ];
  expect(one[1]).toBeGreaterThan(0.01);
  expect(ten[1]).toBeGreaterThan(one[1] as number);
  const cart = pulled(records(1, 'add_to_cart', 'up'));
  expect(cart[1]).toBeGreaterThan(one[1] as number);
});

test('keeps block lengths, and leaves blocks absent that the segment does not have', () => {
  const row = pulled(records(50, 'purchase', 'up'));
  expect(Math.hypot(row[0] as number, row[1] as number)).toBeCloseTo(HALF, 6);
  expect(row.slice(2)).toEqual([0, 0]);
});

test('leaves other segments as they are', () => {
  const { vectors, moves } = pullProfiles(INPUT, records(5, 'view_item', 'up'), NOW);
  expect(rowOf(vectors, 1)).toEqual(rowOf(PROFILES, 1));
  expect([...moves]).toEqual([['a', 5]]);
});

test('moves a little away from what is shown again and again and passed over', () => {
  const shown = pulled(records(60, 'view_item_list', 'up'));
  expect(shown[1]).toBeLessThan(-0.01);
  expect(cosine(shown.slice(0, 2))).toBeGreaterThan(0.98);
});

test('is not moved by a glance', () => {
  expect(pulled(records(2, 'view_item_list', 'up'))).toEqual(rowOf(PROFILES, 0));
});

test('is the given set when the log has nothing to say', () => {
  const log = [
    ...records(3, 'view_item', 'up', { segmentId: 'elsewhere' }),
    { eventId: 'e', time: NOW, type: 'view_item', itemId: 'up' } as const,
  ];
  expect(pullProfiles(INPUT, log, NOW).vectors).toBe(PROFILES);
});

test('fades with the evidence, and is undone with it', () => {
  const fresh = pulled(records(5, 'view_item', 'up'));
  const old = pulled(records(5, 'view_item', 'up', { time: NOW - 90 * 86_400_000 }));
  expect(old[1]).toBeLessThan((fresh[1] as number) / 2);
  expect(old[1]).toBeGreaterThan(0);
  expect(pulled([])).toEqual(rowOf(PROFILES, 0));
});

test('survives items that nobody knows any more', () => {
  const row = pulled([...records(5, 'view_item', 'gone'), ...records(5, 'view_item_list', 'gone')]);
  expect(cosine(row.slice(0, 2))).toBeCloseTo(1, 6);
});

test('never drifts far, whatever the log says', () => {
  const type = fc.constantFrom<InteractionType>(
    'view_item_list',
    'view_item',
    'purchase',
    'remove_from_cart',
  );
  const record = fc.record({ type, itemId: fc.constantFrom('up', 'flat'), n: fc.nat(400) });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 30 }), (parts) => {
      const log = parts.flatMap(({ itemId, n, type: kind }) => records(n, kind, itemId));
      const row = pulled(log);
      expect(row.every((value) => Number.isFinite(value))).toBe(true);
      expect(cosine(row.slice(0, 2))).toBeGreaterThan(0.85);
    }),
    { numRuns: 60 },
  );
});
