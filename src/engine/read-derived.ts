/**
 * Derived state as it lies beside a log: outside data.
 *
 * @packageDocumentation
 */
import type { Membership } from '../core/types.ts';

/**
 * Reads which pack derived state was made with.
 *
 * @param derived - Anything found beside a log.
 * @returns Content hash; undefined when none is named.
 */
export function readPackId(derived: unknown): string | undefined {
  if (typeof derived !== 'object' || derived === null) return undefined;
  const { packId } = derived as { packId?: unknown };
  return typeof packId === 'string' ? packId : undefined;
}

/**
 * Reads the visitor's shares of derived state.
 *
 * @param derived - Anything found beside a log.
 * @returns Shares that are right; undefined without a list of them.
 */
export function readWeights(derived: unknown): readonly Membership[] | undefined {
  if (typeof derived !== 'object' || derived === null) return undefined;
  const { weights } = derived as { weights?: unknown };
  if (!Array.isArray(weights)) return undefined;
  const isWeight = (entry: unknown): entry is Membership => {
    if (typeof entry !== 'object' || entry === null) return false;
    const { segmentId, weight } = entry as Partial<Membership>;
    return typeof segmentId === 'string' && typeof weight === 'number' && Number.isFinite(weight);
  };
  return weights.filter(isWeight).map(({ segmentId, weight }) => ({ segmentId, weight }));
}
