import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENGAGEMENT_PRIOR } from '../../../src/core/beta.ts';
import type { Membership } from '../../../src/core/types.ts';
import {
  MIN_SEGMENT_SHARE,
  rankSegments,
  type RankedSegment,
  type SegmentEvidence,
  sessionTrust,
} from '../../../src/feed/rank-segments.ts';
import type { VisitorItem } from '../../../src/feed/visitor.ts';

const IDS = ['a', 'b', 'c', 'd'];

/** One visitor item that belongs to segments; a fresh view unless told otherwise. */
interface Look {
  readonly to: Readonly<Record<string, number>>;
  readonly session?: number;
  readonly longTerm?: number;
}

function evidenceOf(looks: readonly Look[], rest: Partial<SegmentEvidence> = {}): SegmentEvidence {
  const items = looks.map(({ session = 1, longTerm = 1 }, m): VisitorItem => ({
    itemId: `i${m}`,
    item: { id: `i${m}` },
    session,
    longTerm,
    interactions: 1,
    lastTime: 0,
  }));
  const memberships = looks.map(({ to }) =>
    Object.entries(to).map(([segmentId, weight]): Membership => ({ segmentId, weight })),
  );
  const none = IDS.map(() => 0);
  return {
    ids: IDS,
    items,
    memberships,
    fits: { session: none, longTerm: none },
    posteriors: new Map(),
    ...rest,
  };
}

const rank = (looks: readonly Look[], rest?: Partial<SegmentEvidence>): RankedSegment[] =>
  rankSegments(evidenceOf(looks, rest));
const ids = (ranked: readonly RankedSegment[]): string[] =>
  ranked.map(({ segmentId }) => segmentId);

describe('sessionTrust', () => {
  it('is nothing without a session, a half after one look, and grows', () => {
    expect(sessionTrust(0)).toBe(0);
    expect(sessionTrust(1)).toBe(0.5);
    expect(sessionTrust(9)).toBeGreaterThan(sessionTrust(3));
    expect(sessionTrust(1e9)).toBeLessThan(1 + 1e-9);
  });
});

describe('rankSegments', () => {
  it('knows no segment of a visitor who did nothing', () => {
    expect(rank([])).toEqual([]);
    expect(rank([{ to: {} }])).toEqual([]);
  });

  it('puts first what most of the evidence belongs to', () => {
    const ranked = rank([{ to: { a: 1 } }, { to: { b: 1 } }, { to: { b: 1 } }]);
    expect(ids(ranked)).toEqual(['b', 'a']);
    expect(ranked[0]!.sessionShare).toBeCloseTo(2 / 3, 12);
    expect(ranked[0]!.index).toBe(1);
  });

  it('splits an item between its segments', () => {
    const [a, b] = rank([{ to: { a: 0.7, b: 0.3 } }]);
    expect(a!.weight / b!.weight).toBeCloseTo(7 / 3, 9);
  });

  it('lets today outweigh the past, the more so the more happens today', () => {
    const past = { to: { a: 1 }, session: 0, longTerm: 3 };
    const share = (looks: number): number =>
      rank([past, { to: { b: 1 }, session: looks, longTerm: looks }]).find(
        ({ segmentId }) => segmentId === 'b',
      )!.weight;
    expect(share(1)).toBeGreaterThan(0.25);
    expect(share(2)).toBeGreaterThan(share(1));
    expect(ids(rank([past, { to: { b: 1 }, session: 2, longTerm: 2 }]))[0]).toBe('b');
  });

  it('remembers the past in a new session', () => {
    expect(ids(rank([{ to: { a: 1 }, session: 0, longTerm: 0.4 }]))).toEqual(['a']);
  });

  it('leaves out what has too small a share', () => {
    const rest = Array.from({ length: 19 }, () => ({ to: { a: 1 } }));
    expect(1 / 20).toBeLessThan(MIN_SEGMENT_SHARE);
    expect(ids(rank([...rest, { to: { b: 1 } }]))).toEqual(['a']);
  });

  it('breaks ties by id', () => {
    expect(ids(rank([{ to: { c: 1 } }, { to: { a: 1 } }, { to: { b: 1 } }]))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('prefers the segment that the visitor’s vectors are nearer to', () => {
    const looks = [{ to: { a: 0.5, b: 0.5 } }];
    const fits = { session: [0, 1, 0, 0], longTerm: [0, 0, 0, 0] };
    expect(ids(rank(looks, { fits }))[0]).toBe('b');
    const wild = { session: [-5, 99, Number.NaN, 0], longTerm: [0, 99, 0, 0] };
    expect(rank(looks, { fits: wild }).every(({ score }) => Number.isFinite(score))).toBe(true);
  });

  it('moves a segment by how its places were taken', () => {
    const looks = [{ to: { a: 0.5, b: 0.5 } }];
    const liked = new Map([['b', { alpha: 6, beta: 8 }]]);
    const ignored = new Map([['b', { alpha: 1, beta: 60 }]]);
    const weight = (posteriors: SegmentEvidence['posteriors']): number =>
      rank(looks, { posteriors }).find(({ segmentId }) => segmentId === 'b')!.weight;
    expect(weight(liked)).toBeGreaterThan(weight(new Map()));
    expect(weight(ignored)).toBeLessThan(weight(new Map()));
    expect(weight(new Map([['b', ENGAGEMENT_PRIOR]]))).toBe(weight(new Map()));
  });

  const look = fc
    .record({
      a: fc.integer({ min: 0, max: 4 }),
      b: fc.integer({ min: 0, max: 4 }),
      c: fc.integer({ min: 0, max: 4 }),
      session: fc.double({ min: 0, max: 4, noNaN: true }),
      old: fc.double({ min: 0.01, max: 4, noNaN: true }),
    })
    .map(({ a, b, c, session, old }): Look => {
      const total = Math.max(1, a + b + c);
      return { to: { a: a / total, b: b / total, c: c / total }, session, longTerm: session + old };
    });

  it('gives weights that sum to 1, largest first, for any evidence', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), (looks) => {
        const ranked = rank(looks);
        if (ranked.length > 0) {
          expect(ranked.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
        }
        for (const [i, { weight, sessionShare, longTermShare }] of ranked.entries()) {
          expect(weight).toBeLessThanOrEqual(ranked[i - 1]?.weight ?? 1);
          expect(Math.max(sessionShare, longTermShare)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('never lowers a segment’s weight or rank when an item of it alone is looked at', () => {
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 12 }), (looks) => {
        const before = rank(looks);
        const after = rank([...looks, { to: { a: 1 } }]);
        const weight = (ranked: RankedSegment[]): number =>
          ranked.find(({ segmentId }) => segmentId === 'a')?.weight ?? 0;
        const place = (ranked: RankedSegment[]): number => {
          const at = ids(ranked).indexOf('a');
          return at < 0 ? Infinity : at;
        };
        expect(weight(after)).toBeGreaterThanOrEqual(weight(before) - 1e-12);
        expect(place(after)).toBeLessThanOrEqual(place(before));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the evidence', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 8 }), (looks) => {
        const round = (ranked: RankedSegment[]): unknown =>
          ranked
            .filter(({ score }) => score > MIN_SEGMENT_SHARE + 1e-6)
            .map(({ segmentId, score }) => `${segmentId} ${score.toFixed(6)}`)
            .sort();
        expect(round(rank(looks.toReversed()))).toEqual(round(rank(looks)));
      }),
    );
  });
});
