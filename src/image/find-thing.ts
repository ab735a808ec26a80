/**
 * The thing in a picture, told from its ground.
 *
 * @packageDocumentation
 */
import type { Grid } from './shrink.ts';

/** Darker than this, a plain frame is as well the thing itself, shown close up. */
const LIGHT = 0.72;
/** Cells of the frame that differ by less are of the ground's colour. */
const NEAR = 0.05;
/** So much of the frame must be of one colour. */
const PLAIN_SHARE = 0.6;
/** Cells joined to the frame that differ by less belong to the ground: soft light, a pale halo. */
const JOINED = 0.075;
/** Cells anywhere that differ by less show the ground through a hole: the handle of a mug. */
const SAME = 0.012;
/** Less than this share of the picture is no thing: white on white, an empty picture. */
const LEAST = 0.02;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  return sorted[sorted.length >> 1] as number;
}

function frameOf({ width, height }: Grid): number[] {
  const cells: number[] = [];
  for (let x = 0; x < width; x++) cells.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) cells.push(y * width, y * width + width - 1);
  return cells;
}

/** Distance of a cell's colour from the ground's; undefined when the frame is not plain and light. */
function distanceFromGround(grid: Grid, frame: readonly number[]): Float64Array | undefined {
  const { a, alpha, b, light } = grid;
  const opaque = frame.filter((cell) => (alpha[cell] as number) > 0.5);
  if (opaque.length < frame.length * PLAIN_SHARE) return undefined;
  const middle = [light, a, b].map((plane) => median(opaque.map((cell) => plane[cell] as number)));
  const [groundLight, groundA, groundB] = middle as [number, number, number];
  if (groundLight < LIGHT) return undefined;
  const far = light.map((value, cell) =>
    Math.hypot(value - groundLight, (a[cell] as number) - groundA, (b[cell] as number) - groundB),
  );
  const near = opaque.filter((cell) => (far[cell] as number) < NEAR);
  return near.length >= frame.length * PLAIN_SHARE ? far : undefined;
}

/** Calls back with the neighbours of a cell, to all four sides. */
function eachNeighbour(cell: number, { height, width }: Grid, visit: (cell: number) => void): void {
  const x = cell % width;
  if (x > 0) visit(cell - 1);
  if (x < width - 1) visit(cell + 1);
  if (cell >= width) visit(cell - width);
  if (cell < width * (height - 1)) visit(cell + width);
}

/** Marks the cells of the ground's colour that the frame reaches, and holes that show it exactly. */
function reachGround(grid: Grid, far: Float64Array, frame: readonly number[]): Uint8Array {
  const isGround = Uint8Array.from(far, (distance) => (distance < SAME ? 1 : 0));
  const waiting: number[] = [];
  const isSeen = new Uint8Array(far.length);
  const visit = (cell: number): void => {
    if (isSeen[cell] === 1 || (far[cell] as number) >= JOINED) return;
    isSeen[cell] = 1;
    isGround[cell] = 1;
    waiting.push(cell);
  };
  for (const cell of frame) visit(cell);
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    eachNeighbour(cell, grid, visit);
  }
  return isGround;
}

/**
 * A cell at the rim shows thing and ground mixed, a colour that is in neither. How far it is from
 * the ground, of what its neighbours are, is about its share of the thing; squared, it hardly counts.
 */
function rimWeight(cell: number, grid: Grid, far: Float64Array, isGround: Uint8Array): number {
  let most = far[cell] as number;
  let isRim = false;
  eachNeighbour(cell, grid, (next) => {
    most = Math.max(most, far[next] as number);
    if (isGround[next] === 1) isRim = true;
  });
  return isRim ? ((far[cell] as number) / most) ** 2 : 1;
}

/**
 * How much each cell belongs to the thing: its opacity, and 0 on a plain light ground.
 *
 * A ground counts as plain when most of the frame is of one light colour. Inside the thing, only what
 * has exactly its colour counts as ground: holes, hardly a white print on a shirt. When nothing would be left, the whole picture counts.
 *
 * @param grid - Picture.
 * @returns Weights in [0, 1], one per cell; all 0 only when the picture is fully transparent.
 */
export function findThing(grid: Grid): Float64Array {
  const frame = frameOf(grid);
  const far = distanceFromGround(grid, frame);
  if (far === undefined) return grid.alpha.slice();
  const isGround = reachGround(grid, far, frame);
  const thing = grid.alpha.map((opacity, cell) =>
    isGround[cell] === 1 ? 0 : opacity * rimWeight(cell, grid, far, isGround),
  );
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return sum(thing) < sum(grid.alpha) * LEAST ? grid.alpha.slice() : thing;
}
