import { describe, expect, it } from 'vitest';
import { readDataset } from '../../../src/cli/read-data.ts';
import { PROTOCOLS, splitData } from '../../../src/cli/split-data.ts';
import type { RankList } from '../../../src/ranker/types.ts';
import { TASTE_CATALOG, tasteInteractions, testFolder, writeData } from './data-folder.ts';

const VISITORS = 12;

function dataset(candidates?: readonly object[]) {
  const interactions = tasteInteractions(VISITORS);
  return readDataset(writeData(testFolder(), { catalog: TASTE_CATALOG, interactions, candidates }));
}

const answerOf = ({ candidates, target }: RankList): number => candidates[target]!;
const rows = (sequences: readonly { items: Int32Array }[]): number[][] =>
  sequences.map(({ items }) => [...items]);

describe('splitData', () => {
  it('leave-one-out: answers are last items, and nothing learns from the last two', () => {
    const data = dataset();
    const whole = rows(data.visitors);
    const { learn, test, train, valid } = splitData(data, 'leave-one-out');
    expect(rows(learn)).toEqual(whole.map((items) => items.slice(0, -2)));
    expect(test.map(answerOf)).toEqual(whole.map((items) => items.at(-1)));
    expect(rows(test)).toEqual(whole.map((items) => items.slice(0, -1)));
    expect(valid.map(answerOf)).toEqual(whole.map((items) => items.at(-2)));
    expect(train.length).toBeGreaterThanOrEqual(VISITORS);
  });

  it('leave-one-out: takes given candidates as they are', () => {
    const last = tasteInteractions(VISITORS).at(-1) as { itemId: string };
    const visitorId = `v${VISITORS - 1}`;
    const given = { visitorId, target: last.itemId, candidates: ['i58', last.itemId, 'i0'] };
    const data = dataset([given]);
    const { test } = splitData(data, 'leave-one-out');
    const candidates = Int32Array.from(given.candidates, (id) => data.rowOf.get(id)!);
    expect(test).toEqual([
      expect.objectContaining({ candidates, target: candidates.indexOf(candidates[1]!) }),
    ]);
    expect(test[0]!.items.length).toBe(7);
  });

  it('leave-one-out: skips lists of unknown visitors and lists without their answer', () => {
    const lists = [
      { visitorId: 'nobody', target: 'i0', candidates: ['i0', 'i1'] },
      { visitorId: 'v0', target: 'i0', candidates: ['i1', 'i2'] },
    ];
    const drawn = splitData(dataset(), 'leave-one-out').test;
    expect(splitData(dataset(lists), 'leave-one-out').test).toEqual(drawn);
    const good = { visitorId: 'v3', target: 'i4', candidates: ['i4', 'i1'] };
    expect(splitData(dataset([...lists, good]), 'leave-one-out').test.length).toBe(1);
  });

  it('next-click: the last third is for testing, all items are candidates', () => {
    const data = dataset();
    const { learn, test } = splitData(data, 'next-click');
    expect(rows(learn)).toEqual(rows(data.visitors.slice(0, (VISITORS * 2) / 3)));
    expect(test.length).toBe((VISITORS / 3) * 7);
    expect(test[0]!.candidates.length).toBe(data.items.length);
    expect(test.slice(0, 7).map(answerOf)).toEqual([
      ...data.visitors[(VISITORS * 2) / 3]!.items.subarray(1),
    ]);
  });

  it('next-basket: the answer is new in the last basket, which nothing learns from', () => {
    const data = dataset();
    const { learn, test } = splitData(data, 'next-basket');
    expect(rows(learn)).toEqual(rows(data.visitors).map((items) => items.slice(0, 6)));
    expect(test.length).toBeGreaterThan(VISITORS / 2);
    const baskets = new Map(
      data.visitors.map(({ items }) => [[...items.subarray(0, 6)].join(), items.subarray(6)]),
    );
    for (const list of test) {
      expect(baskets.get([...list.items].join())).toContain(answerOf(list));
      expect(list.items).not.toContain(answerOf(list));
    }
  });

  it('all: learns from everything and leaves nothing to measure', () => {
    const data = dataset();
    const { early, learn, test, train, valid } = splitData(data, 'all');
    expect(learn).toEqual(data.visitors);
    expect([test, valid]).toEqual([[], []]);
    expect(train.length).toBeGreaterThanOrEqual(VISITORS);
    // What trains the functions is not in the tables that they are trained with.
    for (const [v, { items }] of early.entries()) {
      expect(items.length).toBeLessThan(data.visitors[v]!.items.length);
    }
  });

  it.each(PROTOCOLS)('%s: gives the same split each time', (protocol) => {
    expect(splitData(dataset(), protocol)).toEqual(splitData(dataset(), protocol));
  });

  it.each(PROTOCOLS)('%s: has nothing to learn from in a catalog alone', (protocol) => {
    const data = readDataset(writeData(testFolder(), { catalog: TASTE_CATALOG }));
    const empty = { learn: [], early: [], train: [], valid: [], test: [] };
    expect(splitData(data, protocol)).toEqual(empty);
  });
});
