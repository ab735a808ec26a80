/**
 * Signals of a candidate beside the rest of its list, computed from the signals of the others.
 *
 * `share`: sum beside the list's mean sum; `embed.rel`, `pop.rel`: distance to the list's mean;
 * `embed.prob`: log of C times the softmax over the list; `attr.rel`: part of the list's maximum.
 * None depends on the list's length by itself, so functions learned on lists of 100 hold for 20.
 * Adding the same number to a whole list changes no order, but a function bends: what is far above
 * *these* candidates counts more than what is far above the catalog.
 *
 * @packageDocumentation
 */
import type { Signal } from './signal.ts';
import { TABLE_NAMES } from './table-signals.ts';

/** Signals in the order in which they are written. */
export const LIST_SIGNALS: readonly Signal[] = [
  ...TABLE_NAMES.map((table): Signal => ({
    name: `${table}.share`,
    monotone: 1,
    inWords: 'fits what you looked at better than most of this list',
  })),
  { name: 'embed.rel', monotone: 1, inWords: 'suits you better than most of this list' },
  { name: 'embed.prob', monotone: 1, inWords: 'the likeliest of this list to be next' },
  { name: 'pop.rel', monotone: 1, inWords: 'more popular than most of this list' },
  { name: 'attr.rel', monotone: 1, inWords: 'more like what you look at than most of this list' },
];

/** A list's signals [C × J] while the last columns are filled in. */
interface Grid {
  readonly signals: Float32Array;
  readonly width: number;
}

/** A column to read and the one to write. */
interface Columns {
  readonly from: number;
  readonly to: number;
}

function sizeOf({ signals, width }: Grid): number {
  return signals.length / width;
}

function sumOf({ signals, width }: Grid, column: number): number {
  let sum = 0;
  for (let k = column; k < signals.length; k += width) sum += signals[k] as number;
  return sum;
}

function maxOf({ signals, width }: Grid, column: number): number {
  let max = -Infinity;
  for (let k = column; k < signals.length; k += width) max = Math.max(max, signals[k] as number);
  return max;
}

/** Writes signal × scale − shift. */
function writeScaled(grid: Grid, columns: Columns, scale: number, shift: number): void {
  const { signals, width } = grid;
  for (let row = 0; row < signals.length; row += width) {
    signals[row + columns.to] = (signals[row + columns.from] as number) * scale - shift;
  }
}

/** log(Σ exp(x) / C), without overflow. */
function logMeanExp(grid: Grid, column: number): number {
  const max = maxOf(grid, column);
  let sum = 0;
  for (let k = column; k < grid.signals.length; k += grid.width) {
    sum += Math.exp((grid.signals[k] as number) - max);
  }
  return max + Math.log(sum / sizeOf(grid));
}

function writeMeanGap(grid: Grid, columns: Columns): void {
  writeScaled(grid, columns, 1, sumOf(grid, columns.from) / sizeOf(grid));
}

/**
 * @param names - Names of all J signals, the ones of {@link LIST_SIGNALS} among them.
 * @returns Fills the list signals of a list [C × J], C at least 1, in place, from its other signals.
 */
export function createListContext(names: readonly string[]): (signals: Float32Array) => void {
  const pair = (from: string, to: string): Columns => ({
    from: names.indexOf(from),
    to: names.indexOf(to),
  });
  const shares = TABLE_NAMES.map((table) => pair(`${table}.sum`, `${table}.share`));
  const embedGap = pair('embed', 'embed.rel');
  const embedLog = pair('embed', 'embed.prob');
  const popularityGap = pair('pop', 'pop.rel');
  const likeness = pair('attr.long', 'attr.rel');
  return (signals) => {
    const grid: Grid = { signals, width: names.length };
    for (const share of shares) {
      const total = sumOf(grid, share.from);
      if (total > 0) writeScaled(grid, share, sizeOf(grid) / total, 0);
    }
    writeMeanGap(grid, embedGap);
    writeScaled(grid, embedLog, 1, logMeanExp(grid, embedLog.from));
    writeMeanGap(grid, popularityGap);
    const most = maxOf(grid, likeness.from);
    if (most > 0) writeScaled(grid, likeness, 1 / most, 0);
  };
}
