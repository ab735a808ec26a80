/**
 * What becomes of the scores in the scratch place: the best K of each vector, or all of them.
 *
 * A heap holds K keys of 64 bits, the worst at its root. High half: the score's bits, turned so that
 * integers compare as the floats do; low half: the row's complement. The larger key is the better
 * one, and of equal scores the smaller row.
 */
import { each } from './wat.mjs';

/** Puts `$key` into the place `$at` of a heap and lets it sink. */
const SIFT = `
(func $sift (param $heap i32) (param $heapEnd i32) (param $key i64)
  (local $at i32) (local $child i32)
  (local.set $at (local.get $heap))
  (block $done
    (loop $down
      ;; Of the place heap + 8i, the children are heap + 8(2i + 1) and the next one.
      (local.set $child (i32.add
        (i32.sub (i32.shl (local.get $at) (i32.const 1)) (local.get $heap)) (i32.const 8)))
      (br_if $done (i32.ge_u (local.get $child) (local.get $heapEnd)))
      ;; The smaller child, without a branch that could not be predicted. What lies behind the last
      ;; one is read and not used.
      (local.set $child (i32.add (local.get $child) (i32.shl
        (i32.and
          (i64.lt_s (i64.load offset=8 (local.get $child)) (i64.load (local.get $child)))
          (i32.lt_u (i32.add (local.get $child) (i32.const 8)) (local.get $heapEnd)))
        (i32.const 3))))
      (br_if $done (i64.ge_s (i64.load (local.get $child)) (local.get $key)))
      (i64.store (local.get $at) (i64.load (local.get $child)))
      (local.set $at (local.get $child))
      (br $down)))
  (i64.store (local.get $at) (local.get $key)))`;

/** Bits of a float ⇄ an integer that compares as the float does; its own inverse. */
const ORDER = `
(func $order (param $bits i32) (result i32)
  (i32.xor (local.get $bits)
    (i32.and (i32.shr_s (local.get $bits) (i32.const 31)) (i32.const 0x7fffffff))))`;

/**
 * @param {string} score - f32.
 * @param {string} row - i32.
 * @returns {string} Their key. Adding 0 makes one zero of two.
 */
function keyOf(score, row) {
  return `(i64.or
    (i64.shl (i64.extend_i32_u (call $order
      (i32.reinterpret_f32 (f32.add ${score} (f32.const 0))))) (i64.const 32))
    (i64.extend_i32_u (i32.xor ${row} (i32.const -1))))`;
}

/**
 * @param {number} four - 0 to 3.
 * @returns {string} A mask of these four among the sixteen scores at `$scores`: which are near.
 */
function nearLanes(four) {
  return `(f32x4.gt (v128.load offset=${16 * four} (local.get $scores)) (local.get $floors))`;
}

/**
 * For each lane of `$better`, of the rows from `$row`, whose score is above a bound.
 *
 * @param {string} bound - Local with the bound, which `then` may raise.
 * @param {string} then - What is done with `$score` and `$lane`, the row.
 * @returns {string} A block.
 */
function eachBetter(bound, then) {
  return `(block $none
      (br_if $none (i32.eqz (local.get $better)))
      (loop $lanes
        (local.set $lane (i32.ctz (local.get $better)))
        (local.set $score
          (f32.load (i32.add (local.get $scores) (i32.shl (local.get $lane) (i32.const 2)))))
        (local.set $lane (i32.add (local.get $lane) (local.get $row)))
        (if (i32.and (f32.gt (local.get $score) (local.get ${bound}))
            (i32.lt_u (local.get $lane) (local.get $rowEnd)))
          (then ${then}))
        (br_if $lanes (local.tee $better
          (i32.and (local.get $better) (i32.sub (local.get $better) (i32.const 1)))))))`;
}

