/**
 * Light, contrast, texture and edges of a thing.
 *
 * @packageDocumentation
 */
import type { Grid } from './shrink.ts';

/** What a surface looks like. */
export interface Surface {
  /** Mean lightness, 0 to 1. */
  readonly brightness: number;
  /** Spread of lightness: 0 (even) to 1 (half black, half white). */
  readonly contrast: number;
  /** Change of lightness from cell to cell within the thing, 0 (smooth) to 1 (busy). */
  readonly texture: number;
  /** Shares of edges that lie flat, stand, and lean; they sum to 1, or are 0 without any edge. */
  readonly edges: readonly [flat: number, upright: number, leaning: number];
}

/** Mean change per cell that counts as busy; a chequered cloth has about this. */
const BUSY = 0.16;
/** Mean change per cell below which there is no edge to speak of. */
const STILL = 1e-3;

function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Lightness over white, so that a cut-out has an outline too. */
function shownLight({ alpha, light }: Grid): Float64Array {
  return light.map((value, cell) => 1 - (1 - value) * (alpha[cell] as number));
}

/** Calls back with the changes of lightness to the right and down, and the weights of both ends. */
function eachStep(
  grid: Grid,
  thing: Float64Array,
  visit: (dx: number, dy: number, inside: number) => void,
): void {
  const { height, width } = grid;
  const light = shownLight(grid);
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const at = y * width + x;
      const here = light[at] as number;
      const inside = Math.min(
        thing[at] as number,
        thing[at + 1] as number,
        thing[at + width] as number,
      );
      visit((light[at + 1] as number) - here, (light[at + width] as number) - here, inside);
    }
  }
}

/**
 * Measures a surface.
 *
 * @param grid - Picture.
 * @param thing - Weight of each cell; not all 0.
 * @returns Numbers in [0, 1]; a single cell has no texture and no edges.
 */
export function surfaceOf(grid: Grid, thing: Float64Array): Surface {
  let total = 0;
  let sum = 0;
  let square = 0;
  for (const [cell, weight] of thing.entries()) {
    const light = grid.light[cell] as number;
    total += weight;
    sum += weight * light;
    square += weight * light * light;
  }
  const brightness = sum / total;
  const spread = Math.sqrt(Math.max(0, square / total - brightness ** 2));
  let change = 0;
  let area = 0;
  let steps = 0;
  const energy = [0, 0, 0] as [number, number, number];
  eachStep(grid, thing, (dx, dy, inside) => {
    const length = Math.hypot(dx, dy);
    change += inside * length;
    area += inside;
    steps++;
    // An eighth of a turn between a flat edge (light changes downwards) and a leaning one.
    const lean = 1 - Math.abs((4 / Math.PI) * Math.atan2(Math.abs(dy), Math.abs(dx)) - 1);
    energy[2] += length * lean;
    energy[Math.abs(dy) > Math.abs(dx) ? 0 : 1] += length * (1 - lean);
  });
  const edge = energy[0] + energy[1] + energy[2];
  const isStill = !(edge > steps * STILL);
  return {
    brightness: clamp(brightness),
    contrast: clamp(2 * spread),
    texture: area > 0 ? clamp(change / area / BUSY) : 0,
    edges: isStill ? [0, 0, 0] : [energy[0] / edge, energy[1] / edge, energy[2] / edge],
  };
}
