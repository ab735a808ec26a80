/**
 * The page of `vitrine train`.
 *
 * @packageDocumentation
 */
import { barChart } from './bar-chart.ts';
import { lineChart } from './line-chart.ts';
import { h, type Markup } from './markup.ts';
import { type Figure, noteOf, plotGrid, section, tileRow, writePage } from './page.ts';
import { extentOf, toBytes, toWords } from './scale.ts';

/** A learned function. */
export interface LearnedFunction {
  /** Signal name. */
  readonly name: string;
  /** Why it speaks for an item. */
  readonly inWords: string;
  /** Ascending; fewer than two: the signal is not in use. */
  readonly knots: Float32Array;
  /** At the knots. */
  readonly values: Float32Array;
  /** Mean spread of its part within a list (standard deviation), 0 or more. */
  readonly spread: number;
}

/** What the page shows. */
export interface TrainReport {
  /** Of the pack. */
  readonly packId: string;
  /** What it was allowed to learn from. */
  readonly protocol: string;
  /** Of all draws. */
  readonly seed: number;
  /** Of the whole run. */
  readonly seconds: number;
  /** Of the process. */
  readonly peakMemoryMb: number;
  /** How much there was to learn from, by name; `of` is the number that it is a share of. */
  readonly learnedFrom: readonly {
    readonly name: string;
    readonly count: number;
    readonly of?: number;
  }[];
  /** Training lists of the functions. */
  readonly lists: number;
  /** Lists by which the spreads were measured. */
  readonly sampled: number;
  /** Mean loss per pass, by what was trained. */
  readonly curves: readonly { readonly name: string; readonly loss: readonly number[] }[];
  /** All signals. */
  readonly functions: readonly LearnedFunction[];
  /** Of the pack. */
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** What the catalog says of its items. */
function catalogFigure({ learnedFrom }: TrainReport): Figure {
  const shares = learnedFrom.filter(({ of }) => of !== undefined);
  const shareOf = (count: number, of = 0): string =>
    of > 0 ? `${toWords(Math.round((100 * count) / of))} %` : '–';
  return {
    title: 'What the catalog says of its items',
    words: 'What is missing leaves its signals empty; nothing else breaks.',
    plot: barChart(
      'Share of items by what is known of them',
      shares.map(({ count, name, of = 0 }) => ({
        name,
        value: of > 0 ? count / of : 0,
        label: shareOf(count, of),
        kind: 'own',
      })),
      1,
    ),
    table: {
      caption: 'Items by what is known of them',
      head: ['items with', 'count', 'share'],
      rows: shares.map(({ count, name, of }) => [name, toWords(count), shareOf(count, of)]),
    },
  };
}

function curveFigure({ loss, name }: TrainReport['curves'][number]): Figure {
  return {
    title: name,
    words: 'Mean loss per pass (softmax cross-entropy over a list); lower is better.',
    plot: lineChart([{ name, points: loss.map((value, pass) => [pass + 1, value] as const) }], {
      title: `Loss per pass: ${name}`,
      ticks: ['pass 1', `pass ${loss.length}`],
    }),
    table: {
      caption: `Loss: ${name}`,
      head: ['pass', 'loss'],
      rows: loss.map((value, pass) => [String(pass + 1), value.toFixed(4)]),
    },
  };
}

/** Knots at equal distances: a linear axis would press most visitors into its first millimetre. */
function functionFigure(learned: LearnedFunction, y: readonly [number, number]): Figure {
  const { inWords, knots, name, spread, values } = learned;
  const last = knots.length - 1;
  const middle = last > 1 ? [knots[Math.round(last / 2)] as number] : [];
  const [low, high] = extentOf(values);
  return {
    title: name,
    words: inWords.replaceAll('{item}', 'an item of the history'),
    plot: lineChart([{ name, points: Array.from(values, (value, k) => [k, value] as const) }], {
      title: `Learned function of ${name}: from ${toWords(low)} to ${toWords(high)}`,
      ticks: [knots[0] as number, ...middle, knots[last] as number].map(toWords),
      y,
      hasZero: true,
      height: 150,
    }),
    table: {
      caption: `${name}, spread ${toWords(spread)}`,
      head: ['signal', 'adds to the score'],
      rows: Array.from(knots, (knot, k) => [toWords(knot), (values[k] as number).toFixed(3)]),
    },
  };
}

/** How many functions are drawn at first; the others are one click away. */
const FIRST = 12;

/** Bars of the most telling signals. */
const BARS = 9;

/** Functions in use, most telling first. */
function sortedFunctions({ functions }: TrainReport): LearnedFunction[] {
  const used = functions.filter(({ knots }) => knots.length > 1);
  return used.sort((a, b) => b.spread - a.spread || (a.name < b.name ? -1 : 1));
}

function spreadFigure(report: TrainReport): Figure {
  const sorted = sortedFunctions(report);
  return {
    title: 'What decides',
    words: 'Spread of each signal’s part of the score within a list.',
    plot: barChart(
      'Spread of the most telling signals',
      sorted.slice(0, BARS).map(({ name, spread }) => ({
        name,
        value: spread,
        label: spread.toFixed(3),
        kind: 'own',
      })),
    ),
    table: {
      caption: 'All signals in use',
      head: ['signal', 'spread', 'lowest', 'highest'],
      rows: sorted.map(({ name, spread, values }) => {
        const [low, high] = extentOf(values);
        return [name, spread.toFixed(4), low.toFixed(3), high.toFixed(3)];
      }),
    },
  };
}

function functionsSection(report: TrainReport): Markup {
  const { functions, sampled } = report;
  const sorted = sortedFunctions(report);
  const unused = functions.filter(({ knots }) => knots.length <= 1).map(({ name }) => name);
  const order =
    sampled > 0
      ? `, most telling first: by how far they spread the items of a list (standard deviation, on average over ${toWords(sampled)} training lists)`
      : '';
  // One scale for all: a flat line is a signal that moves little.
  const y = extentOf([0, ...sorted.flatMap(({ values }) => [...values])]);
  const figures = sorted.map((learned) => functionFigure(learned, y));
  const more = figures.slice(FIRST);
  return section(
    'What it learned',
    `A score is the sum of these functions${order}. Upwards speaks for an item. From left to right the signal grows, at equal steps of its quantiles; all plots have one scale.`,
    plotGrid(figures.slice(0, FIRST), true),
    more.length > 0
      ? h('details', {}, h('summary', {}, `${more.length} more signals`), plotGrid(more, true))
      : undefined,
    unused.length > 0
      ? h('p', { class: 'soft' }, `Not in use here: ${unused.join(', ')}.`)
      : undefined,
  );
}

function filesFigure({ files }: TrainReport): Figure {
  const sorted = files.toSorted((a, b) => b.bytes - a.bytes);
  return {
    title: 'What the pack weighs',
    words: 'As it lies on the disk, before the compression of a server.',
    plot: barChart(
      'Bytes by file of the pack',
      sorted.map(({ bytes, name }) => ({ name, value: bytes, label: toBytes(bytes) })),
    ),
    table: {
      caption: 'Files with their hashes',
      head: ['file', 'bytes', 'SHA-256'],
      rows: files.map(({ bytes, name, sha256 }) => [name, toWords(bytes), sha256]),
    },
  };
}

/**
 * Writes the page.
 *
 * @param report - What was trained.
 * @returns One HTML file that loads nothing.
 */
export function writeTrainReport(report: TrainReport): string {
  const { curves, files, learnedFrom, lists, packId, peakMemoryMb, protocol, seconds, seed } =
    report;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const drawn = curves.filter(({ loss }) => loss.length > 0);
  return writePage(
    'What was trained',
    `Pack ${packId}, protocol ${protocol}, seed ${seed}. The same data and seed give the same pack.`,
    [
      lists === 0
        ? noteOf(
            'There were no interactions, or too few to learn from: a content-only pack, which ranks by likeness alone.',
          )
        : undefined,
      tileRow([
        { value: `${toWords(Math.round(seconds))} s`, label: 'from data to pack' },
        { value: `${toWords(peakMemoryMb)} MB`, label: 'memory at most' },
        { value: toBytes(bytes), label: 'pack' },
        ...learnedFrom
          .filter(({ of }) => of === undefined)
          .map(({ count, name }) => ({ value: toWords(count), label: `${name} learned from` })),
        { value: toWords(lists), label: 'training lists' },
      ]),
      section(
        'At a glance',
        undefined,
        plotGrid([
          catalogFigure(report),
          ...drawn.map(curveFigure),
          ...(report.sampled > 0 ? [spreadFigure(report)] : []),
          filesFigure(report),
        ]),
      ),
      functionsSection(report),
    ],
  );
}