/** Offers the scores at `$scores`, of the rows from `$row` to `$rowEnd`, to a heap. */
const OFFER = `
(func $offer (param $heap i32) (param $heapEnd i32) (param $scores i32) (param $row i32) (param $rowEnd i32)
  (local $least f32) (local $score f32) (local $better i32) (local $lane i32)
  (local.set $least (f32.reinterpret_i32 (call $order (i32.load offset=4 (local.get $heap)))))
  (loop $rows
    (local.set $better (i32x4.bitmask
      (f32x4.gt (v128.load (local.get $scores)) (f32x4.splat (local.get $least)))))
    ${eachBetter(
      '$least',
      `
            (call $sift (local.get $heap) (local.get $heapEnd)
              ${keyOf('(local.get $score)', '(local.get $lane)')})
            (local.set $least
              (f32.reinterpret_i32 (call $order (i32.load offset=4 (local.get $heap)))))`,
    )}
    (local.set $scores (i32.add (local.get $scores) (i32.const 16)))
    (br_if $rows (i32.lt_u
      (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $rowEnd)))))`;

/**
 * The state between a heap and the list behind it, and the list's first place: where the next key
 * goes (i32), how far below the heap's worst score others are kept (f32), and whether that had to be
 * given up, as the list was too short (i32).
 */
const STATE = { margin: 4, isShort: 8, bytes: 16 };

/** Drops the keys of a list that lie further below the heap's worst than the margin. */
const COMPACT = `
(func $compact (param $heap i32) (param $heapEnd i32)
  (local $from i32) (local $to i32) (local $end i32) (local $key i64) (local $least i64)
  (local.set $least (i64.load (local.get $heap)))
  (if (i32.eqz (i32.load offset=${STATE.isShort} (local.get $heapEnd)))
    (then (local.set $least (i64.shl (i64.extend_i32_u (call $order (i32.reinterpret_f32 (f32.sub
      (f32.reinterpret_i32 (call $order (i32.load offset=4 (local.get $heap))))
      (f32.load offset=${STATE.margin} (local.get $heapEnd))))))
      (i64.const 32)))))
  (local.set $end (i32.load (local.get $heapEnd)))
  (local.set $from (i32.add (local.get $heapEnd) (i32.const ${STATE.bytes})))
  (local.set $to (local.get $from))
  (block $done
    (loop $keys
      (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
      (local.set $key (i64.load (local.get $from)))
      (i64.store (local.get $to) (local.get $key))
      (local.set $to (i32.add (local.get $to)
        (i32.shl (i64.ge_s (local.get $key) (local.get $least)) (i32.const 3))))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (br $keys)))
  (i32.store (local.get $heapEnd) (local.get $to)))`;

/** Leaves in a list what is near, the best first; insertion, as few are. */
const SETTLE = `
(func (export "settle") (param $heap i32) (param $heapEnd i32)
  (local $next i32) (local $at i32) (local $end i32) (local $first i32) (local $key i64)
  (call $compact (local.get $heap) (local.get $heapEnd))
  (local.set $first (i32.add (local.get $heapEnd) (i32.const ${STATE.bytes})))
  (local.set $next (local.get $first))
  (local.set $end (i32.load (local.get $heapEnd)))
  (block $done
    (loop $keys
      (br_if $done (i32.ge_u (local.get $next) (local.get $end)))
      (local.set $key (i64.load (local.get $next)))
      (local.set $at (local.get $next))
      (block $placed
        (loop $larger
          (br_if $placed (i32.le_u (local.get $at) (local.get $first)))
          (br_if $placed (i64.ge_s
            (i64.load (i32.sub (local.get $at) (i32.const 8))) (local.get $key)))
          (i64.store (local.get $at) (i64.load (i32.sub (local.get $at) (i32.const 8))))
          (local.set $at (i32.sub (local.get $at) (i32.const 8)))
          (br $larger)))
      (i64.store (local.get $at) (local.get $key))
      (local.set $next (i32.add (local.get $next) (i32.const 8)))
      (br $keys))))`;

/** Makes room in a list: for as many keys as the heap has, so that this is done seldom. */
const MAKE_ROOM = `
(func $makeRoom (param $heap i32) (param $heapEnd i32) (param $listEnd i32)
  (call $compact (local.get $heap) (local.get $heapEnd))
  (if (i32.gt_u
      (i32.add (i32.load (local.get $heapEnd)) (i32.sub (local.get $heapEnd) (local.get $heap)))
      (local.get $listEnd))
    (then
      (i32.store offset=${STATE.isShort} (local.get $heapEnd) (i32.const 1))
      (f32.store offset=${STATE.margin} (local.get $heapEnd) (f32.const 0))
      (call $compact (local.get $heap) (local.get $heapEnd)))))`;

