/**
 * The page of `vitrine evaluate`.
 *
 * @packageDocumentation
 */
import { type Bar, barChart } from './bar-chart.ts';
import { lorenzCurve } from './exposure.ts';
import { lineChart } from './line-chart.ts';
import type { Markup } from './markup.ts';
import {
  type Figure,
  figureBesideTable,
  noteOf,
  plotGrid,
  section,
  type Table,
  tableOf,
  tileRow,
  writePage,
} from './page.ts';
import { toPlaces, toWords } from './scale.ts';

/** A ranking with its metrics by name. */
export interface ReportedMethod {
  /** `vitrine` or a baseline. */
  readonly name: string;
  /** Metrics by name, each in [0, 1]. */
  readonly metrics: Readonly<Record<string, number>>;
  /** How often each item was among the first ten. */
  readonly shown: Int32Array;
}

/** What the page shows. */
export interface EvaluateReport {
  /** Of the pack. */
  readonly packId: string;
  /** Measured by. */
  readonly protocol: string;
  /** Protocol that the pack was trained by; another one may have shown it the answers. */
  readonly trainedBy: string;
  /** Lists. */
  readonly visitors: number;
  /** Ours. */
  readonly own: ReportedMethod;
  /** The others. */
  readonly baselines: readonly ReportedMethod[];
  /** Metrics by `without` and family; with `note` where there was nothing to leave out. */
  readonly ablation: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** Milliseconds per list. */
  readonly msPerVisitor: { readonly p50: number; readonly p95: number };
}

const ACCURACY = ['HR@1', 'HR@5', 'HR@10', 'NDCG@5', 'NDCG@10', 'MRR'];

const PLOTTED: readonly (readonly [metric: string, words: string])[] = [
  ['NDCG@10', 'Answer among the first ten, the higher the better placed'],
  ['HR@10', 'Share of lists with the answer among the first ten'],
  ['HR@1', 'Share of lists with the answer first'],
  ['MRR', 'One by the place of the answer, on average'],
];

const BEYOND: readonly (readonly [metric: string, title: string, words: string])[] = [
  ['ILD', 'Diversity within a list', '1 − mean likeness of the first ten to each other (ILD)'],
  ['coverage', 'Coverage', 'Share of the catalog that anybody is shown'],
  ['gini', 'Concentration', 'Gini coefficient: 0 is even, near 1 a few items have all places'],
  ['overlap', 'Overlap with the server', 'Rank-biased, first ten: 1 is the server’s own order'],
];

/** Words of a table's first column. */
const LOOKS_FROM = 'method';

function methodTable(
  caption: string,
  metrics: readonly string[],
  methods: readonly ReportedMethod[],
): Table {
  return {
    caption,
    head: [LOOKS_FROM, ...metrics],
    rows: methods.map(({ metrics: own, name }) => [
      name,
      ...metrics.map((metric) => toPlaces(own[metric])),
    ]),
    own: 'vitrine',
  };
}

function barsOf(methods: readonly ReportedMethod[], metric: string): Bar[] {
  return methods.map(({ metrics, name }): Bar => {
    const value = metrics[metric] ?? 0;
    const bar = { name, value, label: toPlaces(value) };
    return name === 'vitrine' ? { ...bar, kind: 'own' } : bar;
  });
}

function metricFigure(
  methods: readonly ReportedMethod[],
  metric: string,
  title: string,
  words: string,
): Figure {
  const ordered = methods.toSorted((a, b) => (b.metrics[metric] ?? 0) - (a.metrics[metric] ?? 0));
  return {
    title,
    words,
    plot: barChart(`${title} by method`, barsOf(ordered, metric)),
    table: methodTable(title, [metric], ordered),
  };
}

/** The rival with the largest NDCG@10. */
function bestOf(baselines: readonly ReportedMethod[]): ReportedMethod | undefined {
  return baselines.toSorted((a, b) => (b.metrics['NDCG@10'] ?? 0) - (a.metrics['NDCG@10'] ?? 0))[0];
}

/** Who gets the places: ours, the best rival, popularity, and an even spread. */
function exposureFigure(own: ReportedMethod, baselines: readonly ReportedMethod[]): Figure {
  const names = new Set([bestOf(baselines)?.name, 'popularity']);
  const drawn = [own, ...baselines.filter(({ name }) => names.has(name))];
  const lines = drawn.map(({ name, shown }) => ({ name, points: lorenzCurve(shown) }));
  const even = { name: 'an even spread', points: [[0, 0] as const, [1, 1] as const] };
  const shares = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99];
  const at = (points: readonly (readonly [number, number])[], share: number): string => {
    const index = share * (points.length - 1);
    const [low, high] = [points[Math.floor(index)]?.[1], points[Math.ceil(index)]?.[1]];
    if (low === undefined || high === undefined) return '–';
    return `${toWords(100 * (low + (high - low) * (index - Math.floor(index))))} %`;
  };
  return {
    title: 'Who gets the places',
    words: 'Share of all first-ten places that the least shown part of the catalog has together.',
    plot: lineChart([...lines, even], {
      title: 'Lorenz curve of recommended items by method',
      ticks: ['none', 'half of the items', 'all'],
      y: [0, 1],
      height: 230,
    }),
    table: {
      caption: 'Share of the places',
      head: ['least shown', ...drawn.map(({ name }) => name)],
      rows: shares.map((share) => [
        `${Math.round(100 * share)} % of the items`,
        ...lines.map(({ points }) => at(points, share)),
      ]),
    },
  };
}

