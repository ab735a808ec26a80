/**
 * WGSL: block cosines of one item with some vectors, the same in every kernel of this folder.
 *
 * Must equal `referenceScores`: within 1e-5 for f32; for int8 within what rounding items to 8 bits
 * costs. Reads, besides `uniforms.steps` (⌈D / 4⌉) and `uniforms.padded` (vectors with padding):
 *
 * | variable | holds |
 * |---|---|
 * | `items` | f32: [tiles, steps, 64] `vec4<f32>`; int8: [tiles, steps, 64] words of four bytes |
 * | `scales` | [items] `vec2<f32>`: mantissa and exponent of the item's scale |
 * | `classes` | [items] class of the item's presence mask |
 * | `vectors` | f32: [padded, steps] `vec4<f32>`; int8: [padded, steps] `vec2<i32>`, high and low bytes |
 * | `factors` | [classes, padded] `vec2<f32>`: mantissa and exponent of 1 / Σ common weights × the vector's scale |
 *
 * A workgroup has 64 lanes, one item each.
 *
 * @packageDocumentation
 */
import type { TileFormat } from './item-tiles.ts';

/** How sums over bytes are made. */
export type Products = 'f32' | 'int8' | 'int8-dot4';

/**
 * How items are kept for sums.
 *
 * @param products - How they are made.
 * @returns One format for both ways to multiply bytes.
 */
export function formatOf(products: Products): TileFormat {
  return products === 'f32' ? 'f32' : 'int8';
}

/** The variables above, in the order of their bindings. */
export const COSINE_INPUTS: readonly string[] = [
  'items',
  'scales',
  'classes',
  'vectors',
  'factors',
];

/** Words of an element of each. */
export const INPUT_WORDS: Readonly<Record<TileFormat, readonly number[]>> = {
  f32: [4, 2, 1, 4, 2],
  int8: [1, 2, 1, 2, 2],
};

/** Exponents stay where no product of numbers below 2^30 leaves the range of floats. */
const MOST_EXPONENT = 90;

/** Writes code once per vector of a pass: sums stay in registers where nothing indexes them. */
function perVector(width: number, line: (w: number) => string): string {
  return Array.from({ length: width }, (_, w) => line(w)).join('\n');
}

/** The sum of one step. Without the built-in, bytes are unpacked by shifts: the same integers. */
const STEP_SUMS: Readonly<Record<Products, (w: number) => string>> = {
  f32: (w) => `sum${w} += dot(x, vectors[at + ${w} * uniforms.steps]);`,
  int8: (w) => `{ let y = vectors[at + ${w} * uniforms.steps];
    high${w} += dot(x, bytesOf(y.x)); low${w} += dot(x, bytesOf(y.y)); }`,
  'int8-dot4': (w) => `{ let y = vectors[at + ${w} * uniforms.steps];
    high${w} += dot4I8Packed(x, bitcast<u32>(y.x)); low${w} += dot4I8Packed(x, bitcast<u32>(y.y)); }`,
};

const LOADS: Readonly<Record<Products, string>> = {
  f32: 'items[place]',
  int8: 'bytesOf(items[place])',
  'int8-dot4': 'bitcast<u32>(items[place])',
};

/**
 * The function `cosines(tile, first) -> array<f32, width>`: of the lane's item in a tile with the
 * vectors from `first` on.
 *
 * @param products - Format of the items, and how bytes are multiplied.
 * @param width - Vectors at once.
 * @returns WGSL.
 */
export function cosinesCode(products: Products, width: number): string {
  const isFloat = products === 'f32';
  const start = (w: number): string =>
    isFloat ? `var sum${w} = 0.0;` : `var high${w} = 0; var low${w} = 0;`;
  const sum = (w: number): string => (isFloat ? `sum${w}` : `f32(high${w} * 256 + low${w})`);
  return `
fn bytesOf(word : i32) -> vec4<i32> {
  return (vec4<i32>(word) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
}
fn cosineOf(sum : f32, scale : vec2<f32>, factor : vec2<f32>) -> f32 {
  let exponent = clamp(i32(scale.y + factor.y), -${MOST_EXPONENT}, ${MOST_EXPONENT});
  let power = bitcast<f32>((exponent + 127) << 23u);
  return clamp(sum * scale.x * factor.x * power, -1.0, 1.0);
}
fn cosines(tile : i32, first : i32) -> array<f32, ${width}> {
  let lane = i32(localIndex);
  ${perVector(width, start)}
  var place = tile * uniforms.steps * 64 + lane;
  var at = first * uniforms.steps;
  for (var k = 0; k < uniforms.steps; k++) {
    let x = ${LOADS[products]};
    ${perVector(width, STEP_SUMS[products])}
    place += 64;
    at++;
  }
  let row = tile * 64 + lane;
  let scale = scales[row];
  let factor = classes[row] * uniforms.padded + first;
  return array<f32, ${width}>(${Array.from({ length: width }, (_, w) => `cosineOf(${sum(w)}, scale, factors[factor + ${w}])`).join(',\n    ')});
}
`;
}
