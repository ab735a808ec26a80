/**
 * The inner kernel: scores of consecutive groups of items with a tile of 1 to 5 vectors.
 *
 * A tile lies in memory as [step][vector], 32 bits each, before it its table [class][vector] of
 * inverse weights. Must equal `referenceScores` of src/core/similarity.ts.
 *
 * One step per turn of the inner loop: V8 moves the loads of all steps of a turn before the sums, and
 * more than one turn's worth does not fit the registers (measured: 15 instead of 10 G multiply-adds
 * per second in Node 20, no difference in Chromium 156).
 */
import { CHUNK, GROUP, HEADER_BYTES, TILE_PARAMS, each, locals } from './wat.mjs';

/** Items per vector of four lanes. */
const LANES = 4;

/** Offset of the class ids in a group. */
export const CLASSES = HEADER_BYTES / 2;

/** @typedef {import('./number-formats.mjs').NumberFormat} NumberFormat */

/**
 * @param {number} w - Vector of a tile.
 * @param {number} half - 0 for a group's first four items, else 1.
 * @returns {number} Offset of their scores in the scratch place.
 */
export const scoreAt = (w, half) => 4 * (CHUNK * w + LANES * half);

/**
 * Both halves' sums by name, `$a0` to `$b4`.
 *
 * @param {number} width - Vectors in the tile.
 * @param {(name: string, w: number, half: number) => string} write - Text of one.
 * @returns {string} All of them.
 */
function eachSum(width, write) {
  return each(width, (w) => each(2, (half) => write(`$${'ab'[half]}${w}`, w, half)));
}

/**
 * A score from a sum and its class's inverse weight, both v128.
 *
 * @param {string} sum - Of products.
 * @param {string} inverse - Of the weights.
 * @param {number} half - Of the group.
 * @returns {string} In [-1, 1]. The order matters: no 0 ever meets an infinity.
 */
export function toScore(sum, inverse, half) {
  return `(f32x4.pmin (v128.const f32x4 1 1 1 1) (f32x4.pmax (v128.const f32x4 -1 -1 -1 -1)
    (f32x4.mul (f32x4.mul ${sum} ${inverse}) (v128.load offset=${16 * half} (local.get $group)))))`;
}

/**
 * @param {string} id - The item's class, i32.
 * @returns {string} Address of its row in the table of a tile.
 */
export const tableRow = (id) =>
  `(i32.add (local.get $table) (i32.mul ${id} (local.get $rowBytes)))`;

/** The scores of a group whose items are of several classes, from sums in the scratch place. */
const MIXED = `
(func $mixed (export "mixed") (param $group i32) (param $table i32) (param $rowBytes i32) (param $out i32)
  (local $end i32) (local $v v128) ${locals(
    'i32',
    Array.from({ length: GROUP }, (_, lane) => `$row${lane}`),
  )}
  ${each(GROUP, (lane) => `(local.set $row${lane} ${tableRow(`(i32.load offset=${CLASSES + 4 * lane} (local.get $group))`)})`)}
  (local.set $end (i32.add (local.get $row0) (local.get $rowBytes)))
  (loop $vectors
    ${each(
      2,
      (half) => `
    ${each(LANES, (lane) => {
      const row = `$row${LANES * half + lane}`;
      return `
    (local.set $v (v128.load32_lane ${lane} (local.get ${row}) (local.get $v)))
    (local.set ${row} (i32.add (local.get ${row}) (i32.const 4)))`;
    })}
    (v128.store offset=${16 * half} (local.get $out)
      ${toScore(`(v128.load offset=${16 * half} (local.get $out))`, '(local.get $v)', half)})`,
    )}
    (local.set $out (i32.add (local.get $out) (i32.const ${4 * CHUNK})))
    (br_if $vectors (i32.lt_u (local.get $row0) (local.get $end)))))`;

/**
 * @param {NumberFormat} format - Of the items.
 * @param {number} width - Vectors in the tile.
 * @returns {string} The inner loop's body: one step of eight items with all vectors.
 */
