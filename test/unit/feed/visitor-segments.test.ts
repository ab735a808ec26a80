import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import {
  findVisitorSegments,
  liesUnder,
  type VisitorSegment,
} from '../../../src/feed/visitor-segments.ts';
import type { VisitorItem } from '../../../src/feed/visitor.ts';

let counter = 0;

function item(...path: readonly string[]): Item {
  return { id: `c${++counter}`, ...(path.length > 0 ? { categoryPath: path } : {}) };
}

function looked(path: readonly string[], session = 1, longTerm: number = session): VisitorItem {
  const own = item(...path);
  return { itemId: own.id, item: own, session, longTerm, interactions: 1, lastTime: 0 };
}

const many = (...path: readonly string[]): Item[] =>
  Array.from({ length: 10 }, () => item(...path));
const CANDIDATES = [
  ...many('shoes', 'boots'),
  ...many('shoes', 'sandals'),
  ...many('garden', 'seeds'),
  ...many('tents'),
];
const idsOf = (segments: readonly VisitorSegment[]): string[] => segments.map(({ id }) => id);
const find = (...items: readonly VisitorItem[]): VisitorSegment[] =>
  findVisitorSegments(items, CANDIDATES);

describe('liesUnder', () => {
  it('compares paths from their beginning, letter case aside', () => {
    const boots = item('Shoes', 'Boots', 'Winter');
    expect(liesUnder(boots, [])).toBe(true);
    expect(liesUnder(boots, ['shoes'])).toBe(true);
    expect(liesUnder(boots, ['SHOES', 'boots'])).toBe(true);
    expect(liesUnder(boots, ['boots'])).toBe(false);
    expect(liesUnder(boots, ['shoes', 'boots', 'winter', 'kids'])).toBe(false);
    expect(liesUnder(item(), ['shoes'])).toBe(false);
  });
});

describe('findVisitorSegments', () => {
  it('finds nothing in one look, nor in looks that have faded', () => {
    expect(find()).toEqual([]);
    expect(find(looked(['shoes', 'boots'], 9))).toEqual([]);
    expect(find(looked(['shoes', 'boots'], 0.1), looked(['shoes', 'boots'], 0.1))).toEqual([]);
  });

  it('names the most special category that the looks share', () => {
    const [boots] = find(looked(['shoes', 'boots']), looked(['shoes', 'boots']));
    expect(boots).toMatchObject({
      id: 'visitor:shoes/boots',
      name: 'More in Boots',
      path: ['shoes', 'boots'],
      sessionShare: 1,
      longTermShare: 1,
    });
    expect(idsOf(find(looked(['shoes', 'boots']), looked(['shoes', 'sandals'])))).toEqual([
      'visitor:shoes',
    ]);
  });

  it('takes spellings of a category as one', () => {
    expect(idsOf(find(looked(['Shoes', 'Boots']), looked(['SHOES', 'boots'])))).toEqual([
      'visitor:shoes/boots',
    ]);
  });

  it('makes names readable', () => {
    const kitchen = Array.from({ length: 9 }, () => item('kitchen-accessories__and more'));
    const [segment] = findVisitorSegments(
      [looked(['kitchen-accessories__and more']), looked(['kitchen-accessories__and more'])],
      kitchen,
    );
    expect(segment!.name).toBe('More in Kitchen accessories and more');
  });

  it.each([
    ['T-shirts', 'T-shirts'],
    ['Hi-Fi_systems', 'Hi-Fi systems'],
    ['t-shirts', 'T-shirts'],
  ])('keeps the hyphens of names that have them: %s', (leaf, name) => {
    const [segment] = findVisitorSegments(
      [looked([leaf]), looked([leaf])],
      Array.from({ length: 9 }, () => item(leaf)),
    );
    expect(segment!.name).toBe(`More in ${name}`);
  });

  it('finds two subjects, the stronger first, and no third', () => {
    const looks = (path: readonly string[], n: number): VisitorItem[] =>
      Array.from({ length: n }, () => looked(path));
    expect(idsOf(find(...looks(['tents'], 3), ...looks(['garden', 'seeds'], 4)))).toEqual([
      'visitor:garden/seeds',
      'visitor:tents',
    ]);
    const three = find(
      ...looks(['tents'], 3),
      ...looks(['garden', 'seeds'], 3),
      ...looks(['shoes', 'boots'], 3),
    );
    expect(three.length).toBeLessThanOrEqual(2);
  });

  it('never shows a category beside its own parent', () => {
    const segments = find(
      ...Array.from({ length: 3 }, () => looked(['shoes', 'boots'])),
      ...Array.from({ length: 3 }, () => looked(['shoes', 'sandals'])),
    );
    for (const a of segments) {
      for (const b of segments) {
        if (a !== b) expect(b.path.slice(0, a.path.length)).not.toEqual(a.path);
      }
    }
  });

  it('leaves out a category that has too few candidates to fill a row', () => {
    const rare = Array.from({ length: 3 }, () => looked(['shoes', 'clogs']));
    const candidates = [...CANDIDATES, item('shoes', 'clogs'), item('shoes', 'clogs')];
    expect(idsOf(findVisitorSegments(rare, candidates))).toEqual(['visitor:shoes']);
  });

  it('makes one row of everything where items have no category', () => {
    const segments = find(looked([]), looked([]));
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ id: 'visitor:recent', path: [], weights: [1.3, 1.3] });
  });

  it('keeps the row of items without category when one look goes to an item that has one', () => {
    const looks = Array.from({ length: 6 }, () => looked([]));
    expect(idsOf(find(...looks))).toEqual(['visitor:recent']);
    expect(idsOf(find(...looks, looked(['tents'])))).toEqual(['visitor:recent']);
  });

  it('weighs the items under the path and no others', () => {
    const [boots] = find(
      looked(['shoes', 'boots']),
      looked(['tents'], 0.5),
      looked(['shoes', 'boots'], 2),
    );
    expect(boots!.weights[1]).toBe(0);
    expect(boots!.weights[2]).toBe(2 * boots!.weights[0]!);
    expect(boots!.sessionShare).toBeCloseTo(3 / 3.5, 9);
  });

  it('prefers today’s looks over those of last month', () => {
    const old = Array.from({ length: 4 }, () => looked(['tents'], 0, 1));
    const fresh = Array.from({ length: 3 }, () => looked(['shoes', 'boots'], 1, 1));
    expect(idsOf(find(...old, ...fresh))[0]).toBe('visitor:shoes/boots');
  });

  it('keeps its promises for any looks', () => {
    const path = fc.constantFrom<string[]>(
      [],
      ['tents'],
      ['shoes', 'boots'],
      ['shoes', 'sandals'],
      ['shoes'],
      ['garden', 'seeds'],
      ['__proto__'],
    );
    const any = fc
      .tuple(
        path,
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
      )
      .map(([categories, session, more]) => looked(categories, session, session + more));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (items) => {
        const segments = findVisitorSegments(items, CANDIDATES);
        expect(segments.length).toBeLessThanOrEqual(2);
        expect(new Set(idsOf(segments)).size).toBe(segments.length);
        for (const { weights, sessionShare, longTermShare, name } of segments) {
          expect(weights).toHaveLength(items.length);
          expect(weights.filter((weight) => weight > 0).length).toBeGreaterThanOrEqual(1);
          expect(Math.min(sessionShare, longTermShare)).toBeGreaterThanOrEqual(0);
          expect(Math.max(sessionShare, longTermShare)).toBeLessThanOrEqual(1 + 1e-9);
          expect(name.length).toBeGreaterThan(5);
        }
      }),
      { numRuns: 300 },
    );
  });
});
