/**
 * The page of `vitrine simulate`.
 *
 * @packageDocumentation
 */
import { lorenzCurve } from './exposure.ts';
import { heatMap } from './heat-map.ts';
import { type Line, lineChart } from './line-chart.ts';
import type { Markup } from './markup.ts';
import { type Figure, plotGrid, section, tableOf, tileRow, writePage } from './page.ts';
import { toWords } from './scale.ts';

/** What some visitors came to. */
export interface VisitorFigures {
  /** How many. */
  readonly visitors: number;
  /** Mean clicks of a visit. */
  readonly clicksPerVisit: number;
  /** Regret of a visitor over all visits, in clicks. */
  readonly regret: number;
  /** Regret of one of the last visits. */
  readonly regretAtEnd: number;
  /** Regret summed up to each visit. */
  readonly regretCurve: readonly number[];
  /** Distinct segments that a visitor clicked in. */
  readonly segmentsDiscovered: number;
}

/** What one policy came to. */
export interface SimulatedPolicyReport {
  /** Its figures. */
  readonly figures: VisitorFigures & {
    readonly policy: string;
    readonly visits: number;
    readonly items: number;
    readonly seed: number;
    readonly catalogCoverage: number;
    readonly neverShown: number;
    readonly byKind: Readonly<Record<string, VisitorFigures>>;
  };
  /** [I] How often each item was shown. */
  readonly shown: Int32Array;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  single: 'one taste all along',
  mixed: 'two tastes, 70 to 30',
  drifting: 'another taste from the middle third of the visits on',
  gift: 'one taste, and another one on a single visit',
};

const percent = (share: number): string => `${toWords(100 * share)} %`;

function regretFigure(
  title: string,
  words: string,
  curves: readonly { readonly name: string; readonly figures: VisitorFigures }[],
): Figure {
  const lines: Line[] = curves.map(({ name, figures }) => ({
    name,
    points: figures.regretCurve.map((value, visit) => [visit + 1, value] as const),
  }));
  const visits = curves[0]?.figures.regretCurve.length ?? 0;
  const marks = [...new Set([0.2, 0.4, 0.6, 0.8, 1].map((share) => Math.ceil(share * visits)))];
  const top = Math.max(1, ...curves.map(({ figures }) => figures.regret));
  return {
    title,
    words,
    plot: lineChart(lines, {
      title,
      ticks: ['visit 1', `visit ${visits}`],
      y: [0, top],
      height: 220,
    }),
    table: {
      caption: 'Regret of a visitor up to a visit, in clicks',
      head: ['visit', ...curves.map(({ name }) => name)],
      rows: marks.map((visit) => [
        String(visit),
        ...curves.map(({ figures }) => toWords(figures.regretCurve[visit - 1] ?? NaN)),
      ]),
    },
  };
}

function kindFigures(all: readonly SimulatedPolicyReport[]): Figure[] {
  return Object.entries(KIND_WORDS).flatMap(([kind, words]) => {
    const curves = all.flatMap(({ figures }) => {
      const found = new Map(Object.entries(figures.byKind)).get(kind);
      return found === undefined ? [] : [{ name: figures.policy, figures: found }];
    });
    return curves.length > 0
      ? [regretFigure(`Visitors of kind “${kind}”`, `${words}.`, curves)]
      : [];
  });
}

function mapFigure({ figures, shown }: SimulatedPolicyReport): Figure {
  const { neverShown, policy } = figures;
  const curve = lorenzCurve(shown);
  const shareOf = (least: number): string =>
    percent(1 - (curve[Math.round(40 * (1 - least))]?.[1] ?? 1));
  return {
    title: `${policy}: ${percent(neverShown)} of stock is never shown to anyone`,
    words: 'A cell is an item, in the shop’s order: the darker, the more often shown; red: never.',
    plot: heatMap(`How often each item is shown under ${policy}`, shown),
    table: {
      caption: 'Share of all places that the most shown items have',
      head: ['most shown', 'share of the places'],
      rows: [0.05, 0.1, 0.25, 0.5].map((share) => [
        `${percent(share)} of the items`,
        shareOf(share),
      ]),
    },
  };
}

function summaryOf(all: readonly SimulatedPolicyReport[]): Markup {
  return tableOf({
    caption: 'All policies, people only',
    head: [
      'policy',
      'clicks a visit',
      'regret of a visitor',
      'regret a visit, at the end',
      'segments found',
      'shown to anyone',
    ],
    rows: all.map(({ figures }) => [
      figures.policy,
      figures.clicksPerVisit.toFixed(3),
      toWords(figures.regret),
      figures.regretAtEnd.toFixed(2),
      figures.segmentsDiscovered.toFixed(2),
      percent(figures.catalogCoverage),
    ]),
    own: 'thompson',
  });
}

/**
 * Writes the page.
 *
 * @param all - What was simulated, one to four policies over the same catalog.
 * @returns One HTML file that loads nothing.
 */
export function writeSimulateReport(all: readonly SimulatedPolicyReport[]): string {
  const [first] = all as readonly [SimulatedPolicyReport];
  const { figures } = first;
  const { byKind, items, seed, visits } = figures;
  const visitors = Object.values(byKind).reduce((sum, kind) => sum + (kind?.visitors ?? 0), 0);
  const lead = `${toWords(visitors)} visitors with hidden tastes, ${visits} visits each, to a shop of ${toWords(items)} items; seed ${seed}.`;
  const tiles = tileRow([
    { value: figures.clicksPerVisit.toFixed(2), label: `clicks a visit, ${figures.policy}` },
    { value: toWords(figures.regret), label: 'regret of a visitor, in clicks' },
    { value: figures.segmentsDiscovered.toFixed(1), label: 'segments that a visitor clicked in' },
    { value: percent(figures.neverShown), label: 'of stock is never shown to anyone' },
  ]);
  const curves = all.map((one) => ({ name: one.figures.policy, figures: one.figures }));
  return writePage('What visitors would make of it', lead, [
    tiles,
    section(
      'Regret',
      'Clicks that the best possible page would have had, less those of the page that was shown: no page knows the tastes, so regret grows for all; the flatter the line, the more is learned. Bots are left out.',
      plotGrid([
        regretFigure('All people', 'Summed up from visit to visit.', curves),
        ...kindFigures(all),
      ]),
      summaryOf(all),
    ),
    section(
      'Who is ever shown',
      'How the places of all pages fall on the catalog.',
      plotGrid(all.map(mapFigure)),
    ),
  ]);
}
