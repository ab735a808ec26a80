/**
 * Whether values differ from 0 by more than chance.
 *
 * @packageDocumentation
 */

/**
 * The mean.
 *
 * @param values - Any.
 * @returns 0 for none.
 */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/**
 * How surely the mean is above 0.
 *
 * @param values - Any.
 * @returns Mean by its standard error; 0 for fewer than two values or without any spread.
 */
export function surenessOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return variance > 0 ? mean / Math.sqrt(variance / values.length) : 0;
}
