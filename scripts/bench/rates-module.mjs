/**
 * Two loops in WebAssembly that say how fast this machine is: one only reads, one only computes.
 */
import { each } from '../kernels/wat.mjs';

/** Bytes that are read; well above what caches hold. */
export const READ_BYTES = 192 * 2 ** 20;

/** Bytes of a turn of the reading loop. */
const TURN_BYTES = 128;

/** Sums in registers; with the two factors they leave two of x64's sixteen free. */
const SUMS = 12;

/** Lanes of a SIMD register. */
const LANES = 4;

/** Multiply-adds in one turn of the computing loop. */
export const MACS_PER_TURN = SUMS * LANES;

const LOADS = TURN_BYTES / 16;

/** @returns {string} WAT. */
export function ratesText() {
  return `(module
(memory (export "memory") ${READ_BYTES / 65_536})
(func (export "read") (result i32)
  (local $at i32) ${each(LOADS, (n) => `(local $sum${n} v128)`)}
  (loop $turn
    ${each(
      LOADS,
      (n) =>
        `(local.set $sum${n} (v128.xor (local.get $sum${n}) (v128.load offset=${16 * n} (local.get $at))))`,
    )}
    (local.set $at (i32.add (local.get $at) (i32.const ${TURN_BYTES})))
    (br_if $turn (i32.lt_u (local.get $at) (i32.const ${READ_BYTES}))))
  ${each(LOADS - 1, (n) => `(local.set $sum0 (v128.xor (local.get $sum0) (local.get $sum${n + 1})))`)}
  (i32x4.extract_lane 0 (local.get $sum0)))
(func (export "compute") (param $turns i32) (result f32)
  (local $factor v128) (local $term v128) ${each(SUMS, (n) => `(local $sum${n} v128)`)}
  (local.set $factor (f32x4.splat (f32.const 0.5)))
  (local.set $term (f32x4.splat (f32.const 1)))
  (loop $turn
    ${each(
      SUMS,
      (n) =>
        `(local.set $sum${n} (f32x4.add (local.get $term) (f32x4.mul (local.get $sum${n}) (local.get $factor))))`,
    )}
    (br_if $turn (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
  ${each(SUMS - 1, (n) => `(local.set $sum0 (f32x4.add (local.get $sum0) (local.get $sum${n + 1})))`)}
  (f32x4.extract_lane 0 (local.get $sum0))))`;
}
