/**
 * Rows of floats → bytes for narrow-tile.mjs: items as 0 to 127 round 64, vectors with a sign.
 *
 * Besides its largest entry a row's length is bounded, by `$levels`, so that 16 bits hold the product
 * of any two.
 */
import { LEAST, ROUND_FOUR, integers, itemsFunction, packFunction, storeLanes } from './pack.mjs';

/** What is added to an item's entries. */
const OFFSET = 64;

/** Largest entries, before that. */
const MOST = { item: OFFSET - 1, vector: 127 };

/** Length of a row whose largest entry is `1 / $inverse`, in multiples of that entry. */
const LENGTH = `
(func $length (param $from i32) (param $dims i32) (param $inverse f32) (result f32)
  (local $end i32) (local $entry f32) (local $sum f32)
  (local.set $end (i32.add (local.get $from) (i32.shl (local.get $dims) (i32.const 2))))
  (loop $entries
    (local.set $entry (f32.mul (f32.load (local.get $from)) (local.get $inverse)))
    (local.set $sum (f32.add (local.get $sum) (f32.mul (local.get $entry) (local.get $entry))))
    (br_if $entries (i32.lt_u
      (local.tee $from (i32.add (local.get $from) (i32.const 4))) (local.get $end))))
  (f32.sqrt (local.get $sum)))`;

/**
 * @param {number} most - Largest integer.
 * @returns {string} Statements: the largest entry becomes that, or less where the row gets too long.
 */
function chooseNarrow(most) {
  return `
  (local.set $levels (f32.min (f32.const ${most}) (f32.div (local.get $levels)
    (call $length (local.get $from) (local.get $dims)
      (f32.div (f32.const 1) (f32.reinterpret_i32 (local.get $most)))))))
  (local.set $scale (f32.div (local.get $levels) (f32.reinterpret_i32 (local.get $most))))
  (local.set $factor (f32.div (f32.reinterpret_i32 (local.get $most)) (local.get $levels)))`;
}

const NARROW = '(local.set $v (i8x16.narrow_i16x8_s (local.get $v) (local.get $v)))';

const bytes = integers('i32.store8');

/** A vector, and behind it minus its sum times {@link OFFSET}, both a stride from step to step. */
const VECTOR = `
(func (export "packInt7") (param $from i32) (param $dims i32) (param $to i32) (param $stride i32)
    (param $padded i32) (param $levels f32) (result f32)
  (local $end i32) (local $sum v128)
  (call $packVector (local.get $from) (local.get $dims) (local.get $to) (local.get $stride)
    (local.get $padded) (local.get $levels))
  (local.set $end (i32.add (local.get $to)
    (i32.mul (local.get $stride) (i32.shr_u (local.get $padded) (i32.const 1)))))
  (loop $steps
    (local.set $sum (i16x8.sub (local.get $sum) (i16x8.relaxed_dot_i8x16_i7x16_s
      (v128.load16_splat (local.get $to)) (i8x16.splat (i32.const ${OFFSET})))))
    (br_if $steps (i32.lt_u
      (local.tee $to (i32.add (local.get $to) (local.get $stride))) (local.get $end))))
  (i32.store16 (local.get $end) (i16x8.extract_lane_u 0 (local.get $sum))))`;

/** All functions of this file; they need `$largest`. */
export const PACK_NARROW = [
  LENGTH,
  packFunction({
    ...bytes,
    name: '$packInt7',
    least: Number(LEAST),
    choose: chooseNarrow(MOST.item),
    storeFour: `${ROUND_FOUR} ${NARROW}
      (local.set $v (i8x16.add (local.get $v) (i8x16.splat (i32.const ${OFFSET}))))
      ${storeLanes(2, 'store16_lane')}`,
    // Half to even, as storeFour does it, since the offset is even.
    store: (value) => bytes.store(`(f32.add (f32.const ${OFFSET}) (f32.nearest ${value}))`),
    entryBytes: 1,
  }),
  packFunction({
    ...bytes,
    name: '$packVector',
    least: Number(LEAST),
    choose: chooseNarrow(MOST.vector),
    storeFour: `${ROUND_FOUR} ${NARROW} ${storeLanes(2, 'store16_lane')}`,
    entryBytes: 1,
  }),
  VECTOR,
  itemsFunction('Int7', { stepBytes: 16, laneBytes: 2 }),
].join('\n');
