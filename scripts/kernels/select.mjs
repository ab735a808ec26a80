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

/** Offers the scores at `$scores`, of the rows from `$row` to `$rowEnd`, to a heap. */
const OFFER = `
(func $offer (param $heap i32) (param $heapEnd i32) (param $scores i32) (param $row i32) (param $rowEnd i32)
  (local $least f32) (local $score f32) (local $better i32) (local $lane i32)
  (local.set $least (f32.reinterpret_i32 (call $order (i32.load offset=4 (local.get $heap)))))
  (loop $rows
    (local.set $better (i32x4.bitmask
      (f32x4.gt (v128.load (local.get $scores)) (f32x4.splat (local.get $least)))))
    (block $none
      (br_if $none (i32.eqz (local.get $better)))
      (loop $lanes
        (local.set $lane (i32.ctz (local.get $better)))
        (local.set $score
          (f32.load (i32.add (local.get $scores) (i32.shl (local.get $lane) (i32.const 2)))))
        (local.set $lane (i32.add (local.get $lane) (local.get $row)))
        (if (i32.and (f32.gt (local.get $score) (local.get $least))
            (i32.lt_u (local.get $lane) (local.get $rowEnd)))
          (then
            ;; Adding 0 makes one zero of two.
            (call $sift (local.get $heap) (local.get $heapEnd) (i64.or
              (i64.shl (i64.extend_i32_u (call $order
                (i32.reinterpret_f32 (f32.add (local.get $score) (f32.const 0))))) (i64.const 32))
              (i64.extend_i32_u (i32.xor (local.get $lane) (i32.const -1)))))
            (local.set $least
              (f32.reinterpret_i32 (call $order (i32.load offset=4 (local.get $heap)))))))
        (br_if $lanes (local.tee $better
          (i32.and (local.get $better) (i32.sub (local.get $better) (i32.const 1)))))))
    (local.set $scores (i32.add (local.get $scores) (i32.const 16)))
    (br_if $rows (i32.lt_u
      (local.tee $row (i32.add (local.get $row) (i32.const 4))) (local.get $rowEnd)))))`;

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
export const SELECT = [SIFT, ORDER, OFFER, SPREAD, SORT].join('\n');
