/**
 * A catalog as a field of cells: how often each item is shown.
 *
 * @packageDocumentation
 */
import { h, type Markup } from './markup.ts';

const WIDTH = 280;
const COLUMNS = 56;
const CELL = WIDTH / COLUMNS;
/** Cells of a map at most: in larger catalogs a cell stands for several items in a row. */
const MAX_CELLS = COLUMNS * 64;
/** Of a cell that is shown: the next level is four times as often. */
const LEVELS = [0.25, 0.4, 0.55, 0.75, 1] as const;
const STEP = 4;

/** Level of a cell that stands for `items` with `count` showings; -1 for never. */
function levelOf(count: number, items: number, total: number, numItems: number): number {
  if (count === 0) return -1;
  // 1 is what each item would have if all were shown alike.
  const share = (count / items / total) * numItems;
  const level = 2 + Math.round(Math.log(share) / Math.log(STEP));
  return Math.max(0, Math.min(LEVELS.length - 1, level));
}

/**
 * Draws the map.
 *
 * @param title - What a screen reader says.
 * @param shown - How often each item was shown, in the catalog's order; not empty.
 * @returns An SVG that scales with its box: the darker, the more often; red: never.
 */
export function heatMap(title: string, shown: Int32Array): Markup {
  const perCell = Math.ceil(shown.length / MAX_CELLS);
  const total = shown.reduce((sum, count) => sum + count, 0);
  const paths = new Map<number, string[]>();
  const numCells = Math.ceil(shown.length / perCell);
  for (let cell = 0; cell < numCells; cell++) {
    const part = shown.subarray(cell * perCell, (cell + 1) * perCell);
    const count = part.reduce((sum, one) => sum + one, 0);
    const level = levelOf(count, part.length, Math.max(1, total), shown.length);
    const x = CELL * (cell % COLUMNS);
    const y = CELL * Math.floor(cell / COLUMNS);
    const pieces = paths.get(level) ?? [];
    pieces.push(`M${x} ${y}h${CELL - 0.5}v${CELL - 0.5}h${0.5 - CELL}z`);
    paths.set(level, pieces);
  }
  const height = CELL * Math.ceil(numCells / COLUMNS);
  return h(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': title },
    h('title', {}, title),
    Array.from(paths, ([level, pieces]) =>
      h('path', {
        class: level < 0 ? 'bar bad' : 'bar own',
        'fill-opacity': LEVELS[level] ?? 1,
        d: pieces.join(''),
      }),
    ),
  );
}
