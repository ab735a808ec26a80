/**
 * A ladder that is loaded when a job is long enough for one: small ones are done in plain loops.
 *
 * @packageDocumentation
 */
import { jobSize, LARGE_JOB, referenceScores } from '../core/similarity.ts';
import type { SimilarityInput } from '../core/similarity.ts';
import { UNTUNED } from '../core/tiers.ts';
import type { DeviceOption } from '../core/types.ts';
import type { DeviceLadder } from './device-ladder.ts';

/**
 * Makes a ladder that has loaded nothing yet.
 *
 * A ladder that does not load is tried again with the next job; this one is done in plain loops.
 *
 * @param wanted - A named device loads it at once; `js` never.
 * @param load - Loads it.
 * @returns The same answers as of the one that is loaded.
 */
export function createLazyLadder(
  wanted: DeviceOption,
  load: () => Promise<DeviceLadder>,
): DeviceLadder {
  let ladder: DeviceLadder | undefined;
  let loading: Promise<DeviceLadder | undefined> | undefined;
  let isDisposed = false;
  const loaded = async (): Promise<DeviceLadder | undefined> => {
    loading ??= load().catch(() => undefined);
    ladder = await loading;
    if (ladder === undefined) loading = undefined;
    else if (isDisposed) ladder.dispose();
    return ladder;
  };
  const needs = (input: SimilarityInput): boolean =>
    wanted === 'auto' ? ladder !== undefined || jobSize(input) >= LARGE_JOB : wanted !== 'js';
  return {
    current: () => ladder?.current() ?? (wanted === 'auto' ? 'js' : wanted),
    scores: async (input) =>
      (needs(input) && (await loaded())?.scores(input)) || referenceScores(input),
    deviceOf: (scores) => ladder?.deviceOf(scores) ?? 'js',
    warmUp: async () => (wanted === 'js' ? undefined : (await loaded())?.warmUp()),
    condemn: (code) => ladder?.condemn(code),
    left: () => ladder?.left() ?? [],
    numTensors: () => ladder?.numTensors() ?? 0,
    figures: () => ladder?.figures() ?? { tiers: UNTUNED, gpuMs: null },
    dispose: () => {
      isDisposed = true;
      ladder?.dispose();
    },
  };
}
