/**
 * WGSL of the fused kernel: cosines with all vectors, membership in segments, and the best items of
 * each vector, in one pass over the items; then the merge of what the workgroups found.
 *
 * Must equal `referenceScores`, `memberships` (segments/membership.ts) and `offerRow`.
 *
 * @packageDocumentation
 */
import { EMPTY_ROW, bestRowsCode } from './best-rows.wgsl.ts';
import { type Products, cosinesCode } from './cosines.wgsl.ts';
import { TILE } from './item-tiles.ts';

/** Lanes of the merge. */
export const MERGE_LANES = 256;

/** Words of an entry of the merged lists: score, row, ids, and three weights (bits of floats). */
export const MERGED_WORDS = 6;

/** Words of an item's membership: ids, and three weights. */
export const MEMBER_WORDS = 4;

/** Bits of a segment's index in the word of ids; that word's two highest bits are their number. */
export const ID_BITS = 10;

/**
 * At most three fits, largest first; equal ones stay in the order of the segments. Weights: softmax,
 * what is too little is given to the others.
 */
const MEMBERSHIP = `
var<private> fits : vec3<f32>;
var<private> ids : vec3<i32>;

fn join(segment : i32, score : f32) {
  if (segment >= uniforms.numSegments) { return; }
  let fit = score * levels[segment];
  if (fit < uniforms.minFit || fit <= fits.z) { return; }
  if (fit > fits.x) {
    fits = vec3<f32>(fit, fits.xy);
    ids = vec3<i32>(segment, ids.xy);
  } else if (fit > fits.y) {
    fits = vec3<f32>(fits.x, fit, fits.y);
    ids = vec3<i32>(ids.x, segment, ids.y);
  } else {
    fits.z = fit;
    ids.z = segment;
  }
}
fn writeMembers(at : i32) {
  let isIn = fits > vec3<f32>(0.0);
  var weights = select(vec3<f32>(0.0), exp((fits - fits.x) / uniforms.temperature), isIn);
  let total = weights.x + weights.y + weights.z;
  weights = select(vec3<f32>(0.0), weights, weights >= vec3<f32>(total * uniforms.minWeight));
  let kept = max(weights.x + weights.y + weights.z, 1e-30);
  let number = select(0, 1, isIn.x) + select(0, 1, weights.y > 0.0) + select(0, 1, weights.z > 0.0);
  result[at] = ids.x | (ids.y << ${ID_BITS}u) | (ids.z << ${2 * ID_BITS}u) | (number << ${3 * ID_BITS}u);
  result[at + 1] = bitcast<i32>(weights.x / kept);
  result[at + 2] = bitcast<i32>(weights.y / kept);
  result[at + 3] = bitcast<i32>(weights.z / kept);
}
`;

/** What a scan is compiled for. */
export interface ScanShape {
  /** Format of the items. */
  readonly products: Products;
  /** Vectors at once. */
  readonly width: number;
  /** K. */
  readonly keep: number;
}

/**
 * The fused kernel.
 *
 * Bindings: `result` words, [groups, padded, K, 2] entries, then [items, 4] memberships; inputs of
 * `cosines.wgsl.ts`; `levels` [S] floats, 1 / level of each segment (0: no items here). Workgroups of
 * 64 lanes, each takes `tiles` tiles; any number of them.
 *
 * Uniforms: `steps`, `padded`, `keep`, `numItems`, `firstRow`, `firstGroup`, `tiles`, `members` (first
 * word of memberships), `numSegments`, `minFit`, `temperature`, `minWeight`.
 *
 * @param shape - See {@link ScanShape}.
 * @returns WGSL.
 */
export function scanCode(shape: ScanShape): string {
  const { keep, products, width } = shape;
  return `
var<private> group : i32;
fn placeOf(list : i32, rank : i32) -> i32 {
  return ((group * uniforms.padded + list) * uniforms.keep + rank) * 2;
}
${cosinesCode(products, width)}
${bestRowsCode({ keep, lanes: TILE, width })}
${MEMBERSHIP}
fn main(index : i32) {
  let lane = i32(localIndex);
  group = uniforms.firstGroup + i32(workgroupId.x);
  for (var list = 0; list < uniforms.padded; list++) { clearList(list); }
  storageBarrier();
  for (var t = 0; t < uniforms.tiles; t++) {
    let tile = i32(workgroupId.x) * uniforms.tiles + t;
    let row = tile * ${TILE} + lane;
    let isReal = row < uniforms.numItems;
    fits = vec3<f32>(0.0);
    ids = vec3<i32>(0);
    for (var first = 0; first < uniforms.padded; first += ${width}) {
      var scores : array<f32, ${width}>;
      if (isReal) {
        scores = cosines(tile, first);
        for (var w = 0; w < ${width}; w++) { join(first + w, scores[w]); }
      }
      offer(first, scores, uniforms.firstRow + row, isReal);
    }
    if (isReal && uniforms.numSegments > 0) {
      writeMembers(uniforms.members + (uniforms.firstRow + row) * ${MEMBER_WORDS});
    }
  }
}
`;
}

/**
 * The merge: one workgroup of 256 lanes per vector.
 *
 * Bindings: `result` words, [V, K, 6] entries, then [S] levels; `partials`, a scan's result;
 * `levels`. Uniforms: `padded`, `keep`, `numEntries` (groups × K), `numVectors`, `members`,
 * `numSegments`.
 *
 * @param keep - K.
 * @returns WGSL.
 */
export function mergeCode(keep: number): string {
  return `
var<private> vector : i32;
fn placeOf(list : i32, rank : i32) -> i32 {
  return (vector * uniforms.keep + rank) * ${MERGED_WORDS};
}
${bestRowsCode({ keep, lanes: MERGE_LANES, width: 1 })}
fn main(index : i32) {
  let lane = i32(localIndex);
  vector = i32(workgroupId.x);
  clearList(0);
  storageBarrier();
  for (var start = 0; start < uniforms.numEntries; start += ${MERGE_LANES}) {
    let entry = start + lane;
    var scores = array<f32, 1>(0.0);
    var row = ${EMPTY_ROW};
    if (entry < uniforms.numEntries) {
      let list = (entry / uniforms.keep) * uniforms.padded + vector;
      let at = (list * uniforms.keep + entry % uniforms.keep) * 2;
      scores[0] = bitcast<f32>(partials[at]);
      row = partials[at + 1];
    }
    offer(0, scores, row, row < ${EMPTY_ROW});
  }
  if (uniforms.numSegments == 0) { return; }
  for (var rank = lane; rank < uniforms.keep; rank += ${MERGE_LANES}) {
    let place = placeOf(0, rank);
    let row = result[place + 1];
    if (row >= ${EMPTY_ROW}) { continue; }
    let source = uniforms.members + row * ${MEMBER_WORDS};
    for (var word = 0; word < ${MEMBER_WORDS}; word++) {
      result[place + 2 + word] = partials[source + word];
    }
  }
  if (vector == 0) {
    let end = uniforms.numVectors * uniforms.keep * ${MERGED_WORDS};
    for (var s = lane; s < uniforms.numSegments; s += ${MERGE_LANES}) {
      result[end + s] = bitcast<i32>(levels[s]);
    }
  }
}
`;
}
