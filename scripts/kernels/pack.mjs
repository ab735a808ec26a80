/**
 * Rows of floats as they come → the layout that the kernels read.
 *
 * Each function writes the entries of one row, `$stride` bytes from step to step, zeros up to
 * `$padded` dimensions, and returns the row's factor: value = stored × factor. A row of zeros or with
 * a number that is not finite becomes zeros with factor 0, and so gives the score 0.
 */
import { HEADER_BYTES, each } from './wat.mjs';

/** Bits of 2^-20 and 2^21: f32 rows whose largest entry lies between are stored as they are. */
const ORDINARY = { from: (127 - 20) << 23, to: (127 + 21) << 23 };

/** Bits of 1e-33: integer rows below it count as zeros, since their inverse scale could overflow. */
export const LEAST = new Uint32Array(Float32Array.of(1e-33).buffer)[0];

/** Infinity; bits from here on are not finite. */
const NOT_FINITE = 0x7f800000;

/** Of two absolute values; as integers their bits compare as the floats do, NaN above all. */
const KEEP_LARGER = `(local.set $most (select (local.get $bits) (local.get $most)
    (i32.gt_u (local.get $bits) (local.get $most))))`;

/** Bits of the largest absolute value among `$dims` floats, four at a time and then the rest. */
const LARGEST = `
(func $largest (export "largest") (param $from i32) (param $dims i32) (result i32)
  (local $most i32) (local $bits i32) (local $end i32) (local $fours v128)
  (local.set $end (i32.add (local.get $from) (i32.shl (local.get $dims) (i32.const 2))))
  (block $fewer
    (loop $four
      (br_if $fewer (i32.gt_u (i32.add (local.get $from) (i32.const 16)) (local.get $end)))
      (local.set $fours
        (i32x4.max_u (local.get $fours) (f32x4.abs (v128.load (local.get $from)))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br $four)))
  ${each(
    4,
    (lane) => `
  (local.set $bits (i32x4.extract_lane ${lane} (local.get $fours))) ${KEEP_LARGER}`,
  )}
  (block $done
    (loop $one
      (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
      (local.set $bits (i32.and (i32.load (local.get $from)) (i32.const 0x7fffffff)))
      ${KEEP_LARGER}
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (br $one)))
  (local.get $most))`;

/** Powers of two bring huge and tiny rows into the middle of f32's range, without rounding. */
const CHOOSE_FLOAT = `
  (local.set $scale (f32.const 1))
  (local.set $factor (f32.const 1))
  (if (i32.or (i32.lt_u (local.get $most) (i32.const ${ORDINARY.from}))
      (i32.ge_u (local.get $most) (i32.const ${ORDINARY.to})))
    (then
      ;; The exponent, kept where both 2^e and 2^-e are ordinary floats.
      (local.set $most (i32.and (local.get $most) (i32.const 0x7f800000)))
      (if (i32.eqz (local.get $most)) (then (local.set $most (i32.const ${1 << 23}))))
      (if (i32.gt_u (local.get $most) (i32.const ${253 << 23}))
        (then (local.set $most (i32.const ${253 << 23}))))
      (local.set $factor (f32.reinterpret_i32 (local.get $most)))
      (local.set $scale (f32.reinterpret_i32 (i32.sub (i32.const ${254 * 2 ** 23}) (local.get $most))))))`;

/** The largest entry becomes `$levels`. */
const CHOOSE_INTEGER = `
  (local.set $scale (f32.div (local.get $levels) (f32.reinterpret_i32 (local.get $most))))
  (local.set $factor (f32.div (f32.reinterpret_i32 (local.get $most)) (local.get $levels)))`;

/**
 * @typedef {object} Packing
 * @property {string} name - Of the function.
 * @property {number} least - Bits of the largest entry from which a row counts.
 * @property {string} choose - Sets `$scale` and `$factor`.
 * @property {string} storeFour - Writes the four floats in `$v` from `$to` on and moves it.
 * @property {(value: string) => string} store - Writes a float to `$to`.
 * @property {string} zero - Writes 0 to `$to`.
 * @property {number} entryBytes - Distance of two entries of a step; 0 when a step has one.
 */

/**
 * @param {Packing} packing - What differs.
 * @returns {string} WAT.
 */