function ablationSection({ ablation, own }: EvaluateReport): Markup {
  const entries = Object.entries(ablation);
  const full = own.metrics['NDCG@10'] ?? 0;
  const worth = entries
    .filter(([, metrics]) => metrics['note'] === undefined)
    .map(([name, metrics]) => ({ name, loss: full - Number(metrics['NDCG@10'] ?? 0) }))
    .sort((a, b) => b.loss - a.loss);
  const signed = (value: number): string => `${value < 0 ? '−' : ''}${toPlaces(Math.abs(value))}`;
  const bars = worth.map(({ loss, name }): Bar => {
    const bar = { name: name.replace('without', ''), value: loss, label: signed(loss) };
    return loss < 0 ? { ...bar, kind: 'bad' } : bar;
  });
  const notes = entries
    .filter(([, metrics]) => metrics['note'] !== undefined)
    .map(([name, metrics]) => `${name}: ${String(metrics['note'])}.`);
  return section(
    'What each family of signals is worth',
    'NDCG@10 lost when its signals are switched off and the others stay as they are. Families stand in for each other, so the losses do not add up; below 0 the ranking is better without.',
    figureBesideTable({
      title: 'NDCG@10 lost without',
      words: 'Longer bars: more of the ranking rests on it.',
      plot: barChart('NDCG@10 lost without each family of signals', bars),
      table: {
        caption: 'Metrics without each family',
        head: ['ranking', ...ACCURACY],
        rows: [['vitrine', own.metrics] as const, ...entries].map(([name, metrics]) => [
          name,
          ...ACCURACY.map((metric) => toPlaces(Number(metrics[metric]))),
        ]),
        own: 'vitrine',
      },
    }),
    notes.map((note) => noteOf(note)),
  );
}

function tilesOf({ baselines, msPerVisitor, own, visitors }: EvaluateReport): Markup {
  const best = bestOf(baselines);
  const [ours, theirs] = [own, best].map((method) => method?.metrics['NDCG@10'] ?? 0);
  const gain = theirs ? Math.round(100 * ((ours as number) / theirs - 1)) : Number.NaN;
  return tileRow([
    { value: toPlaces(own.metrics['NDCG@10']), label: 'NDCG@10' },
    { value: toPlaces(own.metrics['HR@10']), label: 'HR@10' },
    { value: toPlaces(own.metrics['MRR']), label: 'MRR' },
    {
      value: `${gain > 0 ? '+' : ''}${toWords(gain)} %`,
      label: `NDCG@10 beside the best baseline, ${best?.name ?? 'none'}`,
    },
    { value: `${toWords(msPerVisitor.p50)} ms`, label: 'to rank a list, median' },
    { value: `${toWords(msPerVisitor.p95)} ms`, label: 'to rank a list, 95 of 100 are faster' },
    { value: toWords(visitors), label: 'lists measured' },
  ]);
}

/**
 * Writes the page.
 *
 * @param report - What was measured.
 * @returns One HTML file that loads nothing.
 */
export function writeEvaluateReport(report: EvaluateReport): string {
  const { baselines, own, packId, protocol, trainedBy } = report;
  const methods = [own, ...baselines];
  const lead = `Pack ${packId}, protocol ${protocol}, ${toWords(report.visitors)} lists. Ties count against every method.`;
  const warning =
    protocol === trainedBy
      ? undefined
      : noteOf(
          `This pack was trained by the protocol “${trainedBy}”: it may have learned from the answers that it is measured on here.`,
        );
  return writePage('How well it ranks', lead, [
    warning,
    tilesOf(report),
    section(
      'Accuracy',
      'Beside what a shop could do without us, learned from the same split with 128 neighbours per item.',
      plotGrid(PLOTTED.map(([metric, words]) => metricFigure(methods, metric, metric, words))),
      tableOf(methodTable('All accuracy metrics', ACCURACY, methods)),
    ),
    section(
      'Beyond accuracy',
      'Of the first ten of each list. More is not always better: the server’s order covers everything because it knows nobody.',
      plotGrid(BEYOND.map(([metric, title, words]) => metricFigure(methods, metric, title, words))),
      figureBesideTable(exposureFigure(own, baselines)),
    ),
    ablationSection(report),
  ]);
}
