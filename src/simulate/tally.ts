/**
 * What simulated visits came to: clicks, regret, segments found, items shown.
 *
 * @packageDocumentation
 */
import type { VisitorKind } from './types.ts';

/** Sums over the visitors of one kind. */
export interface KindTally {
  /** How many. */
  visitors: number;
  /** Clicks in the lists. */
  clicks: number;
  /** Clicks that the hidden tastes made likely. */
  expected: number;
  /** Distinct segments that each visitor clicked in, summed. */
  discovered: number;
  /** [visits] Expected clicks of the best page less those of the page shown. */
  readonly regret: Float64Array;
}

/** Sums over visitors; people and bots apart, since a bot likes everything. */
export interface Tally {
  /** By kind; only kinds that came. */
  readonly kinds: Map<VisitorKind, KindTally>;
  /** [I] How often each item stood on a person's page. */
  readonly shown: Int32Array;
}

/** One visit. */
export interface VisitFigures {
  /** Number of the visit, from 0. */
  readonly visit: number;
  /** Clicks in the lists. */
  readonly clicks: number;
  /** In the mean, for the page shown. */
  readonly expected: number;
  /** In the mean, for the best page. */
  readonly best: number;
}

/** Figures of some visitors. */
export interface KindFigures {
  /** How many. */
  readonly visitors: number;
  /** Mean clicks of a visit. */
  readonly clicksPerVisit: number;
  /** Mean of what the hidden tastes make likely. */
  readonly expectedClicksPerVisit: number;
  /** Sum over the visits of a visitor, in clicks: the last value of `regretCurve`. */
  readonly regret: number;
  /** Mean regret of a visit in the last fifth of the visits. */
  readonly regretAtEnd: number;
  /** Regret of a visitor summed up to each visit. */
  readonly regretCurve: readonly number[];
  /** Distinct segments that a visitor clicked in. */
  readonly segmentsDiscovered: number;
}

/** Figures of a simulation. */
export interface SimulatedFigures extends KindFigures {
  /** Share of the items that were shown to anybody. */
  readonly catalogCoverage: number;
  /** Share of the items that were shown to nobody. */
  readonly neverShown: number;
  /** The same by kind of visitor, bots too, which the figures above leave out. */
  readonly byKind: Readonly<Partial<Record<VisitorKind, KindFigures>>>;
}

/**
 * Sums of nothing.
 *
 * @param numItems - I.
 * @returns A tally.
 */
export function createTally(numItems: number): Tally {
  return { kinds: new Map(), shown: new Int32Array(numItems) };
}

/**
 * Adds a visitor.
 *
 * @param tally - Sums so far.
 * @param kind - Of the visitor.
 * @param visits - All visits, in their order.
 * @param discovered - Distinct segments that the visitor clicked in.
 */
export function addVisitor(
  tally: Tally,
  kind: VisitorKind,
  visits: readonly VisitFigures[],
  discovered: number,
): void {
  const before = tally.kinds.get(kind);
  const regret = new Float64Array(visits.length);
  const sums = before ?? { visitors: 0, clicks: 0, expected: 0, discovered: 0, regret };
  tally.kinds.set(kind, sums);
  sums.visitors++;
  sums.discovered += discovered;
  for (const { best, clicks, expected, visit } of visits) {
    sums.clicks += clicks;
    sums.expected += expected;
    sums.regret[visit] = (sums.regret[visit] as number) + best - expected;
  }
}

function sumOf(all: readonly KindTally[], numVisits: number): KindTally {
  const sum = { visitors: 0, clicks: 0, expected: 0, discovered: 0 };
  const regret = new Float64Array(numVisits);
  for (const one of all) {
    sum.visitors += one.visitors;
    sum.clicks += one.clicks;
    sum.expected += one.expected;
    sum.discovered += one.discovered;
    for (const [visit, value] of one.regret.entries()) {
      regret[visit] = (regret[visit] as number) + value;
    }
  }
  return { ...sum, regret };
}

/**
 * Puts the tallies of parts of the visitors together.
 *
 * @param tallies - Of the same catalog, at least one.
 * @returns One tally; the order of the parts changes sums by rounding only.
 */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const [first] = tallies as readonly [Tally];
  const merged = createTally(first.shown.length);
  const kinds = new Set(tallies.flatMap((tally) => [...tally.kinds.keys()]));
  for (const kind of kinds) {
    const parts = tallies.flatMap((tally) => tally.kinds.get(kind) ?? []);
    merged.kinds.set(kind, sumOf(parts, (parts[0] as KindTally).regret.length));
  }
  for (const { shown } of tallies) {
    for (const [row, count] of shown.entries()) {
      merged.shown[row] = (merged.shown[row] as number) + count;
    }
  }
  return merged;
}

function figuresOfKind(sums: KindTally): KindFigures {
  const { clicks, discovered, expected, regret, visitors } = sums;
  const people = Math.max(1, visitors);
  const numVisits = Math.max(1, regret.length);
  let total = 0;
  const regretCurve = Array.from(regret, (value) => (total += value / people));
  const last = regret.slice(-Math.max(1, Math.round(regret.length / 5)));
  const atEnd = last.reduce((sum, value) => sum + value, 0) / people / Math.max(1, last.length);
  return {
    visitors,
    clicksPerVisit: clicks / people / numVisits,
    expectedClicksPerVisit: expected / people / numVisits,
    regret: total,
    regretAtEnd: atEnd,
    regretCurve,
    segmentsDiscovered: discovered / people,
  };
}

/**
 * Figures of a simulation.
 *
 * @param tally - Of all visitors.
 * @returns Means over people; bots stand under `byKind` alone. All 0 without visitors.
 */
export function figuresOf(tally: Tally): SimulatedFigures {
  const people = [...tally.kinds].filter(([kind]) => kind !== 'bot').map(([, sums]) => sums);
  const numVisits = people[0]?.regret.length ?? 0;
  const numShown = tally.shown.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const coverage = numShown / Math.max(1, tally.shown.length);
  const kinds = Array.from(tally.kinds, ([kind, sums]) => [kind, figuresOfKind(sums)] as const);
  return {
    ...figuresOfKind(sumOf(people, numVisits)),
    catalogCoverage: coverage,
    neverShown: 1 - coverage,
    byKind: Object.fromEntries(kinds.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
