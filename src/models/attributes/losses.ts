/**
 * Losses with gradients of their own: fewer kernels than the ones that autodiff would chain, and
 * none that WASM lacks.
 *
 * @packageDocumentation
 */
import {
  add,
  customGrad,
  log,
  matMul,
  mul,
  neg,
  rsqrt,
  sigmoid,
  softmax,
  square,
  sub,
  sum,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** Keeps a logarithm finite. */
const TINY = 1e-7;

// What a gradient needs is handed to `save`: tensors made inside a forward pass end with it.
type Save = (tensors: Tensor[]) => void;

/**
 * Softmax cross-entropy, mean over the rows.
 *
 * @param logits - [N, C]
 * @param targets - [N, C] Rows sum to 1, or to 0 for a row that does not count.
 * @returns A number of 0 or more.
 */
export function crossEntropy(logits: Tensor2D, targets: Tensor2D): Scalar {
  const share = 1 / logits.shape[0];
  return customGrad((x, save) => {
    const odds = softmax(x as Tensor2D);
    (save as Save)([odds, targets]);
    return {
      value: mul(sum(mul(targets, log(add(odds, TINY)))), -share),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kept, wanted] = saved as [Tensor, Tensor];
        return mul(dy, mul(sub(mul(kept, sum(wanted, 1, true)), wanted), share));
      },
    };
  })(logits) as Scalar;
}

/**
 * Weighted cross-entropy of independent scores, mean over the rows.
 *
 * @param logits - [N, O]
 * @param targets - [N, O] In [0, 1].
 * @param weights - [N, O] 0 for what is not known.
 * @returns A number of 0 or more.
 */
export function scoreLoss(logits: Tensor2D, targets: Tensor2D, weights: Tensor2D): Scalar {
  const share = 1 / logits.shape[0];
  return customGrad((x, save) => {
    const odds = sigmoid(x as Tensor2D);
    (save as Save)([odds, targets, weights]);
    const yes = mul(targets, log(add(odds, TINY)));
    const no = mul(sub(1, targets), log(sub(1 + TINY, odds)));
    return {
      value: mul(neg(sum(mul(weights, add(yes, no)))), share),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kept, wanted, counts] = saved as [Tensor, Tensor, Tensor];
        return mul(dy, mul(mul(counts, sub(kept, wanted)), share));
      },
    };
  })(logits) as Scalar;
}

/** Rows of length 1. */
function unit(x: Tensor2D): Tensor2D {
  return mul(x, rsqrt(add(sum(square(x), 1, true), TINY)));
}

/** Sharpness of the softmax over cosines (SimCLR, Chen et al. 2020, uses 0.05 to 0.5). */
const TEMPERATURE = 0.1;

/**
 * Contrast (InfoNCE): each row of one side should be nearest to its own row of the other.
 *
 * @param one - [N, Z]
 * @param other - [N, Z]
 * @param same - [N, N] Which rows belong together; rows sum to 1.
 * @returns A number of 0 or more.
 */
export function contrast(one: Tensor2D, other: Tensor2D, same: Tensor2D): Scalar {
  const cosines = matMul(unit(one), unit(other), false, true);
  return crossEntropy(mul(cosines, 1 / TEMPERATURE), same);
}