/** The worst score of a heap, and the score from which on others are listed. */
const READ_LEAST = `
  (local.set $least (f32.reinterpret_i32 (call $order (i32.load offset=4 (local.get $heap)))))
  (local.set $floor (f32.sub (local.get $least)
    (f32.load offset=${STATE.margin} (local.get $heapEnd))))
  (local.set $floors (f32x4.splat (local.get $floor)))`;

/**
 * As \`$offer\`, and lists all that come near: what is among the best by exact scores, too. Heaps stay
 * as short as the result, and most of what a longer one would take is only appended.
 */
const COLLECT = `
(func $collect (param $heap i32) (param $heapEnd i32) (param $listEnd i32) (param $scores i32)
    (param $row i32) (param $rowEnd i32)
  (local $least f32) (local $floor f32) (local $score f32) (local $better i32) (local $lane i32)
  (local $cursor i32) (local $key i64) (local $floors v128)
  (local.set $cursor (i32.load (local.get $heapEnd)))
  ${READ_LEAST}
  (loop $rows
    (local.set $better (i8x16.bitmask (i8x16.narrow_i16x8_s
      (i16x8.narrow_i32x4_s ${[0, 1].map(nearLanes).join(' ')})
      (i16x8.narrow_i32x4_s ${[2, 3].map(nearLanes).join(' ')}))))
    ${eachBetter(
      '$floor',
      `
            (local.set $key ${keyOf('(local.get $score)', '(local.get $lane)')})
            (if (i32.ge_u (local.get $cursor) (local.get $listEnd))
              (then
                (i32.store (local.get $heapEnd) (local.get $cursor))
                (call $makeRoom (local.get $heap) (local.get $heapEnd) (local.get $listEnd))
                (local.set $cursor (i32.load (local.get $heapEnd)))
                ${READ_LEAST}))
            (i64.store (local.get $cursor) (local.get $key))
            (local.set $cursor (i32.add (local.get $cursor) (i32.const 8)))
            (if (f32.gt (local.get $score) (local.get $least))
              (then
                (call $sift (local.get $heap) (local.get $heapEnd) (local.get $key))
                ${READ_LEAST}))`,
    )}
    (local.set $scores (i32.add (local.get $scores) (i32.const 64)))
    (br_if $rows (i32.lt_u
      (local.tee $row (i32.add (local.get $row) (i32.const 16))) (local.get $rowEnd))))
  (i32.store (local.get $heapEnd) (local.get $cursor)))`;

/** Copies the scores of one vector into its column of [row][vector]. */
const SPREAD = `
(func $spread (param $to i32) (param $rowBytes i32) (param $scores i32) (param $row i32) (param $rowEnd i32)
  (local $v v128)
  (loop $rows
    (local.set $v (v128.load (local.get $scores)))
    ${each(
      4,
      (lane) => `
    (v128.store32_lane ${lane} (local.get $to) (local.get $v))
    (local.set $to (i32.add (local.get $to) (local.get $rowBytes)))`,
    )}
    (local.set $scores (i32.add (local.get $scores) (i32.const 16)))
    (br_if $rows (i32.lt_u
      (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $rowEnd)))))`;

/** Sorts a heap, the best first. */
const SORT = `
(func (export "sort") (param $heap i32) (param $heapEnd i32)
  (local $key i64)
  (loop $shrink
    (local.set $heapEnd (i32.sub (local.get $heapEnd) (i32.const 8)))
    (local.set $key (i64.load (local.get $heapEnd)))
    (i64.store (local.get $heapEnd) (i64.load (local.get $heap)))
    (call $sift (local.get $heap) (local.get $heapEnd) (local.get $key))
    (br_if $shrink (i32.gt_u (local.get $heapEnd) (local.get $heap)))))`;

/** All functions of this file. */
export const SELECT = [SIFT, ORDER, OFFER, COMPACT, SETTLE, MAKE_ROOM, COLLECT, SPREAD, SORT].join(
  '\n',
);
