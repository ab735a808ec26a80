/**
 * Lines over a common axis.
 *
 * @packageDocumentation
 */
import { h, type Markup } from './markup.ts';
import { type Extent, extentOf, linearScale, toWords } from './scale.ts';

/** A place of a line. */
export type Point = readonly [x: number, y: number];

/** A line. */
export interface Line {
  /** What it is; empty when there is only one. */
  readonly name: string;
  /** From left to right. */
  readonly points: readonly Point[];
}

/** How a chart is drawn. */
export interface LineOptions {
  /** What a screen reader says. */
  readonly title: string;
  /** Words at the two ends of the x axis, and perhaps between. */
  readonly ticks: readonly string[];
  /** Lowest and highest y; default those of the lines. */
  readonly y?: Extent;
  /** Whether 0 is drawn where it lies inside. */
  readonly hasZero?: boolean;
  /** Height in user units of a width of 280; default 180. */
  readonly height?: number;
}

const WIDTH = 280;
const LEFT = 38;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;
/** Room for a name above the plot. */
const KEY = 18;

function pathOf(points: readonly Point[], x: Scale, y: Scale): string {
  return points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${x(px)} ${y(py)}`).join('');
}

type Scale = (value: number) => number;

/** Names with a piece of their line, two in a row. */
function keyOf(lines: readonly Line[]): Markup[] {
  return lines.map(({ name }, i) => {
    const [x, y] = [8 + (i % 2) * 134, 8 + KEY * Math.floor(i / 2)];
    return h(
      'g',
      {},
      h('path', { class: `curve c${i}`, d: `M${x} ${y}H${x + 18}` }),
      h('text', { x: x + 23, y: y + 4 }, name),
    );
  });
}

function ticksOf(ticks: readonly string[], bottom: number): Markup[] {
  return ticks.map((tick, i) => {
    const share = ticks.length > 1 ? i / (ticks.length - 1) : 0;
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    const x = LEFT + share * (WIDTH - LEFT - RIGHT);
    return h('text', { class: 'soft', x, y: bottom + 15, 'text-anchor': anchor }, tick);
  });
}

/**
 * Draws lines.
 *
 * @param lines - At most four; the first one is ours.
 * @param options - See {@link LineOptions}.
 * @returns An SVG that scales with its box; lines without points are left out.
 */
export function lineChart(lines: readonly Line[], options: LineOptions): Markup {
  const { height = 180, ticks, title } = options;
  const drawn = lines.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const yExtent = options.y ?? extentOf(all.map(([, py]) => py));
  const top = TOP + (drawn.length > 1 ? KEY * Math.ceil(drawn.length / 2) : 0);
  const bottom = height - BOTTOM;
  const x = linearScale(extentOf(all.map(([px]) => px)), [LEFT, WIDTH - RIGHT]);
  const y = linearScale(yExtent, [bottom, top]);
  const hasZero = options.hasZero === true && yExtent[0] < 0 && yExtent[1] > 0;
  return h(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': title },
    h('title', {}, title),
    drawn.length > 1 ? keyOf(drawn) : undefined,
    h('path', { class: 'axis', d: `M${LEFT} ${top}V${bottom}H${WIDTH - RIGHT}` }),
    hasZero ? h('path', { class: 'zero', d: `M${LEFT} ${y(0)}H${WIDTH - RIGHT}` }) : undefined,
    yExtent.map((value) =>
      h(
        'text',
        { class: 'soft', x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' },
        toWords(value),
      ),
    ),
    ticksOf(ticks, bottom),
    drawn
      .map(({ points }, i) => h('path', { class: `curve c${i}`, d: pathOf(points, x, y) }))
      .toReversed(),
  );
}
