/**
 * WGSL: all cosines of all items with all vectors, for whoever wants them all.
 *
 * Bindings: `result` [rows, V] floats; inputs of `cosines.wgsl.ts`. Workgroups of 64 lanes, one per
 * tile of 64 items. Must equal `referenceScores`.
 *
 * @packageDocumentation
 */
import { type Products, cosinesCode } from './cosines.wgsl.ts';
import { TILE } from './item-tiles.ts';

/**
 * The kernel's code. Uniforms: `steps`, `padded`, `numItems`, `numVectors`.
 *
 * @param products - Format of the items.
 * @param width - Vectors at once.
 * @returns WGSL.
 */
export function scoresCode(products: Products, width: number): string {
  return `
${cosinesCode(products, width)}
fn main(index : i32) {
  if (index >= uniforms.numItems) { return; }
  for (var first = 0; first < uniforms.padded; first += ${width}) {
    var scores = cosines(index / ${TILE}, first);
    let width = min(${width}, uniforms.numVectors - first);
    for (var w = 0; w < width; w++) { result[index * uniforms.numVectors + first + w] = scores[w]; }
  }
}
`;
}
