/**
 * Sizes of the encoder and the shapes of its weights; nothing of TensorFlow.js, so that the plain
 * path can read them.
 *
 * @packageDocumentation
 */

/** Sizes of an encoder. */
export interface EncoderShape {
  /** W, a multiple of `heads`. */
  readonly width: number;
  /** H */
  readonly heads: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Units between the two products of a block. */
  readonly hidden: number;
}

/** Keeps a row of equal numbers from a division by 0. */
export const NORM_EPSILON = 1e-5;

/** x·sigmoid(1.702 x): within 0.021 of GELU (Hendrycks and Gimpel, 2016), and two plain kernels. */
export const GELU_SLOPE = 1.702;

/**
 * Names and shapes of an encoder's weights.
 *
 * @param shape - Its sizes.
 * @returns [rows, columns] by name. A norm's rows are gains and shifts; a bias has one row.
 */
export function encoderShapes(shape: EncoderShape): Map<string, readonly [number, number]> {
  const { hidden, layers, width } = shape;
  const shapes = new Map<string, readonly [number, number]>();
  for (let layer = 0; layer < layers; layer++) {
    shapes.set(`${layer}.norm1`, [2, width]);
    shapes.set(`${layer}.qkv`, [width, 3 * width]);
    shapes.set(`${layer}.qkvBias`, [1, 3 * width]);
    shapes.set(`${layer}.out`, [width, width]);
    shapes.set(`${layer}.outBias`, [1, width]);
    shapes.set(`${layer}.norm2`, [2, width]);
    shapes.set(`${layer}.up`, [width, hidden]);
    shapes.set(`${layer}.upBias`, [1, hidden]);
    shapes.set(`${layer}.down`, [hidden, width]);
    shapes.set(`${layer}.downBias`, [1, width]);
  }
  shapes.set('norm', [2, width]);
  return shapes;
}