export function packFunction({ choose, entryBytes, least, name, store, storeFour, zero }) {
  const next = `(local.set $to (i32.add (local.get $to) ${
    entryBytes === 0
      ? '(local.get $stride)'
      : `(select (i32.sub (local.get $stride) (i32.const ${entryBytes})) (i32.const ${entryBytes}) (i32.and (local.get $d) (i32.const 1)))`
  }))
      (local.set $d (i32.add (local.get $d) (i32.const 1)))`;
  return `
(func ${name} (param $from i32) (param $dims i32) (param $to i32) (param $stride i32) (param $padded i32)
    (param $levels f32) (result f32)
  (local $most i32) (local $d i32) (local $scale f32) (local $factor f32) (local $v v128)
  (local.set $most (call $largest (local.get $from) (local.get $dims)))
  (if (i32.or (i32.lt_u (local.get $most) (i32.const ${least})) (i32.ge_u (local.get $most) (i32.const ${NOT_FINITE})))
    (then (local.set $dims (i32.const 0)))
    (else ${choose}))
  (block $fewer
    (loop $fours
      (br_if $fewer (i32.gt_u (i32.add (local.get $d) (i32.const 4)) (local.get $dims)))
      (local.set $v (f32x4.mul (v128.load (local.get $from)) (f32x4.splat (local.get $scale))))
      ${storeFour}
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $d (i32.add (local.get $d) (i32.const 4)))
      (br $fours)))
  (block $filled
    (loop $entries
      (br_if $filled (i32.ge_u (local.get $d) (local.get $dims)))
      ${store('(f32.mul (f32.load (local.get $from)) (local.get $scale))')}
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      ${next}
      (br $entries)))
  (block $done
    (loop $rest
      (br_if $done (i32.ge_u (local.get $d) (local.get $padded)))
      ${zero}
      ${next}
      (br $rest)))
  (local.get $factor))`;
}

/**
 * Writes the lanes of `$v`, a stride apart.
 *
 * @param {number} count - Steps.
 * @param {string} store - Such as `store32_lane`, one step's size.
 * @returns {string} Statements.
 */
export function storeLanes(count, store) {
  return each(
    count,
    (lane) => `
      (v128.${store} ${lane} (local.get $to) (local.get $v))
      (local.set $to (i32.add (local.get $to) (local.get $stride)))`,
  );
}

/** Four floats as 16-bit integers, in the first half of `$v`. */
export const ROUND_FOUR = `
      (local.set $v (i32x4.trunc_sat_f32x4_s (f32x4.nearest (local.get $v))))
      (local.set $v (i16x8.narrow_i32x4_s (local.get $v) (local.get $v)))`;

/**
 * @param {string} store - `i32.store8` or `i32.store16`.
 * @returns {Pick<Packing, 'store' | 'zero'>} Stores of integers.
 */
export function integers(store) {
  return {
    store: (value) => `(${store} (local.get $to) (i32.trunc_sat_f32_s (f32.nearest ${value})))`,
    zero: `(${store} (local.get $to) (i32.const 0))`,
  };
}

/**
 * The function that packs rows of items into consecutive groups, from a group's first item on.
 *
 * @param {string} name - Of the number format.
 * @param {{ stepBytes: number, laneBytes: number }} size - Of a step in a group, of one item in it.
 * @returns {string} WAT.
 */
export function itemsFunction(name, { laneBytes, stepBytes }) {
  return `
(func (export "items${name}") (param $from i32) (param $dims i32) (param $padded i32) (param $group i32)
    (param $groupBytes i32) (param $rows i32) (param $levels f32)
  (local $lane i32)
  (loop $items
    (f32.store (i32.add (local.get $group) (i32.shl (local.get $lane) (i32.const 2)))
      (call $pack${name} (local.get $from) (local.get $dims)
        (i32.add (i32.add (local.get $group) (i32.const ${HEADER_BYTES}))
          (i32.mul (local.get $lane) (i32.const ${laneBytes})))
        (i32.const ${stepBytes}) (local.get $padded) (local.get $levels)))
    (local.set $from (i32.add (local.get $from) (i32.shl (local.get $dims) (i32.const 2))))
    (local.set $lane (i32.and (i32.add (local.get $lane) (i32.const 1)) (i32.const 7)))
    (if (i32.eqz (local.get $lane))
      (then (local.set $group (i32.add (local.get $group) (local.get $groupBytes)))))
    (br_if $items (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))`;
}

/** All functions of this file. */
export const PACK = [
  LARGEST,
  packFunction({
    name: '$packF32 (export "packF32")',
    least: 1,
    choose: CHOOSE_FLOAT,
    storeFour: storeLanes(4, 'store32_lane'),
    store: (value) => `(f32.store (local.get $to) ${value})`,
    zero: '(f32.store (local.get $to) (f32.const 0))',
    entryBytes: 0,
  }),
  packFunction({
    name: '$packInt8',
    least: Number(LEAST),
    choose: CHOOSE_INTEGER,
    // A step is two bytes.
    storeFour: `${ROUND_FOUR}
      (local.set $v (i8x16.narrow_i16x8_s (local.get $v) (local.get $v)))
      ${storeLanes(2, 'store16_lane')}`,
    ...integers('i32.store8'),
    entryBytes: 1,
  }),
  packFunction({
    name: '$packInt16 (export "packInt16")',
    least: Number(LEAST),
    choose: CHOOSE_INTEGER,
    storeFour: ROUND_FOUR + storeLanes(2, 'store32_lane'),
    ...integers('i32.store16'),
    entryBytes: 2,
  }),
  itemsFunction('F32', { stepBytes: 32, laneBytes: 4 }),
  itemsFunction('Int8', { stepBytes: 16, laneBytes: 2 }),
].join('\n');
