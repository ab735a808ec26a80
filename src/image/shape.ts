/**
 * The outline of a thing in three numbers.
 *
 * @packageDocumentation
 */
import type { Grid } from './shrink.ts';

/** What a shape is like. */
export interface Shape {
  /** Share of its box that it fills, 0 to 1; a circle has about 0.78. */
  readonly fill: number;
  /** Width over width and height: 0.5 for a square, towards 1 for what lies, 0 for what stands. */
  readonly aspect: number;
  /** How much it is its own mirror image, left to right: 0 to 1. */
  readonly symmetry: number;
}

/** Share of the weight that may lie outside the box on each side: specks. */
const SPECKS = 0.01;

/** Where a running sum reaches a level, in cells from the first, with a linear fraction. */
function crossing(profile: Float64Array, level: number): number {
  let sum = 0;
  for (const [i, value] of profile.entries()) {
    if (sum + value >= level) return i + (value > 0 ? (level - sum) / value : 0);
    sum += value;
  }
  return profile.length;
}

function boxOf(profile: Float64Array, total: number): [number, number] {
  return [crossing(profile, total * SPECKS), crossing(profile, total * (1 - SPECKS))];
}

/** Overlap with the mirror image about the middle of the box, cell by cell. */
function mirrorOverlap(grid: Grid, thing: Float64Array, left: number, right: number): number {
  const { height, light, width } = grid;
  let common = 0;
  let either = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const weight = thing[at] as number;
      const mirrored = Math.round(left + right - 1 - x);
      const isInside = mirrored >= 0 && mirrored < width;
      const other = isInside ? (thing[y * width + mirrored] as number) : 0;
      const change = isInside
        ? Math.abs((light[at] as number) - (light[y * width + mirrored] as number))
        : 0;
      common += Math.min(weight, other) * Math.max(0, 1 - 2 * change);
      either += Math.max(weight, other);
    }
  }
  return either > 0 ? common / either : 0;
}

/**
 * Measures the outline.
 *
 * @param grid - Picture.
 * @param thing - Weight of each cell; not all 0.
 * @returns Numbers in [0, 1]; a picture without a ground is a full box.
 */
export function shapeOf(grid: Grid, thing: Float64Array): Shape {
  const columns = new Float64Array(grid.width);
  const rows = new Float64Array(grid.height);
  let total = 0;
  for (const [cell, weight] of thing.entries()) {
    const x = cell % grid.width;
    const y = (cell - x) / grid.width;
    columns[x] = (columns[x] as number) + weight;
    rows[y] = (rows[y] as number) + weight;
    total += weight;
  }
  const [left, right] = boxOf(columns, total);
  const [top, bottom] = boxOf(rows, total);
  const width = right - left;
  const height = bottom - top;
  return {
    fill: Math.min(1, total / (width * height)),
    aspect: width / (width + height),
    symmetry: mirrorOverlap(grid, thing, left, right),
  };
}
