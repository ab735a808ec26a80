/**
 * The inner kernel on products of bytes: sums of 1 to 5 vectors with two groups of items at a time.
 *
 * `i16x8.relaxed_dot_i8x16_i7x16_s` multiplies sixteen pairs of bytes and adds two products into each
 * of eight 16-bit sums, of which each is an item's. One operand has 7 bits without a sign, so that all
 * processors give the same: items are stored 64 too large, and the sums begin with what this adds,
 * turned negative. All is modulo 2^16, and right as long as the end fits 16 bits, for which
 * pack-narrow.mjs keeps the lengths of items and vectors below 181: no cosine is above 1.
 *
 * Sums of 16 bits hold eight items in a register instead of four: twice as many multiply-adds per
 * instruction as `i32x4.dot_i16x8_s` (measured in Chromium 156: 64 to 85 against 29 to 40 G per second).
 */
import { CHUNK, GROUP, HEADER_BYTES, TILE_PARAMS, each, locals } from './wat.mjs';
import { CLASSES, scoreAt, tableRow, toScore } from './tile.mjs';

/** Bytes of a step of a group: two dimensions of eight items. */
const STEP_BYTES = 16;

/** The dimensions of items and vectors are padded to whole turns. */
export const STEPS_PER_TURN = 2;

/**
 * The scores of a group from its sums in the scratch place, by the weights of its class or classes.
 */
const FINISH = `
(func $finish (param $group i32) (param $table i32) (param $rowBytes i32) (param $out i32)
  (local $class v128) (local $row i32) (local $end i32) (local $inverse v128)
  (local.set $class (v128.load32_splat offset=${CLASSES} (local.get $group)))
  (if (i32x4.all_true (v128.and
      (i32x4.eq (v128.load offset=${CLASSES} (local.get $group)) (local.get $class))
      (i32x4.eq (v128.load offset=${CLASSES + 16} (local.get $group)) (local.get $class))))
    (then
      (local.set $row ${tableRow(`(i32.load offset=${CLASSES} (local.get $group))`)})
      (local.set $end (i32.add (local.get $row) (local.get $rowBytes)))
      (loop $vectors
        (local.set $inverse (v128.load32_splat (local.get $row)))
        ${each(
          2,
          (half) => `
        (v128.store offset=${16 * half} (local.get $out)
          ${toScore(`(v128.load offset=${16 * half} (local.get $out))`, '(local.get $inverse)', half)})`,
        )}
        (local.set $out (i32.add (local.get $out) (i32.const ${4 * CHUNK})))
        (br_if $vectors (i32.lt_u
          (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $end)))))
    (else (call $mixed (local.get $group) (local.get $table) (local.get $rowBytes) (local.get $out)))))`;

/**
 * Stores a group's sums as floats.
 *
 * @param {number} width - Vectors in the tile.
 * @param {string} side - `a` or `b`.
 * @param {number} at - Byte at which the group's scores begin.
 * @returns {string} Statements.
 */
function storeSums(width, side, at) {
  return each(width, (w) =>
    each(
      2,
      (half) => `
      (v128.store offset=${at + scoreAt(w, half)} (local.get $out) (f32x4.convert_i32x4_s
        (i32x4.extend_${half === 0 ? 'low' : 'high'}_i16x8_s (local.get $${side}${w}))))`,
    ),
  );
}

/**
 * @param {number} width - Vectors in the tile.
 * @param {number} step - Of a turn of the inner loop.
 * @returns {string} Statements: two dimensions of sixteen items with all vectors.
 */
function multiplyAdd(width, step) {
  return `
      (local.set $left (v128.load offset=${STEP_BYTES * step} (local.get $p)))
      (local.set $right (v128.load offset=${STEP_BYTES * step} (local.get $r)))
      ${each(
        width,
        (w) => `
      (local.set $v (v128.load16_splat offset=${4 * (width * step + w)} (local.get $q)))
      (local.set $a${w} (i16x8.add (local.get $a${w})
        (i16x8.relaxed_dot_i8x16_i7x16_s (local.get $v) (local.get $left))))
      (local.set $b${w} (i16x8.add (local.get $b${w})
        (i16x8.relaxed_dot_i8x16_i7x16_s (local.get $v) (local.get $right))))`,
      )}`;
}

/**
 * The function `$tileInt7WIDTH`: as those of tile.mjs. Behind the vectors lies what sums begin with.
 *
 * @param {number} width - Vectors in the tile, 1 to 5.
 * @returns {string} WAT.
 */
function tileFunction(width) {
  const rowBytes = 4 * width;
  const sums = Array.from({ length: width }, (_, w) => [`$a${w}`, `$b${w}`]).flat();
  return `
(func $tileInt7${width} ${TILE_PARAMS}
  ${locals('v128', [...sums, '$left', '$right', '$v'])}
  ${locals('i32', ['$p', '$r', '$q', '$next', '$groupBytes'])}
  (local.set $groupBytes (i32.add (i32.const ${HEADER_BYTES}) (i32.mul (i32.const ${STEP_BYTES})
    (i32.div_u (i32.sub (local.get $dataEnd) (local.get $data)) (i32.const ${rowBytes})))))
  (loop $pairs
    ;; The last of an odd number of groups is its own neighbour; nobody reads those scores.
    (local.set $next (i32.add (local.get $group) (local.get $groupBytes)))
    (if (i32.ge_u (local.get $next) (local.get $end)) (then (local.set $next (local.get $group))))
    ${each(
      width,
      (w) => `
    (local.set $a${w} (v128.load16_splat offset=${4 * w} (local.get $dataEnd)))
    (local.set $b${w} (local.get $a${w}))`,
    )}
    (local.set $p (i32.add (local.get $group) (i32.const ${HEADER_BYTES})))
    (local.set $r (i32.add (local.get $next) (i32.const ${HEADER_BYTES})))
    (local.set $q (local.get $data))
    (loop $steps
      ${each(STEPS_PER_TURN, (step) => multiplyAdd(width, step))}
      (local.set $p (i32.add (local.get $p) (i32.const ${STEPS_PER_TURN * STEP_BYTES})))
      (local.set $r (i32.add (local.get $r) (i32.const ${STEPS_PER_TURN * STEP_BYTES})))
      (br_if $steps (i32.lt_u
        (local.tee $q (i32.add (local.get $q) (i32.const ${STEPS_PER_TURN * rowBytes})))
        (local.get $dataEnd))))
    ${storeSums(width, 'a', 0)}
    ${storeSums(width, 'b', 4 * GROUP)}
    (call $finish (local.get $group) (local.get $table) (i32.const ${rowBytes}) (local.get $out))
    (call $finish (local.get $next) (local.get $table) (i32.const ${rowBytes})
      (i32.add (local.get $out) (i32.const ${4 * GROUP})))
    (local.set $out (i32.add (local.get $out) (i32.const ${8 * GROUP})))
    (local.set $group (i32.add (local.get $next) (local.get $groupBytes)))
    (br_if $pairs (i32.lt_u (local.get $group) (local.get $end)))))`;
}

/**
 * @param {number} maxWidth - Most vectors in a tile.
 * @returns {{ names: string[], text: string }} Functions by width.
 */
export function narrowTiles(maxWidth) {
  const widths = Array.from({ length: maxWidth }, (_, w) => w + 1);
  return {
    names: widths.map((width) => `$tileInt7${width}`),
    text: [FINISH, ...widths.map(tileFunction)].join('\n'),
  };
}
