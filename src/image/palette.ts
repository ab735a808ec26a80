/**
 * Colours of a thing: hue families, greys, and how light its colours are.
 *
 * @packageDocumentation
 */
import type { Grid } from './shrink.ts';

/** Hue families, evenly around the circle from red; names for people. */
export const HUES = ['red', 'orange', 'lime', 'green', 'cyan', 'blue', 'purple', 'pink'] as const;

/** Of red in OKLCH, in turns. */
const RED = 29 / 360;

/** Below the first chroma a colour is a grey, above the second it is none. */
const GREY_CHROMA = 0.02;
const FULL_CHROMA = 0.075;

/** Lightness of black, grey and white. */
const GREYS = [0.3, 0.65, 0.97] as const;

/** Lightness of dark, middle and light colours. */
const TONES = [0.4, 0.62, 0.86] as const;

/** Shares of a thing's area. */
export interface Palette {
  /** By hue family; with the greys they sum to 1. */
  readonly hues: readonly number[];
  /** Black, grey, white. */
  readonly greys: readonly number[];
  /** Dark, middle and light colours; they sum to what the hues sum to. */
  readonly tones: readonly number[];
}

function smoothStep(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Shares a weight between the two nodes that a value lies between. */
function addBetween(
  into: number[],
  nodes: readonly [number, number, number],
  value: number,
  weight: number,
): void {
  const [low, middle, high] = nodes;
  const at =
    value < middle ? (value - low) / (middle - low) : 1 + (value - middle) / (high - middle);
  const clamped = Math.max(0, Math.min(2, at));
  const first = Math.min(1, Math.floor(clamped));
  const rest = clamped - first;
  into[first] = (into[first] as number) + weight * (1 - rest);
  into[first + 1] = (into[first + 1] as number) + weight * rest;
}

function addHue(hues: number[], a: number, b: number, weight: number): void {
  const turn = Math.atan2(b, a) / (2 * Math.PI) - RED;
  const at = (turn - Math.floor(turn)) * HUES.length;
  const first = Math.floor(at) % HUES.length;
  const next = (first + 1) % HUES.length;
  const rest = at - Math.floor(at);
  hues[first] = (hues[first] as number) + weight * (1 - rest);
  hues[next] = (hues[next] as number) + weight * rest;
}

/**
 * Measures the colours of a thing; neighbouring families share what lies between them.
 *
 * @param grid - Picture.
 * @param thing - Weight of each cell; not all 0.
 * @returns Shares, each in [0, 1].
 */
export function paletteOf(grid: Grid, thing: Float64Array): Palette {
  const hues = HUES.map(() => 0);
  const greys = [0, 0, 0];
  const tones = [0, 0, 0];
  let total = 0;
  for (const [cell, weight] of thing.entries()) {
    if (weight === 0) continue;
    total += weight;
    const a = grid.a[cell] as number;
    const b = grid.b[cell] as number;
    const light = grid.light[cell] as number;
    const colour = smoothStep(GREY_CHROMA, FULL_CHROMA, Math.hypot(a, b));
    addHue(hues, a, b, weight * colour);
    addBetween(tones, TONES, light, weight * colour);
    addBetween(greys, GREYS, light, weight * (1 - colour));
  }
  const share = (sum: number): number => Math.min(1, sum / total);
  return { hues: hues.map(share), greys: greys.map(share), tones: tones.map(share) };
}

/**
 * How many colours there are.
 *
 * @param palette - Of a thing.
 * @returns Entropy of hues and greys over its largest value: 0 (one colour) to 1 (all alike).
 */
export function varietyOf(palette: Palette): number {
  const { greys, hues } = palette;
  let entropy = 0;
  for (const share of [...hues, ...greys]) if (share > 0) entropy -= share * Math.log(share);
  return Math.max(0, Math.min(1, entropy / Math.log(hues.length + greys.length)));
}
