/**
 * The two number formats of items, and all that differs between their kernels.
 *
 * A step is what one load per vector covers: one dimension in f32, two in int8, where
 * `i32x4.dot_i16x8_s` multiplies and adds pairs. Vectors, being few, keep 16 bits in the int8 kernel:
 * the instruction takes them, and only the items' rounding is left as an error.
 *
 * @typedef {object} NumberFormat
 * @property {string} name - Part of the names of functions.
 * @property {number} stepBytes - Of a group of items; half of them for four items.
 * @property {string} load - Loads a step of four items.
 * @property {(sum: string, items: string, vector: string) => string} accumulate - One multiply-add.
 * @property {(sum: string) => string} toFloat - Sums as f32.
 */

/** @type {readonly NumberFormat[]} */
export const FORMATS = [
  {
    name: 'F32',
    stepBytes: 32,
    load: 'v128.load',
    accumulate: (sum, items, vector) => `(f32x4.add ${sum} (f32x4.mul ${items} ${vector}))`,
    toFloat: (sum) => sum,
  },
  {
    name: 'Int8',
    stepBytes: 16,
    load: 'v128.load8x8_s',
    accumulate: (sum, items, vector) => `(i32x4.add ${sum} (i32x4.dot_i16x8_s ${items} ${vector}))`,
    toFloat: (sum) => `(f32x4.convert_i32x4_s ${sum})`,
  },
];
