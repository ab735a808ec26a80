/**
 * Which tier is worth it from which size on: pure.
 *
 * @packageDocumentation
 */
import { HUGE_JOB, LARGE_JOB } from '../core/similarity.ts';
import type { Crossovers, Tier, TierCost } from '../core/tiers.ts';

const MILLION = 1e6;

/** Below it `js` is at most some 0.1 ms slower, which no clock in a browser measures. */
const LEAST_WASM = 100_000;

/** Above it `wasm` is worth opening, whatever a measurement says: `js` holds the thread for 0.1 s. */
const MOST_WASM = 50_000_000;

/**
 * Size from which one line lies below another.
 *
 * @param slow - Of the tier without much of a start.
 * @param quick - Of the other one.
 * @returns 0 when it is always quicker, Infinity when never.
 */
function crossing(slow: TierCost, quick: TierCost): number {
  const start = quick.fixedMs - slow.fixedMs;
  const gain = slow.msPerMillion - quick.msPerMillion;
  if (gain <= 0) return start < 0 ? 0 : Infinity;
  return Math.max(0, (start / gain) * MILLION);
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/**
 * The sizes to go by.
 *
 * @param costs - Of the tiers that were measured.
 * @param mayUseGpu - Whether `webgpu` is allowed at all.
 * @returns For tiers that were not, {@link LARGE_JOB} and {@link HUGE_JOB}.
 * @example
 * const [js, wasm] = [{ fixedMs: 0, msPerMillion: 2 }, { fixedMs: 1, msPerMillion: 0.5 }];
 * crossoversOf({ js, wasm }, false) // { wasm: 666_667, webgpu: Infinity }
 */
export function crossoversOf(
  costs: Readonly<Partial<Record<Tier, TierCost>>>,
  mayUseGpu: boolean,
): Crossovers {
  const { js, wasm, webgpu } = costs;
  const fromWasm = js && wasm ? between(LEAST_WASM, crossing(js, wasm), MOST_WASM) : LARGE_JOB;
  if (!mayUseGpu) return { wasm: fromWasm, webgpu: Infinity };
  const beside = wasm ?? js;
  const fromGpu = beside && webgpu ? crossing(beside, webgpu) : HUGE_JOB;
  return { wasm: fromWasm, webgpu: Math.max(fromWasm, LARGE_JOB, fromGpu) };
}
