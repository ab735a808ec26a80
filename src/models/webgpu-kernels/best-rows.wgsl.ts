/**
 * WGSL: sorted lists of the best rows, kept in `result`, the same in every kernel that selects.
 *
 * An entry is two words, score (bits of a float) and row. Lists begin with empty entries, worse than
 * any score. All lanes of a workgroup offer one row per list at a time; those that beat the list's
 * last entry are gathered in shared memory, ranked by counting what is better, and written to their
 * places. Rows differ, so ranks do: the lists do not depend on the order in which lanes run.
 *
 * Must equal `offerRow`: larger scores first, of equal ones the smaller row.
 *
 * @packageDocumentation
 */
/** Most entries of a list: with 64 offers, eight lists fit the 16 KiB that every device shares. */
export const MOST_KEPT = 184;

/** Lists up to this long leave room for more workgroups at once. */
const FEW_KEPT = 32;

/** An empty entry's score is below every cosine, its row above every row: 2^30 + place. */
export const EMPTY_ROW: number = 2 ** 30;

/** What selects. */
export interface SelectShape {
  /** Lanes of the workgroup. */
  readonly lanes: number;
  /** Lists that get an offer at the same time. */
  readonly width: number;
  /** K, 1 to {@link MOST_KEPT}. */
  readonly keep: number;
}

/**
 * Room for entries, in few steps, since each makes another shader.
 *
 * @param keep - K.
 * @returns 32 or 184.
 */
export function roomFor(keep: number): number {
  return keep <= FEW_KEPT ? FEW_KEPT : MOST_KEPT;
}

/** `LANES`, `WIDTH` and `BEHIND` stand before it. */
const FUNCTIONS = `
fn isBetter(a : f32, i : i32, b : f32, j : i32) -> bool {
  return a > b || (a == b && i < j);
}
fn put(place : i32, score : f32, row : i32) {
  result[place] = bitcast<i32>(score);
  result[place + 1] = row;
}
fn clearList(list : i32) {
  for (var rank = i32(localIndex); rank < uniforms.keep; rank += LANES) {
    put(placeOf(list, rank), -2.0, ${EMPTY_ROW} + rank);
  }
}
fn offerOne(w : i32, list : i32, score : f32, row : i32) {
  let last = placeOf(list, uniforms.keep - 1);
  if (!isBetter(score, row, bitcast<f32>(result[last]), result[last + 1])) { return; }
  let at = w * BEHIND + atomicAdd(&offered[w], 1);
  entryScores[at] = score;
  entryRows[at] = row;
}
// Entries: those that were offered, from LANES on the list.
fn rankOne(w : i32, list : i32, count : i32, e : i32) {
  let start = w * BEHIND;
  let own = start + select(LANES + e - count, e, e < count);
  let score = entryScores[own];
  let row = entryRows[own];
  var rank = 0;
  for (var j = start; j < start + count; j++) {
    rank += select(0, 1, isBetter(entryScores[j], entryRows[j], score, row));
  }
  if (e < count) {
    for (var j = start + LANES; j < start + LANES + uniforms.keep; j++) {
      rank += select(0, 1, isBetter(entryScores[j], entryRows[j], score, row));
    }
  } else {
    rank += e - count;
  }
  if (rank < uniforms.keep) { put(placeOf(list, rank), score, row); }
}
fn offer(first : i32, scores : array<f32, WIDTH>, row : i32, isReal : bool) {
  let lane = i32(localIndex);
  if (lane < WIDTH) { atomicStore(&offered[lane], 0); }
  workgroupBarrier();
  if (isReal) {
    var own = scores;
    for (var w = 0; w < WIDTH; w++) { offerOne(w, first + w, own[w], row); }
  }
  workgroupBarrier();
  for (var w = 0; w < WIDTH; w++) {
    if (atomicLoad(&offered[w]) == 0) { continue; }
    for (var rank = lane; rank < uniforms.keep; rank += LANES) {
      let place = placeOf(first + w, rank);
      entryScores[w * BEHIND + LANES + rank] = bitcast<f32>(result[place]);
      entryRows[w * BEHIND + LANES + rank] = result[place + 1];
    }
  }
  workgroupBarrier();
  for (var w = 0; w < WIDTH; w++) {
    let count = atomicLoad(&offered[w]);
    if (count == 0) { continue; }
    for (var e = lane; e < count + uniforms.keep; e += LANES) {
      rankOne(w, first + w, count, e);
    }
  }
  storageBarrier();
  workgroupBarrier();
}
`;

/**
 * The functions `clearList(list)` and `offer(first, scores, row, isReal)`; both in uniform control
 * flow. Asks for `uniforms.keep` (K) and a function `placeOf(list, rank) -> i32`, the first word of
 * an entry in `result`.
 *
 * @param shape - See {@link SelectShape}.
 * @returns WGSL.
 */
export function bestRowsCode(shape: SelectShape): string {
  const { keep, lanes, width } = shape;
  return `
const LANES = ${lanes};
const WIDTH = ${width};
const BEHIND = ${lanes + roomFor(keep)};
var<workgroup> offered : array<atomic<i32>, WIDTH>;
var<workgroup> entryScores : array<f32, WIDTH * BEHIND>;
var<workgroup> entryRows : array<i32, WIDTH * BEHIND>;
${FUNCTIONS}`;
}