function multiplyAdd(format, width) {
  return `
      (local.set $left (${format.load} (local.get $p)))
      (local.set $right (${format.load} offset=${format.stepBytes / 2} (local.get $p)))
      ${each(
        width,
        (w) => `
      (local.set $v (v128.load32_splat offset=${4 * w} (local.get $q)))
      (local.set $a${w} ${format.accumulate(`(local.get $a${w})`, '(local.get $left)', '(local.get $v)')})
      (local.set $b${w} ${format.accumulate(`(local.get $b${w})`, '(local.get $right)', '(local.get $v)')})`,
      )}`;
}

/**
 * The function `$tileFORMATWIDTH`: from `$group` to `$end`, scores to `$out` as [vector][CHUNK].
 *
 * @param {NumberFormat} format - Of the items.
 * @param {number} width - Vectors in the tile, 1 to 5.
 * @returns {string} WAT.
 */
export function tileFunction(format, width) {
  const sums = Array.from({ length: width }, (_, w) => [`$a${w}`, `$b${w}`]).flat();
  const isUniform = (/** @type {number} */ half) =>
    `(i32x4.all_true (i32x4.eq (v128.load offset=${CLASSES + 16 * half} (local.get $group)) (local.get $v)))`;
  return `
(func $tile${format.name}${width} ${TILE_PARAMS}
  ${locals('v128', [...sums, '$left', '$right', '$v'])} ${locals('i32', ['$p', '$q', '$row', '$rowBytes'])}
  (local.set $rowBytes (i32.const ${4 * width}))
  (loop $groups
    ${eachSum(width, (sum) => `(local.set ${sum} (v128.const i32x4 0 0 0 0))`)}
    (local.set $p (i32.add (local.get $group) (i32.const ${HEADER_BYTES})))
    (local.set $q (local.get $data))
    (loop $steps ${multiplyAdd(format, width)}
      (local.set $p (i32.add (local.get $p) (i32.const ${format.stepBytes})))
      (br_if $steps (i32.lt_u
        (local.tee $q (i32.add (local.get $q) (local.get $rowBytes))) (local.get $dataEnd))))
    (local.set $v (v128.load32_splat offset=${CLASSES} (local.get $group)))
    (if (i32.and ${isUniform(0)} ${isUniform(1)})
      (then
        (local.set $row ${tableRow(`(i32.load offset=${CLASSES} (local.get $group))`)})
        ${eachSum(
          width,
          (sum, w, half) => `
        (v128.store offset=${scoreAt(w, half)} (local.get $out)
          ${toScore(format.toFloat(`(local.get ${sum})`), `(v128.load32_splat offset=${4 * w} (local.get $row))`, half)})`,
        )})
      (else
        ${eachSum(
          width,
          (sum, w, half) => `
        (v128.store offset=${scoreAt(w, half)} (local.get $out)
          ${format.toFloat(`(local.get ${sum})`)})`,
        )}
        (call $mixed (local.get $group) (local.get $table) (local.get $rowBytes) (local.get $out))))
    (local.set $out (i32.add (local.get $out) (i32.const ${4 * GROUP})))
    (local.set $group (local.get $p))
    (br_if $groups (i32.lt_u (local.get $group) (local.get $end)))))`;
}

/**
 * @param {readonly NumberFormat[]} formats - Of items.
 * @param {number} maxWidth - Most vectors in a tile.
 * @returns {{ names: string[], text: string }} Functions in the order of the module's table.
 */
export function tileFunctions(formats, maxWidth) {
  const all = formats.flatMap((format) =>
    Array.from({ length: maxWidth }, (_, w) => ({
      name: `$tile${format.name}${w + 1}`,
      text: tileFunction(format, w + 1),
    })),
  );
  return {
    names: all.map(({ name }) => name),
    text: [MIXED, ...all.map(({ text }) => text)].join('\n'),
  };
}
