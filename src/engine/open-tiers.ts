/**
 * Tuning of tiers with what a worker's browser tells: loaded in idle time where lists are long.
 *
 * @packageDocumentation
 */
import { readConditions } from '../core/device-conditions.ts';
import { referenceScores } from '../core/similarity.ts';
import type { TunedTiers } from '../core/tiers.ts';
import type { TierAccess } from '../models/device-ladder.ts';
import { createTierTuner, type TierPorts } from './tune-tiers.ts';

/**
 * Makes the function that a ladder calls.
 *
 * @param ports - What only the worker knows.
 * @returns See {@link createTierTuner}.
 */
export function openTiers(
  ports: Pick<TierPorts, 'baseUrl' | 'openCache'>,
): (access: TierAccess) => Promise<TunedTiers> {
  return createTierTuner({
    ...ports,
    js: async (input) => referenceScores(input),
    facts: navigator,
    conditions: readConditions,
    clock: () => performance.now(),
    rest: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });
}
