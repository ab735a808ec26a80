/**
 * Logits → probabilities.
 *
 * @packageDocumentation
 */

/**
 * Turns logits into probabilities, in place.
 *
 * @param logits - Finite, at least one.
 * @returns ln Σ e^logit.
 * @example const row = [0, 0]; softmax(row); row // [0.5, 0.5]
 */
export function softmax(logits: number[] | Float32Array | Float64Array): number {
  let top = -Infinity;
  for (const logit of logits) top = Math.max(top, logit);
  let sum = 0;
  for (let k = 0; k < logits.length; k++) sum += logits[k] = Math.exp((logits[k] as number) - top);
  for (let k = 0; k < logits.length; k++) logits[k] = (logits[k] as number) / sum;
  return top + Math.log(sum);
}
