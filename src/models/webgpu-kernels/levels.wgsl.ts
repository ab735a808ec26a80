/**
 * WGSL: each segment's level, the one thing that membership needs to know of all items together.
 *
 * A level is made of the third and the r-th largest cosine. Both are found by counting, twice: which
 * of 1,024 cells between 0 and 1 each stands in, then which of the 1,024 cells inside that one. No
 * cosine is stored, none returns. Must equal `levelOf` (segments/membership.ts) within 2e-6.
 *
 * @packageDocumentation
 */
import { type Products, cosinesCode } from './cosines.wgsl.ts';
import { TILE } from './item-tiles.ts';

/** Cells of one counting. */
export const CELLS = 1_024;

/** Cosines of both countings together. */
const FINE_CELLS: number = CELLS * CELLS;

/** Two places of the order of each segment's items: the third and the r-th. */
export const TARGETS = 2;

/** Levels are at least 0.3 (0.75 × 0.4): what lies far below need not be counted. */
const LEAST_COUNTED = 0.2;

/**
 * Counts cosines by cells.
 *
 * Bindings: `result` [S, 2, 1024] counts, 0 before; inputs of `cosines.wgsl.ts`; `found` [S, 2, 2]
 * integers, cell and rest of each sought, read when `isFine`. Workgroups of 64 lanes, one per tile.
 * Uniforms: `steps`, `padded`, `numItems`, `numSegments`, `isFine`.
 *
 * @param products - Format of the items.
 * @param width - Vectors at once.
 * @returns WGSL.
 */
export function countCode(products: Products, width: number): string {
  return `
${cosinesCode(products, width)}
fn count(segment : i32, score : f32) {
  if (segment >= uniforms.numSegments || score < ${LEAST_COUNTED}) { return; }
  let cell = min(i32(score * ${FINE_CELLS}.0), ${FINE_CELLS - 1});
  for (var sought = 0; sought < ${TARGETS}; sought++) {
    let counter = (segment * ${TARGETS} + sought) * ${CELLS};
    if (uniforms.isFine == 0) {
      if (sought == 0) { atomicAdd(&result[counter + cell / ${CELLS}], 1); }
    } else if (found[(segment * ${TARGETS} + sought) * 2] == cell / ${CELLS}) {
      atomicAdd(&result[counter + cell % ${CELLS}], 1);
    }
  }
}
fn main(index : i32) {
  if (index >= uniforms.numItems) { return; }
  for (var first = 0; first < uniforms.numSegments; first += ${width}) {
    var scores = cosines(index / ${TILE}, first);
    for (var w = 0; w < ${width}; w++) { count(first + w, scores[w]); }
  }
}
`;
}

/**
 * The function `locate(counter, rank)`: cell of the `rank`-th largest of the counted, and its rank
 * inside that cell, in `cellOf` and `restOf`; cell -1 when fewer were counted. Each of 64 lanes sums
 * 16 cells; in uniform control flow.
 */
const LOCATE = `
const SHARE = ${CELLS / TILE};
var<workgroup> sums : array<i32, ${TILE}>;
var<workgroup> cellOf : i32;
var<workgroup> restOf : i32;

fn locate(counter : i32, rank : i32) {
  let lane = i32(localIndex);
  let start = counter + lane * SHARE;
  var sum = 0;
  for (var i = 0; i < SHARE; i++) { sum += counts[start + i]; }
  workgroupBarrier();
  sums[lane] = sum;
  if (lane == 0) { cellOf = -1; restOf = 0; }
  workgroupBarrier();
  var above = 0;
  for (var other = lane + 1; other < ${TILE}; other++) { above += sums[other]; }
  if (above < rank && rank <= above + sum) {
    for (var i = SHARE - 1; i >= 0; i--) {
      let here = counts[start + i];
      if (rank <= above + here) {
        cellOf = lane * SHARE + i;
        restOf = rank - above;
        break;
      }
      above += here;
    }
  }
  workgroupBarrier();
}
`;

/**
 * Finds the targets' cells.
 *
 * Bindings: `result` [S, 2, 2] cell and rest; `counts` [S, 2, 1024]. One workgroup of 64 lanes per
 * segment. Uniforms: `third`, `rank`: 1-based places in the order.
 */
export const LOCATE_CODE: string = `
${LOCATE}
fn main(index : i32) {
  let segment = i32(workgroupId.x);
  // The first counting has one set of cells for both targets.
  for (var sought = 0; sought < ${TARGETS}; sought++) {
    locate(segment * ${TARGETS * CELLS}, select(uniforms.rank, uniforms.third, sought == 0));
    if (localIndex == 0u) {
      let place = (segment * ${TARGETS} + sought) * 2;
      result[place] = cellOf;
      result[place + 1] = restOf;
    }
  }
}
`;

/**
 * Makes levels of the targets' cells.
 *
 * Bindings: `result` [S] floats, 1 / level, 0 for a segment without items here; `counts` of the second
 * counting; `found`. One workgroup of 64 lanes per segment. Uniforms: `minLevel`, `nicheShare`.
 */
export const LEVELS_CODE: string = `
${LOCATE}
fn main(index : i32) {
  let segment = i32(workgroupId.x);
  var third = 0.0;
  var level = 0.0;
  for (var sought = 0; sought < ${TARGETS}; sought++) {
    let place = segment * ${TARGETS} + sought;
    locate(place * ${CELLS}, found[place * 2 + 1]);
    // The middle of the cell.
    let cell = f32(found[place * 2] * ${CELLS} + cellOf) + 0.5;
    let cosine = select(0.0, cell / ${FINE_CELLS}.0, found[place * 2] >= 0 && cellOf >= 0);
    if (sought == 0) { third = cosine; } else { level = cosine; }
  }
  if (localIndex == 0u) {
    let isHere = third >= uniforms.minLevel;
    result[segment] = select(0.0, 1.0 / max(level, max(uniforms.nicheShare * third, 1e-3)), isHere);
  }
}
`;
